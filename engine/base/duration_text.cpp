#include "engine/base/duration_text.h"

#include <limits>
#include <optional>
#include <string>

namespace kubetab::base {
namespace {

std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

Status invalid(std::string message) {
    return failure(Reason::BadRequest, std::move(message));
}

std::optional<std::int64_t> unit_ns(std::string_view unit) {
    if (unit == "ns") return 1;
    if (unit == "us" || unit == "\xC2\xB5s" || unit == "\xCE\xBCs") return 1'000;
    if (unit == "ms") return 1'000'000;
    if (unit == "s") return 1'000'000'000;
    if (unit == "m") return 60'000'000'000;
    if (unit == "h") return 3'600'000'000'000;
    return std::nullopt;
}

// One "12.5s" of a duration, removed from the front of `text`.
Result<std::int64_t> take_duration_part(std::string_view& text, std::string_view whole) {
    const auto bad = [&](const std::string& what) { return invalid("time: " + what + quoted(whole)); };
    std::int64_t number = 0;
    std::int64_t fraction = 0;
    std::int64_t scale = 1;
    std::size_t digits = 0;
    bool in_fraction = false;
    while (!text.empty() && (text.front() == '.' || (text.front() >= '0' && text.front() <= '9'))) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == '.') {
            if (in_fraction) return bad("invalid duration ");
            in_fraction = true;
            continue;
        }
        ++digits;
        if (in_fraction && scale < 1'000'000'000) {
            fraction = fraction * 10 + (c - '0');
            scale *= 10;
        } else if (!in_fraction) {
            if (number > 10'000'000'000'000) return bad("invalid duration ");
            number = number * 10 + (c - '0');
        }
    }
    if (digits == 0) return bad("invalid duration ");
    std::size_t length = 0;
    while (length < text.size() && text[length] != '.' && (text[length] < '0' || text[length] > '9'))
        ++length;
    if (length == 0) return bad("missing unit in duration ");
    const std::optional<std::int64_t> unit = unit_ns(text.substr(0, length));
    if (!unit) return bad("unknown unit " + quoted(text.substr(0, length)) + " in duration ");
    text.remove_prefix(length);
    if (number > std::numeric_limits<std::int64_t>::max() / *unit) return bad("invalid duration ");
    const std::int64_t whole_ns = number * *unit;
    const std::int64_t part_ns = *unit >= scale ? *unit / scale * fraction : *unit * fraction / scale;
    if (whole_ns > std::numeric_limits<std::int64_t>::max() - part_ns) return bad("invalid duration ");
    return whole_ns + part_ns;
}

}  // namespace

Result<std::int64_t> parse_duration(std::string_view text) {
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
    if (rest == "0") return std::int64_t{0};
    if (rest.empty()) return invalid("time: invalid duration " + quoted(text));
    std::int64_t total = 0;
    while (!rest.empty()) {
        const std::int64_t part = TRY(take_duration_part(rest, text));
        if (total > std::numeric_limits<std::int64_t>::max() - part) {
            return invalid("time: invalid duration " + quoted(text));
        }
        total += part;
    }
    return negative ? -total : total;
}

}  // namespace kubetab::base
