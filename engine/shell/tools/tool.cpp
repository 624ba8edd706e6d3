#include "engine/shell/tools/tool.h"

#include <algorithm>
#include <utility>

namespace kubetab::shell {

namespace {

std::string key_of(const Arguments::Option& option) {
    return option.letter != '\0' ? std::string(1, option.letter) : std::string(option.name);
}

}  // namespace

Arguments::Arguments(const std::vector<std::string>& words, const std::vector<Option>& options,
                     bool stop_at_operand) {
    std::size_t at = 1;
    while (at < words.size() && problem_.empty()) {
        const std::string& word = words[at];
        if (word == "--") {
            operands_.insert(operands_.end(), words.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                             words.end());
            return;
        }
        if (word.starts_with("--")) {
            at = take_long(words, at, options);
        } else if (word.size() > 1 && word[0] == '-') {
            at = take_short(words, at, options);
        } else if (stop_at_operand) {
            operands_.insert(operands_.end(), words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
            return;
        } else {
            operands_.push_back(word);
            ++at;
        }
    }
}

void Arguments::add(const Option& option, std::string value) {
    values_[key_of(option)].push_back(std::move(value));
    given_.push_back(key_of(option));
}

std::size_t Arguments::take_long(const std::vector<std::string>& words, std::size_t at,
                                 const std::vector<Option>& options) {
    const std::string_view word = std::string_view(words[at]).substr(2);
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    for (const Option& option : options) {
        if (option.name.empty() || option.name != name) continue;
        if (!option.takes_value) {
            if (equals != std::string_view::npos)
                problem_ = "option '--" + std::string(name) + "' takes no value";
            add(option, "");
            return at + 1;
        }
        if (equals != std::string_view::npos) {
            add(option, std::string(word.substr(equals + 1)));
            return at + 1;
        }
        if (at + 1 >= words.size()) {
            problem_ = "option '--" + std::string(name) + "' requires a value";
            return at + 1;
        }
        add(option, words[at + 1]);
        return at + 2;
    }
    problem_ = "option '--" + std::string(name) + "' is not supported";
    return at + 1;
}

std::size_t Arguments::take_short(const std::vector<std::string>& words, std::size_t at,
                                  const std::vector<Option>& options) {
    const std::string& word = words[at];
    for (std::size_t i = 1; i < word.size(); ++i) {
        const auto option = std::find_if(options.begin(), options.end(), [&](const Option& candidate) {
            return candidate.letter == word[i];
        });
        if (option == options.end()) {
            problem_ = "option '-" + std::string(1, word[i]) + "' is not supported";
            return at + 1;
        }
        if (!option->takes_value) {
            add(*option, "");
        } else if (i + 1 < word.size()) {
            add(*option, word.substr(i + 1));
            return at + 1;
        } else if (at + 1 < words.size()) {
            add(*option, words[at + 1]);
            return at + 2;
        } else {
            problem_ = "option '-" + std::string(1, word[i]) + "' requires a value";
            return at + 1;
        }
    }
    return at + 1;
}

std::optional<std::string> Arguments::value(std::string_view option) const {
    const auto found = values_.find(option);
    if (found == values_.end()) return std::nullopt;
    return found->second.back();
}

const std::vector<std::string>& Arguments::all_values(std::string_view option) const {
    static const std::vector<std::string> kNone;
    const auto found = values_.find(option);
    return found == values_.end() ? kNone : found->second;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

namespace {

class AtOnce : public sim::Process {
public:
    AtOnce(const sim::Invocation& invocation, ToolFunction function)
        : invocation_(invocation), function_(std::move(function)) {}
    sim::Poll poll(sim::Io& io) override { return sim::Poll::done(function_(invocation_, io)); }

private:
    sim::Invocation invocation_;
    ToolFunction function_;
};

class Tool : public sim::Command {
public:
    Tool(std::string_view name, std::string_view summary, StartFunction start)
        : name_(name), summary_(summary), start_(std::move(start)) {}
    std::string_view name() const override { return name_; }
    std::string_view summary() const override { return summary_; }
    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        return start_(invocation);
    }

private:
    std::string name_;
    std::string summary_;
    StartFunction start_;
};

}  // namespace

std::unique_ptr<sim::Process> run_at_once(const sim::Invocation& invocation, ToolFunction function) {
    return std::make_unique<AtOnce>(invocation, std::move(function));
}

std::unique_ptr<sim::Process> refuse(const sim::Invocation& invocation, const std::string& message,
                                     int code) {
    const std::string text = invocation.words[0] + ": " + message + "\n";
    return run_at_once(invocation, [text, code](const sim::Invocation&, sim::Io& io) {
        io.err(text);
        return code;
    });
}

std::unique_ptr<sim::Command> make_tool(std::string_view name, std::string_view summary,
                                        StartFunction start) {
    return std::make_unique<Tool>(name, summary, std::move(start));
}

std::unique_ptr<sim::Command> make_simple_tool(std::string_view name, std::string_view summary,
                                               std::vector<Arguments::Option> options, ToolBody body) {
    return make_tool(
        name, summary, [options = std::move(options), body = std::move(body)](const auto& invocation) {
            const Arguments arguments(invocation.words, options);
            if (!arguments.problem().empty()) return refuse(invocation, arguments.problem());
            return run_at_once(invocation, [arguments, body](const sim::Invocation& words, sim::Io& io) {
                return body(arguments, words, io);
            });
        });
}

InputReader::InputReader(const sim::Invocation& invocation, std::vector<std::string> files)
    : name_(invocation.words[0]),
      directory_(invocation.directory),
      resolver_(invocation.files),
      files_(std::move(files)) {
    if (files_.empty()) files_.push_back("-");
}

InputReader::State InputReader::next(sim::Io& io, std::string& text) {
    while (at_ < files_.size()) {
        file_ = files_[at_];
        const std::string path = file_ == "-" ? "/dev/stdin" : sim::resolve(directory_, file_);
        if (path == "/dev/stdin") {
            std::optional<std::string> more = io.read();
            if (!more) return State::Waiting;
            if (more->empty()) {
                ++at_;
                return State::FileEnds;
            }
            text = std::move(*more);
            return State::Text;
        }
        if (inside_) {
            inside_ = false;
            ++at_;
            return State::FileEnds;
        }
        base::Result<std::string> whole = path == "/dev/null" ? std::string() : resolver_->read(path);
        if (whole.ok()) {
            inside_ = true;
            text = std::move(*whole);
            return State::Text;
        }
        io.err(name_ + ": " + file_ + ": " + whole.error().message + "\n");
        failed_ = true;
        ++at_;
    }
    return State::End;
}

bool LineFilter::take_lines(sim::Io& io, std::string_view text) {
    std::string whole;
    if (!rest_.empty()) {
        whole = std::exchange(rest_, {});
        whole.append(text);
        text = whole;
    }
    while (!text.empty()) {
        const std::size_t newline = text.find('\n');
        if (newline == std::string_view::npos) {
            rest_ = text;
            break;
        }
        if (!line(io, text.substr(0, newline + 1))) return false;
        text.remove_prefix(newline + 1);
    }
    return true;
}

sim::Poll LineFilter::poll(sim::Io& io) {
    while (!enough_ && wants_input()) {
        std::string text;
        switch (reader_.next(io, text)) {
            case InputReader::State::Waiting: return sim::Poll::input();
            case InputReader::State::Text: enough_ = !take_lines(io, text); break;
            case InputReader::State::FileEnds:
                if (!rest_.empty()) {
                    const std::string last = std::exchange(rest_, {});
                    enough_ = !line(io, last);
                }
                file_ends(io);
                break;
            case InputReader::State::End: return sim::Poll::done(end(io, reader_.failed()));
        }
    }
    return sim::Poll::done(end(io, reader_.failed()));
}

}  // namespace kubetab::shell
