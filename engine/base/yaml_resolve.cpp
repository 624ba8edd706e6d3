// What plain scalars mean. upstream: sigs.k8s.io/yaml/goyaml.v2 resolve.go
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/base/json.h"
#include "engine/base/yaml.h"

namespace kubetab::base {
namespace {

constexpr std::array<std::string_view, 11> kTrue = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                                    "True", "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 11> kFalse = {"n",     "N",     "no",  "No",  "NO", "false",
                                                     "False", "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};

template <class List>
bool holds(const List& list, std::string_view text) {
    for (const std::string_view item : list) {
        if (item == text) return true;
    }
    return false;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Go's strconv.ParseInt and ParseUint with base 0, after underscores were dropped.
std::optional<Json> integer(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    unsigned base = 10;
    if (text.size() > 1 && text[0] == '0') {
        const char mark = text[1];
        base = mark == 'x' || mark == 'X' ? 16 : mark == 'b' || mark == 'B' ? 2 : 8;
        text.remove_prefix(
            mark == 'x' || mark == 'X' || mark == 'b' || mark == 'B' || mark == 'o' || mark == 'O' ? 2 : 1);
    }
    if (text.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        unsigned digit = 99;
        if (is_digit(c)) digit = static_cast<unsigned>(c - '0');
        else if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A') + 10;
        if (digit >= base) return std::nullopt;
        if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / base) return std::nullopt;
        value = value * base + digit;
    }
    constexpr std::uint64_t kSignedMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!negative) {
        if (value <= kSignedMax) return Json(static_cast<std::int64_t>(value));
        return Json(value);
    }
    if (value > kSignedMax + 1) return std::nullopt;
    return Json(static_cast<std::int64_t>(-value));
}

// ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
bool looks_like_float(std::string_view text) {
    std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const std::size_t whole = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    const bool has_whole = i > whole;
    if (i < text.size() && text[i] == '.') {
        const std::size_t fraction = ++i;
        while (i < text.size() && is_digit(text[i])) ++i;
        if (!has_whole && i == fraction) return false;
    } else if (!has_whole) {
        return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        const std::size_t exponent = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        if (i == exponent) return false;
    }
    return i == text.size();
}

// A whole number stays an integer in JSON, as Go prints it.
Json number(double value) {
    if (std::floor(value) == value && std::fabs(value) < 9.0e15) return static_cast<std::int64_t>(value);
    return value;
}

}  // namespace

Json resolve_yaml_scalar(std::string_view text) {
    if (holds(kNull, text)) return nullptr;
    if (holds(kTrue, text)) return true;
    if (holds(kFalse, text)) return false;
    const char first = text.front();
    if (!is_digit(first) && first != '-' && first != '+' && first != '.') return std::string(text);
    std::string plain;
    for (const char c : text) {
        if (c != '_') plain += c;
    }
    if (const std::optional<Json> value = integer(plain)) return *value;
    if (looks_like_float(plain)) {
        const double value = std::strtod(plain.c_str(), nullptr);
        if (std::isfinite(value)) return number(value);
    }
    return std::string(text);
}

}  // namespace kubetab::base
