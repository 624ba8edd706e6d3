#include "engine/shell/terminal.h"

#include <algorithm>
#include <utility>

#include "engine/shell/completion.h"
#include "engine/shell/interpreter.h"
#include "engine/shell/make_interpreter.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

// What is left of a paste follows in the next poll, at the same instant, so that no call takes long.
constexpr int kMaxCommandsPerPoll = 10;
constexpr std::size_t kMaxFeed = 4 * 1024;  // bytes of lines

// Whether a pasted text is a manifest rather than commands.
bool looks_like_manifest(std::string_view text) {
    bool first = true;
    bool has_version = false;
    bool has_kind = false;
    while (!text.empty()) {
        const std::size_t newline = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, newline);
        text.remove_prefix(std::min(newline + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos || line.starts_with('#')) continue;
        const bool version = line.starts_with("apiVersion:");
        const bool kind = line.starts_with("kind:");
        if (first && !version && !kind && !line.starts_with("---")) return false;
        first = false;
        has_version = has_version || version;
        has_kind = has_kind || kind;
    }
    return has_version && has_kind;
}

std::string with_unix_newlines(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            result += text[i];
        } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
            result += '\n';
        }
    }
    return result;
}

std::unique_ptr<sim::Command> make_history_command(const LineEditor& editor) {
    return make_tool(
        "history", "list the commands of this terminal", [&editor](const sim::Invocation& invocation) {
            return run_at_once(invocation, [&editor](const sim::Invocation& words, sim::Io& io) {
                const std::vector<std::string>& lines = editor.history();
                std::size_t first = 0;
                if (words.words.size() > 1) {
                    const std::optional<std::int64_t> count = whole_number(words.words[1]);
                    if (!count) {
                        io.err("history: " + words.words[1] + ": only a number of lines is supported\n");
                        return 2;
                    }
                    first = lines.size() - std::min(lines.size(), static_cast<std::size_t>(*count));
                }
                for (std::size_t i = first; i < lines.size(); ++i) {
                    std::string number = std::to_string(i + 1);
                    if (number.size() < 5) number.insert(0, 5 - number.size(), ' ');
                    io.out(number + "  " + lines[i] + "\n");
                }
                return 0;
            });
        });
}

// A candidate as it has to be typed.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (std::string_view(" '\"\\&|;<>()*?[]`#").find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

}  // namespace

class Terminal::TerminalIo : public sim::Io {
public:
    explicit TerminalIo(Terminal& terminal) : terminal_(terminal) {}
    void out(std::string_view text) override {
        if (text.empty()) return;
        terminal_.screen_.write(text);
        terminal_.touch();
    }
    void err(std::string_view text) override { out(text); }
    std::optional<std::string> read() override { return terminal_.take_input(); }
    bool is_terminal() const override { return true; }
    bool input_is_terminal() const override { return true; }
    int columns() const override { return terminal_.screen_.columns(); }
    int rows() const override { return terminal_.screen_.rows(); }
    sim::Instant now() const override { return terminal_.now_; }

private:
    Terminal& terminal_;
};

Terminal::Terminal(TerminalOptions options)
    : options_(std::move(options)),
      screen_(options_.columns, options_.rows, kScrollback),
      io_(std::make_unique<TerminalIo>(*this)),
      outer_(std::make_shared<OuterIo>()) {
    start_shell();
    screen_.write(options_.greeting);
}

Terminal::~Terminal() = default;

void Terminal::start_shell() {
    interpreter_ = make_interpreter(options_.shell, outer_, Interaction::Interactive);
    interpreter_->surroundings().builtins.add(make_history_command(editor_));
    mode_ = Mode::Prompt;
    finished_ = false;
    last_ = {};
    touch();
}

// --- Input
// ----------------------------------------------------------------------------------------------------------

void Terminal::text(std::string_view utf8) {
    tab_before_ = false;
    if (mode_ == Mode::Exited) return;
    editor_.insert(utf8);
    touch();
}

void Terminal::key(const Key& key) {
    const bool tab_before = std::exchange(tab_before_, false);
    touch();
    const bool control = key.code == KeyCode::Character && key.control;
    if (mode_ == Mode::Exited) {
        if (key.code == KeyCode::Enter) start_shell();
        return;
    }
    if (control && key.character == 'c') return control_c();
    if (editor_.searching() && key.code != KeyCode::Enter && editor_.key(key)) return;
    if (key.code == KeyCode::Enter) return enter();
    if (control && key.character == 'd' && editor_.empty()) return control_d();
    if (control && key.character == 'l' && mode_ != Mode::Running) return screen_.scroll_away();
    if (key.code == KeyCode::Tab) {
        tab_before_ = tab_before;
        if (mode_ == Mode::Prompt) complete();
        return;
    }
    const bool history = key.code == KeyCode::Up || key.code == KeyCode::Down ||
                         (control && (key.character == 'r' || key.character == 'p' || key.character == 'n'));
    if (history && mode_ != Mode::Prompt) return;
    editor_.key(key);
}

void Terminal::enter() {
    editor_.stop_search();
    const std::string line = editor_.text();
    editor_.clear();
    if (mode_ == Mode::Question) return answer_manifest(line);
    if (mode_ == Mode::Running) {
        screen_.write(line + "\n");
        pending_.push_back({line + "\n", true, false});
        return;
    }
    pending_.push_back({line + "\n", false, false});
    feed();
}

void Terminal::paste(std::string_view utf8) {
    tab_before_ = false;
    if (mode_ == Mode::Exited || utf8.size() > kMaxPaste) return;
    touch();
    const std::string pasted = with_unix_newlines(utf8);
    const bool free = mode_ == Mode::Prompt && editor_.empty() && command_.empty() && pending_.empty();
    if (free && looks_like_manifest(pasted)) return ask_about_manifest(pasted);
    if (pasted.find('\n') == std::string::npos) return text(pasted);
    editor_.stop_search();
    std::size_t from = 0;
    for (std::size_t newline = pasted.find('\n'); newline != std::string::npos;
         newline = pasted.find('\n', from)) {
        std::string line = pasted.substr(from, newline - from);
        if (from == 0) {
            editor_.insert(line);
            line = editor_.text();
            editor_.clear();
        }
        pending_.push_back({line + "\n", false, false});
        from = newline + 1;
    }
    paste_rest_ += pasted.substr(from);
    feed();
}

void Terminal::run_line(std::string_view line) {
    if (mode_ == Mode::Exited) start_shell();
    if (mode_ == Mode::Question) answer_manifest("n");
    if (mode_ == Mode::Prompt && !editor_.empty()) {
        put_aside_ = editor_.text();
        editor_.clear();
    }
    pending_.push_back({std::string(line) + "\n", false, true});
    touch();
    feed();
}

void Terminal::control_c() {
    pending_.clear();
    paste_rest_.clear();
    if (mode_ == Mode::Running) {
        screen_.write(editor_.text() + "^C\n");
        editor_.clear();
        interpreter_->interrupt();
        last_.wake = now_;
        return;
    }
    const std::string shown = mode_ == Mode::Question ? "" : prompt_text();
    editor_.stop_search();
    screen_.write(shown + editor_.text() + "^C\n");
    editor_.clear();
    command_.clear();
    here_end_.reset();
    manifest_.clear();
    mode_ = Mode::Prompt;
    interpreter_->state().last_status = 130;
}

void Terminal::control_d() {
    if (mode_ == Mode::Running) {
        input_ended_ = true;
        last_.wake = now_;
    } else if (mode_ == Mode::Question) {
        answer_manifest("n");
    } else if (command_.empty()) {
        screen_.write(prompt_text() + "exit\n");
        run_text("exit");
    } else {
        screen_.write(prompt_text() + "\n");
        here_end_.reset();
        run_text(std::exchange(command_, {}));
    }
}

// What a running command reads: the lines that were entered, or the end after Ctrl+D.
std::optional<std::string> Terminal::take_input() {
    std::string input;
    while (!pending_.empty() && !pending_.front().command_only) {
        if (!pending_.front().echoed) screen_.write(pending_.front().text);
        input += pending_.front().text;
        pending_.pop_front();
    }
    if (!input.empty()) {
        touch();
        if (pending_.empty()) editor_.insert(std::exchange(paste_rest_, {}));
        return input;
    }
    if (!std::exchange(input_ended_, false)) return std::nullopt;
    return input;
}

// --- Commands
// -------------------------------------------------------------------------------------------------------

// Gives entered lines to the prompt until a command runs.
void Terminal::feed() {
    for (std::size_t fed = 0; mode_ == Mode::Prompt && !pending_.empty();) {
        if (fed > kMaxFeed) {
            last_ = sim::Poll::until(now_);
            return;
        }
        std::string line = std::move(pending_.front().text);
        pending_.pop_front();
        fed += line.size();
        if (line.ends_with('\n')) line.pop_back();
        submit_line(line);
    }
    if (mode_ != Mode::Prompt || !pending_.empty()) return;
    if (!put_aside_.empty() && command_.empty()) editor_.insert(std::exchange(put_aside_, {}));
    if (!paste_rest_.empty()) editor_.insert(std::exchange(paste_rest_, {}));
}

void Terminal::submit_line(const std::string& line) {
    screen_.write(prompt_text() + line + "\n");
    touch();
    command_ += line + "\n";
    if (here_end_ && !here_end_->is(line) && command_.size() < kMaxPaste) return;
    here_end_.reset();
    ParserOptions options;
    options.dialect = options_.shell.dialect;
    options.end = TextEnd::MayContinue;
    options.aliases = &interpreter_->state().aliases;
    Parser parser(command_, options);
    Parser::Outcome outcome = Parser::Outcome::Command;
    while (outcome == Parser::Outcome::Command) {
        NodePtr node;
        outcome = parser.next(node);
    }
    if (outcome == Parser::Outcome::Incomplete && command_.size() < kMaxPaste) {
        here_end_ = parser.awaited_here();
        return;
    }
    std::string text = std::exchange(command_, {});
    std::string remembered = text;
    while (remembered.ends_with('\n')) remembered.pop_back();
    editor_.remember(remembered);
    if (remembered.find_first_not_of(" \t\n") != std::string::npos) run_text(text);
}

void Terminal::run_text(const std::string& text) {
    running_ = text.substr(0, text.find('\n'));
    input_ended_ = false;
    interpreter_->start(text);
    mode_ = Mode::Running;
    last_ = sim::Poll::until(now_);
    touch();
}

void Terminal::command_ended() {
    touch();
    screen_.reset_style();
    running_.clear();
    input_ended_ = false;
    if (!interpreter_->exited()) {
        mode_ = Mode::Prompt;
        screen_.write(interpreter_->job_notices());
        return;
    }
    mode_ = Mode::Exited;
    finished_ = true;
    pending_.clear();
    paste_rest_.clear();
    screen_.write("[The shell has ended with exit code " + std::to_string(exit_code()) +
                  ". Press Enter for a new one.]\n");
}

int Terminal::exit_code() const {
    return interpreter_->state().last_status;
}

void Terminal::poll(sim::Instant now) {
    now_ = now;
    changed_ = false;
    outer_->begin_poll(*io_);
    for (int i = 0; i < kMaxCommandsPerPoll; ++i) {
        if (mode_ == Mode::Running) {
            last_ = interpreter_->poll(now);
            if (last_.state == sim::Poll::State::Waiting) break;
            if (interpreter_->exited() && interpreter_->start_exit_trap()) continue;
            command_ended();
        }
        feed();
        if (mode_ == Mode::Running) continue;
        if (!feeding() && mode_ != Mode::Exited) last_ = interpreter_->poll_jobs(now);
        break;
    }
    outer_->end_poll();
}

bool Terminal::busy() const {
    return mode_ == Mode::Running || !pending_.empty();
}

bool Terminal::waits_for_change() const {
    return mode_ != Mode::Exited && last_.on_change;
}

std::optional<sim::Instant> Terminal::wake() const {
    if (mode_ == Mode::Exited) return std::nullopt;
    return last_.wake;
}

void Terminal::ask_about_manifest(std::string_view text) {
    manifest_ = text;
    if (!manifest_.ends_with('\n')) manifest_ += '\n';
    const auto lines = std::count(manifest_.begin(), manifest_.end(), '\n');
    screen_.write("That is a manifest of " + std::to_string(lines) + " lines. Apply this manifest? [Y/n] ");
    mode_ = Mode::Question;
}

void Terminal::answer_manifest(std::string answer) {
    screen_.write(answer + "\n");
    mode_ = Mode::Prompt;
    touch();
    const std::string text = std::exchange(manifest_, {});
    if (!answer.empty() && answer[0] != 'y' && answer[0] != 'Y') return;
    sim::FileSystem& files = *options_.shell.files;
    std::string name;
    do {
        name = "pasted-" + std::to_string(++pasted_files_) + ".yaml";
    } while (files.stat(sim::resolve(directory(), name)).ok() && pasted_files_ < 10'000);
    const base::Result<void> written = files.write(sim::resolve(directory(), name), text);
    if (!written.ok()) {
        screen_.write(name + ": " + written.error().message + "\n");
        return;
    }
    pending_.push_back({"kubectl apply -f - < " + name + "\n", false, true});
    feed();
}

// --- Completion
// -----------------------------------------------------------------------------------------------------

void Terminal::complete() {
    const bool again = std::exchange(tab_before_, true);
    const Completion completion = complete_line(editor_.before_cursor(), *interpreter_);
    if (completion.candidates.empty()) return;
    const std::string prefix = common_prefix(completion.candidates);
    const bool single = completion.candidates.size() == 1;
    std::string more =
        escaped(std::string_view(prefix).substr(std::min(completion.word.size(), prefix.size())));
    if (single && !prefix.ends_with('/') && !prefix.ends_with('=')) more += ' ';
    if (!more.empty()) {
        editor_.insert(more);
        return;
    }
    if (!again) return;
    std::vector<std::string> shown = completion.candidates;
    for (std::string& candidate : shown) {
        if (!completion.files) break;
        const std::size_t slash =
            candidate.size() < 2 ? std::string::npos : candidate.rfind('/', candidate.size() - 2);
        if (slash != std::string::npos) candidate.erase(0, slash + 1);
    }
    list_candidates(shown);
}

void Terminal::list_candidates(const std::vector<std::string>& candidates) {
    constexpr std::size_t kMaxShown = 200;
    screen_.write(prompt_text() + editor_.text() + "\n");
    std::size_t widest = 1;
    for (const std::string& candidate : candidates) widest = std::max(widest, from_utf8(candidate).size());
    const std::size_t count = std::min(candidates.size(), kMaxShown);
    const std::size_t columns =
        std::max<std::size_t>(1, static_cast<std::size_t>(screen_.columns()) / (widest + 2));
    const std::size_t rows = (count + columns - 1) / columns;
    for (std::size_t row = 0; row < rows; ++row) {
        std::string line;
        for (std::size_t i = row; i < count; i += rows) {
            line += candidates[i];
            if (i + rows < count) line.append(widest + 2 - from_utf8(candidates[i]).size(), ' ');
        }
        screen_.write(line + "\n");
    }
    if (count < candidates.size())
        screen_.write("... and " + std::to_string(candidates.size() - count) + " more\n");
}

}  // namespace kubetab::shell
