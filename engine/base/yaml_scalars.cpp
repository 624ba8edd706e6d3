// The scanning of scalars, anchors and tags. upstream: sigs.k8s.io/yaml/goyaml.v2 scannerc.go
#include <cstdint>
#include <utility>

#include "engine/base/yaml_scanner.h"

namespace kubetab::base {
namespace {

bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void append_utf8(std::string& text, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

// Text between the lines of a folded scalar.
void fold(std::string& value, std::string& leading_break, std::string& trailing_breaks) {
    if (!leading_break.empty() && leading_break.front() == '\n') {
        value += trailing_breaks.empty() ? " " : trailing_breaks;
    } else {
        value += leading_break + trailing_breaks;
    }
    leading_break.clear();
    trailing_breaks.clear();
}

}  // namespace

bool YamlScanner::scan_anchor(YamlToken token) {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    const YamlMark start = mark_;
    advance();
    std::string name;
    while (is_word(at())) read(name);
    constexpr std::string_view kAfter = "?:,]}%@`";
    if (name.empty() || !(is_blankz() || kAfter.find(at()) != std::string_view::npos)) {
        return fail("did not find expected alphabetic or numeric character", start);
    }
    push(token, start, std::move(name));
    return true;
}

bool YamlScanner::scan_tag() {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    const YamlMark start = mark_;
    std::string tag;
    if (at(1) == '<') {
        advance();
        advance();
        while (!is_blankz() && at() != '>') read(tag);
        if (at() != '>') return fail("did not find the expected '>'", start);
        advance();
    } else {
        advance();
        if (at() == '!') {
            advance();
            tag = "tag:yaml.org,2002:";
        } else {
            tag = "!";
        }
        constexpr std::string_view kFlow = ",[]{}";
        while (!is_blankz() && !(flow_level_ > 0 && kFlow.find(at()) != std::string_view::npos)) read(tag);
    }
    if (!is_blankz() && !(flow_level_ > 0 && at() == ','))
        return fail("did not find expected whitespace or line break", start);
    push(YamlToken::Tag, start, std::move(tag));
    return true;
}

bool YamlScanner::scan_block_header(const YamlMark& start, int& chomping, int& increment) {
    for (int i = 0; i < 2; ++i) {
        if (chomping == 0 && (at() == '+' || at() == '-')) {
            chomping = at() == '+' ? 1 : -1;
            advance();
        } else if (increment == 0 && at() >= '0' && at() <= '9') {
            if (at() == '0') return fail("found an indentation indicator equal to 0", start);
            increment = at() - '0';
            advance();
        }
    }
    while (is_blank()) advance();
    if (at() == '#') {
        while (!at_end() && !is_break()) advance();
    }
    if (!at_end() && !is_break()) return fail("did not find expected comment or line break", start);
    if (is_break()) skip_line();
    return true;
}

bool YamlScanner::scan_block_breaks(int& indent, std::string& breaks, const YamlMark& start) {
    int deepest = 0;
    while (true) {
        while ((indent == 0 || mark_.column < indent) && at() == ' ') advance();
        if (mark_.column > deepest) deepest = mark_.column;
        if ((indent == 0 || mark_.column < indent) && at() == '\t') {
            return fail("found a tab character where an indentation space is expected", start);
        }
        if (!is_break()) break;
        read_line(breaks);
    }
    if (indent == 0) {
        indent = deepest;
        if (indent < indent_ + 1) indent = indent_ + 1;
        if (indent < 1) indent = 1;
    }
    return true;
}

bool YamlScanner::scan_block_scalar(bool literal) {
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = true;
    const YamlMark start = mark_;
    advance();
    int chomping = 0;
    int increment = 0;
    if (!scan_block_header(start, chomping, increment)) return false;
    int indent = increment == 0 ? 0 : (indent_ >= 0 ? indent_ + increment : increment);
    std::string value;
    std::string leading_break;
    std::string trailing_breaks;
    if (!scan_block_breaks(indent, trailing_breaks, start)) return false;
    bool leading_blank = false;
    while (mark_.column == indent && !at_end()) {
        const bool trailing_blank = is_blank();
        if (!literal && !leading_break.empty() && !leading_blank && !trailing_blank) {
            if (trailing_breaks.empty()) value += ' ';
        } else {
            value += leading_break;
        }
        leading_break.clear();
        value += std::exchange(trailing_breaks, {});
        leading_blank = is_blank();
        while (!at_end() && !is_break()) read(value);
        if (is_break()) read_line(leading_break);
        if (!scan_block_breaks(indent, trailing_breaks, start)) return false;
    }
    if (chomping != -1) value += leading_break;
    if (chomping == 1) value += trailing_breaks;
    push(YamlToken::Scalar, start, std::move(value));
    return true;
}

bool YamlScanner::scan_escape(const YamlMark& start, std::string& value) {
    const char code = at(1);
    int digits = 0;
    switch (code) {
        case '0': value += '\0'; break;
        case 'a': value += '\a'; break;
        case 'b': value += '\b'; break;
        case 't':
        case '\t': value += '\t'; break;
        case 'n': value += '\n'; break;
        case 'v': value += '\v'; break;
        case 'f': value += '\f'; break;
        case 'r': value += '\r'; break;
        case 'e': value += '\x1B'; break;
        case ' ':
        case '"':
        case '\'':
        case '\\':
        case '/': value += code; break;
        case 'N': append_utf8(value, 0x85); break;
        case '_': append_utf8(value, 0xA0); break;
        case 'L': append_utf8(value, 0x2028); break;
        case 'P': append_utf8(value, 0x2029); break;
        case 'x': digits = 2; break;
        case 'u': digits = 4; break;
        case 'U': digits = 8; break;
        default: return fail("found unknown escape character", start);
    }
    advance();
    advance();
    if (digits == 0) return true;
    std::uint32_t point = 0;
    for (int i = 0; i < digits; ++i) {
        const int digit = hex_value(at(static_cast<std::size_t>(i)));
        if (digit < 0) return fail("did not find expected hexdecimal number", start);
        point = point * 16 + static_cast<std::uint32_t>(digit);
    }
    if ((point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) {
        return fail("found invalid Unicode character escape code", start);
    }
    append_utf8(value, point);
    for (int i = 0; i < digits; ++i) advance();
    return true;
}

// The characters up to the next blank or the end of the scalar.
bool YamlScanner::scan_flow_text(bool single, const YamlMark& start, std::string& value,
                                 bool& leading_blanks) {
    while (!is_blankz()) {
        if (single && at() == '\'' && at(1) == '\'') {
            value += '\'';
            advance();
            advance();
        } else if (at() == (single ? '\'' : '"')) {
            return true;
        } else if (!single && at() == '\\' && is_break(1)) {
            advance();
            skip_line();
            leading_blanks = true;
            return true;
        } else if (!single && at() == '\\') {
            if (!scan_escape(start, value)) return false;
        } else {
            read(value);
        }
    }
    return true;
}

bool YamlScanner::scan_flow_scalar(bool single) {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    const YamlMark start = mark_;
    advance();
    std::string value;
    std::string leading_break;
    std::string trailing_breaks;
    std::string whitespaces;
    while (true) {
        if (is_document_indicator()) return fail("found unexpected document indicator", start);
        if (at_end()) return fail("found unexpected end of stream", start);
        bool leading_blanks = false;
        if (!scan_flow_text(single, start, value, leading_blanks)) return false;
        if (at() == (single ? '\'' : '"')) break;
        while (is_blank() || is_break()) {
            if (is_blank()) {
                if (leading_blanks) advance();
                else read(whitespaces);
            } else if (!leading_blanks) {
                whitespaces.clear();
                read_line(leading_break);
                leading_blanks = true;
            } else {
                read_line(trailing_breaks);
            }
        }
        if (leading_blanks) fold(value, leading_break, trailing_breaks);
        else value += std::exchange(whitespaces, {});
    }
    advance();
    push(YamlToken::Scalar, start, std::move(value));
    return true;
}

bool YamlScanner::scan_plain_scalar() {
    if (!save_simple_key()) return false;
    simple_key_allowed_ = false;
    const YamlMark start = mark_;
    const int indent = indent_ + 1;
    std::string value;
    std::string leading_break;
    std::string trailing_breaks;
    std::string whitespaces;
    bool leading_blanks = false;
    constexpr std::string_view kFlow = ",?[]{}";
    while (!is_document_indicator() && at() != '#') {
        while (!is_blankz()) {
            if (at() == ':' && is_blankz(1)) break;
            if (flow_level_ > 0 && kFlow.find(at()) != std::string_view::npos) break;
            if (leading_blanks) fold(value, leading_break, trailing_breaks);
            else value += std::exchange(whitespaces, {});
            leading_blanks = false;
            read(value);
        }
        if (!(is_blank() || is_break())) break;
        while (is_blank() || is_break()) {
            if (is_blank()) {
                if (leading_blanks && mark_.column < indent && at() == '\t') {
                    return fail("found a tab character that violates indentation", start);
                }
                if (leading_blanks) advance();
                else read(whitespaces);
            } else if (!leading_blanks) {
                whitespaces.clear();
                read_line(leading_break);
                leading_blanks = true;
            } else {
                read_line(trailing_breaks);
            }
        }
        if (flow_level_ == 0 && mark_.column < indent) break;
    }
    push(YamlToken::Scalar, start, std::move(value), true);
    if (leading_blanks) simple_key_allowed_ = true;
    return true;
}

}  // namespace kubetab::base
