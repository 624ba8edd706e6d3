// JobController: counting the pods that have ended.
#include <algorithm>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/base/stable_sort.h"
#include "engine/controllers/job.h"
#include "engine/controllers/job_policies.h"
#include "engine/controllers/job_util.h"

namespace kubetab::controllers {

using api::Job;
using api::ObjectKey;
using api::Pod;
using api::Ref;
using base::Result;

namespace {

// So many uids in the status at once, to keep it small.
constexpr std::size_t kNotedMax = 500;

// Counts the noted pods that have no finalizer any more. True when there were some.
// upstream: cleanUncountedPodsWithoutFinalizers
bool count_released(api::JobStatus& status, const Uids& held) {
    api::UncountedTerminatedPods& noted = status.uncountedTerminatedPods.edit();
    const auto count = [&](api::Texts& uids, std::int32_t& counter) {
        const auto released = std::erase_if(uids, [&](const api::Text& uid) { return !held.contains(uid); });
        counter += static_cast<std::int32_t>(released);
        return released > 0;
    };
    const bool succeeded = count(noted.succeeded, status.succeeded);
    const bool failed = count(noted.failed, status.failed);
    return succeeded || failed;
}

// Whether nothing of the pod is needed any more. upstream: canRemoveFinalizer
bool may_release(const JobSync& sync, const Pod& pod) {
    if (api::is_terminating(sync.job) || sync.verdict || pod.status.phase == "Succeeded") return true;
    if (!is_failed(pod, sync.job)) return false;
    const std::optional<std::int32_t> index = completion_index(pod);
    if (!index) return true;
    const auto last = sync.last_failures.find(*index);
    return last == sync.last_failures.end() || last->second->metadata.uid != pod.metadata.uid;
}

}  // namespace

// upstream: trackJobStatusAndRemoveFinalizers, flushUncountedAndRemoveFinalizers
Result<void> JobController::track(JobSync& sync, bool changed) {
    Uids held;
    for (const Ref<Pod>& pod : sync.pods) {
        const bool released = sync.released_pods.contains(pod->metadata.uid);
        if (has_tracking_finalizer(*pod) && !released) held.insert(pod->metadata.uid);
    }
    if (count_released(sync.job.status, held)) changed = true;
    bool full = false;
    const PodList ended = note_ended(sync, changed, full);
    note_verdict(sync, changed);
    if (changed) {
        TRY(store(sync));
        back_offs_[ObjectKey::of(sync.job.metadata)] = sync.back_off;
    }
    const Result<void> released = release(sync, ended, held);
    changed = count_released(sync.job.status, held);
    const bool finished = released.ok() && !full && finish(sync);
    if (changed || finished) TRY(store(sync));
    if (finished) record_end(sync);
    return released;
}

// Notes in the status which pods have ended; the result may be released once the status is stored.
PodList JobController::note_ended(JobSync& sync, bool& changed, bool& full) {
    const bool indexed = is_indexed(sync.job);
    if (indexed) {
        base::stable_sort(sync.pods, [](const Ref<Pod>& a, const Ref<Pod>& b) {
            return completion_index(*a).value_or(-1) < completion_index(*b).value_or(-1);
        });
    }
    api::IndexRanges new_indexes;
    PodList ended;
    for (const Ref<Pod>& pod : sync.pods) {
        const bool ours = has_tracking_finalizer(*pod) && !sync.released_pods.contains(pod->metadata.uid);
        if (!ours || !may_release(sync, *pod)) continue;
        ended.push_back(pod);
        if (note_pod(sync, *pod, new_indexes)) changed = true;
        const api::UncountedTerminatedPods& noted = *sync.job.status.uncountedTerminatedPods;
        const std::size_t total =
            static_cast<std::size_t>(new_indexes.total()) + noted.succeeded.size() + noted.failed.size();
        full = total >= kNotedMax;
        if (full) break;
    }
    if (indexed) note_indexes(sync, new_indexes, changed);
    return ended;
}

// True when that changed the status, or will.
bool JobController::note_pod(JobSync& sync, const Pod& pod, api::IndexRanges& new_indexes) {
    api::UncountedTerminatedPods& noted = sync.job.status.uncountedTerminatedPods.edit();
    if (sync.is_noted(noted.failed, pod)) return false;
    const std::optional<std::int32_t> index = completion_index(pod);
    const bool proper = !is_indexed(sync.job) || (index && *index < sync.completions());
    if (pod.status.phase == "Succeeded") {
        if (is_indexed(sync.job)) {  // The index is enough not to count it twice.
            if (!proper || sync.counted_indexes.has(*index)) return false;
            new_indexes.add(*index);
            return true;
        }
        if (sync.is_noted(noted.succeeded, pod)) return false;
        noted.succeeded.push_back(pod.metadata.uid);
        return true;
    }
    // Of a job that fails every pod that has not ended counts as failed.
    const bool lost = sync.verdict && sync.verdict->type != "SuccessCriteriaMet";
    if (!proper || !(is_failed(pod, sync.job) || lost)) return false;
    if (!judge_failure(sync.job.spec.podFailurePolicy, pod).counts) return false;
    noted.failed.push_back(pod.metadata.uid);
    return true;
}

void JobController::note_indexes(JobSync& sync, const api::IndexRanges& new_indexes, bool& changed) {
    api::JobStatus& status = sync.job.status;
    sync.succeeded_indexes.add(new_indexes);
    const std::string completed = sync.succeeded_indexes.text();
    changed = changed || status.completedIndexes != completed;
    status.completedIndexes = completed;
    status.succeeded = sync.succeeded_indexes.total();
    std::optional<api::Text> failed;
    if (sync.failed_indexes) failed = sync.failed_indexes->text();
    changed = changed || status.failedIndexes != failed;
    status.failedIndexes = failed;
}

// The status says how the job will end before its pods are let go, and that it has once they are counted.
void JobController::note_verdict(JobSync& sync, bool& changed) {
    if (!sync.verdict) return;
    std::vector<api::JobCondition>& conditions = sync.job.status.conditions;
    if (!api::is_condition_true(conditions, sync.verdict->type)) {
        conditions.push_back(*sync.verdict);
        changed = true;
    }
    const bool success = sync.verdict->type == "SuccessCriteriaMet";
    sync.verdict =
        make_condition(success ? "Complete" : "Failed", sync.verdict->reason, sync.verdict->message, now());
}

Result<void> JobController::store(JobSync& sync) {
    client_.because(std::to_string(sync.active) + " pods run, " + std::to_string(sync.job.status.succeeded) +
                    " have succeeded, " + std::to_string(sync.job.status.failed) + " have failed");
    const Ref<Job> written = TRY(client_.update_status(sync.job));
    sync.job = *written;
    sync.job.status.uncountedTerminatedPods.edit();
    return {};
}

Result<void> JobController::release(JobSync& sync, const PodList& pods, Uids& held) {
    if (pods.empty()) return {};
    Uids& released = released_[ObjectKey::of(sync.job.metadata)];
    Result<void> result;
    for (const Ref<Pod>& pod : pods) {
        client_.because(pod->metadata.name + " is noted in the job's status");
        released.insert(pod->metadata.uid);
        const Result<void> removed = remove_tracking_finalizer(client_, *pod);
        if (removed.ok()) {
            held.erase(pod->metadata.uid);
            continue;
        }
        released.erase(pod->metadata.uid);
        if (result.ok()) result = removed;
    }
    return result;
}

// True when the job has ended now. upstream: enactJobFinished
bool JobController::finish(JobSync& sync) {
    const api::UncountedTerminatedPods& noted = *sync.job.status.uncountedTerminatedPods;
    const bool counted = noted.succeeded.empty() && noted.failed.empty();
    if (!sync.verdict || !counted || sync.terminating > 0) return false;
    ensure_condition(sync.job.status.conditions, *sync.verdict);
    if (sync.verdict->type == "Complete") sync.job.status.completionTime = sync.verdict->lastTransitionTime;
    return true;
}

void JobController::record_end(const JobSync& sync) {
    if (sync.verdict->type == "Failed") {
        events_.record(sync.job, {.type = client::EventType::Warning,
                                  .reason = sync.verdict->reason,
                                  .message = sync.verdict->message});
        return;
    }
    if (sync.job.spec.completions && sync.job.status.succeeded > sync.completions()) {
        events_.record(sync.job,
                       {.type = client::EventType::Warning,
                        .reason = "TooManySucceededPods",
                        .message = "Too many succeeded pods running after completion count reached"});
    }
    events_.record(sync.job, {.reason = "Completed", .message = "Job completed"});
}

}  // namespace kubetab::controllers
