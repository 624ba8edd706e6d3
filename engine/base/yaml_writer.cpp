// Json to YAML. upstream: sigs.k8s.io/yaml JSONToYAML; goyaml.v2 encode.go, emitterc.go, sorter.go
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/stable_sort.h"
#include "engine/base/yaml.h"

namespace kubetab::base {
namespace {

constexpr std::size_t kBestWidth = 80;

// One character of UTF-8 text.
struct Character {
    std::uint32_t code = 0;
    std::string_view bytes{};
};

std::vector<Character> characters(std::string_view text) {
    std::vector<Character> result;
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char first = static_cast<unsigned char>(text[i]);
        const std::size_t wanted = first < 0x80    ? 1
                                   : first >= 0xF0 ? 4
                                   : first >= 0xE0 ? 3
                                   : first >= 0xC0 ? 2
                                                   : 1;
        const std::size_t length = std::min(wanted, text.size() - i);
        std::uint32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k)
            code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        result.push_back({code, text.substr(i, length)});
        i += length;
    }
    return result;
}

bool is_break(std::uint32_t c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_printable(std::uint32_t c) {
    return c == 0x0A || (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c < 0xD800) ||
           (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF);
}

enum class Style { Plain, Single, Double, Literal };

// What the emitter finds out about a text before it chooses a style. upstream: yaml_emitter_analyze_scalar
struct Analysis {
    bool plain_allowed = true;
    bool single_allowed = true;
    bool block_allowed = true;
    bool multiline = false;
};

bool starts_indicator(std::uint32_t c, bool followed_by_space) {
    constexpr std::string_view kAlways = "#,[]{}&*!|>'\"%@`";
    if (c < 0x80 && kAlways.find(static_cast<char>(c)) != std::string_view::npos) return true;
    return (c == '?' || c == ':' || c == '-') && followed_by_space;
}

Analysis analyze(const std::vector<Character>& text, std::string_view raw) {
    Analysis result;
    if (text.empty()) {
        result.block_allowed = false;
        return result;
    }
    bool indicators = raw.substr(0, 3) == "---" || raw.substr(0, 3) == "...";
    bool special = false;
    bool edge_space = false;
    bool trailing_space = false;
    bool break_space = false;
    bool space_break = false;
    bool previous_space = false;
    bool previous_break = false;
    bool after_blank = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t c = text[i].code;
        const bool last = i + 1 == text.size();
        const bool before_blank = last || text[i + 1].code == ' ' || text[i + 1].code == '\t';
        if (i == 0) indicators |= starts_indicator(c, before_blank);
        else indicators |= (c == ':' && before_blank) || (c == '#' && after_blank);
        special |= !is_printable(c) && !is_break(c);
        if (c == ' ') {
            edge_space |= i == 0 || last;
            trailing_space |= last;
            break_space |= previous_break;
        } else if (is_break(c)) {
            result.multiline = true;
            edge_space |= i == 0 || last;
            space_break |= previous_space;
        }
        previous_space = c == ' ';
        previous_break = is_break(c);
        after_blank = c == ' ' || c == '\t' || is_break(c);
    }
    result.plain_allowed =
        !edge_space && !break_space && !space_break && !special && !result.multiline && !indicators;
    result.single_allowed = !break_space && !space_break && !special;
    result.block_allowed = !trailing_space && !space_break && !special;
    return result;
}

// 1:30 was a number to YAML 1.1. upstream: encode.go isBase60Float
bool is_base60(std::string_view text) {
    std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return false;
    while (i < text.size() && ((text[i] >= '0' && text[i] <= '9') || text[i] == '_')) ++i;
    int groups = 0;
    while (i < text.size() && text[i] == ':') {
        ++i;
        if (i < text.size() && text[i] >= '0' && text[i] <= '5' && i + 1 < text.size() &&
            text[i + 1] >= '0' && text[i + 1] <= '9') {
            ++i;
        }
        if (i >= text.size() || text[i] < '0' || text[i] > '9') return false;
        ++i;
        ++groups;
    }
    if (groups == 0) return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        while (i < text.size() && ((text[i] >= '0' && text[i] <= '9') || text[i] == '_')) ++i;
    }
    return i == text.size();
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && text[at + count] >= '0' && text[at + count] <= '9') ++count;
    return count;
}

// 2006-1-2, with or without a time. upstream: resolve.go parseTimestamp
bool is_timestamp(std::string_view text) {
    if (digits_at(text, 0) != 4 || text.size() < 8 || text[4] != '-') return false;
    std::size_t i = 5;
    for (int part = 0; part < 2; ++part) {
        const std::size_t digits = digits_at(text, i);
        if (digits < 1 || digits > 2) return false;
        i += digits;
        if (part == 0 && (i >= text.size() || text[i++] != '-')) return false;
    }
    if (i == text.size()) return i == 10;
    if (text[i] != 'T' && text[i] != 't' && text[i] != ' ') return false;
    ++i;
    for (int part = 0; part < 3; ++part) {
        const std::size_t digits = digits_at(text, i);
        if (digits < 1 || digits > 2) return false;
        i += digits;
        if (part < 2 && (i >= text.size() || text[i++] != ':')) return false;
    }
    if (i < text.size() && text[i] == '.') i += 1 + digits_at(text, i + 1);
    if (i == text.size()) return true;
    return text[i] == 'Z' || text[i] == '+' || text[i] == '-' || text[i] == ' ';
}

bool is_infinite(std::string_view text) {
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    return text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN" ||
           text == ".NAN";
}

// True when the text without quotes would be read as something else than a string.
bool means_other(std::string_view text) {
    return !resolve_yaml_scalar(text).is_string() || is_base60(text) || is_timestamp(text) ||
           is_infinite(text) || text == "<<";
}

Style style_of(std::string_view raw, const std::vector<Character>& text, bool is_key) {
    const Analysis found = analyze(text, raw);
    Style style = Style::Plain;
    if (raw.find('\n') != std::string_view::npos) style = Style::Literal;
    else if (means_other(raw) && raw != "<<") style = Style::Double;
    if (style == Style::Plain && !found.plain_allowed) style = Style::Single;
    if (style == Style::Plain && is_key && found.multiline) style = Style::Single;
    if (style == Style::Single && !found.single_allowed) style = Style::Double;
    if (style == Style::Literal && (!found.block_allowed || is_key)) style = Style::Double;
    return style;
}

std::string escape(std::uint32_t c) {
    switch (c) {
        case 0x00: return "\\0";
        case 0x07: return "\\a";
        case 0x08: return "\\b";
        case 0x09: return "\\t";
        case 0x0A: return "\\n";
        case 0x0B: return "\\v";
        case 0x0C: return "\\f";
        case 0x0D: return "\\r";
        case 0x1B: return "\\e";
        case 0x22: return "\\\"";
        case 0x5C: return "\\\\";
        case 0x85: return "\\N";
        case 0xA0: return "\\_";
        case 0x2028: return "\\L";
        case 0x2029: return "\\P";
        default: break;
    }
    const int width = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
    std::string digits = width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (int shift = (width - 1) * 4; shift >= 0; shift -= 4)
        digits += kHex[(c >> static_cast<unsigned>(shift)) & 0xFU];
    return digits;
}

bool is_letter(std::uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}
bool is_digit(std::uint32_t c) {
    return c >= '0' && c <= '9';
}

// Letters after other characters, numbers by their value. upstream: sorter.go keyList.Less
bool key_before(const std::string& left, const std::string& right) {
    const std::vector<Character> a = characters(left);
    const std::vector<Character> b = characters(right);
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (a[i].code == b[i].code) continue;
        const bool letter_a = is_letter(a[i].code);
        const bool letter_b = is_letter(b[i].code);
        if (letter_a && letter_b) return a[i].code < b[i].code;
        if (letter_a || letter_b) return letter_b;
        std::uint64_t number_a = 0;
        std::uint64_t number_b = 0;
        if (a[i].code == '0' || b[i].code == '0') {
            for (std::size_t j = i; j > 0 && is_digit(a[j - 1].code); --j) {
                if (a[j - 1].code != '0') {
                    number_a = number_b = 1;
                    break;
                }
            }
        }
        std::size_t end_a = i;
        std::size_t end_b = i;
        for (; end_a < a.size() && is_digit(a[end_a].code); ++end_a)
            number_a = number_a * 10 + (a[end_a].code - '0');
        for (; end_b < b.size() && is_digit(b[end_b].code); ++end_b)
            number_b = number_b * 10 + (b[end_b].code - '0');
        if (number_a != number_b) return number_a < number_b;
        if (end_a != end_b) return end_a < end_b;
        return a[i].code < b[i].code;
    }
    return a.size() < b.size();
}

class Writer {
public:
    std::string write(const Json& value) {
        write_value(value, 0, 0);
        out_ += '\n';
        return std::move(out_);
    }

    // A string in place, continued at `indent` when it is long.
    void write_text(std::string_view raw, std::size_t indent, bool is_key) {
        const std::vector<Character> text = characters(raw);
        switch (style_of(raw, text, is_key)) {
            case Style::Plain: return write_plain(text, indent, !is_key);
            case Style::Single: return write_single(text, indent, !is_key);
            case Style::Double: return write_double(text, indent, !is_key);
            case Style::Literal: return write_literal(text, indent);
        }
    }
    std::string take() { return std::move(out_); }

private:
    void put(std::string_view bytes) {
        out_ += bytes;
        ++column_;
    }
    void new_line(std::size_t indent) {
        out_ += '\n';
        out_.append(indent, ' ');
        column_ = indent;
    }

    void write_plain(const std::vector<Character>& text, std::size_t indent, bool may_break) {
        bool spaces = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool space = text[i].code == ' ';
            const bool next_space = i + 1 < text.size() && text[i + 1].code == ' ';
            if (space && may_break && !spaces && column_ > kBestWidth && !next_space) new_line(indent);
            else put(text[i].bytes);
            spaces = space;
        }
    }

    void write_single(const std::vector<Character>& text, std::size_t indent, bool may_break) {
        put("'");
        bool spaces = false;
        bool breaks = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const std::uint32_t c = text[i].code;
            const bool inner = i > 0 && i + 1 < text.size();
            if (c == ' ') {
                if (may_break && !spaces && column_ > kBestWidth && inner && text[i + 1].code != ' ')
                    new_line(indent);
                else put(" ");
                spaces = true;
                continue;
            }
            if (is_break(c)) {
                out_ += text[i].bytes;
                column_ = 0;
                breaks = true;
                continue;
            }
            if (breaks) {
                out_.append(indent, ' ');
                column_ = indent;
            }
            if (c == '\'') put("'");
            put(text[i].bytes);
            spaces = breaks = false;
        }
        put("'");
    }

    void write_double(const std::vector<Character>& text, std::size_t indent, bool may_break) {
        put("\"");
        bool spaces = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const std::uint32_t c = text[i].code;
            if (!is_printable(c) || is_break(c) || c == '"' || c == '\\') {
                for (const char part : escape(c)) put(std::string_view(&part, 1));
                spaces = false;
            } else if (c == ' ') {
                const bool inner = i > 0 && i + 1 < text.size();
                if (may_break && !spaces && column_ > kBestWidth && inner) {
                    new_line(indent);
                    if (text[i + 1].code == ' ') put("\\");
                } else {
                    put(" ");
                }
                spaces = true;
            } else {
                put(text[i].bytes);
                spaces = false;
            }
        }
        put("\"");
    }

    void write_literal(const std::vector<Character>& text, std::size_t indent) {
        put("|");
        if (text.front().code == ' ' || is_break(text.front().code)) put("2");
        if (!is_break(text.back().code)) put("-");
        else if (text.size() == 1 || is_break(text[text.size() - 2].code)) put("+");
        out_ += '\n';
        bool breaks = true;
        for (const Character& c : text) {
            if (is_break(c.code)) {
                out_ += c.bytes;
                breaks = true;
                continue;
            }
            if (breaks) out_.append(indent, ' ');
            out_ += c.bytes;
            breaks = false;
        }
        if (breaks) out_.pop_back();
        column_ = 0;
    }

    // `indent` is where the keys or dashes of a block stand, or where the lines of a scalar go on.
    void write_value(const Json& value, std::size_t indent, std::size_t scalar_indent) {
        if (value.is_object() && !value.empty()) return write_mapping(value, indent);
        if (value.is_array() && !value.empty()) return write_sequence(value, indent);
        if (value.is_string()) return write_text(value.get_ref<const std::string&>(), scalar_indent, false);
        const std::string text = value.is_object() ? "{}" : value.is_array() ? "[]" : value.dump();
        out_ += text;
        column_ += text.size();
    }

    void write_mapping(const Json& value, std::size_t indent) {
        std::vector<std::string> keys;
        for (const auto& [key, item] : value.items()) keys.push_back(key);
        stable_sort(keys, key_before);
        bool first = true;
        for (const std::string& key : keys) {
            if (!first) new_line(indent);
            first = false;
            const bool simple = key.size() <= 128;
            if (!simple) out_ += "? ";
            write_text(key, indent + 2, true);
            if (!simple) new_line(indent);
            put(":");
            const Json& item = value.at(key);
            const bool block = (item.is_object() || item.is_array()) && !item.empty();
            const std::size_t inner = item.is_array() ? indent : indent + 2;
            if (block) new_line(inner);
            else put(" ");
            write_value(item, inner, indent + 2);
        }
    }

    void write_sequence(const Json& value, std::size_t indent) {
        bool first = true;
        for (const Json& item : value) {
            if (!first) new_line(indent);
            first = false;
            put("-");
            put(" ");
            write_value(item, indent + 2, indent + 2);
        }
    }

    std::string out_{};
    std::size_t column_ = 0;
};

}  // namespace

std::string to_yaml(const Json& value) {
    return Writer().write(value);
}

std::string yaml_text(std::string_view text) {
    Writer writer;
    writer.write_text(text, 2, true);
    return writer.take();
}

}  // namespace kubetab::base
