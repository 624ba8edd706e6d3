// The functions of Go templates. upstream: Go text/template/funcs.go; cli-runtime/pkg/printers/template.go
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

#include "engine/base/base64.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/printers/go_template_node.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::Result;
using Arguments = std::vector<Json>;

// Widths and precisions beyond this are a mistake.
constexpr int kMaxWidth = 1000;

// As fmt's %v. upstream: Go strconv.FormatFloat with 'g' and -1: an exponent from 1e+06 on
std::string float_text(double value) {
    const std::string text = fmt::format("{}", value);  // an exponent from 1e+16 on
    const double size = std::fabs(value);
    if (size < 1e6 || size >= 1e16 || std::isnan(size)) return text;
    const std::size_t first = text.front() == '-' ? 1 : 0;
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string digits = text.substr(first, point - first);
    if (point < text.size()) digits += text.substr(point + 1);
    digits.erase(digits.find_last_not_of('0') + 1);
    const std::string exponent = fmt::format("e+{:02}", point - first - 1);
    return text.substr(0, first) + digits[0] + (digits.size() > 1 ? "." + digits.substr(1) : "") + exponent;
}

std::string nested_text(const Json& value) {
    if (value.is_null()) return "<nil>";
    return printed_value(value);
}

enum class Basic { None, Bool, Int, Float, Text };

Basic basic_of(const Json& value) {
    if (value.is_boolean()) return Basic::Bool;
    if (value.is_number_integer()) return Basic::Int;
    if (value.is_number_float()) return Basic::Float;
    return value.is_string() ? Basic::Text : Basic::None;
}

const char* go_type(const Json& value) {
    switch (basic_of(value)) {
        case Basic::Bool: return "bool";
        case Basic::Int: return "int";
        case Basic::Float: return "float64";
        case Basic::Text: return "string";
        case Basic::None: break;
    }
    return value.is_array() ? "[]interface {}" : value.is_object() ? "map[string]interface {}" : "<nil>";
}

base::Status wrong_count(const std::string& name, const std::string& wanted, std::size_t got) {
    return client_error("wrong number of args for " + name + ": want " + wanted + " got " +
                        std::to_string(got));
}

Result<bool> equal(const Json& left, const Json& right) {
    if (basic_of(left) != basic_of(right)) {
        if (!left.is_null() && !right.is_null()) return client_error("incompatible types for comparison");
        return false;
    }
    if (left.is_structured() || right.is_structured()) {
        return client_error(std::string("non-comparable type ") + go_type(left));
    }
    return left == right;
}

Result<bool> less(const Json& left, const Json& right) {
    if (basic_of(left) == Basic::None || basic_of(right) == Basic::None) {
        return client_error("invalid type for comparison");
    }
    if (basic_of(left) != basic_of(right)) return client_error("incompatible types for comparison");
    if (basic_of(left) == Basic::Bool) return client_error("invalid type for comparison");
    return left < right;
}

Result<Json> compare(const std::string& name, const Arguments& arguments) {
    if (arguments.size() < 2) {
        if (name == "eq" && arguments.size() == 1) return client_error("missing argument for comparison");
        return wrong_count(name, name == "eq" ? "at least 1" : "2", arguments.size());
    }
    if (name != "eq" && arguments.size() > 2) return wrong_count(name, "2", arguments.size());
    const Json& left = arguments[0];
    const Json& right = arguments[1];
    if (name == "eq") {
        for (std::size_t i = 1; i < arguments.size(); ++i) {
            if (TRY(equal(left, arguments[i]))) return Json(true);
        }
        return Json(false);
    }
    if (name == "ne") return Json(!TRY(equal(left, right)));
    if (name == "lt") return Json(TRY(less(left, right)));
    if (name == "gt") return Json(TRY(less(right, left)));
    const bool same = left == right;
    return Json(TRY(name == "le" ? less(left, right) : less(right, left)) || same);
}

Result<Json> length(const Arguments& arguments) {
    if (arguments.size() != 1) return wrong_count("len", "1", arguments.size());
    const Json& value = arguments.front();
    if (value.is_string()) return Json(static_cast<std::int64_t>(value.get_ref<const std::string&>().size()));
    if (value.is_structured()) return Json(static_cast<std::int64_t>(value.size()));
    if (value.is_null()) return client_error("len of nil pointer");
    return client_error(std::string("len of type ") + go_type(value));
}

// A position in a list or text; `most` is still allowed.
Result<std::size_t> position(const Json& index, std::size_t most) {
    if (index.is_null()) return client_error("cannot index slice/array with nil");
    if (!index.is_number_integer()) {
        return client_error(std::string("cannot index slice/array with type ") + go_type(index));
    }
    const std::int64_t at = index.get<std::int64_t>();
    if (at < 0 || at > static_cast<std::int64_t>(most)) {
        return client_error("index out of range: " + std::to_string(at));
    }
    return static_cast<std::size_t>(at);
}

Result<Json> element(const Json& value, const Json& key) {
    if (value.is_null()) return client_error("index of nil pointer");
    if (value.is_object()) {
        if (!key.is_string()) {
            return client_error(std::string("value has type ") + go_type(key) + "; should be string");
        }
        const Json* found = base::find(value, key.get_ref<const std::string&>());
        return found == nullptr ? Json() : Json(*found);
    }
    if (value.is_array()) {
        const std::size_t at = TRY(position(key, value.size()));
        if (at < value.size()) return Json(value[at]);
        return client_error("reflect: slice index out of range");
    }
    if (!value.is_string()) return client_error(std::string("can't index item of type ") + go_type(value));
    const std::string& text = value.get_ref<const std::string&>();
    const std::size_t at = TRY(position(key, text.size()));
    if (at >= text.size()) return client_error("reflect: string index out of range");
    return Json(static_cast<std::int64_t>(static_cast<unsigned char>(text[at])));
}

Result<Json> index(const Arguments& arguments) {
    if (arguments.empty()) return wrong_count("index", "at least 1", 0);
    if (arguments.front().is_null()) return client_error("index of untyped nil");
    Json value = arguments.front();
    for (std::size_t i = 1; i < arguments.size(); ++i) value = TRY(element(value, arguments[i]));
    return value;
}

Result<Json> slice(const Arguments& arguments) {
    if (arguments.empty()) return wrong_count("slice", "at least 1", 0);
    const Json& value = arguments.front();
    if (value.is_null()) return client_error("slice of untyped nil");
    if (!value.is_string() && !value.is_array()) {
        return client_error(std::string("can't slice item of type ") + go_type(value));
    }
    if (arguments.size() > 3)
        return client_error("too many slice indexes: " + std::to_string(arguments.size() - 1));
    const std::size_t size = value.is_string() ? value.get_ref<const std::string&>().size() : value.size();
    const std::size_t begin = arguments.size() > 1 ? TRY(position(arguments[1], size)) : 0;
    const std::size_t end = arguments.size() > 2 ? TRY(position(arguments[2], size)) : size;
    if (begin > end) {
        return client_error("invalid slice index: " + std::to_string(begin) + " > " + std::to_string(end));
    }
    if (value.is_string()) return Json(value.get_ref<const std::string&>().substr(begin, end - begin));
    Json part = Json::array();
    for (std::size_t i = begin; i < end; ++i) part.push_back(value[i]);
    return part;
}

// fmt.Sprint puts a space between operands when neither is a string; Sprintln always.
std::string spaced(const Arguments& arguments, bool always) {
    std::string text;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool space = i > 0 && (always || (!arguments[i].is_string() && !arguments[i - 1].is_string()));
        text += (space ? " " : "") + nested_text(arguments[i]);
    }
    return text;
}

struct Directive {
    bool left = false;
    bool zeros = false;
    bool sign = false;
    int width = 0;
    int precision = -1;
    char verb = 'v';
};

Directive read_directive(std::string_view format, std::size_t& at) {
    Directive read;
    for (; at < format.size() && std::string_view("-0+# ").find(format[at]) != std::string_view::npos; ++at) {
        read.left = read.left || format[at] == '-';
        read.zeros = read.zeros || format[at] == '0';
        read.sign = read.sign || format[at] == '+';
    }
    const auto number = [&] {
        int value = 0;
        for (; at < format.size() && format[at] >= '0' && format[at] <= '9'; ++at) {
            value = std::min(kMaxWidth, value * 10 + (format[at] - '0'));
        }
        return value;
    };
    read.width = number();
    if (at < format.size() && format[at] == '.') {
        ++at;
        read.precision = number();
    }
    read.verb = at < format.size() ? format[at] : '\0';
    return read;
}

std::string float_with(const Directive& directive, double value) {
    const std::string form = std::string("%.*") + directive.verb;
    char buffer[512];
    const int precision = directive.precision < 0 ? 6 : std::min(directive.precision, 60);
    const int length = std::snprintf(buffer, sizeof buffer, form.c_str(), precision, value);
    return std::string(buffer, static_cast<std::size_t>(std::max(0, length)));
}

std::string hexadecimal(const Json& value) {
    char buffer[24];
    if (!value.is_string()) {
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, value.get<std::int64_t>(), 16).ptr;
        return std::string(buffer, end);
    }
    std::string text;
    for (const char c : value.get_ref<const std::string&>()) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        text += kDigits[static_cast<unsigned char>(c) >> 4U];
        text += kDigits[static_cast<unsigned char>(c) & 15U];
    }
    return text;
}

// What the verb makes of the value; nothing when they do not fit.
std::optional<std::string> formatted(const Directive& directive, const Json& value) {
    const Basic kind = basic_of(value);
    std::string text = nested_text(value);
    switch (directive.verb) {
        case 'v': return text;
        case 'T': return go_type(value);
        case 's':
            if (kind == Basic::Int || kind == Basic::Float || kind == Basic::Bool || value.is_null())
                return std::nullopt;
            if (directive.precision >= 0)
                text = text.substr(0, static_cast<std::size_t>(directive.precision));
            return text;
        case 'q': return kind == Basic::Text ? std::optional(quote(text)) : std::nullopt;
        case 't': return kind == Basic::Bool ? std::optional(text) : std::nullopt;
        case 'd': return kind == Basic::Int ? std::optional(text) : std::nullopt;
        case 'x':
            return kind == Basic::Int || kind == Basic::Text ? std::optional(hexadecimal(value))
                                                             : std::nullopt;
        case 'e':
        case 'f':
        case 'g':
            if (kind != Basic::Float) return std::nullopt;
            if (directive.verb == 'g' && directive.precision < 0) return text;
            return float_with(directive, value.get<double>());
        default: return std::nullopt;
    }
}

std::string padded(const Directive& directive, std::string text, bool number) {
    if (number && directive.sign && text.front() != '-') text = "+" + text;
    std::size_t length = 0;
    for (const char c : text) length += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    const auto width = static_cast<std::size_t>(directive.width);
    if (length >= width) return text;
    const std::size_t missing = width - length;
    if (directive.left) return text + std::string(missing, ' ');
    if (!directive.zeros) return std::string(missing, ' ') + text;
    const bool signed_number = number && (text.front() == '-' || text.front() == '+');
    return (signed_number ? text.substr(0, 1) : "") + std::string(missing, '0') +
           text.substr(signed_number ? 1 : 0);
}

// "string=web"
std::string described(const Json& value) {
    return value.is_null() ? "<nil>" : std::string(go_type(value)) + "=" + nested_text(value);
}

// upstream: Go fmt/print.go doPrintf
std::string format_text(std::string_view format, const Arguments& arguments) {
    std::string text;
    std::size_t next = 1;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') {
            text += format[at];
            continue;
        }
        ++at;
        const Directive directive = read_directive(format, at);
        if (directive.verb == '\0') {
            text += "%!(NOVERB)";
        } else if (directive.verb == '%') {
            text += '%';
        } else if (next >= arguments.size()) {
            text += std::string("%!") + directive.verb + "(MISSING)";
        } else {
            const Json& value = arguments[next++];
            const std::optional<std::string> shown = formatted(directive, value);
            if (shown) text += padded(directive, *shown, value.is_number() && directive.verb != 'x');
            else text += std::string("%!") + directive.verb + "(" + described(value) + ")";
        }
    }
    if (next >= arguments.size()) return text;
    std::string extra;
    for (; next < arguments.size(); ++next) {
        extra += (extra.empty() ? "" : ", ") + described(arguments[next]);
    }
    return text + "%!(EXTRA " + extra + ")";
}

Result<Json> format(const Arguments& arguments) {
    if (arguments.empty()) return wrong_count("printf", "at least 1", 0);
    if (!arguments.front().is_string()) {
        return client_error(std::string("wrong type for value; expected string; got ") +
                            go_type(arguments.front()));
    }
    return Json(format_text(arguments.front().get_ref<const std::string&>(), arguments));
}

Result<Json> decode(const Arguments& arguments) {
    if (arguments.size() != 1) return wrong_count("base64decode", "1", arguments.size());
    if (!arguments.front().is_string()) {
        return client_error("base64 decode failed: illegal base64 data at input byte 0");
    }
    const std::string& text = arguments.front().get_ref<const std::string&>();
    const std::optional<std::string> decoded = base::base64_decode(text);
    if (decoded) return Json(*decoded);
    return client_error("base64 decode failed: illegal base64 data at input byte " +
                        std::to_string(base::base64_mistake(text)));
}

// Whether every key leads on. upstream: cli-runtime/pkg/printers/template.go exists
Result<Json> exists(const Arguments& arguments) {
    if (arguments.empty()) return wrong_count("exists", "at least 1", 0);
    const Json* value = &arguments.front();
    for (std::size_t i = 1; i < arguments.size() && value != nullptr; ++i) {
        const Json& key = arguments[i];
        if (value->is_object() && key.is_string()) {
            value = base::find(*value, key.get_ref<const std::string&>());
        } else if (value->is_array() && key.is_number_integer() && key >= 0 && key < value->size()) {
            value = &(*value)[key.get<std::size_t>()];
        } else {
            value = nullptr;
        }
    }
    return Json(value != nullptr && !value->is_null());
}

}  // namespace

bool is_template_function(std::string_view name) {
    for (const std::string_view known :
         {"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index", "slice", "print", "printf",
          "println", "base64decode", "exists"}) {
        if (name == known) return true;
    }
    return false;
}

bool is_true(const Json& value) {
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number()) return value != 0;
    if (value.is_string()) return !value.get_ref<const std::string&>().empty();
    return !value.is_null() && !value.empty();
}

std::string printed_value(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_float()) return float_text(value.get<double>());
    if (value.is_null()) return "<no value>";
    if (!value.is_structured()) return value.dump();
    std::string text;
    for (const auto& [key, item] : value.items()) {
        text +=
            (text.empty() ? "" : " ") + (value.is_object() ? key + ":" : std::string()) + nested_text(item);
    }
    return value.is_object() ? "map[" + text + "]" : "[" + text + "]";
}

Result<Json> call_template_function(const std::string& name, const Arguments& arguments) {
    if (name == "len") return length(arguments);
    if (name == "index") return index(arguments);
    if (name == "slice") return slice(arguments);
    if (name == "print") return Json(spaced(arguments, false));
    if (name == "println") return Json(spaced(arguments, true) + "\n");
    if (name == "printf") return format(arguments);
    if (name == "base64decode") return decode(arguments);
    if (name == "exists") return exists(arguments);
    if (name != "not") return compare(name, arguments);
    if (arguments.size() != 1) return wrong_count(name, "1", arguments.size());
    return Json(!is_true(arguments.front()));
}

}  // namespace kubetab::kubectl
