// The strategy RollingUpdate: first grow the new ReplicaSet as far as the surge allows, then shrink the old
// ones as far as availability allows.
//
// upstream: pkg/controller/deployment/rolling.go
#include <algorithm>
#include <string>

#include "engine/controllers/deployment.h"
#include "engine/controllers/deployment_progress.h"

namespace kubetab::controllers {

using api::Ref;
using base::Result;
using client::Requeue;

// upstream: rolloutRolling
Result<Requeue> DeploymentController::roll(Rollout& rollout) {
    TRY(sort_out(rollout, WhenMissing::Create));
    if (!rollout.current) return Requeue::none();
    if (TRY(scale_up_new(rollout))) return sync_rollout_status(rollout);
    if (TRY(scale_down_old(rollout))) return sync_rollout_status(rollout);
    if (is_complete(rollout.deployment, rollout.deployment.status)) TRY(clean_up(rollout));
    return sync_rollout_status(rollout);
}

// upstream: reconcileNewReplicaSet
Result<bool> DeploymentController::scale_up_new(Rollout& rollout) {
    const std::int32_t wanted = replicas_of(rollout.deployment);
    const std::int32_t size = replicas_of(*rollout.current);
    if (size == wanted) return false;
    if (size > wanted) {
        TRY(resize(rollout, rollout.current, wanted, std::to_string(wanted) + " pods are wanted"));
        return true;
    }
    const std::int32_t next = next_size_of_new(rollout.deployment, rollout.all(), *rollout.current);
    if (next == size) return false;
    const std::int32_t allowed = wanted + max_surge(rollout.deployment);
    TRY(resize(rollout, rollout.current, next,
               "up to " + std::to_string(allowed) + " pods may exist during the update"));
    return true;
}

// upstream: reconcileOldReplicaSets
Result<bool> DeploymentController::scale_down_old(Rollout& rollout) {
    ReplicaSetList old = active_of(rollout.old);
    if (sum_of_spec(old) == 0) return false;
    const std::int32_t needed = replicas_of(rollout.deployment) - max_unavailable(rollout.deployment);
    // New pods that are not available yet count as missing, as if they never came.
    const std::int32_t new_missing =
        replicas_of(*rollout.current) - rollout.current->status.availableReplicas;
    const std::int32_t limit = sum_of_spec(rollout.all()) - needed - new_missing;
    if (limit <= 0) return false;
    const std::int32_t unhealthy = TRY(scale_down_unhealthy(rollout, old, limit));
    const std::int32_t available = TRY(scale_down_available(rollout, old));
    return unhealthy + available > 0;
}

// upstream: cleanupUnhealthyReplicas
Result<std::int32_t> DeploymentController::scale_down_unhealthy(Rollout& rollout, ReplicaSetList& old,
                                                                std::int32_t limit) {
    sort_oldest_first(old);
    std::int32_t total = 0;
    for (Ref<api::ReplicaSet>& set : old) {
        if (total >= limit) break;
        const std::int32_t missing = replicas_of(*set) - set->status.availableReplicas;
        if (replicas_of(*set) == 0 || missing == 0) continue;
        if (missing < 0) {
            // Its status is older than its size: counting on it would take down too many pods. Try again when
            // it is new.
            return base::failure(base::Reason::InternalError,
                                 "the status of " + set->metadata.name + " is outdated");
        }
        const std::int32_t count = std::min(limit - total, missing);
        set = TRY(resize(rollout, set, replicas_of(*set) - count,
                         std::to_string(missing) + " old pods are not available and go first"));
        total += count;
    }
    return total;
}

// upstream: scaleDownOldReplicaSetsForRollingUpdate
Result<std::int32_t> DeploymentController::scale_down_available(Rollout& rollout, ReplicaSetList& old) {
    const std::int32_t needed = replicas_of(rollout.deployment) - max_unavailable(rollout.deployment);
    const std::int32_t available = sum_of_available(with_new(old, rollout.current));
    if (available <= needed) return 0;
    sort_oldest_first(old);
    const std::int32_t limit = available - needed;
    std::int32_t total = 0;
    for (const Ref<api::ReplicaSet>& set : old) {
        if (total >= limit) break;
        const std::int32_t count = std::min(replicas_of(*set), limit - total);
        if (count == 0) continue;
        TRY(resize(
            rollout, set, replicas_of(*set) - count,
            std::to_string(available) + " pods are available and " + std::to_string(needed) + " must be"));
        total += count;
    }
    return total;
}

}  // namespace kubetab::controllers
