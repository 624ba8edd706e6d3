#include "engine/controllers/job_sync.h"

#include <algorithm>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/controllers/job_policies.h"
#include "engine/controllers/job_util.h"

namespace kubetab::controllers {

using api::Pod;
using api::Ref;

JobSync::JobSync(const api::Job& stored, PodList found, const Uids& released)
    : job(stored), pods(std::move(found)), released_pods(released) {
    job.status.uncountedTerminatedPods.edit();
    for (const Ref<Pod>& pod : pods) {
        if (api::is_pod_active(*pod)) active_pods.push_back(pod);
        else if (!api::is_pod_finished(*pod)) ++terminating;
    }
    active = static_cast<std::int32_t>(active_pods.size());
    ready = static_cast<std::int32_t>(std::count_if(
        active_pods.begin(), active_pods.end(), [](const Ref<Pod>& pod) { return api::is_pod_ready(*pod); }));
    if (!is_indexed(job)) return;
    counted_indexes = api::IndexRanges::read(job.status.completedIndexes, completions());
    succeeded_indexes = counted_indexes;
    for (const Ref<Pod>& pod : pods) {
        const std::optional<std::int32_t> index = completion_index(*pod);
        const bool ended = pod->status.phase == "Succeeded" && has_tracking_finalizer(*pod);
        if (ended && index && *index < completions()) succeeded_indexes.add(*index);
    }
    if (!job.spec.backoffLimitPerIndex) return;
    find_failed_indexes();
    find_last_failures();
}

bool JobSync::is_uncounted(const Pod& pod) const {
    if (!has_tracking_finalizer(pod) || released_pods.contains(pod.metadata.uid)) return false;
    if (!is_indexed(job)) return true;
    const std::optional<std::int32_t> index = completion_index(pod);
    return index && *index < completions();
}

bool JobSync::is_noted(const api::Texts& uids, const Pod& pod) const {
    return std::find(uids.begin(), uids.end(), pod.metadata.uid) != uids.end();
}

// What counts towards succeeded and failed: the status, and pods that have ended since.
void JobSync::count_ended(const BackOffRecord& record) {
    const api::UncountedTerminatedPods& noted = *job.status.uncountedTerminatedPods;
    PodList new_succeeded;
    PodList new_failed;
    std::int32_t new_counted = 0;
    for (const Ref<Pod>& pod : pods) {
        if (!is_uncounted(*pod)) continue;
        if (pod->status.phase == "Succeeded" && !is_noted(noted.succeeded, *pod))
            new_succeeded.push_back(pod);
        if (!is_failed(*pod, job) || is_noted(noted.failed, *pod)) continue;
        new_failed.push_back(pod);
        if (judge_failure(job.spec.podFailurePolicy, *pod).counts) ++new_counted;
    }
    succeeded =
        job.status.succeeded + static_cast<std::int32_t>(new_succeeded.size() + noted.succeeded.size());
    failed = job.status.failed + new_counted + static_cast<std::int32_t>(noted.failed.size());
    if (is_indexed(job)) succeeded = succeeded_indexes.total();
    back_off = record.with(std::move(new_succeeded), std::move(new_failed));
}

// upstream: isIndexFailed
bool JobSync::fails_its_index(const Pod& pod) const {
    if (!is_failed(pod, job)) return false;
    const FailureJudgement judgement = judge_failure(job.spec.podFailurePolicy, pod);
    if (judgement.action == "FailIndex") return true;
    return judgement.counts && number_in(pod, kIndexFailureCount) >= *job.spec.backoffLimitPerIndex;
}

// upstream: calculateFailedIndexes
void JobSync::find_failed_indexes() {
    failed_indexes = api::IndexRanges::read(job.status.failedIndexes.value_or(""), completions());
    for (const Ref<Pod>& pod : pods) {
        const std::optional<std::int32_t> index = completion_index(*pod);
        if (!index || *index >= completions() || !has_tracking_finalizer(*pod)) continue;
        if (fails_its_index(*pod)) failed_indexes->add(*index);
    }
}

// upstream: getPodsWithDelayedDeletionPerIndex
void JobSync::find_last_failures() {
    api::IndexRanges settled = succeeded_indexes;
    settled.add(*failed_indexes);
    for (const Ref<Pod>& pod : active_pods) {
        if (const std::optional<std::int32_t> index = completion_index(*pod)) settled.add(*index);
    }
    for (const Ref<Pod>& pod : pods) {
        if (!is_uncounted(*pod) || !is_failed(*pod, job)) continue;
        const std::int32_t index = *completion_index(*pod);
        if (settled.has(index)) continue;
        const auto [it, added] = last_failures.try_emplace(index, pod);
        if (added) continue;
        const bool later = earlier_failures(*it->second) <= earlier_failures(*pod) &&
                           finished_at(*pod) >= finished_at(*it->second);
        if (later) it->second = pod;
    }
}

// upstream: firstPendingIndexes
std::vector<std::int32_t> JobSync::pending_indexes(std::int32_t count) const {
    api::IndexRanges taken = succeeded_indexes;
    if (failed_indexes) taken.add(*failed_indexes);
    for (const Ref<Pod>& pod : pods) {
        const bool ending = api::is_terminating(*pod) && !api::is_pod_finished(*pod);
        const bool holds = api::is_pod_active(*pod) || (ending && replaces_failed_only(job));
        const std::optional<std::int32_t> index = completion_index(*pod);
        if (holds && index) taken.add(*index);
    }
    std::vector<std::int32_t> pending;
    std::int32_t index = taken.first_missing(0);
    while (std::ssize(pending) < count && index < completions()) {
        pending.push_back(index);
        index = taken.first_missing(index + 1);
    }
    return pending;
}

std::int32_t earlier_failures(const Pod& pod) {
    return number_in(pod, kIndexFailureCount) + number_in(pod, kIndexIgnoredFailureCount);
}

}  // namespace kubetab::controllers
