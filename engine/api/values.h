// Small value types that API structs are made of.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/sim/time.h"

namespace kubetab::api {

using base::Text;
using Texts = std::vector<Text>;

// The same words for what takes strings.
inline std::vector<std::string> strings(const Texts& texts) {
    return {texts.begin(), texts.end()};
}

// A whole second of UTC, or unset. JSON: "2025-01-15T08:00:00Z" or null. upstream: metav1.Time
struct Time {
    std::int64_t seconds = 0;  // since 1970; 0 is unset

    Time() = default;
    explicit Time(sim::Instant instant) : seconds(instant.unix_seconds()) {}
    static Time of_seconds(std::int64_t seconds) {
        Time time;
        time.seconds = seconds;
        return time;
    }
    bool is_set() const { return seconds != 0; }
    sim::Instant instant() const { return sim::Instant{seconds * 1'000'000'000}; }
    auto operator<=>(const Time&) const = default;
};

// A microsecond of UTC, or unset. JSON: "2025-01-15T08:00:00.000000Z" or null. upstream: metav1.MicroTime
struct MicroTime {
    std::int64_t microseconds = 0;  // since 1970; 0 is unset

    MicroTime() = default;
    explicit MicroTime(sim::Instant instant) : microseconds(instant.unix_microseconds()) {}
    bool is_set() const { return microseconds != 0; }
    sim::Instant instant() const { return sim::Instant{microseconds * 1'000}; }
    auto operator<=>(const MicroTime&) const = default;
};

// RFC 3339 in UTC with whole seconds.
std::string format_time(std::int64_t unix_seconds);
std::string format_micro_time(std::int64_t unix_microseconds);
// Reads RFC 3339 with any offset and fraction; nullopt when it is not.
std::optional<std::int64_t> parse_time_microseconds(std::string_view text);

// A port by number or name, an amount or a percentage. upstream: util/intstr
struct IntOrString {
    bool is_string = false;
    std::int32_t number = 0;
    Text text{};

    IntOrString() = default;
    IntOrString(std::int32_t value) : number(value) {}
    explicit IntOrString(Text value) : is_string(true), text(std::move(value)) {}
    // As printed: 80 or 25%.
    std::string to_string() const { return is_string ? text.str() : std::to_string(number); }
    bool operator==(const IntOrString&) const = default;
};

// Bytes, base64 in JSON.
struct Bytes {
    Text data{};
    bool operator==(const Bytes&) const = default;
};

// A JSON document kept as compact text, e.g. managedFields' fieldsV1.
struct Raw {
    Text json{};
    bool operator==(const Raw&) const = default;
};

}  // namespace kubetab::api
