#include <algorithm>
#include <utility>

#include "engine/shell/tools/escapes.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

// A conversion such as %-8.3s.
struct Conversion {
    bool left = false;
    bool zeros = false;
    bool plus = false;
    bool blank = false;
    bool alternate = false;
    std::int64_t width = 0;
    std::int64_t precision = -1;
    char kind = 's';
};

class Printf {
public:
    explicit Printf(const std::vector<std::string>& words) : words_(words) {}

    const std::string& output() const { return out_; }
    const std::string& errors() const { return errors_; }

    int run() {
        std::size_t first = 1;
        if (words_.size() > 1 && words_[1] == "--") ++first;
        if (words_.size() <= first) {
            errors_ += "printf: usage: printf format [arguments]\n";
            return 2;
        }
        next_ = first + 1;
        do {
            const std::size_t before = next_;
            if (!print(words_[first])) break;
            if (next_ == before) break;  // The format takes nothing.
        } while (next_ < words_.size() && out_.size() < kMaxBytes);
        return code_;
    }

private:
    static constexpr std::size_t kMaxBytes = 16U * 1024 * 1024;

    // Prints the format once. False when the output ends here.
    bool print(std::string_view format) {
        for (std::size_t at = 0; at < format.size();) {
            const std::size_t percent = std::min(format.find('%', at), format.size());
            bool stopped = false;
            out_ += unescape(format.substr(at, percent - at), EscapeStyle::Printf, stopped);
            if (stopped) return false;
            at = percent;
            if (at >= format.size()) break;
            if (format.substr(at).starts_with("%%")) {
                out_ += '%';
                at += 2;
                continue;
            }
            ++at;
            if (!convert(format, at)) return false;
        }
        return true;
    }

    std::string argument() { return next_ < words_.size() ? words_[next_++] : std::string(); }

    std::int64_t take_number(std::string_view format, std::size_t& at) {
        if (at < format.size() && format[at] == '*') {
            ++at;
            return number(argument());
        }
        std::int64_t value = 0;
        for (; at < format.size() && format[at] >= '0' && format[at] <= '9'; ++at) {
            value = std::min<std::int64_t>(value * 10 + (format[at] - '0'), 10'000);
        }
        return value;
    }

    bool convert(std::string_view format, std::size_t& at) {
        Conversion conversion;
        for (; at < format.size(); ++at) {
            if (format[at] == '-') conversion.left = true;
            else if (format[at] == '0') conversion.zeros = true;
            else if (format[at] == '+') conversion.plus = true;
            else if (format[at] == ' ') conversion.blank = true;
            else if (format[at] == '#') conversion.alternate = true;
            else break;
        }
        conversion.width = take_number(format, at);
        if (conversion.width < 0) {
            conversion.left = true;
            conversion.width = -conversion.width;
        }
        conversion.width = std::min<std::int64_t>(conversion.width, 10'000);
        if (at < format.size() && format[at] == '.') {
            ++at;
            conversion.precision = take_number(format, at);
        }
        conversion.kind = at < format.size() ? format[at++] : '\0';
        switch (conversion.kind) {
            case 's': pad(conversion, cut(conversion, argument())); return true;
            case 'b': {
                bool stopped = false;
                pad(conversion, unescape(argument(), EscapeStyle::Echo, stopped));
                return !stopped;
            }
            case 'q': pad(conversion, quoted(argument())); return true;
            case 'c': pad(conversion, argument().substr(0, 1)); return true;
            case 'd':
            case 'i':
            case 'u':
            case 'x':
            case 'X':
            case 'o': integer(conversion, number(argument())); return true;
            case 'f': fixed(conversion, argument()); return true;
            default: break;
        }
        errors_ += "printf: `%" + std::string(1, conversion.kind) + "': this conversion is not supported\n";
        code_ = 1;
        return false;
    }

    static std::string cut(const Conversion& conversion, const std::string& text) {
        if (conversion.precision < 0) return text;
        return text.substr(0, static_cast<std::size_t>(conversion.precision));
    }

    static std::string quoted(const std::string& text) {
        const bool plain =
            !text.empty() && text.find_first_of(" \t\n'\"\\$`*?[](){}<>|&;#~!") == std::string::npos;
        if (plain) return text;
        std::string result = "'";
        for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
        return result + "'";
    }

    void pad(const Conversion& conversion, const std::string& text) {
        const std::size_t length = from_utf8(text).size();
        const auto width = static_cast<std::size_t>(conversion.width);
        const std::string blanks(width > length ? width - length : 0, ' ');
        out_ += conversion.left ? text + blanks : blanks + text;
    }

    std::int64_t number(const std::string& text) {
        if (text.empty()) return 0;
        if (text[0] == '\'' || text[0] == '"')
            return text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
        const bool negative = text[0] == '-';
        std::string_view digits = std::string_view(text).substr(negative || text[0] == '+' ? 1 : 0);
        std::uint64_t base = 10;
        if (digits.starts_with("0x") || digits.starts_with("0X")) {
            base = 16;
            digits.remove_prefix(2);
        } else if (digits.size() > 1 && digits[0] == '0') {
            base = 8;
        }
        std::uint64_t value = 0;
        bool good = !digits.empty();
        for (const char c : digits) {
            std::uint64_t digit = 99;
            if (c >= '0' && c <= '9') digit = static_cast<std::uint64_t>(c - '0');
            if (c >= 'a' && c <= 'f') digit = static_cast<std::uint64_t>(c - 'a' + 10);
            if (c >= 'A' && c <= 'F') digit = static_cast<std::uint64_t>(c - 'A' + 10);
            if (digit >= base) {
                good = false;
                break;
            }
            value = value * base + digit;
        }
        if (!good) {
            errors_ += "printf: " + text + ": invalid number\n";
            code_ = 1;
        }
        return static_cast<std::int64_t>(negative ? 0 - value : value);
    }

    void integer(const Conversion& conversion, std::int64_t value) {
        const bool is_signed = conversion.kind == 'd' || conversion.kind == 'i';
        const bool negative = is_signed && value < 0;
        auto rest = static_cast<std::uint64_t>(value);
        if (negative) rest = 0 - rest;
        const std::uint64_t base = conversion.kind == 'o'                               ? 8
                                   : (conversion.kind == 'x' || conversion.kind == 'X') ? 16
                                                                                        : 10;
        std::string digits;
        const std::string_view alphabet = conversion.kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
        do {
            digits.insert(digits.begin(), alphabet[static_cast<std::size_t>(rest % base)]);
            rest /= base;
        } while (rest != 0);
        if (conversion.precision > static_cast<std::int64_t>(digits.size())) {
            digits.insert(0, static_cast<std::size_t>(conversion.precision) - digits.size(), '0');
        }
        std::string sign = negative ? "-" : conversion.plus ? "+" : conversion.blank ? " " : "";
        if (conversion.alternate && base == 16) sign = conversion.kind == 'X' ? "0X" : "0x";
        if (conversion.alternate && base == 8) sign = "0";
        const std::size_t length = sign.size() + digits.size();
        const auto width = static_cast<std::size_t>(conversion.width);
        if (conversion.zeros && !conversion.left && width > length) digits.insert(0, width - length, '0');
        pad(conversion, sign + digits);
    }

    // %f of a decimal text, rounded without floating point.
    void fixed(const Conversion& conversion, const std::string& text) {
        const std::size_t point = std::min(text.find('.'), text.size());
        const bool negative = text.starts_with('-');
        std::string whole = text.substr(negative ? 1 : 0, point - (negative ? 1 : 0));
        std::string fraction = point < text.size() ? text.substr(point + 1) : "";
        const bool bad = (whole + fraction).find_first_not_of("0123456789") != std::string::npos;
        if (bad) {
            number("x" + text);
            whole = "0";
            fraction.clear();
        }
        const auto places = static_cast<std::size_t>(
            conversion.precision < 0 ? 6 : std::min<std::int64_t>(conversion.precision, 100));
        const bool up = fraction.size() > places && fraction[places] >= '5';
        fraction.resize(places, '0');
        std::string digits = (whole.empty() ? "0" : whole) + fraction;
        for (std::size_t i = digits.size(); up && i-- > 0;) {
            if (digits[i] != '9') {
                ++digits[i];
                break;
            }
            digits[i] = '0';
            if (i == 0) digits.insert(0, "1");
        }
        if (places > 0) digits.insert(digits.size() - places, ".");
        std::string sign = negative ? "-" : conversion.plus ? "+" : "";
        const auto width = static_cast<std::size_t>(conversion.width);
        const std::size_t length = sign.size() + digits.size();
        if (conversion.zeros && !conversion.left && width > length) digits.insert(0, width - length, '0');
        pad(conversion, sign + digits);
    }

    const std::vector<std::string>& words_;
    std::size_t next_ = 0;
    std::string out_{};
    std::string errors_{};
    int code_ = 0;
};

int run_printf(const sim::Invocation& invocation, sim::Io& io) {
    Printf printf(invocation.words);
    const int code = printf.run();
    io.err(printf.errors());
    io.out(printf.output());
    return code;
}

}  // namespace

std::string printf_text(const std::vector<std::string>& words, std::string& problem) {
    Printf printf(words);
    printf.run();
    problem = printf.errors();
    return printf.output();
}

void add_printf_tool(CommandTable& table) {
    table.add(make_tool("printf", "print words by a format",
                        [](const auto& invocation) { return run_at_once(invocation, run_printf); }));
}

}  // namespace kubetab::shell
