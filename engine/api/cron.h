// CronSchedule: the times that a line such as "*/5 8-18 * * mon-fri" names.
//
// Five fields: minute, hour, day of the month, month, day of the week; or @yearly, @annually, @monthly,
// @weekly, @daily, @midnight, @hourly, @every <duration>; a TZ=<zone> may stand before them. A day counts
// when both days match, or one of them where neither field is a star. Local times that a change of clocks
// skips do not come; those that it repeats come twice. upstream: github.com/robfig/cron/v3 [ParseStandard]
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/api/time_zone.h"
#include "engine/base/status.h"

namespace kubetab::api {

class CronSchedule {
public:
    // A failure's message is the parser's, e.g. `expected exactly 5 fields, found 3: [every 5 minutes]`.
    static base::Result<CronSchedule> parse(std::string_view line);
    // The zone in which times are meant; a TZ= of the line goes before it.
    void set_zone(const TimeZone& zone) {
        if (!has_own_zone_) zone_ = zone;
    }
    // The first time after `unix_seconds`; nullopt when there is none within five years.
    std::optional<std::int64_t> next(std::int64_t unix_seconds) const;

private:
    // Bits of the values that match; of a star, also kStar.
    static constexpr std::uint64_t kStar = std::uint64_t{1} << 63;

    base::Result<void> read_descriptor(std::string_view text);
    base::Result<void> read_fields(std::string_view text);
    bool day_matches(std::int32_t day, std::int32_t weekday) const;

    TimeZone zone_{};
    bool has_own_zone_ = false;
    std::int64_t every_seconds_ = 0;  // of @every; 0: the fields count
    std::uint64_t minute_ = 0;
    std::uint64_t hour_ = 0;
    std::uint64_t day_ = 0;
    std::uint64_t month_ = 0;
    std::uint64_t weekday_ = 0;
};

}  // namespace kubetab::api
