// TimeZone: how far a place's clocks are from UTC, by the rule that holds there at present.
//
// A zone has an offset and, where the clocks change, a second one with the two days of the year between which
// it holds. differs: rules of former years and exceptions of single years are not known, because the
// simulation begins in the present. upstream: Go's time package [LoadLocation, tzset]; POSIX's variable TZ
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kubetab::api {

// A day of the year: the last (week 5) or another such weekday of a month, and the second of that day.
struct ChangeOfClocks {
    std::int32_t month = 1;
    std::int32_t week = 1;
    std::int32_t weekday = 0;  // 0 is Sunday
    std::int64_t second = 7200;
};

class TimeZone {
public:
    // UTC.
    TimeZone() = default;
    // A zone of the database, e.g. Europe/Berlin. "" is UTC.
    static std::optional<TimeZone> find(std::string_view name);
    // A rule such as CET-1CEST,M3.5.0,M10.5.0/3; nullopt when it is not one.
    static std::optional<TimeZone> of_rule(std::string_view rule);

    // Seconds that local clocks are ahead of UTC at a second since 1970 in UTC.
    std::int64_t offset_at(std::int64_t unix_seconds) const;
    // The first second since 1970 in UTC at which local clocks show so many seconds, or more where they skip
    // them.
    std::int64_t first_at_local(std::int64_t local_seconds) const;

private:
    std::int64_t offset_ = 0;
    std::int64_t summer_offset_ = 0;  // the same where clocks do not change
    bool changes_ = false;
    ChangeOfClocks begin_{};  // of the second offset; told in the first
    ChangeOfClocks end_{};    // told in the second
};

// The text of assets/time_zones.txt.
std::string_view time_zones_text();

}  // namespace kubetab::api
