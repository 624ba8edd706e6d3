#include "engine/controllers/deployment.h"

#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/controllers/adoption.h"
#include "engine/controllers/deployment_progress.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {

using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

DeploymentController::DeploymentController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "deployment-controller"),
      deployments_(informers.of<api::Deployment>()),
      replica_sets_(informers.of<api::ReplicaSet>()),
      pods_(informers.of<api::Pod>()),
      events_(simulation, client_, name()) {
    index_by_controller(replica_sets_);
    index_by_controller(pods_);
    deployments_.on_change([this](const client::Change& change) { deployment_changed(change); });
    replica_sets_.on_change([this](const client::Change& change) { replica_set_changed(change); });
    pods_.on_change([this](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted) return;
        pod_deleted(*api::cast<api::Pod>(change.object), change.revision);
    });
    for (const auto& [key, deployment] : deployments_.objects()) enqueue(key, 0);
}

// upstream: syncDeployment
Result<Requeue> DeploymentController::reconcile(const ObjectKey& key) {
    const Ref<api::Deployment> stored = deployments_.find(key);
    if (!stored) return Requeue::none();  // Deleted; the garbage collector takes the ReplicaSets.

    Rollout rollout{.deployment = *stored};
    const api::LabelSelector& selector = *stored->spec.selector;
    if (selector.matchLabels.empty() && selector.matchExpressions.empty()) {
        TRY(refuse_empty_selector(rollout));
        return Requeue::none();
    }
    rollout.owned = TRY(claimed_replica_sets(rollout.deployment));
    return act(rollout);
}

Result<Requeue> DeploymentController::act(Rollout& rollout) {
    if (api::is_terminating(rollout.deployment)) {
        TRY(sort_out(rollout, WhenMissing::LeaveOut));
        TRY(sync_status(rollout));
        return Requeue::none();
    }
    TRY(note_pausing(rollout));
    if (rollout.deployment.spec.paused) return sync_scale_and_status(rollout);
    if (TRY(is_scaling(rollout))) return sync_scale_and_status(rollout);
    return is_rolling_update(rollout.deployment) ? roll(rollout) : recreate(rollout);
}

Result<ReplicaSetList> DeploymentController::claimed_replica_sets(const api::Deployment& deployment) {
    const api::Selector selector = TRY(api::Selector::of(deployment.spec.selector));
    Adopter<api::Deployment> adopter(client_, deployment, selector);
    return adopter.claim(owned_and_orphans(replica_sets_, deployment.metadata));
}

Result<void> DeploymentController::refuse_empty_selector(Rollout& rollout) {
    api::Deployment& deployment = rollout.deployment;
    events_.record(deployment,
                   {.type = client::EventType::Warning,
                    .reason = "SelectingAll",
                    .message = "This deployment is selecting all pods. A non-empty selector is required."});
    if (deployment.status.observedGeneration >= deployment.metadata.generation) return {};
    deployment.status.observedGeneration = deployment.metadata.generation;
    return write_status(rollout, "its selector is empty");
}

// upstream: checkPausedConditions
Result<void> DeploymentController::note_pausing(Rollout& rollout) {
    api::Deployment& deployment = rollout.deployment;
    if (!has_progress_deadline(deployment)) return {};
    const api::DeploymentCondition* known = api::find_condition(deployment.status.conditions, "Progressing");
    if (known != nullptr && known->reason == "ProgressDeadlineExceeded") return {};
    const bool noted = known != nullptr && known->reason == "DeploymentPaused";
    if (deployment.spec.paused == noted) return {};
    set_condition(deployment.status, deployment.spec.paused
                                         ? condition_of("Progressing", "Unknown", "DeploymentPaused",
                                                        "Deployment is paused", simulation_.now())
                                         : condition_of("Progressing", "Unknown", "DeploymentResumed",
                                                        "Deployment is resumed", simulation_.now()));
    return write_status(rollout, deployment.spec.paused ? "it was paused" : "it was resumed");
}

// The wanted number has changed since its ReplicaSets were sized.
// upstream: isScalingEvent
Result<bool> DeploymentController::is_scaling(Rollout& rollout) {
    TRY(sort_out(rollout, WhenMissing::LeaveOut));
    for (const Ref<api::ReplicaSet>& set : active_of(rollout.all())) {
        const std::optional<std::int32_t> desired = number_annotation(set->metadata, kDesiredReplicas);
        if (desired && *desired != replicas_of(rollout.deployment)) return true;
    }
    return false;
}

void DeploymentController::deployment_changed(const client::Change& change) {
    enqueue(ObjectKey::of(change.object->metadata), change.revision);
}

void DeploymentController::replica_set_changed(const client::Change& change) {
    const Ref<api::ReplicaSet> set = api::cast<api::ReplicaSet>(change.object);
    const api::OwnerReference* reference = api::controller_of(set->metadata);
    const api::OwnerReference* former =
        change.previous ? api::controller_of(change.previous->metadata) : nullptr;
    const bool owner_differs = change.previous && (reference == nullptr ? "" : reference->uid) !=
                                                      (former == nullptr ? "" : former->uid);
    if (owner_differs && former != nullptr) {
        const Ref<api::Deployment> owner = controller_of(change.previous->metadata);
        if (owner) enqueue(ObjectKey::of(owner->metadata), change.revision);
    }
    if (const Ref<api::Deployment> owner = controller_of(set->metadata)) {
        enqueue(ObjectKey::of(owner->metadata), change.revision);
        return;
    }
    if (reference != nullptr || change.type == client::ChangeType::Deleted) return;
    const bool labels_differ = change.previous && change.previous->metadata.labels != set->metadata.labels;
    if (!change.previous || owner_differs || labels_differ) enqueue_those_matching(*set, change.revision);
}

// Recreate waits for the last old pod.
void DeploymentController::pod_deleted(const api::Pod& pod, std::int64_t revision) {
    const api::OwnerReference* reference = api::controller_of(pod.metadata);
    if (reference == nullptr || reference->kind != "ReplicaSet") return;
    const Ref<api::ReplicaSet> set = replica_sets_.find({pod.metadata.namespace_, reference->name});
    if (!set || set->metadata.uid != reference->uid) return;
    const Ref<api::Deployment> owner = controller_of(set->metadata);
    if (!owner || is_rolling_update(*owner)) return;
    enqueue(ObjectKey::of(owner->metadata), revision);
}

Ref<api::Deployment> DeploymentController::controller_of(const api::ObjectMeta& replica_set) const {
    const api::OwnerReference* reference = api::controller_of(replica_set);
    if (reference == nullptr || reference->kind != "Deployment") return nullptr;
    Ref<api::Deployment> owner = deployments_.find({replica_set.namespace_, reference->name});
    return owner && owner->metadata.uid == reference->uid ? owner : nullptr;
}

void DeploymentController::enqueue_those_matching(const api::ReplicaSet& orphan, std::int64_t revision) {
    for (const Ref<api::Deployment>& deployment : deployments_.in_namespace(orphan.metadata.namespace_)) {
        const Result<api::Selector> selector = api::Selector::of(deployment->spec.selector);
        if (!selector.ok() || selector->empty() || !selector->matches(orphan.metadata.labels)) continue;
        enqueue(ObjectKey::of(deployment->metadata), revision);
    }
}

}  // namespace kubetab::controllers
