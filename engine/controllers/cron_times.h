// Which of a CronJob's times have passed without a job.
//
// upstream: pkg/controller/cronjob/utils.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/api/batch.h"
#include "engine/api/cron.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

struct MissedTimes {
    std::int64_t since = 0;              // seconds: from where on times were looked at
    std::optional<std::int64_t> last{};  // the latest that has passed
    bool many = false;                   // more than a hundred
    bool never = false;                  // the schedule names no time at all, e.g. 31 February
};

enum class Deadline { Ignored, Respected };

// Times after the last job's (or the CronJob's creation) up to now; with the deadline respected, not those
// too old to be started. upstream: mostRecentScheduleTime
MissedTimes missed_times(const api::CronJob& cron_job, const api::CronSchedule& schedule, Deadline deadline,
                         sim::Instant now);

// How long until the next time and a little more. upstream: nextScheduleTimeDuration
sim::Duration until_next(const api::CronJob& cron_job, const api::CronSchedule& schedule, sim::Instant now);

// An instant as a clock of the zone shows it: 2025-01-15T09:00:00+01:00.
std::string zoned_time(std::int64_t unix_seconds, const api::TimeZone& zone);

}  // namespace kubetab::controllers
