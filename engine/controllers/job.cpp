#include "engine/controllers/job.h"

#include <algorithm>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/controllers/adoption.h"
#include "engine/controllers/indexes.h"
#include "engine/controllers/job_policies.h"
#include "engine/controllers/job_util.h"

namespace kubetab::controllers {

using api::Job;
using api::ObjectKey;
using api::Pod;
using api::Ref;
using base::Result;
using client::Requeue;

namespace {

constexpr sim::Duration kBatch = sim::seconds(1);

// Restarts of containers that go on. upstream: pastBackoffLimitOnFailure
bool restarted_too_often(const Job& job, const PodList& pods) {
    if (job.spec.template_->spec->shared->restartPolicy != "OnFailure") return false;
    std::int64_t restarts = 0;
    for (const Ref<Pod>& pod : pods) {
        const std::string& phase = pod->status.phase;
        if (phase != "Running" && phase != "Pending") continue;
        for (const api::ContainerStatus& each : pod->status.initContainerStatuses)
            restarts += each.restartCount;
        for (const api::ContainerStatus& each : pod->status.containerStatuses) restarts += each.restartCount;
    }
    const std::int32_t limit = job.spec.backoffLimit.value_or(6);
    return limit == 0 ? restarts > 0 : restarts >= limit;
}

bool is_complete(const JobSync& sync) {
    if (sync.active > 0) return false;
    return sync.job.spec.completions ? sync.succeeded >= sync.completions() : sync.succeeded > 0;
}

}  // namespace

JobController::JobController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "job-controller"),
      jobs_(informers.of<Job>()),
      pods_(informers.of<Pod>()),
      events_(simulation, client_, name()),
      pod_control_(client_, events_) {
    index_by_controller(pods_);
    jobs_.on_change([this](const client::Change& change) { job_changed(change); });
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    pods_.on_listed_again([this] { expect_nothing(); });
    for (const auto& [key, job] : jobs_.objects()) enqueue(key, 0);
}

// upstream: syncJob
Result<Requeue> JobController::reconcile(const ObjectKey& key) {
    const Ref<Job> stored = jobs_.find(key);
    if (!stored || is_job_finished(*stored) || is_managed_by_another(*stored)) {
        if (!stored) forget(key);
        else back_offs_.erase(key);
        return Requeue::none();
    }
    const bool settled = expectations_.satisfied(key, simulation_.now());
    JobSync sync(*stored, TRY(claimed_pods(*stored)), released_[key]);
    sync.count_ended(back_offs_[key]);
    if (!sync.job.status.startTime.is_set() && !is_suspended(sync.job)) sync.job.status.startTime = now();

    judge(sync);
    bool changed = false;
    std::optional<base::Status> failure;
    if (sync.verdict) {
        failure = delete_active(sync, settled);
    } else {
        const bool may_manage = settled && !api::is_terminating(sync.job);
        if (may_manage) failure = manage_pods(sync);
        if (is_complete(sync)) {
            sync.verdict = make_condition("SuccessCriteriaMet", "CompletionsReached",
                                          "Reached expected number of succeeded pods", now());
        } else if (may_manage) {
            update_suspended(sync, changed);
        }
    }
    api::JobStatus& status = sync.job.status;
    changed = changed || status.active != sync.active || status.ready != sync.ready ||
              status.terminating != sync.terminating;
    status.active = sync.active;
    status.ready = sync.ready;
    status.terminating = sync.terminating;
    TRY(track(sync, changed));
    if (failure) return *failure;
    return Requeue::none();
}

Result<PodList> JobController::claimed_pods(const Job& job) {
    const api::Selector selector = TRY(api::Selector::of(job.spec.selector));
    Adopter<Job> adopter(client_, job, selector, api::kJobTrackingFinalizer);
    return adopter.claim(owned_and_orphans(pods_, job.metadata));
}

void JobController::judge(JobSync& sync) {
    const std::vector<api::JobCondition>& conditions = sync.job.status.conditions;
    const auto carry_over = [&](std::string_view type) {
        const api::JobCondition* known = api::find_condition(conditions, type);
        if (known != nullptr && known->status == "True") sync.verdict = *known;
    };
    carry_over("SuccessCriteriaMet");
    if (!sync.verdict) carry_over("FailureTarget");
    for (const Ref<Pod>& pod : sync.pods) {
        if (sync.verdict) break;
        if (!is_failed(*pod, sync.job)) continue;
        const FailureJudgement found = judge_failure(sync.job.spec.podFailurePolicy, *pod);
        if (found.fails_job_with.empty()) continue;
        sync.verdict = make_condition("FailureTarget", "PodFailurePolicy", found.fails_job_with, now());
    }
    if (!sync.verdict) judge_limits(sync);
    if (!sync.verdict && is_indexed(sync.job)) judge_indexes(sync);
}

void JobController::judge_limits(JobSync& sync) {
    const Job& job = sync.job;
    if (sync.failed > job.spec.backoffLimit.value_or(6) || restarted_too_often(job, sync.pods)) {
        sync.verdict = make_condition("FailureTarget", "BackoffLimitExceeded",
                                      "Job has reached the specified backoff limit", now());
        return;
    }
    if (!job.spec.activeDeadlineSeconds || is_suspended(job)) return;
    const sim::Duration left =
        job.status.startTime.instant() + sim::seconds(*job.spec.activeDeadlineSeconds) - simulation_.now();
    if (left > sim::Duration{}) return enqueue_after(ObjectKey::of(job.metadata), left);
    sync.verdict = make_condition("FailureTarget", "DeadlineExceeded",
                                  "Job was active longer than specified deadline", now());
}

void JobController::judge_indexes(JobSync& sync) {
    const api::JobSpec& spec = sync.job.spec;
    const std::int32_t lost = sync.failed_indexes ? sync.failed_indexes->total() : 0;
    if (spec.maxFailedIndexes && lost > *spec.maxFailedIndexes) {
        sync.verdict =
            make_condition("FailureTarget", "MaxFailedIndexesExceeded",
                           "Job has exceeded the specified maximal number of failed indexes", now());
    } else if (lost > 0 && lost + sync.succeeded_indexes.total() >= sync.completions()) {
        sync.verdict = make_condition("FailureTarget", "FailedIndexes", "Job has failed indexes", now());
    } else if (const auto rule = met_rule(spec.successPolicy, sync.completions(), sync.succeeded_indexes)) {
        sync.verdict = make_condition("SuccessCriteriaMet", "SuccessPolicy",
                                      "Matched rules at index " + std::to_string(*rule), now());
    }
}

// upstream: deleteActivePods
std::optional<base::Status> JobController::delete_active(JobSync& sync, bool settled) {
    std::optional<base::Status> failure;
    client_.because("the job ends: " + sync.verdict->message);
    for (const Ref<Pod>& pod : sync.active_pods) {
        const Result<void> removed = pod_control_.remove(api::kind_of<Job>(), sync.job, *pod);
        const bool gone = removed.ok() || removed.error().reason == base::Reason::NotFound;
        if (!gone && !failure) failure = removed.error();
        if (!gone) continue;
        --sync.active;
        ++sync.terminating;
        if (api::is_pod_ready(*pod)) --sync.ready;
    }
    // There may be pods that the cache does not show.
    if (sync.active > 0 || !settled) sync.verdict.reset();
    return failure;
}

void JobController::update_suspended(JobSync& sync, bool& changed) {
    const bool suspended = is_suspended(sync.job);
    const std::string_view event = suspended ? "Suspended" : "Resumed";
    const std::string message = "Job " + std::string(suspended ? "suspended" : "resumed");
    api::JobCondition condition = make_condition("Suspended", "Job" + std::string(event), message, now());
    if (!suspended) condition.status = "False";
    if (!ensure_condition(sync.job.status.conditions, condition)) return;
    changed = true;
    events_.record(sync.job, {.reason = event, .message = message});
    // The deadline counts from here.
    if (!suspended) sync.job.status.startTime = now();
}

void JobController::forget(const ObjectKey& key) {
    expectations_.forget(key);
    released_.erase(key);
    back_offs_.erase(key);
}

void JobController::observe_release(const ObjectKey& key, const Pod& pod) {
    const auto it = released_.find(key);
    if (it == released_.end()) return;
    it->second.erase(pod.metadata.uid);
    if (it->second.empty()) released_.erase(it);
}

void JobController::job_changed(const client::Change& change) {
    const Ref<Job> job = api::cast<Job>(change.object);
    const ObjectKey key = ObjectKey::of(job->metadata);
    const bool replaced = change.previous && change.previous->metadata.uid != job->metadata.uid;
    if (change.type == client::ChangeType::Deleted || replaced) forget(key);
    const bool same_intent =
        change.previous && !replaced && change.previous->metadata.generation == job->metadata.generation;
    if (same_intent && change.type != client::ChangeType::Deleted) {
        enqueue_after(key, kBatch, change.revision);
    } else {
        enqueue(key, change.revision);
    }
}

// upstream: addPod, updatePod, deletePod
void JobController::expect_nothing() {
    expectations_.forget_all();
    for (const auto& [key, job] : jobs_.objects()) enqueue(key, 0);
}

void JobController::pod_changed(const client::Change& change) {
    const Ref<Pod> pod = api::cast<Pod>(change.object);
    if (change.type == client::ChangeType::Deleted || api::is_terminating(*pod)) {
        return pod_deleted(*pod, change.revision);
    }
    if (change.previous) {
        const Ref<Pod> before = api::cast<Pod>(change.previous);
        const Ref<Job> former = controller_of(*before);
        const Ref<Job> owner = controller_of(*pod);
        if (former && former != owner)
            enqueue_after(ObjectKey::of(former->metadata), kBatch, change.revision);
        if (owner) {
            const ObjectKey key = ObjectKey::of(owner->metadata);
            if (!has_tracking_finalizer(*pod)) observe_release(key, *pod);
            enqueue_after(key, kBatch, change.revision);
            return;
        }
        const bool changed = before->metadata.labels != pod->metadata.labels || former;
        if (changed && api::controller_of(pod->metadata) == nullptr) {
            enqueue_those_matching(*pod, change.revision);
        }
        return;
    }
    if (api::controller_of(pod->metadata) == nullptr) {
        enqueue_those_matching(*pod, change.revision);
    } else if (const Ref<Job> owner = controller_of(*pod)) {
        const ObjectKey key = ObjectKey::of(owner->metadata);
        expectations_.creation_observed(key);
        enqueue_after(key, kBatch, change.revision);
    }
}

void JobController::pod_deleted(const Pod& pod, std::int64_t revision) {
    const Ref<Job> owner = controller_of(pod);
    if (!owner) return;
    const ObjectKey key = ObjectKey::of(owner->metadata);
    expectations_.deletion_observed(key, pod.metadata.uid);
    const bool gone = pods_.find(ObjectKey::of(pod.metadata)) == nullptr;
    if (gone || !has_tracking_finalizer(pod)) observe_release(key, pod);
    enqueue_after(key, kBatch, revision);
}

Ref<Job> JobController::controller_of(const Pod& pod) const {
    const api::OwnerReference* reference = api::controller_of(pod.metadata);
    if (reference == nullptr || reference->kind != "Job") return nullptr;
    Ref<Job> owner = jobs_.find({pod.metadata.namespace_, reference->name});
    return owner && owner->metadata.uid == reference->uid ? owner : nullptr;
}

void JobController::enqueue_those_matching(const Pod& orphan, std::int64_t revision) {
    for (const Ref<Job>& job : jobs_.in_namespace(orphan.metadata.namespace_)) {
        const Result<api::Selector> selector = api::Selector::of(job->spec.selector);
        if (!selector || !selector->matches(orphan.metadata.labels)) continue;
        enqueue_after(ObjectKey::of(job->metadata), kBatch, revision);
    }
}

}  // namespace kubetab::controllers
