// Calendar: an instant as date and time of day in UTC, for the many ways in which programs print it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "engine/sim/time.h"

namespace kubetab::runtime {

struct Calendar {
    std::int32_t year = 1970;
    std::int32_t month = 1;
    std::int32_t day = 1;
    std::int32_t hour = 0;
    std::int32_t minute = 0;
    std::int32_t second = 0;
    std::int32_t weekday = 4;  // 0 is Sunday

    Calendar() = default;
    explicit Calendar(sim::Instant at) {
        const std::int64_t total = at.unix_seconds();
        const std::int64_t days = total / 86'400;
        const std::int64_t rest = total % 86'400;
        const std::chrono::sys_days date{std::chrono::days{days}};
        const std::chrono::year_month_day parts{date};
        year = static_cast<int>(parts.year());
        month = static_cast<std::int32_t>(static_cast<unsigned>(parts.month()));
        day = static_cast<std::int32_t>(static_cast<unsigned>(parts.day()));
        hour = static_cast<std::int32_t>(rest / 3600);
        minute = static_cast<std::int32_t>(rest / 60 % 60);
        second = static_cast<std::int32_t>(rest % 60);
        weekday = static_cast<std::int32_t>(std::chrono::weekday{date}.c_encoding());
    }
};

// "2025/01/15 08:00:00", as Go's log package and nginx's error log print it.
std::string slash_time(sim::Instant at);
// "15/Jan/2025:08:00:00 +0000", as in access logs.
std::string access_time(sim::Instant at);
// "Wed Jan 15 08:00:00.000000 2025"
std::string apache_time(sim::Instant at);
// "15 Jan 2025 08:00:00.000"
std::string redis_time(sim::Instant at);
// "2025-01-15 08:00:00"
std::string dash_time(sim::Instant at);

}  // namespace kubetab::runtime
