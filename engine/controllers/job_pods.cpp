// JobController: making and deleting pods.
#include <algorithm>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/controllers/deletion_ranking.h"
#include "engine/controllers/job.h"
#include "engine/controllers/job_policies.h"
#include "engine/controllers/job_util.h"
#include "engine/controllers/slow_start.h"

namespace kubetab::controllers {

using api::Job;
using api::ObjectKey;
using api::Pod;
using api::Ref;
using base::Result;

namespace {

constexpr std::int32_t kBurst = 500;
constexpr sim::Duration kShortestWait = sim::seconds(1);
constexpr std::size_t kPrefixLimit = 58;

std::string because(const JobSync& sync, std::int32_t wanted) {
    return std::to_string(sync.succeeded) + " pods have succeeded and " + std::to_string(sync.active) +
           " of " + std::to_string(wanted) + " wanted ones run";
}

// "job-0-", cut so that a name has room. upstream: podGenerateNameWithIndex
std::string prefix_of(const std::string& job, std::int32_t index) {
    const std::string suffix = "-" + std::to_string(index) + "-";
    return job.substr(0, kPrefixLimit - suffix.size()) + suffix;
}

void add_index_variable(std::vector<api::Container>& containers) {
    constexpr std::string_view kName = "JOB_COMPLETION_INDEX";
    for (api::Container& container : containers) {
        const bool present = std::any_of(container.shared->env.begin(), container.shared->env.end(),
                                         [&](const api::EnvVar& each) { return each.name == kName; });
        if (present) continue;
        api::EnvVar variable;
        variable.name = kName;
        variable.valueFrom.edit().fieldRef.edit().fieldPath =
            "metadata.labels['" + std::string(api::kJobCompletionIndex) + "']";
        container.shared.edit().env.push_back(std::move(variable));
    }
}

api::PodTemplateSpec template_for(const Job& job) {
    api::PodTemplateSpec result = *job.spec.template_;
    api::Texts& finalizers = result.metadata.finalizers.edit();
    std::erase(finalizers, api::kJobTrackingFinalizer);
    finalizers.emplace_back(api::kJobTrackingFinalizer);
    if (!is_indexed(job)) return result;
    api::PodSpec& spec = result.spec.edit();
    add_index_variable(spec.initContainers);
    add_index_variable(spec.containers);
    return result;
}

// The counts of the failed pod, one higher. upstream: addIndexFailureCountAnnotation
void carry_failures(const Job& job, const Pod* replaced, base::StringMap& annotations) {
    std::int32_t failures = 0;
    std::int32_t ignored = 0;
    if (replaced != nullptr) {
        const bool counts = judge_failure(job.spec.podFailurePolicy, *replaced).counts;
        failures = number_in(*replaced, kIndexFailureCount) + (counts ? 1 : 0);
        ignored = number_in(*replaced, kIndexIgnoredFailureCount) + (counts ? 0 : 1);
    }
    annotations[kIndexFailureCount] = std::to_string(failures);
    if (ignored > 0) annotations[kIndexIgnoredFailureCount] = std::to_string(ignored);
}

void set_index(const JobSync& sync, std::int32_t index, api::PodTemplateSpec& pod_template) {
    api::ObjectMeta& metadata = pod_template.metadata;
    metadata.annotations[api::kJobCompletionIndex] = std::to_string(index);
    metadata.labels[api::kJobCompletionIndex] = std::to_string(index);
    pod_template.spec.edit().shared.edit().hostname = sync.job.metadata.name + "-" + std::to_string(index);
    if (!sync.job.spec.backoffLimitPerIndex) return;
    const auto replaced = sync.last_failures.find(index);
    carry_failures(sync.job, replaced == sync.last_failures.end() ? nullptr : &*replaced->second,
                   metadata.annotations);
}

}  // namespace

// upstream: manageJob
std::optional<base::Status> JobController::manage_pods(JobSync& sync) {
    const Job& job = sync.job;
    if (is_suspended(job)) {
        client_.because("the job is suspended");
        return delete_pods(sync, pods_to_remove(sync, sync.active));
    }
    std::int32_t wanted = job.spec.parallelism.value_or(1);
    if (job.spec.completions) {
        wanted = std::max(0, std::min(wanted, sync.completions() - sync.succeeded));
    } else if (sync.succeeded > 0) {
        wanted = sync.active;  // One success is enough: what runs goes on, nothing is added.
    }
    client_.because(because(sync, wanted));
    PodList surplus = pods_to_remove(sync, std::max(0, sync.active - wanted));
    if (std::ssize(surplus) > kBurst) surplus.resize(kBurst);
    if (!surplus.empty()) return delete_pods(sync, surplus);
    const std::int32_t ending = replaces_failed_only(job) ? sync.terminating : 0;
    const std::int32_t missing = std::min(wanted - ending - sync.active, kBurst);
    return missing > 0 ? create_missing(sync, missing) : std::nullopt;
}

// Pods that nobody waits for any more are not counted as failed. upstream: deleteJobPods
std::optional<base::Status> JobController::delete_pods(JobSync& sync, const PodList& pods) {
    const ObjectKey key = ObjectKey::of(sync.job.metadata);
    std::optional<base::Status> failure;
    for (const Ref<Pod>& pod : pods) expectations_.expect_deletion(key, pod->metadata.uid, simulation_.now());
    for (const Ref<Pod>& pod : pods) {
        Result<void> removed = remove_tracking_finalizer(client_, *pod);
        if (removed.ok()) removed = pod_control_.remove(api::kind_of<Job>(), sync.job, *pod);
        if (!removed.ok()) expectations_.deletion_observed(key, pod->metadata.uid);
        if (!removed.ok() && removed.error().reason != base::Reason::NotFound) {
            if (!failure) failure = removed.error();
            continue;
        }
        --sync.active;
        ++sync.terminating;
        if (api::is_pod_ready(*pod)) --sync.ready;
    }
    return failure;
}

std::optional<base::Status> JobController::create_missing(JobSync& sync, std::int32_t missing) {
    sim::Duration wait;
    std::vector<std::int32_t> indexes;
    if (!sync.job.spec.backoffLimitPerIndex) {
        wait = back_off_left(sync.back_off.failures, sync.back_off.last_failure, simulation_.now());
    }
    if (wait == sim::Duration{} && is_indexed(sync.job)) {
        indexes = indexes_due(sync, missing, wait);
        missing = static_cast<std::int32_t>(indexes.size());
    }
    if (wait > sim::Duration{}) {
        // differs: the pods that run go on being reported; upstream reports none until then.
        enqueue_after(ObjectKey::of(sync.job.metadata), std::max(wait, kShortestWait));
        return std::nullopt;
    }
    return missing > 0 ? create_pods(sync, missing, indexes) : std::nullopt;
}

// The indexes that need a pod and need not wait for it; how long to wait when there are only others.
// upstream: getPodCreationInfoForIndependentIndexes
std::vector<std::int32_t> JobController::indexes_due(const JobSync& sync, std::int32_t count,
                                                     sim::Duration& wait) const {
    std::vector<std::int32_t> due;
    for (const std::int32_t index : sync.pending_indexes(count)) {
        const auto failed = sync.last_failures.find(index);
        sim::Duration left;
        if (failed != sync.last_failures.end()) {
            left = back_off_left(earlier_failures(*failed->second) + 1, finished_at(*failed->second),
                                 simulation_.now());
        }
        if (left == sim::Duration{}) due.push_back(index);
        else if (wait == sim::Duration{} || left < wait) wait = left;
    }
    if (!due.empty()) wait = {};
    return due;
}

std::optional<base::Status> JobController::create_pods(JobSync& sync, std::int32_t count,
                                                       const std::vector<std::int32_t>& indexes) {
    const ObjectKey key = ObjectKey::of(sync.job.metadata);
    const api::PodTemplateSpec shared = template_for(sync.job);
    expectations_.expect_creations(key, count, simulation_.now());
    std::size_t next = 0;
    const SlowStartResult made = slow_start(count, [&]() -> Result<void> {
        api::PodTemplateSpec pod_template = shared;
        std::string prefix;
        if (!indexes.empty()) {
            const std::int32_t index = indexes[next++];
            set_index(sync, index, pod_template);
            prefix = prefix_of(sync.job.metadata.name, index);
        }
        const Result<void> created = pod_control_.create(api::kind_of<Job>(), sync.job, pod_template, prefix);
        // Nothing is left to do in a namespace that is going away.
        if (!created.ok() && is_namespace_terminating(created.error())) return {};
        return created;
    });
    for (std::int32_t i = made.succeeded; i < count; ++i) expectations_.creation_observed(key);
    sync.active += made.succeeded;
    return made.first_failure;
}

// Of an indexed job: pods without a proper index and all but one of each index; then those that rank lowest.
// upstream: activePodsForRemoval
PodList JobController::pods_to_remove(const JobSync& sync, std::int32_t at_least) const {
    PodList removed;
    PodList left = sync.active_pods;
    if (is_indexed(sync.job)) {
        std::map<std::int32_t, PodList> by_index;
        for (const Ref<Pod>& pod : std::exchange(left, {})) {
            const std::optional<std::int32_t> index = completion_index(*pod);
            if (!index || *index >= sync.completions()) removed.push_back(pod);
            else by_index[*index].push_back(pod);
        }
        for (auto& [index, pods] : by_index) {
            for (const Ref<Pod>& pod : pods_to_delete(pods, {}, pods.size() - 1, simulation_.now())) {
                removed.push_back(pod);
                std::erase(pods, pod);
            }
            left.push_back(pods.front());
        }
    }
    const std::int32_t more = at_least - static_cast<std::int32_t>(removed.size());
    if (more <= 0) return removed;
    for (const Ref<Pod>& pod : pods_to_delete(left, {}, static_cast<std::size_t>(more), simulation_.now())) {
        removed.push_back(pod);
    }
    return removed;
}

}  // namespace kubetab::controllers
