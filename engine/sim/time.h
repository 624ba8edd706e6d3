// Instant and Duration: virtual time in nanoseconds, as integers, so that every build computes the same.
#pragma once

#include <compare>
#include <cstdint>

namespace kubetab::sim {

// A length of virtual time.
struct Duration {
    std::int64_t ns = 0;

    constexpr auto operator<=>(const Duration&) const = default;
    constexpr Duration operator+(Duration other) const { return {ns + other.ns}; }
    constexpr Duration operator-(Duration other) const { return {ns - other.ns}; }
    constexpr Duration operator*(std::int64_t factor) const { return {ns * factor}; }
    constexpr std::int64_t whole_seconds() const { return ns / 1'000'000'000; }
    constexpr std::int64_t whole_milliseconds() const { return ns / 1'000'000; }
};

constexpr Duration nanoseconds(std::int64_t n) {
    return {n};
}
constexpr Duration microseconds(std::int64_t n) {
    return {n * 1'000};
}
constexpr Duration milliseconds(std::int64_t n) {
    return {n * 1'000'000};
}
constexpr Duration seconds(std::int64_t n) {
    return {n * 1'000'000'000};
}
constexpr Duration minutes(std::int64_t n) {
    return seconds(n * 60);
}
constexpr Duration hours(std::int64_t n) {
    return minutes(n * 60);
}

// A moment of virtual time: nanoseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t ns = 0;

    constexpr auto operator<=>(const Instant&) const = default;
    constexpr Instant operator+(Duration d) const { return {ns + d.ns}; }
    constexpr Instant operator-(Duration d) const { return {ns - d.ns}; }
    constexpr Duration operator-(Instant other) const { return {ns - other.ns}; }
    constexpr std::int64_t unix_seconds() const { return ns / 1'000'000'000; }
    constexpr std::int64_t unix_microseconds() const { return ns / 1'000; }
};

}  // namespace kubetab::sim
