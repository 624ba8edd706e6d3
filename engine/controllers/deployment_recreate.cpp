// The strategy Recreate: all old pods end before the first new one starts.
//
// upstream: pkg/controller/deployment/recreate.go
#include <string>

#include "engine/api/pod_status.h"
#include "engine/controllers/deployment.h"
#include "engine/controllers/deployment_progress.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {

using api::Ref;
using base::Result;
using client::Requeue;

// upstream: rolloutRecreate
Result<Requeue> DeploymentController::recreate(Rollout& rollout) {
    TRY(sort_out(rollout, WhenMissing::LeaveOut));
    const ReplicaSetList active_old = active_of(rollout.old);
    for (const Ref<api::ReplicaSet>& set : active_old) {
        TRY(resize(rollout, set, 0, "old pods must end before new ones start"));
    }
    if (!active_old.empty() || old_pods_run(rollout)) return sync_rollout_status(rollout);

    if (!rollout.current) TRY(sort_out(rollout, WhenMissing::Create));
    if (!rollout.current) return Requeue::none();
    TRY(resize(rollout, rollout.current, replicas_of(rollout.deployment), "the old pods are gone"));
    if (is_complete(rollout.deployment, rollout.deployment.status)) TRY(clean_up(rollout));
    return sync_rollout_status(rollout);
}

// Pods that are being deleted still run.
// upstream: oldPodsRunning
bool DeploymentController::old_pods_run(const Rollout& rollout) const {
    if (sum_of_replicas(rollout.old) > 0) return true;
    for (const Ref<api::ReplicaSet>& set : rollout.old) {
        for (const Ref<api::Pod>& pod : pods_.by_index(kByController, set->metadata.uid)) {
            if (!api::is_pod_finished(*pod)) return true;
        }
    }
    return false;
}

}  // namespace kubetab::controllers
