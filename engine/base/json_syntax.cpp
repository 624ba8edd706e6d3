#include "engine/base/json_syntax.h"

#include "engine/base/json.h"

namespace kubetab::base {
namespace {

class Checker {
public:
    explicit Checker(std::string_view text) : text_(text) {}

    std::optional<JsonMistake> check() {
        skip_space();
        if (!value(0)) return mistake_;
        skip_space();
        if (at_ < text_.size()) fail("after top-level value");
        return mistake_;
    }

private:
    bool fail(std::string_view context) {
        if (at_ >= text_.size()) {
            mistake_ = JsonMistake{"unexpected end of JSON input", at_};
            return false;
        }
        mistake_ =
            JsonMistake{"invalid character " + quoted_character() + " " + std::string(context), at_ + 1};
        return false;
    }

    std::string quoted_character() const {
        const unsigned char c = static_cast<unsigned char>(text_[at_]);
        constexpr std::string_view kHex = "0123456789abcdef";
        switch (c) {
            case '\'': return "'\\''";
            case '\n': return "'\\n'";
            case '\t': return "'\\t'";
            case '\r': return "'\\r'";
            case '\\': return "'\\\\'";
            default: break;
        }
        if (c >= 0x20 && c < 0x7F) return std::string("'") + text_[at_] + "'";
        if (c < 0x80) return std::string("'\\x") + kHex[c >> 4U] + kHex[c & 15U] + "'";
        // Go reads a byte and prints it as a character of its own.
        if (c < 0xA0) return std::string("'\\u00") + kHex[c >> 4U] + kHex[c & 15U] + "'";
        std::string text = "'";
        text += static_cast<char>(static_cast<unsigned char>(0xC0U | (c >> 6U)));
        text += static_cast<char>(static_cast<unsigned char>(0x80U | (c & 0x3FU)));
        return text + "'";
    }

    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool is_digit() const { return here() >= '0' && here() <= '9'; }
    void skip_space() {
        while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r') ++at_;
    }

    bool value(int depth) {
        if (depth > kMaxDepth) {
            mistake_ = JsonMistake{"exceeded max depth", at_};
            return false;
        }
        switch (here()) {
            case '{': return object(depth);
            case '[': return array(depth);
            case '"': return string();
            case 't': return literal("true");
            case 'f': return literal("false");
            case 'n': return literal("null");
            default: break;
        }
        if (here() == '-' || is_digit()) return number();
        return fail("looking for beginning of value");
    }

    bool literal(std::string_view word) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            if (here() != word[i]) {
                return fail("in literal " + std::string(word) + " (expecting '" + std::string(1, word[i]) +
                            "')");
            }
            ++at_;
        }
        return true;
    }

    bool number() {
        if (here() == '-') {
            ++at_;
            if (!is_digit()) return fail("in numeric literal");
        }
        if (here() == '0') ++at_;
        else
            while (is_digit()) ++at_;
        if (here() == '.') {
            ++at_;
            if (!is_digit()) return fail("after decimal point in numeric literal");
            while (is_digit()) ++at_;
        }
        if (here() == 'e' || here() == 'E') {
            ++at_;
            if (here() == '+' || here() == '-') ++at_;
            if (!is_digit()) return fail("in exponent of numeric literal");
            while (is_digit()) ++at_;
        }
        return true;
    }

    bool string() {
        ++at_;
        while (at_ < text_.size() && here() != '"') {
            if (static_cast<unsigned char>(here()) < 0x20) return fail("in string literal");
            if (here() == '\\') {
                ++at_;
                constexpr std::string_view kEscapes = "bfnrt\\/\"u";
                if (at_ >= text_.size() || kEscapes.find(here()) == std::string_view::npos)
                    return fail("in string escape code");
                const int digits = here() == 'u' ? 4 : 0;
                for (int i = 0; i < digits; ++i) {
                    ++at_;
                    const char c = here();
                    const bool hex = is_digit() || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                    if (!hex) return fail("in \\u hexadecimal character escape");
                }
            }
            ++at_;
        }
        if (at_ >= text_.size()) return fail("");
        ++at_;
        return true;
    }

    bool object(int depth) {
        ++at_;
        skip_space();
        if (here() == '}') return ++at_, true;
        while (true) {
            skip_space();
            if (here() != '"') return fail("looking for beginning of object key string");
            if (!string()) return false;
            skip_space();
            if (here() != ':') return fail("after object key");
            ++at_;
            skip_space();
            if (!value(depth + 1)) return false;
            skip_space();
            if (here() == '}') return ++at_, true;
            if (here() != ',') return fail("after object key:value pair");
            ++at_;
        }
    }

    bool array(int depth) {
        ++at_;
        skip_space();
        if (here() == ']') return ++at_, true;
        while (true) {
            skip_space();
            if (!value(depth + 1)) return false;
            skip_space();
            if (here() == ']') return ++at_, true;
            if (here() != ',') return fail("after array element");
            ++at_;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::optional<JsonMistake> mistake_{};
};

}  // namespace

std::optional<JsonMistake> check_json_syntax(std::string_view text) {
    return Checker(text).check();
}

}  // namespace kubetab::base
