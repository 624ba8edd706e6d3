#include "engine/shell/tools/sed_script.h"

#include <algorithm>
#include <utility>

namespace kubetab::shell {

namespace {

class SedParser {
public:
    SedParser(std::string_view text, bool extended) : text_(text), extended_(extended) {}

    base::Result<std::vector<SedCommand>> run() {
        while (error_.empty()) {
            skip(" \t\n;");
            if (at_ >= text_.size()) break;
            if (text_[at_] == '#') {
                at_ = std::min(text_.find('\n', at_), text_.size());
                continue;
            }
            command();
        }
        if (error_.empty() && !blocks_.empty()) fail("unmatched `{'");
        if (!error_.empty())
            return base::failure(base::Reason::BadRequest, "char " + std::to_string(at_) + ": " + error_);
        return std::move(script_);
    }

private:
    void fail(std::string message) {
        if (error_.empty()) error_ = std::move(message);
    }
    void skip(std::string_view characters) {
        while (at_ < text_.size() && characters.find(text_[at_]) != std::string_view::npos) ++at_;
    }
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    // What stands up to the delimiter, with the delimiter's own backslash taken off.
    std::optional<std::string> delimited(char delimiter) {
        std::string part;
        bool bracket = false;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '\\' && at_ < text_.size()) {
                const char next = text_[at_++];
                if (next != delimiter) part += '\\';
                part += next;
                continue;
            }
            if (c == '[') bracket = true;
            if (c == ']') bracket = false;
            if (c == delimiter && !bracket) return part;
            if (c == delimiter && text_.find(']', at_) == std::string_view::npos) return part;
            part += c;
        }
        return std::nullopt;
    }

    std::optional<Regex> compile(const std::string& pattern, bool ignore_case) {
        base::Result<Regex> regex = Regex::compile(pattern, {extended_, ignore_case});
        if (!regex.ok()) {
            fail(regex.error().message);
            return std::nullopt;
        }
        return std::move(*regex);
    }

    std::optional<SedAddress> address() {
        SedAddress result;
        if (at_ >= text_.size()) return std::nullopt;
        if (take('$')) {
            result.kind = SedAddress::Kind::Last;
            return result;
        }
        if (text_[at_] >= '0' && text_[at_] <= '9') {
            while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
                result.line = std::min<std::int64_t>(result.line * 10 + (text_[at_++] - '0'), 1'000'000'000);
            }
            if (at_ < text_.size() && text_[at_] == '~') fail("addresses with a step are not supported");
            return result;
        }
        if (text_[at_] != '/' && text_[at_] != '\\') return std::nullopt;
        if (take('\\') && at_ >= text_.size()) return std::nullopt;
        const char delimiter = text_[at_++];
        const std::optional<std::string> pattern = delimited(delimiter);
        if (!pattern) {
            fail("unterminated address regex");
            return std::nullopt;
        }
        result.kind = SedAddress::Kind::Regex;
        const bool ignore_case = take('I');
        result.regex = compile(*pattern, ignore_case);
        return result;
    }

    void command() {
        SedCommand command;
        command.first = address();
        skip(" \t");
        if (command.first && take(',')) {
            skip(" \t");
            command.second = address();
            if (!command.second) fail("unexpected `,'");
        }
        skip(" \t");
        while (take('!')) command.negated = true;
        skip(" \t");
        if (at_ >= text_.size()) fail("missing command");
        if (!error_.empty()) return;
        command.name = text_[at_++];
        switch (command.name) {
            case 's': substitution(command); break;
            case 'y': transliteration(command); break;
            case 'p':
            case 'd':
            case 'q':
            case '=': break;
            case 'a':
            case 'i':
            case 'c': appended_text(command); break;
            case '{': blocks_.push_back(script_.size()); break;
            case '}':
                if (blocks_.empty()) return fail("unexpected `}'");
                script_[blocks_.back()].block_end = script_.size();
                blocks_.pop_back();
                break;
            default: return fail("the command `" + std::string(1, command.name) + "' is not supported");
        }
        if (!error_.empty()) return;
        const bool open = command.name == '{';
        script_.push_back(std::move(command));
        skip(" \t");
        if (open || at_ >= text_.size() ||
            std::string_view(";\n}#").find(text_[at_]) != std::string_view::npos)
            return;
        fail("extra characters after command");
    }

    void substitution(SedCommand& command) {
        if (at_ >= text_.size()) return fail("unterminated `s' command");
        const char delimiter = text_[at_++];
        const std::optional<std::string> pattern = delimited(delimiter);
        const std::optional<std::string> replacement = pattern ? delimited(delimiter) : std::nullopt;
        if (!replacement) return fail("unterminated `s' command");
        bool ignore_case = false;
        while (at_ < text_.size() && std::string_view(";\n} \t").find(text_[at_]) == std::string_view::npos) {
            const char flag = text_[at_++];
            if (flag == 'g') command.global = true;
            else if (flag == 'p') command.print = true;
            else if (flag == 'i' || flag == 'I') ignore_case = true;
            else if (flag >= '1' && flag <= '9') command.occurrence = flag - '0';
            else return fail("unknown option to `s'");
        }
        command.regex = compile(*pattern, ignore_case);
        command.text = *replacement;
        if (!command.regex) return;
        for (std::size_t i = 0; i + 1 < command.text.size(); ++i) {
            if (command.text[i] != '\\') continue;
            const char next = command.text[++i];
            if (next >= '1' && next <= '9' && next - '0' > command.regex->group_count()) {
                return fail("invalid reference \\" + std::string(1, next) + " on `s' command's RHS");
            }
        }
    }

    void transliteration(SedCommand& command) {
        if (at_ >= text_.size()) return fail("unterminated `y' command");
        const char delimiter = text_[at_++];
        const std::optional<std::string> from = delimited(delimiter);
        const std::optional<std::string> to = from ? delimited(delimiter) : std::nullopt;
        if (!to) return fail("unterminated `y' command");
        if (from->size() != to->size()) return fail("strings for `y' command are different lengths");
        command.text = *from;
        command.other = *to;
    }

    // a TEXT, or a\ and TEXT on the next line.
    void appended_text(SedCommand& command) {
        skip(" \t");
        if (take('\\')) {
            skip(" \t");
            take('\n');
        }
        while (at_ < text_.size() && text_[at_] != '\n') {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
            command.text += text_[at_++];
        }
        if (command.text.empty()) fail("expected \\ after `a', `c' or `i'");
    }

    std::string_view text_;
    bool extended_;
    std::size_t at_ = 0;
    std::vector<SedCommand> script_{};
    std::vector<std::size_t> blocks_{};
    std::string error_{};
};

}  // namespace

base::Result<std::vector<SedCommand>> parse_sed(std::string_view text, bool extended) {
    return SedParser(text, extended).run();
}

}  // namespace kubetab::shell
