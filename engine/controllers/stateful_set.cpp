#include "engine/controllers/stateful_set.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/controllers/adoption.h"
#include "engine/controllers/indexes.h"
#include "engine/controllers/stateful_set_pods.h"

namespace kubetab::controllers {

using api::ControllerRevision;
using api::ObjectKey;
using api::Ref;
using api::StatefulSet;
using base::Result;
using client::Requeue;

StatefulSetController::StatefulSetController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "statefulset-controller"),
      sets_(informers.of<StatefulSet>()),
      revisions_(informers.of<ControllerRevision>()),
      claims_(informers.of<api::PersistentVolumeClaim>()),
      pods_(informers.of<api::Pod>()),
      events_(simulation, client_, name()),
      pod_control_(client_, events_, claims_) {
    index_by_controller(pods_);
    index_by_controller(revisions_);
    sets_.on_change([this](const client::Change& change) { stateful_set_changed(change); });
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    for (const auto& [key, set] : sets_.objects()) enqueue(key, 0);
}

// upstream: sync
Result<Requeue> StatefulSetController::reconcile(const ObjectKey& key) {
    const Ref<StatefulSet> stored = sets_.find(key);
    if (!stored) return Requeue::none();  // The garbage collector takes the pods.
    Sync state{.set = *stored};
    state.pods = TRY(claimed_pods(*stored));
    TRY(find_revisions(state));
    const Result<void> done = sync_pods(state);
    TRY(write_status(state));
    if (!done.ok()) return done.error();
    TRY(clean_history(state));
    // A pod that only waits for minReadySeconds makes no change that would wake this.
    const std::int32_t wait = stored->spec.minReadySeconds;
    const bool waits = wait > 0 && state.status.availableReplicas != stored->spec.replicas.value_or(1);
    return waits ? Requeue::in(sim::seconds(wait)) : Requeue::none();
}

// upstream: getPodsForStatefulSet
Result<StatefulSetController::PodList> StatefulSetController::claimed_pods(const StatefulSet& set) {
    const api::Selector selector = TRY(api::Selector::of(set.spec.selector));
    PodList candidates = owned_and_orphans(pods_, set.metadata);
    std::erase_if(candidates, [&](const Ref<api::Pod>& pod) { return !ordinal_of(set, *pod); });
    Adopter<StatefulSet> adopter(client_, set, selector);
    return adopter.claim(candidates);
}

// upstream: getStatefulSetRevisions
Result<void> StatefulSetController::find_revisions(Sync& sync) {
    const api::Selector selector = TRY(api::Selector::of(sync.set.spec.selector));
    Adopter<StatefulSet> adopter(client_, sync.set, selector);
    sync.revisions = TRY(adopter.claim(owned_and_orphans(revisions_, sync.set.metadata)));
    sort_by_revision(sync.revisions);
    sync.status = sync.set.status;
    sync.update = TRY(update_revision(sync));
    for (const Ref<ControllerRevision>& revision : sync.revisions) {
        if (revision->metadata.name == sync.set.status.currentRevision.str()) sync.current = revision;
    }
    if (!sync.current) sync.current = sync.update;
    const bool same = sync.current->metadata.name == sync.update->metadata.name;
    sync.current_template = same ? sync.set.spec.template_ : TRY(template_of(*sync.current));
    return {};
}

// The revision of the present template: the newest one, an older one with a new number, or a new one.
Result<Ref<ControllerRevision>> StatefulSetController::update_revision(Sync& sync) {
    const api::Raw data = template_patch(*sync.set.spec.template_);
    const std::int64_t number = next_revision(sync.revisions);
    Ref<ControllerRevision> equal;
    for (const Ref<ControllerRevision>& revision : sync.revisions) {
        if (revision->data == data) equal = revision;
    }
    if (equal) return equal == sync.revisions.back() ? equal : renumber(client_, equal, number);
    std::int32_t collisions = sync.set.status.collisionCount.value_or(0);
    for (;; ++collisions) {
        const std::string name = sync.set.metadata.name + "-" + revision_hash(data, collisions);
        ControllerRevision revision =
            make_revision(api::kind_of<StatefulSet>(), sync.set.metadata, name, data, number);
        revision.metadata.labels = sync.set.spec.template_->metadata.labels;
        revision.metadata.labels["controller.kubernetes.io/hash"] = revision_hash(data, collisions);
        const Ref<ControllerRevision> stored = TRY(store_revision(client_, std::move(revision)));
        if (!stored) continue;
        sync.status.collisionCount = collisions;
        return stored;
    }
}

// upstream: truncateHistory
Result<void> StatefulSetController::clean_history(const Sync& sync) {
    std::set<std::string> live{sync.current->metadata.name, sync.update->metadata.name};
    for (const Ref<api::Pod>& pod : sync.pods) live.insert(revision_of(*pod));
    Revisions idle;
    for (const Ref<ControllerRevision>& revision : sync.revisions) {
        if (live.find(revision->metadata.name) == live.end()) idle.push_back(revision);
    }
    return truncate_history(client_, idle, sync.set.spec.revisionHistoryLimit.value_or(10));
}

// upstream: updateStatefulSetStatus, completeRollingUpdate
Result<void> StatefulSetController::write_status(const Sync& sync) {
    api::StatefulSetStatus status = sync.status;
    const std::int32_t replicas = sync.set.spec.replicas.value_or(1);
    const bool rolling = sync.set.spec.updateStrategy.type == "RollingUpdate";
    if (rolling && status.updatedReplicas == replicas && status.readyReplicas == replicas) {
        status.currentReplicas = status.updatedReplicas;
        status.currentRevision = status.updateRevision;
    }
    if (api::equal(status, sync.set.status)) return {};
    client_.because(std::to_string(status.readyReplicas) + " of " + std::to_string(replicas) +
                    " pods are ready");
    StatefulSet changed = sync.set;
    changed.status = std::move(status);
    const Result<Ref<StatefulSet>> written = client_.update_status(std::move(changed));
    if (written.ok() || written.error().reason == base::Reason::NotFound) return {};
    return written.error();
}

void StatefulSetController::stateful_set_changed(const client::Change& change) {
    const ObjectKey key = ObjectKey::of(change.object->metadata);
    if (change.type == client::ChangeType::Deleted) made_.forget(key);
    enqueue(key, change.revision);
}

void StatefulSetController::pod_changed(const client::Change& change) {
    const api::ObjectMeta& metadata = change.object->metadata;
    const api::OwnerReference* owner = api::controller_of(metadata);
    if (owner == nullptr) return enqueue_those_matching(*change.object, change.revision);
    if (owner->kind != "StatefulSet") return;
    const ObjectKey key{metadata.namespace_, owner->name};
    const Ref<StatefulSet> set = sets_.find(key);
    if (set && set->metadata.uid == owner->uid) enqueue(key, change.revision);
}

void StatefulSetController::enqueue_those_matching(const api::Object& orphan, std::int64_t revision) {
    for (const Ref<StatefulSet>& set : sets_.in_namespace(orphan.metadata.namespace_)) {
        const Result<api::Selector> selector = api::Selector::of(set->spec.selector);
        if (selector.ok() && selector->matches(orphan.metadata.labels))
            enqueue(ObjectKey::of(set->metadata), revision);
    }
}

}  // namespace kubetab::controllers
