#include "engine/controllers/deployment_progress.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

using api::Deployment;
using api::DeploymentCondition;
using api::DeploymentStatus;
using api::Ref;
using api::ReplicaSet;

constexpr std::string_view kAvailable = "Available";
constexpr std::string_view kProgressing = "Progressing";
constexpr std::string_view kReplicaFailure = "ReplicaFailure";
constexpr std::string_view kNewReplicaSetAvailable = "NewReplicaSetAvailable";
constexpr std::string_view kProgressDeadlineExceeded = "ProgressDeadlineExceeded";

void replace_condition(DeploymentStatus& status, DeploymentCondition condition) {
    api::remove_condition(status.conditions, condition.type);
    status.conditions.push_back(std::move(condition));
}

std::string subject(const Deployment& deployment, const Ref<ReplicaSet>& current) {
    return current ? "ReplicaSet \"" + current->metadata.name + "\""
                   : "Deployment \"" + deployment.metadata.name + "\"";
}

// The failure of the new ReplicaSet, else of any.
std::optional<DeploymentCondition> replica_failure(const ReplicaSetList& all,
                                                   const Ref<ReplicaSet>& current) {
    ReplicaSetList asked;
    if (current) asked.push_back(current);
    asked.insert(asked.end(), all.begin(), all.end());
    for (const Ref<ReplicaSet>& set : asked) {
        const api::ReplicaSetCondition* found = api::find_condition(set->status.conditions, kReplicaFailure);
        if (found == nullptr) continue;
        DeploymentCondition condition;
        condition.type = found->type;
        condition.status = found->status;
        condition.reason = found->reason;
        condition.message = found->message;
        condition.lastTransitionTime = found->lastTransitionTime;
        condition.lastUpdateTime = found->lastTransitionTime;
        return condition;
    }
    return std::nullopt;
}

void judge_progress(const Deployment& deployment, DeploymentStatus& status, const Ref<ReplicaSet>& current,
                    sim::Instant now) {
    const DeploymentCondition* known = api::find_condition(deployment.status.conditions, kProgressing);
    const std::string about = subject(deployment, current);
    if (is_complete(deployment, status)) {
        set_condition(status, condition_of(kProgressing, "True", kNewReplicaSetAvailable,
                                           about + " has successfully progressed.", now));
    } else if (has_progressed(deployment.status, status)) {
        DeploymentCondition condition =
            condition_of(kProgressing, "True", "ReplicaSetUpdated", about + " is progressing.", now);
        // Every progress restarts the deadline, so lastUpdateTime is written even when nothing else differs.
        if (known != nullptr && known->status == "True")
            condition.lastTransitionTime = known->lastTransitionTime;
        replace_condition(status, std::move(condition));
    } else if (has_timed_out(deployment, status, now)) {
        set_condition(status, condition_of(kProgressing, "False", kProgressDeadlineExceeded,
                                           about + " has timed out progressing.", now));
    }
}

}  // namespace

void set_condition(DeploymentStatus& status, DeploymentCondition condition) {
    const DeploymentCondition* known = api::find_condition(status.conditions, condition.type);
    if (known != nullptr && known->status == condition.status) {
        if (known->reason == condition.reason) return;
        condition.lastTransitionTime = known->lastTransitionTime;
    }
    replace_condition(status, std::move(condition));
}

DeploymentCondition condition_of(std::string_view type, std::string_view status, std::string_view reason,
                                 std::string message, sim::Instant now) {
    DeploymentCondition condition;
    condition.type = type;
    condition.status = status;
    condition.reason = reason;
    condition.message = std::move(message);
    condition.lastUpdateTime = api::Time(now);
    condition.lastTransitionTime = api::Time(now);
    return condition;
}

bool has_progress_deadline(const Deployment& deployment) {
    const std::optional<std::int32_t>& deadline = deployment.spec.progressDeadlineSeconds;
    return deadline && *deadline != std::numeric_limits<std::int32_t>::max();
}

bool is_complete(const Deployment& deployment, const DeploymentStatus& status) {
    const std::int32_t wanted = replicas_of(deployment);
    return status.updatedReplicas == wanted && status.replicas == wanted &&
           status.availableReplicas == wanted && status.observedGeneration >= deployment.metadata.generation;
}

bool has_progressed(const DeploymentStatus& before, const DeploymentStatus& after) {
    return after.updatedReplicas > before.updatedReplicas ||
           after.replicas - after.updatedReplicas < before.replicas - before.updatedReplicas ||
           after.readyReplicas > before.readyReplicas || after.availableReplicas > before.availableReplicas;
}

bool has_timed_out(const Deployment& deployment, const DeploymentStatus& status, sim::Instant now) {
    if (!has_progress_deadline(deployment)) return false;
    const DeploymentCondition* known = api::find_condition(status.conditions, kProgressing);
    if (known == nullptr || known->reason == kNewReplicaSetAvailable) return false;
    if (known->reason == kProgressDeadlineExceeded) return true;
    return known->lastUpdateTime.instant() + sim::seconds(*deployment.spec.progressDeadlineSeconds) < now;
}

DeploymentStatus status_of(const Deployment& deployment, const ReplicaSetList& all,
                           const Ref<ReplicaSet>& current, sim::Instant now) {
    DeploymentStatus status;
    status.observedGeneration = deployment.metadata.generation;
    status.replicas = sum_of_replicas(all);
    status.updatedReplicas = current ? current->status.replicas : 0;
    status.readyReplicas = sum_of_ready(all);
    status.availableReplicas = sum_of_available(all);
    status.unavailableReplicas = std::max(0, sum_of_spec(all) - status.availableReplicas);
    status.collisionCount = deployment.status.collisionCount;
    status.conditions = deployment.status.conditions;

    const bool enough = status.availableReplicas >= replicas_of(deployment) - max_unavailable(deployment);
    set_condition(status, enough ? condition_of(kAvailable, "True", "MinimumReplicasAvailable",
                                                "Deployment has minimum availability.", now)
                                 : condition_of(kAvailable, "False", "MinimumReplicasUnavailable",
                                                "Deployment does not have minimum availability.", now));
    return status;
}

DeploymentStatus rollout_status_of(const Deployment& deployment, const ReplicaSetList& all,
                                   const Ref<ReplicaSet>& current, sim::Instant now) {
    DeploymentStatus status = status_of(deployment, all, current, now);
    if (!has_progress_deadline(deployment)) {
        api::remove_condition(status.conditions, kProgressing);
    } else {
        const DeploymentCondition* known = api::find_condition(deployment.status.conditions, kProgressing);
        const bool was_complete = status.replicas == status.updatedReplicas && known != nullptr &&
                                  known->reason == kNewReplicaSetAvailable;
        if (!was_complete) judge_progress(deployment, status, current, now);
    }
    if (std::optional<DeploymentCondition> failure = replica_failure(all, current)) {
        set_condition(status, std::move(*failure));
    } else {
        api::remove_condition(status.conditions, kReplicaFailure);
    }
    return status;
}

std::optional<sim::Duration> until_progress_check(const Deployment& deployment,
                                                  const DeploymentStatus& status, sim::Instant now) {
    const DeploymentCondition* known = api::find_condition(deployment.status.conditions, kProgressing);
    if (!has_progress_deadline(deployment) || known == nullptr) return std::nullopt;
    if (is_complete(deployment, status) || known->reason == kProgressDeadlineExceeded) return std::nullopt;
    // A second more, because times are kept in whole seconds.
    const sim::Duration wait = known->lastUpdateTime.instant() +
                               sim::seconds(std::int64_t{*deployment.spec.progressDeadlineSeconds} + 1) - now;
    return std::max(wait, sim::seconds(1));
}

}  // namespace kubetab::controllers
