#include "engine/controllers/replica_set_status.h"

#include <string>
#include <utility>

#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

constexpr std::string_view kReplicaFailure = "ReplicaFailure";

template <class Condition>
Condition failure_condition(const base::Status& failure, std::int32_t surplus, sim::Instant now) {
    Condition condition;
    condition.type = kReplicaFailure;
    condition.status = "True";
    if (surplus < 0) condition.reason = "FailedCreate";
    if (surplus > 0) condition.reason = "FailedDelete";
    condition.message = failure.message;
    condition.lastTransitionTime = api::Time(now);
    return condition;
}

}  // namespace

// upstream: calculateStatus
template <class Set>
StatusOf<Set> status_of(const Set& replica_set, const ReplicaCounts& counts,
                        const std::optional<base::Status>& failure, sim::Instant now) {
    StatusOf<Set> status = replica_set.status;
    status.replicas = counts.replicas;
    status.fullyLabeledReplicas = counts.fully_labeled;
    status.readyReplicas = counts.ready;
    status.availableReplicas = counts.available;
    status.observedGeneration = replica_set.metadata.generation;

    const bool failed_before = api::find_condition(status.conditions, kReplicaFailure) != nullptr;
    if (failure && !failed_before) {
        const std::int32_t surplus = status.replicas - replica_set.spec.replicas.value_or(1);
        using Condition = typename decltype(status.conditions)::value_type;
        status.conditions.push_back(failure_condition<Condition>(*failure, surplus, now));
    } else if (!failure && failed_before) {
        api::remove_condition(status.conditions, kReplicaFailure);
    }
    return status;
}

template StatusOf<api::ReplicaSet> status_of(const api::ReplicaSet&, const ReplicaCounts&,
                                             const std::optional<base::Status>&, sim::Instant);
template StatusOf<api::ReplicationController> status_of(const api::ReplicationController&,
                                                        const ReplicaCounts&,
                                                        const std::optional<base::Status>&, sim::Instant);

std::optional<sim::Duration> until_next_available(const std::vector<api::Ref<api::Pod>>& pods,
                                                  std::int32_t min_ready_seconds, sim::Instant now) {
    if (min_ready_seconds == 0) return std::nullopt;
    std::optional<sim::Duration> soonest;
    for (const api::Ref<api::Pod>& pod : pods) {
        if (!api::is_pod_ready(*pod) || api::is_pod_available(*pod, min_ready_seconds, api::Time(now)))
            continue;
        // A second more, because times are kept in whole seconds.
        const api::Time since = api::find_condition(pod->status.conditions, "Ready")->lastTransitionTime;
        const sim::Duration wait = since.instant() + sim::seconds(min_ready_seconds + 1) - now;
        if (!soonest || wait < *soonest) soonest = wait;
    }
    return soonest;
}

}  // namespace kubetab::controllers
