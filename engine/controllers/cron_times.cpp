#include "engine/controllers/cron_times.h"

#include <algorithm>
#include <string>

#include "engine/api/values.h"

namespace kubetab::controllers {
namespace {

constexpr sim::Duration kLittleMore = sim::milliseconds(100);
constexpr std::int64_t kManyMissed = 100;

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

MissedTimes missed_times(const api::CronJob& cron_job, const api::CronSchedule& schedule, Deadline deadline,
                         sim::Instant now) {
    const std::int64_t second = now.unix_seconds();
    MissedTimes result;
    const api::Time last_job = cron_job.status.lastScheduleTime;
    result.since = last_job.is_set() ? last_job.seconds : cron_job.metadata.creationTimestamp.seconds;
    if (deadline == Deadline::Respected && cron_job.spec.startingDeadlineSeconds) {
        result.since = std::max(result.since, second - *cron_job.spec.startingDeadlineSeconds);
    }
    const std::optional<std::int64_t> first = schedule.next(result.since);
    const std::optional<std::int64_t> following = first ? schedule.next(*first) : std::nullopt;
    result.never = !following;
    if (result.never || second < *first) return result;
    result.last = first;
    if (second < *following) return result;
    result.many = (second - *first) / (*following - *first) + 1 > kManyMissed;
    for (auto next = following; next && *next <= second; next = schedule.next(*next)) result.last = next;
    return result;
}

sim::Duration until_next(const api::CronJob& cron_job, const api::CronSchedule& schedule, sim::Instant now) {
    const MissedTimes missed = missed_times(cron_job, schedule, Deadline::Ignored, now);
    const std::int64_t from = missed.last.value_or(missed.since);
    const std::optional<std::int64_t> next = schedule.next(from);
    return next ? sim::Instant{*next * 1'000'000'000} + kLittleMore - now : sim::Duration{};
}

std::string zoned_time(std::int64_t unix_seconds, const api::TimeZone& zone) {
    const std::int64_t offset = zone.offset_at(unix_seconds);
    std::string text = api::format_time(unix_seconds + offset);
    if (offset == 0) return text;
    text.pop_back();  // Z
    const std::int64_t minutes = std::abs(offset) / 60;
    return text + (offset < 0 ? "-" : "+") + two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

}  // namespace kubetab::controllers
