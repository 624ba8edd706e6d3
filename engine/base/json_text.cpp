#include "engine/base/json_text.h"

#include <fmt/format.h>

#include <cmath>

#include "engine/base/words.h"

namespace kubetab::base {
namespace {

void append_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char c = static_cast<unsigned char>(text[i]);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += text[i];
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\b') {
            out += "\\b";
        } else if (c == '\f') {
            out += "\\f";
        } else if (c < 0x20 || c == '<' || c == '>' || c == '&') {
            out += "\\u00";
            out += kHex[c >> 4U];
            out += kHex[c & 15U];
        } else if (text.substr(i, 3) == "\xE2\x80\xA8" || text.substr(i, 3) == "\xE2\x80\xA9") {
            out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += text[i];
        }
    }
    out += '"';
}

void append_value(std::string& out, const Json& value, int indent, int depth) {
    const auto new_line = [&](int level) {
        if (indent == 0) return;
        out += '\n';
        out.append(static_cast<std::size_t>(indent * level), ' ');
    };
    if (value.is_string()) return append_string(out, value.get_ref<const std::string&>());
    if (value.is_number_float()) {
        out += go_float(value.get<double>());
    } else if (value.is_object() && !value.empty()) {
        out += '{';
        bool first = true;
        for (const auto& [key, item] : value.items()) {
            if (!first) out += ',';
            first = false;
            new_line(depth + 1);
            append_string(out, key);
            out += indent == 0 ? ":" : ": ";
            append_value(out, item, indent, depth + 1);
        }
        new_line(depth);
        out += '}';
    } else if (value.is_array() && !value.empty()) {
        out += '[';
        bool first = true;
        for (const Json& item : value) {
            if (!first) out += ',';
            first = false;
            new_line(depth + 1);
            append_value(out, item, indent, depth + 1);
        }
        new_line(depth);
        out += ']';
    } else {
        out += value.dump();
    }
}

}  // namespace

std::string go_float(double value) {
    if (std::floor(value) == value && std::fabs(value) < 9.0e15)
        return std::to_string(static_cast<std::int64_t>(value));
    return fmt::format("{}", value);
}

std::string json_text(const Json& value, int indent) {
    std::string out;
    append_value(out, value, indent, 0);
    return out;
}

std::string go_text(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null()) return "<nil>";
    if (value.is_number_float()) return go_float(value.get<double>());
    if (value.is_object()) {
        std::string out;
        for (const auto& [key, item] : value.items())
            out += (out.empty() ? "" : " ") + key + ":" + go_text(item);
        return "map[" + out + "]";
    }
    if (value.is_array()) {
        std::string out;
        for (const Json& item : value) out += (out.empty() ? "" : " ") + go_text(item);
        return "[" + out + "]";
    }
    return value.dump();
}

std::string go_syntax(const Json& value) {
    if (value.is_string()) return words::quote(value.get_ref<const std::string&>());
    if (value.is_null()) return "interface {}(nil)";
    if (value.is_number_float()) return go_float(value.get<double>());
    std::string out;
    if (value.is_object()) {
        for (const auto& [key, item] : value.items())
            out += (out.empty() ? "" : ", ") + words::quote(key) + ":" + go_syntax(item);
        return "map[string]interface {}{" + out + "}";
    }
    if (value.is_array()) {
        for (const Json& item : value) out += (out.empty() ? "" : ", ") + go_syntax(item);
        return "[]interface {}{" + out + "}";
    }
    return value.dump();
}

}  // namespace kubetab::base
