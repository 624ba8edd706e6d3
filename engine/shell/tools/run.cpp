#include <algorithm>
#include <utility>

#include "engine/shell/parser.h"
#include "engine/shell/shell_process.h"
#include "engine/shell/tools/civil_time.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

// Starts the command that `words` name; a message when there is none.
std::unique_ptr<sim::Process> start_words(const CommandTable& table, const sim::Invocation& from,
                                          std::vector<std::string> words) {
    sim::Invocation invocation = from;
    const std::string name = words[0].substr(words[0].rfind('/') + 1);
    invocation.words = std::move(words);
    sim::Command* command = table.find(name);
    if (!command) {
        const std::string missing = invocation.words[0];
        invocation.words = from.words;
        return refuse(invocation, missing + ": No such file or directory", 127);
    }
    invocation.words[0] = name;
    return command->start(invocation);
}

std::unique_ptr<sim::Process> start_env(const CommandTable& table, const sim::Invocation& invocation) {
    sim::Invocation inner = invocation;
    std::size_t at = 1;
    for (; at < invocation.words.size(); ++at) {
        const std::string& word = invocation.words[at];
        const std::size_t equals = word.find('=');
        if (word == "-i") {
            inner.environment.clear();
        } else if (word == "-u" && at + 1 < invocation.words.size()) {
            inner.environment.erase(invocation.words[++at]);
        } else if (word.starts_with('-')) {
            return refuse(invocation, "option '" + word + "' is not supported", 125);
        } else if (equals != std::string::npos) {
            inner.environment[word.substr(0, equals)] = word.substr(equals + 1);
        } else {
            break;
        }
    }
    if (at < invocation.words.size()) {
        return start_words(
            table, inner,
            {invocation.words.begin() + static_cast<std::ptrdiff_t>(at), invocation.words.end()});
    }
    return run_at_once(inner, [](const sim::Invocation& words, sim::Io& io) {
        for (const auto& [name, value] : words.environment) io.out(name + "=" + value + "\n");
        return 0;
    });
}

int printenv(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    int code = 0;
    for (const std::string& name : arguments.operands()) {
        const auto found = invocation.environment.find(name);
        if (found == invocation.environment.end()) {
            code = 1;
        } else {
            io.out(found->second + "\n");
        }
    }
    if (!arguments.operands().empty()) return code;
    for (const auto& [name, value] : invocation.environment) io.out(name + "=" + value + "\n");
    return 0;
}

// Io of a command that another one runs: the outer one, with its own input and, for watch, collected output.
class InnerIo : public sim::Io {
public:
    void out(std::string_view text) override {
        if (collects) {
            if (collected.size() < kMaxCollected) collected.append(text);
        } else {
            outer->out(text);
        }
    }
    void err(std::string_view text) override {
        if (collects) {
            out(text);
        } else {
            outer->err(text);
        }
    }
    std::optional<std::string> read() override { return std::string(); }
    bool is_terminal() const override { return !collects && outer->is_terminal(); }
    bool has_room() const override { return collects || outer->has_room(); }
    int columns() const override { return outer->columns(); }
    int rows() const override { return outer->rows(); }
    sim::Instant now() const override { return outer->now(); }

    static constexpr std::size_t kMaxCollected = 1U << 20U;
    sim::Io* outer = nullptr;
    bool collects = false;
    std::string collected{};
};

struct XargsOptions {
    std::int64_t most = 0;  // words per command; 0: as many as fit
    std::string placeholder{};
    bool lines = false;  // each line is one word
    bool trace = false;
    bool skip_empty = false;
    char separator = '\0';
};

class Xargs : public sim::Process {
public:
    Xargs(const CommandTable& table, const sim::Invocation& invocation, std::vector<std::string> command,
          XargsOptions options)
        : table_(table),
          invocation_(invocation),
          command_(std::move(command)),
          options_(std::move(options)) {}

    sim::Poll poll(sim::Io& io) override {
        while (!read_) {
            const std::optional<std::string> more = io.read();
            if (!more) return sim::Poll::input();
            if (more->empty()) {
                read_ = true;
                split();
            }
            text_ += *more;
        }
        io_.outer = &io;
        while (true) {
            if (!process_ && !start_next(io)) return sim::Poll::done(code_);
            const sim::Poll last = process_->poll(io_);
            if (last.state == sim::Poll::State::Waiting) return last;
            process_ = nullptr;
            if (last.exit_code == 127) return sim::Poll::done(127);
            if (last.exit_code != 0) code_ = 123;
        }
    }
    void interrupt() override {
        if (process_) process_->interrupt();
    }

private:
    void split() {
        std::string word;
        bool inside = false;
        char quote = '\0';
        const auto end = [&] {
            if (inside) words_.push_back(std::exchange(word, {}));
            inside = false;
        };
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char c = text_[i];
            if (options_.separator != '\0' || options_.lines) {
                if (c == (options_.lines ? '\n' : options_.separator)) {
                    end();
                    continue;
                }
            } else if (quote != '\0') {
                if (c == quote) {
                    quote = '\0';
                    continue;
                }
            } else if (c == ' ' || c == '\t' || c == '\n') {
                end();
                continue;
            } else if (c == '\'' || c == '"') {
                quote = c;
                inside = true;
                continue;
            } else if (c == '\\' && i + 1 < text_.size()) {
                word += text_[++i];
                inside = true;
                continue;
            }
            word += c;
            inside = true;
        }
        end();
    }

    bool start_next(sim::Io& io) {
        const bool none = words_.empty() && !started_ && !options_.skip_empty && options_.placeholder.empty();
        if (next_ >= words_.size() && !none) return false;
        started_ = true;
        std::vector<std::string> words = command_;
        if (!options_.placeholder.empty()) {
            for (std::string& word : words) {
                for (std::size_t at = 0; (at = word.find(options_.placeholder, at)) != std::string::npos;) {
                    word.replace(at, options_.placeholder.size(), words_[next_]);
                    at += words_[next_].size();
                }
            }
            ++next_;
        } else {
            const std::size_t most = options_.most > 0 ? static_cast<std::size_t>(options_.most) : 5'000;
            for (std::size_t i = 0; i < most && next_ < words_.size(); ++i) words.push_back(words_[next_++]);
        }
        if (options_.trace) {
            std::string line;
            for (const std::string& word : words) {
                if (!line.empty()) line += ' ';
                line += word;
            }
            io.err(line + "\n");
        }
        process_ = start_words(table_, invocation_, std::move(words));
        return true;
    }

    const CommandTable& table_;
    sim::Invocation invocation_;
    std::vector<std::string> command_;
    XargsOptions options_;
    std::string text_{};
    std::vector<std::string> words_{};
    std::size_t next_ = 0;
    bool read_ = false;
    bool started_ = false;
    int code_ = 0;
    InnerIo io_{};
    std::unique_ptr<sim::Process> process_{};
};

std::unique_ptr<sim::Process> start_xargs(const CommandTable& table, const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words,
                              {{'n', "max-args", true},
                               {'I', "replace", true},
                               {'t', "verbose"},
                               {'r', "no-run-if-empty"},
                               {'d', "delimiter", true},
                               {'0', "null"},
                               {'L', "max-lines", true}},
                              true);
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    XargsOptions options;
    for (const char* name : {"n", "L"}) {
        if (!arguments.has(name)) continue;
        const std::optional<std::int64_t> number = whole_number(*arguments.value(name));
        if (!number || *number < 1)
            return refuse(invocation, "invalid number '" + *arguments.value(name) + "'", 1);
        options.most = *number;
        if (name[0] == 'L') options.lines = true;
    }
    options.placeholder = arguments.value("I").value_or("");
    options.lines = options.lines || !options.placeholder.empty();
    options.trace = arguments.has("t");
    options.skip_empty = arguments.has("r");
    if (arguments.has("d")) {
        std::string separator = *arguments.value("d");
        if (separator == "\\n") separator = "\n";
        if (separator.size() != 1) return refuse(invocation, "the delimiter must be one character", 1);
        options.separator = separator[0];
    }
    if (arguments.has("0")) return refuse(invocation, "option '-0' is not supported", 1);
    std::vector<std::string> command = arguments.operands();
    if (command.empty()) command.push_back("echo");
    return std::make_unique<Xargs>(table, invocation, std::move(command), options);
}

// watch: runs a command line again and again on the alternate screen, until it is interrupted.
class Watch : public sim::Process {
public:
    Watch(const CommandTable& table, const sim::Invocation& invocation, std::string line,
          sim::Duration interval, std::string interval_text, bool title)
        : table_(table),
          invocation_(invocation),
          line_(std::move(line)),
          interval_(interval),
          interval_text_(std::move(interval_text)),
          title_(title) {
        io_.collects = true;
    }

    sim::Poll poll(sim::Io& io) override {
        io_.outer = &io;
        if (stopped_) {
            if (opened_) io.out("\x1b[?25h\x1b[?1049l");
            return sim::Poll::done(130);
        }
        if (!std::exchange(opened_, true)) io.out("\x1b[?1049h\x1b[?25l");
        while (true) {
            if (!process_) {
                if (io.now() < next_) return sim::Poll::until(next_);
                next_ = io.now() + interval_;
                io_.collected.clear();
                ShellOptions options;
                options.commands = &table_;
                options.files = invocation_.files;
                options.environment = invocation_.environment;
                options.directory = invocation_.directory;
                options.depth = 1;
                process_ =
                    std::make_unique<ShellProcess>(std::move(options), ShellProcess::Source::Text, line_);
            }
            const sim::Poll last = process_->poll(io_);
            if (last.state == sim::Poll::State::Waiting) return last;
            process_ = nullptr;
            show(io);
        }
    }
    void interrupt() override { stopped_ = true; }

private:
    void show(sim::Io& io) const {
        std::string text = "\x1b[H\x1b[2J";
        int left = io.rows();
        if (title_) {
            std::string head = "Every " + interval_text_ + "s: " + line_;
            const std::string time = format_time(io.now(), "%a %b %e %H:%M:%S %Y").value_or("");
            const auto columns = static_cast<std::size_t>(std::max(io.columns(), 1));
            if (head.size() + time.size() + 1 < columns)
                head.append(columns - head.size() - time.size(), ' ').append(time);
            text += head.substr(0, columns) + "\n\n";
            left -= 2;
        }
        std::string_view rest = io_.collected;
        for (; left > 0 && !rest.empty(); --left) {
            const std::size_t newline = std::min(rest.find('\n'), rest.size());
            text.append(rest.substr(0, newline));
            rest.remove_prefix(std::min(newline + 1, rest.size()));
            if (left > 1 && !rest.empty()) text += '\n';
        }
        io.out(text);
    }

    const CommandTable& table_;
    sim::Invocation invocation_;
    std::string line_;
    sim::Duration interval_;
    std::string interval_text_;
    bool title_;
    bool opened_ = false;
    bool stopped_ = false;
    sim::Instant next_{};
    InnerIo io_{};
    std::unique_ptr<sim::Process> process_{};
};

std::unique_ptr<sim::Process> start_watch(const CommandTable& table, const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words, {{'n', "interval", true}, {'t', "no-title"}}, true);
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    if (arguments.operands().empty()) return refuse(invocation, "usage: watch [-n SECONDS] [-t] COMMAND", 1);
    std::string text = arguments.value("n").value_or("2");
    if (text.find('.') == std::string::npos) text += ".0";
    const std::size_t point = text.find('.');
    const std::optional<std::int64_t> whole = whole_number(text.substr(0, point));
    const std::optional<std::int64_t> tenths = whole_number(text.substr(point + 1, 1));
    if (!whole || !tenths || *whole > 1'000'000)
        return refuse(invocation, "invalid interval '" + text + "'", 1);
    const sim::Duration interval =
        std::max(sim::milliseconds(100), sim::seconds(*whole) + sim::milliseconds(*tenths * 100));
    std::string line;
    for (const std::string& word : arguments.operands()) {
        if (!line.empty()) line += ' ';
        const bool plain =
            arguments.operands().size() == 1 || word.find_first_of(" \t'\"$*?|;&<>()") == std::string::npos;
        line += plain ? word : "'" + word + "'";
    }
    return std::make_unique<Watch>(table, invocation, line, interval, text.substr(0, point + 2),
                                   !arguments.has("t"));
}

// timeout SECONDS COMMAND: ends the command with exit code 124 when it takes longer.
class Timeout : public sim::Process {
public:
    Timeout(std::unique_ptr<sim::Process> process, sim::Duration limit)
        : process_(std::move(process)), limit_(limit) {}
    sim::Poll poll(sim::Io& io) override {
        if (!end_) end_ = io.now() + limit_;
        sim::Poll last = process_->poll(io);
        if (last.state == sim::Poll::State::Done) return last;
        if (io.now() >= *end_) return sim::Poll::done(124);
        if (!last.wake || *last.wake > *end_) last.wake = end_;
        return last;
    }
    void interrupt() override { process_->interrupt(); }
    void terminate() override { process_->terminate(); }

private:
    std::unique_ptr<sim::Process> process_;
    sim::Duration limit_;
    std::optional<sim::Instant> end_{};
};

std::unique_ptr<sim::Process> start_timeout(const CommandTable& table, const sim::Invocation& invocation) {
    const std::vector<std::string>& words = invocation.words;
    if (words.size() < 3) return refuse(invocation, "usage: timeout SECONDS COMMAND", 125);
    std::string text = words[1];
    std::int64_t unit = 1;
    if (!text.empty() && (text.back() == 's' || text.back() == 'm' || text.back() == 'h')) {
        unit = text.back() == 's' ? 1 : text.back() == 'm' ? 60 : 3'600;
        text.pop_back();
    }
    const std::optional<std::int64_t> seconds = whole_number(text);
    if (!seconds || *seconds > 1'000'000)
        return refuse(invocation, "invalid time interval '" + words[1] + "'", 125);
    return std::make_unique<Timeout>(start_words(table, invocation, {words.begin() + 2, words.end()}),
                                     sim::seconds(*seconds * unit));
}

}  // namespace

void add_run_tools(CommandTable& table) {
    const auto with_table = [&table](auto start) {
        return [&table, start](const sim::Invocation& invocation) { return start(table, invocation); };
    };
    table.add(
        make_tool("env", "print the environment, or run a command with another one", with_table(start_env)));
    table.add(make_simple_tool("printenv", "print the environment", {}, printenv));
    table.add(make_tool("xargs", "run a command with words from the input", with_table(start_xargs)));
    table.add(make_tool("watch", "run a command again and again", with_table(start_watch)));
    table.add(make_tool("timeout", "run a command for a limited time", with_table(start_timeout)));
}

}  // namespace kubetab::shell
