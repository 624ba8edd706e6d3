#include "engine/controllers/job_back_off.h"

#include <algorithm>

#include "engine/api/pod_status.h"
#include "engine/base/stable_sort.h"

namespace kubetab::controllers {
namespace {

constexpr sim::Duration kFirst = sim::seconds(10);
constexpr sim::Duration kLongest = sim::minutes(10);

// Unset unless every container has ended.
api::Time last_container_end(const api::Pod& pod) {
    api::Time last;
    for (const api::ContainerStatus& status : pod.status.containerStatuses) {
        const api::Time end = status.state.terminated->finishedAt;
        if (!end.is_set()) return {};
        last = std::max(last, end);
    }
    return last;
}

void sort_by_end(std::vector<api::Ref<api::Pod>>& pods) {
    base::stable_sort(pods, [](const api::Ref<api::Pod>& a, const api::Ref<api::Pod>& b) {
        return finished_at(*a) < finished_at(*b);
    });
}

}  // namespace

api::Time finished_at(const api::Pod& pod) {
    if (const api::Time end = last_container_end(pod); end.is_set()) return end;
    const api::PodCondition* ready = api::find_condition(pod.status.conditions, "Ready");
    const bool stopped = ready != nullptr && ready->status == "False";
    if (stopped && ready->lastTransitionTime.is_set()) return ready->lastTransitionTime;
    const api::ObjectMeta& metadata = pod.metadata;
    if (!api::is_terminating(pod)) return metadata.creationTimestamp;
    return api::Time::of_seconds(metadata.deletionTimestamp.seconds -
                                 metadata.deletionGracePeriodSeconds.value_or(0));
}

sim::Duration back_off_left(std::int32_t failures, api::Time last_failure, sim::Instant now) {
    if (failures == 0) return {};
    sim::Duration wait = kFirst;
    for (std::int32_t i = 1; i < failures && wait < kLongest; ++i) wait = std::min(wait * 2, kLongest);
    return std::max(wait - (now - last_failure.instant()), sim::Duration{});
}

BackOffRecord BackOffRecord::with(std::vector<api::Ref<api::Pod>> succeeded,
                                  std::vector<api::Ref<api::Pod>> failed) const {
    BackOffRecord record = *this;
    sort_by_end(failed);
    if (succeeded.empty()) {
        record.failures += static_cast<std::int32_t>(failed.size());
        if (!failed.empty()) record.last_failure = finished_at(*failed.back());
        return record;
    }
    sort_by_end(succeeded);
    const api::Time last_success = finished_at(*succeeded.back());
    record = {};
    for (const api::Ref<api::Pod>& pod : failed) {
        if (finished_at(*pod) <= last_success) continue;
        ++record.failures;
        record.last_failure = finished_at(*pod);
    }
    return record;
}

}  // namespace kubetab::controllers
