// CivilTime: an instant as a date and a time of day in UTC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/sim/time.h"

namespace kubetab::shell {

struct CivilTime {
    int year = 1970;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int weekday = 4;  // 0 is Sunday
    int day_of_year = 1;
    std::int64_t nanosecond = 0;
};

CivilTime civil_time(sim::Instant instant);
// strftime's conversions, with %N for nanoseconds. Nothing when the format has one that is not known.
std::optional<std::string> format_time(sim::Instant instant, std::string_view format);

}  // namespace kubetab::shell
