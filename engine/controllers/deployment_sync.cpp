// The ReplicaSets of a Deployment: finding and making the new one, revisions, scaling, history, writing the
// status.
//
// upstream: pkg/controller/deployment/sync.go
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/api/template_hash.h"
#include "engine/controllers/deployment.h"
#include "engine/controllers/deployment_progress.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {

using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

// upstream: getAllReplicaSetsAndSyncRevision, getNewReplicaSet
Result<void> DeploymentController::sort_out(Rollout& rollout, WhenMissing when_missing) {
    rollout.current = find_new(rollout.deployment, rollout.owned);
    rollout.old = find_old(rollout.deployment, rollout.owned);
    const std::int64_t revision = max_revision(rollout.old) + 1;
    if (rollout.current) return keep_new(rollout, revision);
    if (when_missing == WhenMissing::LeaveOut) return {};
    return create_new(rollout, revision);
}

// The template is not new: an old ReplicaSet serves again, under a new revision.
Result<void> DeploymentController::keep_new(Rollout& rollout, std::int64_t revision) {
    api::Deployment& deployment = rollout.deployment;
    api::ReplicaSet changed = *rollout.current;
    bool differs = set_new_annotations(deployment, changed.metadata, revision, true);
    if (changed.spec.minReadySeconds != deployment.spec.minReadySeconds) {
        changed.spec.minReadySeconds = deployment.spec.minReadySeconds;
        differs = true;
    }
    if (differs) {
        client_.because("it is revision " + std::to_string(revision) + " of " + deployment.metadata.name);
        rollout.current = TRY(client_.update(std::move(changed)));
        for (Ref<api::ReplicaSet>& set : rollout.owned) {
            if (set->metadata.uid == rollout.current->metadata.uid) set = rollout.current;
        }
        return {};
    }
    bool write = set_revision(deployment.metadata, changed.metadata.annotations.value_or(kRevision, ""));
    if (has_progress_deadline(deployment) &&
        api::find_condition(deployment.status.conditions, "Progressing") == nullptr) {
        set_condition(
            deployment.status,
            condition_of("Progressing", "True", "FoundNewReplicaSet",
                         "Found new replica set \"" + changed.metadata.name + "\"", simulation_.now()));
        write = true;
    }
    return write ? write_status(rollout, "its ReplicaSet is " + changed.metadata.name) : Result<void>{};
}

Result<void> DeploymentController::create_new(Rollout& rollout, std::int64_t revision) {
    api::Deployment& deployment = rollout.deployment;
    const std::string hash =
        api::pod_template_hash(*deployment.spec.template_, deployment.status.collisionCount);
    api::ReplicaSet wanted;
    wanted.metadata.name = deployment.metadata.name + "-" + hash;
    wanted.metadata.namespace_ = deployment.metadata.namespace_;
    wanted.metadata.ownerReferences = {
        controller_reference(api::kind_of<api::Deployment>(), deployment.metadata)};
    wanted.spec.replicas = 0;
    wanted.spec.minReadySeconds = deployment.spec.minReadySeconds;
    wanted.spec.selector = deployment.spec.selector;
    wanted.spec.selector.edit().matchLabels[kPodTemplateHash] = hash;
    wanted.spec.template_ = deployment.spec.template_;
    wanted.spec.template_.edit().metadata.labels[kPodTemplateHash] = hash;
    wanted.metadata.labels = wanted.spec.template_->metadata.labels;
    const std::int32_t size = next_size_of_new(deployment, rollout.old, wanted);
    wanted.spec.replicas = size;
    set_new_annotations(deployment, wanted.metadata, revision, false);

    client_.because("no ReplicaSet of " + deployment.metadata.name + " has this pod template yet");
    const Result<Ref<api::ReplicaSet>> created = client_.create(wanted);
    if (!created.ok()) return creation_failed(rollout, wanted, created.error());
    rollout.current = *created;
    rollout.owned.push_back(*created);
    if (size > 0) {
        events_.record(deployment, {.reason = "ScalingReplicaSet",
                                    .message = "Scaled up replica set " + wanted.metadata.name +
                                               " from 0 to " + std::to_string(size)});
    }
    return after_creation(rollout, std::to_string(revision));
}

Result<void> DeploymentController::after_creation(Rollout& rollout, const std::string& revision) {
    api::Deployment& deployment = rollout.deployment;
    bool write = set_revision(deployment.metadata, revision);
    if (has_progress_deadline(deployment)) {
        const std::string message = "Created new replica set \"" + rollout.current->metadata.name + "\"";
        set_condition(deployment.status, condition_of("Progressing", "True", "NewReplicaSetCreated", message,
                                                      simulation_.now()));
        write = true;
    }
    return write ? write_status(rollout, "a ReplicaSet for its template was created") : Result<void>{};
}

Result<void> DeploymentController::creation_failed(Rollout& rollout, const api::ReplicaSet& wanted,
                                                   const base::Status& failure) {
    api::Deployment& deployment = rollout.deployment;
    if (failure.reason == base::Reason::AlreadyExists) {
        const Ref<api::ReplicaSet> holder = replica_sets_.find(ObjectKey::of(wanted.metadata));
        if (!holder) return failure;
        const api::OwnerReference* owner = api::controller_of(holder->metadata);
        const bool is_ours = owner != nullptr && owner->uid == deployment.metadata.uid;
        if (is_ours && same_template(*deployment.spec.template_, *holder->spec.template_)) {
            rollout.current = holder;  // The cache was behind.
            if (!set_revision(deployment.metadata, holder->metadata.annotations.value_or(kRevision, "")))
                return {};
            return write_status(rollout, "its ReplicaSet is " + holder->metadata.name);
        }
        // Another ReplicaSet has the name: the same template gets another hash next time.
        ++deployment.status.collisionCount;
        TRY(write_status(rollout, "the name " + wanted.metadata.name + " is taken"));
        return failure;
    }
    if (is_namespace_terminating(failure)) return failure;
    const std::string message =
        "Failed to create new replica set \"" + wanted.metadata.name + "\": " + failure.message;
    if (has_progress_deadline(deployment)) {
        set_condition(deployment.status, condition_of("Progressing", "False", "ReplicaSetCreateError",
                                                      message, simulation_.now()));
        TRY(write_status(rollout, "its ReplicaSet could not be created"));
    }
    events_.record(
        deployment,
        {.type = client::EventType::Warning, .reason = "ReplicaSetCreateError", .message = message});
    return failure;
}

Result<void> DeploymentController::scale(Rollout& rollout) {
    const std::int32_t wanted = replicas_of(rollout.deployment);
    const std::string why = std::to_string(wanted) + " pods are wanted";
    if (const Ref<api::ReplicaSet> only = find_active_or_latest(rollout.old, rollout.current)) {
        if (replicas_of(*only) != wanted) TRY(resize(rollout, only, wanted, why));
        return {};
    }
    if (is_saturated(rollout.deployment, rollout.current)) {
        for (const Ref<api::ReplicaSet>& set : active_of(rollout.old)) {
            TRY(resize(rollout, set, 0, "all " + why + " are there in the new version"));
        }
        return {};
    }
    return is_rolling_update(rollout.deployment) ? scale_proportionally(rollout) : Result<void>{};
}

// In the middle of a rollout every version gets its share, so that a scaled Deployment risks no more than
// before.
Result<void> DeploymentController::scale_proportionally(Rollout& rollout) {
    const api::Deployment& deployment = rollout.deployment;
    ReplicaSetList sets = active_of(rollout.all());
    const std::int32_t wanted = replicas_of(deployment);
    const std::int32_t allowed = wanted > 0 ? wanted + max_surge(deployment) : 0;
    const std::int32_t to_add = allowed - sum_of_spec(sets);
    sort_largest_first(sets, to_add > 0);

    std::vector<std::int32_t> sizes;
    std::int32_t added = 0;
    for (const Ref<api::ReplicaSet>& set : sets) {
        const std::int32_t share = to_add != 0 ? proportion(*set, deployment, to_add, added) : 0;
        sizes.push_back(replicas_of(*set) + share);
        added += share;
    }
    if (to_add != 0 && !sizes.empty()) sizes.front() = std::max(0, sizes.front() + to_add - added);
    for (std::size_t i = 0; i < sets.size(); ++i) {
        TRY(resize(rollout, sets[i], sizes[i],
                   std::to_string(wanted) + " pods are wanted, shared between the versions"));
    }
    return {};
}

Result<Ref<api::ReplicaSet>> DeploymentController::resize(Rollout& rollout,
                                                          const Ref<api::ReplicaSet>& replica_set,
                                                          std::int32_t size, const std::string& why) {
    const api::Deployment& deployment = rollout.deployment;
    const std::int32_t wanted = replicas_of(deployment);
    const std::int32_t before = replicas_of(*replica_set);
    api::ReplicaSet changed = *replica_set;
    const bool annotated = set_size_annotations(changed.metadata, wanted, wanted + max_surge(deployment));
    if (before == size && !annotated) return replica_set;
    changed.spec.replicas = size;
    client_.because(why);
    Ref<api::ReplicaSet> stored = TRY(client_.update(std::move(changed)));
    if (before != size) {
        events_.record(deployment, {.reason = "ScalingReplicaSet",
                                    .message = std::string("Scaled ") + (before < size ? "up" : "down") +
                                               " replica set " + replica_set->metadata.name + " from " +
                                               std::to_string(before) + " to " + std::to_string(size)});
    }
    return stored;
}

// upstream: cleanupDeployment
Result<void> DeploymentController::clean_up(Rollout& rollout) {
    const std::optional<std::int32_t>& limit = rollout.deployment.spec.revisionHistoryLimit;
    if (!limit || *limit == std::numeric_limits<std::int32_t>::max()) return {};
    ReplicaSetList sets = rollout.old;
    std::erase_if(sets, [](const Ref<api::ReplicaSet>& set) { return api::is_terminating(*set); });
    const std::int64_t surplus = static_cast<std::int64_t>(sets.size()) - *limit;
    if (surplus <= 0) return {};
    sort_by_revision(sets);
    client_.because("only " + std::to_string(*limit) + " old revisions are kept");
    for (std::size_t i = 0; i < static_cast<std::size_t>(surplus); ++i) {
        const api::ReplicaSet& set = *sets[i];
        const bool observed = set.status.observedGeneration >= set.metadata.generation;
        if (set.status.replicas != 0 || replicas_of(set) != 0 || !observed) continue;
        const Result<void> removed = client_.remove<api::ReplicaSet>(ObjectKey::of(set.metadata));
        if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed;
    }
    return {};
}

Result<void> DeploymentController::write_status(Rollout& rollout, const std::string& why) {
    client_.because(why);
    rollout.deployment = *TRY(client_.update_status(rollout.deployment));
    return {};
}

// upstream: syncDeploymentStatus
Result<void> DeploymentController::sync_status(Rollout& rollout) {
    const api::DeploymentStatus status =
        status_of(rollout.deployment, rollout.all(), rollout.current, simulation_.now());
    if (api::equal(status, rollout.deployment.status)) return {};
    rollout.deployment.status = status;
    return write_status(rollout, "its ReplicaSets changed");
}

Result<Requeue> DeploymentController::sync_rollout_status(Rollout& rollout) {
    const sim::Instant now = simulation_.now();
    const api::DeploymentStatus status =
        rollout_status_of(rollout.deployment, rollout.all(), rollout.current, now);
    if (api::equal(status, rollout.deployment.status)) {
        const std::optional<sim::Duration> wait = until_progress_check(rollout.deployment, status, now);
        return wait ? Requeue::in(*wait) : Requeue::none();
    }
    rollout.deployment.status = status;
    TRY(write_status(rollout, "its ReplicaSets changed"));
    return Requeue::none();
}

// upstream: sync
Result<Requeue> DeploymentController::sync_scale_and_status(Rollout& rollout) {
    TRY(sort_out(rollout, WhenMissing::LeaveOut));
    TRY(scale(rollout));
    if (rollout.deployment.spec.paused) TRY(clean_up(rollout));
    TRY(sync_status(rollout));
    return Requeue::none();
}

}  // namespace kubetab::controllers
