#include "engine/shell/tools/escapes.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

std::uint32_t take_digits(std::string_view text, std::size_t& at, int base, int most) {
    std::uint32_t value = 0;
    for (int i = 0; i < most && at < text.size() && digit_of(text[at]) < base; ++i, ++at) {
        value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_of(text[at]));
    }
    return value;
}

// echo [-n] [-e] [-E] WORD...; anything else is a word.
int echo(const sim::Invocation& invocation, sim::Io& io) {
    bool newline = true;
    bool escapes = false;
    std::size_t at = 1;
    for (; at < invocation.words.size(); ++at) {
        const std::string& word = invocation.words[at];
        const bool option =
            word.size() > 1 && word[0] == '-' && word.find_first_not_of("neE", 1) == std::string::npos;
        if (!option) break;
        for (const char c : word.substr(1)) {
            if (c == 'n') newline = false;
            if (c != 'n') escapes = c == 'e';
        }
    }
    std::string text;
    for (std::size_t i = at; i < invocation.words.size(); ++i) {
        if (i > at) text += ' ';
        text += invocation.words[i];
    }
    bool stopped = false;
    if (escapes) text = unescape(text, EscapeStyle::Echo, stopped);
    if (newline && !stopped) text += '\n';
    io.out(text);
    return 0;
}

class Yes : public sim::Process {
public:
    explicit Yes(const sim::Invocation& invocation) {
        for (std::size_t i = 1; i < invocation.words.size(); ++i) {
            if (i > 1) line_ += ' ';
            line_ += invocation.words[i];
        }
        if (invocation.words.size() == 1) line_ += 'y';
        line_ += '\n';
    }
    sim::Poll poll(sim::Io& io) override {
        for (int i = 0; i < 500; ++i) {
            if (!io.has_room()) return sim::Poll::output();
            io.out(line_);
        }
        return sim::Poll::until(io.now() + sim::milliseconds(1));
    }

private:
    std::string line_;
};

std::optional<std::int64_t> signed_number(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::optional<std::int64_t> value = whole_number(negative ? text.substr(1) : text);
    return value && negative ? -*value : value;
}

class Seq : public sim::Process {
public:
    Seq(std::int64_t first, std::int64_t step, std::int64_t last, std::size_t width, std::string separator)
        : next_(first), step_(step), last_(last), width_(width), separator_(std::move(separator)) {}
    sim::Poll poll(sim::Io& io) override {
        std::string text;
        for (int i = 0; step_ > 0 ? next_ <= last_ : next_ >= last_; ++i, next_ += step_) {
            if (i == 2'000) {
                io.out(text);
                return io.has_room() ? sim::Poll::until(io.now()) : sim::Poll::output();
            }
            std::string digits = std::to_string(next_ < 0 ? -next_ : next_);
            const std::size_t sign = next_ < 0 ? 1 : 0;
            if (digits.size() + sign < width_) digits.insert(0, width_ - sign - digits.size(), '0');
            if (any_) text += separator_;
            if (next_ < 0) text += '-';
            text += digits;
            any_ = true;
        }
        if (any_) text += '\n';
        io.out(text);
        return sim::Poll::done(0);
    }

private:
    std::int64_t next_;
    std::int64_t step_;
    std::int64_t last_;
    std::size_t width_;
    std::string separator_;
    bool any_ = false;
};

std::unique_ptr<sim::Process> start_seq(const sim::Invocation& invocation) {
    std::vector<std::string> numbers;
    std::string separator = "\n";
    bool wide = false;
    for (std::size_t i = 1; i < invocation.words.size(); ++i) {
        const std::string& word = invocation.words[i];
        if (word == "-w") {
            wide = true;
        } else if (word == "-s" && i + 1 < invocation.words.size()) {
            separator = invocation.words[++i];
        } else if (word.starts_with("-s")) {
            separator = word.substr(2);
        } else if (!signed_number(word)) {
            if (word.starts_with('-')) return refuse(invocation, "option '" + word + "' is not supported", 1);
            return refuse(invocation, "invalid argument: '" + word + "': only whole numbers are supported",
                          1);
        } else {
            numbers.push_back(word);
        }
    }
    if (numbers.empty()) return refuse(invocation, "missing operand", 1);
    if (numbers.size() > 3) return refuse(invocation, "extra operand '" + numbers[3] + "'", 1);
    const std::int64_t first = numbers.size() > 1 ? *signed_number(numbers[0]) : 1;
    const std::int64_t step = numbers.size() > 2 ? *signed_number(numbers[1]) : 1;
    const std::int64_t last = *signed_number(numbers.back());
    if (step == 0) return refuse(invocation, "invalid Zero increment value: '0'", 1);
    const std::size_t width =
        wide ? std::max(std::to_string(first).size(), std::to_string(last).size()) : std::size_t{0};
    return std::make_unique<Seq>(first, step, last, width, separator);
}

}  // namespace

std::string unescape(std::string_view text, EscapeStyle style, bool& stopped) {
    static constexpr std::string_view kNames = "abefnrtv\\";
    static constexpr std::string_view kValues = "\a\b\x1b\f\n\r\t\v\\";
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '\\' || at + 1 >= text.size()) {
            result += text[at++];
            continue;
        }
        const char c = text[at + 1];
        const std::size_t known = kNames.find(c);
        at += 2;
        if (known != std::string_view::npos) {
            result += kValues[known];
        } else if (c == 'c') {
            stopped = true;
            return result;
        } else if (c == 'x') {
            result += static_cast<char>(take_digits(text, at, 16, 2));
        } else if (c == 'u' || c == 'U') {
            append_utf8(result, static_cast<char32_t>(take_digits(text, at, 16, c == 'u' ? 4 : 8)));
        } else if (style == EscapeStyle::Echo && c == '0') {
            result += static_cast<char>(take_digits(text, at, 8, 3));
        } else if (style == EscapeStyle::Printf && c >= '0' && c <= '7') {
            --at;
            result += static_cast<char>(take_digits(text, at, 8, 3));
        } else {
            result += '\\';
            result += c;
        }
    }
    return result;
}

void add_echo_tools(CommandTable& table) {
    table.add(make_tool("echo", "print words",
                        [](const auto& invocation) { return run_at_once(invocation, echo); }));
    table.add(make_tool("yes", "print a line until it is interrupted",
                        [](const auto& invocation) { return std::make_unique<Yes>(invocation); }));
    table.add(make_tool("seq", "print a sequence of numbers", start_seq));
    table.add(make_tool("clear", "clear the terminal", [](const auto& invocation) {
        return run_at_once(invocation, [](const sim::Invocation&, sim::Io& io) {
            io.out("\x1b[H\x1b[2J\x1b[3J");
            return 0;
        });
    }));
}

}  // namespace kubetab::shell
