// JobSync: what one pass of the job controller over a Job finds and decides.
//
// upstream: pkg/controller/job/job_controller.go [syncJobCtx], indexed_job_utils.go
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/api/batch.h"
#include "engine/api/core/pod.h"
#include "engine/api/index_ranges.h"
#include "engine/base/status.h"
#include "engine/controllers/job_back_off.h"

namespace kubetab::controllers {

using PodList = std::vector<api::Ref<api::Pod>>;
using Uids = std::set<api::Text>;

// Annotations that carry an index's failures from a pod to its replacement.
inline constexpr std::string_view kIndexFailureCount = "batch.kubernetes.io/job-index-failure-count";
inline constexpr std::string_view kIndexIgnoredFailureCount =
    "batch.kubernetes.io/job-index-ignored-failure-count";

struct JobSync {
    // `released` are pods whose finalizer was taken off, which the cache may not show yet.
    JobSync(const api::Job& stored, PodList found, const Uids& released);

    std::int32_t completions() const { return job.spec.completions.value_or(0); }
    // The pod is this job's to count: it has the finalizer and, in an indexed job, an index.
    bool is_uncounted(const api::Pod& pod) const;
    // Counts what has ended towards succeeded and failed. `record` is of the failures before this pass.
    void count_ended(const BackOffRecord& record);
    // Its end is noted in the status already.
    bool is_noted(const api::Texts& uids, const api::Pod& pod) const;
    // The lowest indexes without a pod that runs or has succeeded or failed for good; `count` at most.
    std::vector<std::int32_t> pending_indexes(std::int32_t count) const;

    api::Job job{};  // with the status as it is to become
    PodList pods{};
    PodList active_pods{};
    const Uids& released_pods;
    std::int32_t active = 0;
    std::int32_t ready = 0;
    std::int32_t terminating = 0;
    std::int32_t succeeded = 0;
    std::int32_t failed = 0;
    BackOffRecord back_off{};  // as it is to become
    // Of an indexed job.
    api::IndexRanges counted_indexes{};                // succeeded, by the status
    api::IndexRanges succeeded_indexes{};              // and by the pods
    std::optional<api::IndexRanges> failed_indexes{};  // with a back-off limit per index
    // The failed pod whose count its index's next pod goes on with; it stays until there is one.
    std::map<std::int32_t, api::Ref<api::Pod>> last_failures{};
    // Why the job ends, once it does.
    std::optional<api::JobCondition> verdict{};

private:
    void find_failed_indexes();
    void find_last_failures();
    bool fails_its_index(const api::Pod& pod) const;
};

// How often an index has failed, by what its pod carries and without the pod itself.
std::int32_t earlier_failures(const api::Pod& pod);

}  // namespace kubetab::controllers
