#include "engine/controllers/replica_set.h"

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/controllers/adoption.h"
#include "engine/controllers/deletion_ranking.h"
#include "engine/controllers/indexes.h"
#include "engine/controllers/replica_set_status.h"
#include "engine/controllers/slow_start.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

constexpr std::int32_t kBurstReplicas = 50;

std::string count_of(std::int32_t existing, std::int32_t wanted) {
    return std::to_string(existing) + " of " + std::to_string(wanted) + " wanted pods exist";
}

template <class Set>
constexpr bool kIsReplicaSet = std::is_same_v<Set, api::ReplicaSet>;

template <class Set>
std::string name_of() {
    return kIsReplicaSet<Set> ? "replicaset-controller" : "replication-controller";
}

}  // namespace

template <class Set>
ReplicaController<Set>::ReplicaController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), name_of<Set>()),
      replica_sets_(informers.of<Set>()),
      pods_(informers.of<api::Pod>()),
      events_(simulation, client_, name()),
      pod_control_(client_, events_),
      tally_(pods_) {
    index_by_controller(replica_sets_);
    index_by_controller(pods_);
    replica_sets_.on_change([this](const client::Change& change) { replica_set_changed(change); });
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    pods_.on_listed_again([this] { expect_nothing(); });
    for (const auto& [key, replica_set] : replica_sets_.objects()) enqueue(key, 0);
}

// upstream: syncReplicaSet
template <class Set>
Result<Requeue> ReplicaController<Set>::reconcile(const ObjectKey& key) {
    const Ref<Set> stored = replica_sets_.find(key);
    if (!stored) {  // The garbage collector takes the pods.
        expectations_.forget(key);
        return Requeue::none();
    }
    const bool may_manage = expectations_.satisfied(key, simulation_.now()) && !api::is_terminating(*stored);
    const std::optional<ReplicaCounts> counts = tally_.of(*stored);
    const std::int32_t wanted = stored->spec.replicas.value_or(1);
    if (!counts || (may_manage && counts->replicas > wanted)) return reconcile_pods(*stored, may_manage);

    std::optional<base::Status> failure;
    if (may_manage) failure = create_missing(*stored, counts->replicas);
    TRY(write_status(*stored, *counts, failure));
    return Requeue::none();
}

// The same, looking at each pod.
template <class Set>
Result<Requeue> ReplicaController<Set>::reconcile_pods(const Set& replica_set, bool may_manage) {
    const sim::Instant now = simulation_.now();
    const PodList active = TRY(claimed_pods(replica_set));
    std::optional<base::Status> failure;
    if (may_manage) failure = create_missing(replica_set, static_cast<std::int32_t>(active.size()));
    if (may_manage && !failure) failure = delete_surplus(replica_set, active);
    TRY(write_status(replica_set, count_replicas(replica_set, active, now), failure));
    const std::optional<sim::Duration> wait =
        until_next_available(active, replica_set.spec.minReadySeconds, now);
    return wait ? Requeue::in(*wait) : Requeue::none();
}

template <class Set>
Result<typename ReplicaController<Set>::PodList> ReplicaController<Set>::claimed_pods(
    const Set& replica_set) {
    const api::Selector selector = TRY(selector_of(replica_set));
    PodList active = owned_and_orphans(pods_, replica_set.metadata);
    std::erase_if(active, [](const Ref<api::Pod>& pod) { return !api::is_pod_active(*pod); });
    Adopter<Set> adopter(client_, replica_set, selector);
    return adopter.claim(active);
}

// upstream: manageReplicas, too few
template <class Set>
std::optional<base::Status> ReplicaController<Set>::create_missing(const Set& replica_set,
                                                                   std::int32_t existing) {
    const std::int32_t wanted = replica_set.spec.replicas.value_or(1);
    if (existing >= wanted) return std::nullopt;
    client_.because(count_of(existing, wanted));
    return create_pods(replica_set, std::min(wanted - existing, kBurstReplicas));
}

// upstream: manageReplicas, too many
template <class Set>
std::optional<base::Status> ReplicaController<Set>::delete_surplus(const Set& replica_set,
                                                                   const PodList& active) {
    const auto existing = static_cast<std::int32_t>(active.size());
    const std::int32_t wanted = replica_set.spec.replicas.value_or(1);
    if (existing <= wanted) return std::nullopt;
    client_.because(count_of(existing, wanted));
    const auto count = static_cast<std::size_t>(std::min(existing - wanted, kBurstReplicas));
    const PodList related = count < active.size() ? related_pods(replica_set) : PodList{};
    return delete_pods(replica_set, pods_to_delete(active, related, count, simulation_.now()));
}

template <class Set>
std::optional<base::Status> ReplicaController<Set>::create_pods(const Set& replica_set, std::int32_t count) {
    const ObjectKey key = ObjectKey::of(replica_set.metadata);
    expectations_.expect_creations(key, count, simulation_.now());
    const SlowStartResult made = slow_start(count, [&]() -> Result<void> {
        const Result<void> created =
            pod_control_.create(api::kind_of<Set>(), replica_set, *replica_set.spec.template_);
        // Nothing is left to do in a namespace that is going away.
        if (!created.ok() && is_namespace_terminating(created.error())) return {};
        return created;
    });
    for (std::int32_t i = made.succeeded; i < count; ++i) expectations_.creation_observed(key);
    return made.first_failure;
}

template <class Set>
std::optional<base::Status> ReplicaController<Set>::delete_pods(const Set& replica_set, const PodList& pods) {
    const ObjectKey key = ObjectKey::of(replica_set.metadata);
    for (const Ref<api::Pod>& pod : pods)
        expectations_.expect_deletion(key, pod->metadata.uid, simulation_.now());
    std::optional<base::Status> failure;
    for (const Ref<api::Pod>& pod : pods) {
        const Result<void> removed = pod_control_.remove(api::kind_of<Set>(), replica_set, *pod);
        if (removed.ok()) continue;
        expectations_.deletion_observed(key, pod->metadata.uid);
        if (removed.error().reason != base::Reason::NotFound && !failure) failure = removed.error();
    }
    return failure;
}

// The pods of all ReplicaSets of the same owner (of one Deployment, say).
// upstream: getIndirectlyRelatedPods
template <class Set>
typename ReplicaController<Set>::PodList ReplicaController<Set>::related_pods(const Set& replica_set) const {
    const api::OwnerReference* owner = api::controller_of(replica_set.metadata);
    if (owner == nullptr) return pods_.by_index(kByController, replica_set.metadata.uid);
    PodList related;
    for (const Ref<Set>& sibling : replica_sets_.by_index(kByController, owner->uid)) {
        for (Ref<api::Pod>& pod : pods_.by_index(kByController, sibling->metadata.uid)) {
            related.push_back(std::move(pod));
        }
    }
    return related;
}

// upstream: updateReplicaSetStatus
template <class Set>
Result<void> ReplicaController<Set>::write_status(const Set& replica_set, const ReplicaCounts& counts,
                                                  const std::optional<base::Status>& failure) {
    const StatusOf<Set> status = status_of(replica_set, counts, failure, simulation_.now());
    if (!api::equal(status, replica_set.status)) TRY(store_status(replica_set, status));
    if (failure) return *failure;
    return {};
}

template <class Set>
Result<void> ReplicaController<Set>::store_status(const Set& replica_set, const StatusOf<Set>& status) {
    client_.because(std::to_string(status.replicas) + " pods exist, " + std::to_string(status.readyReplicas) +
                    " are ready");
    Set changed = replica_set;
    changed.status = status;
    const Result<Ref<Set>> written = client_.update_status(changed);
    if (written.ok()) return {};
    if (written.error().reason == base::Reason::NotFound) return {};
    if (written.error().reason != base::Reason::Conflict) return written.error();
    // The cache is behind: the pods were counted all the same, so write on top of what is stored.
    const Result<Ref<Set>> fresh = client_.get<Set>(ObjectKey::of(replica_set.metadata));
    if (!fresh.ok()) return fresh.error().reason == base::Reason::NotFound ? Result<void>{} : fresh.error();
    changed = **fresh;
    changed.status = status;
    TRY(client_.update_status(std::move(changed)));
    return {};
}

template <class Set>
void ReplicaController<Set>::replica_set_changed(const client::Change& change) {
    const ObjectKey key = ObjectKey::of(change.object->metadata);
    if (change.type == client::ChangeType::Deleted) {
        expectations_.forget(key);
        tally_.forget(change.object->metadata.uid);
    }
    if (change.previous && change.previous->metadata.uid != change.object->metadata.uid) {
        expectations_.forget(key);
        tally_.forget(change.previous->metadata.uid);
    }
    enqueue(key, change.revision);
}

template <class Set>
void ReplicaController<Set>::expect_nothing() {
    expectations_.forget_all();
    for (const auto& [key, set] : replica_sets_.objects()) enqueue(key, 0);
}

template <class Set>
void ReplicaController<Set>::pod_changed(const client::Change& change) {
    tally_.pod_changed(change);
    const Ref<api::Pod> pod = api::cast<api::Pod>(change.object);
    if (change.type == client::ChangeType::Deleted || (!change.previous && api::is_terminating(*pod))) {
        pod_deleted(*pod, change.revision);
    } else if (change.previous) {
        pod_updated(*api::cast<api::Pod>(change.previous), *pod, change.revision);
    } else if (api::controller_of(pod->metadata) == nullptr) {
        enqueue_those_matching(*pod, change.revision);
    } else if (const Ref<Set> owner = controller_of(*pod)) {
        expectations_.creation_observed(ObjectKey::of(owner->metadata));
        enqueue(ObjectKey::of(owner->metadata), change.revision);
    }
}

template <class Set>
void ReplicaController<Set>::pod_deleted(const api::Pod& pod, std::int64_t revision) {
    const Ref<Set> owner = controller_of(pod);
    if (!owner) return;
    const ObjectKey key = ObjectKey::of(owner->metadata);
    expectations_.deletion_observed(key, pod.metadata.uid);
    enqueue(key, revision);
}

template <class Set>
void ReplicaController<Set>::pod_updated(const api::Pod& before, const api::Pod& after,
                                         std::int64_t revision) {
    // A pod counts as deleted as soon as it is being deleted, so that its replacement does not wait for its
    // end.
    if (api::is_terminating(after)) return pod_deleted(after, revision);

    const api::OwnerReference* reference = api::controller_of(after.metadata);
    const api::OwnerReference* former = api::controller_of(before.metadata);
    const std::string former_uid = former == nullptr ? "" : former->uid;
    const bool owner_differs = (reference == nullptr ? "" : reference->uid) != former_uid;
    if (owner_differs && former != nullptr) {
        if (const Ref<Set> owner = controller_of(before)) enqueue(ObjectKey::of(owner->metadata), revision);
    }
    if (reference == nullptr) {
        if (owner_differs || before.metadata.labels != after.metadata.labels)
            enqueue_those_matching(after, revision);
        return;
    }
    const Ref<Set> owner = controller_of(after);
    if (!owner) return;
    enqueue(ObjectKey::of(owner->metadata), revision);
}

template <class Set>
Ref<Set> ReplicaController<Set>::controller_of(const api::Pod& pod) const {
    const api::OwnerReference* reference = api::controller_of(pod.metadata);
    if (reference == nullptr || reference->kind != api::kind_of<Set>().kind) return nullptr;
    Ref<Set> owner = replica_sets_.find({pod.metadata.namespace_, reference->name});
    return owner && owner->metadata.uid == reference->uid ? owner : nullptr;
}

template <class Set>
void ReplicaController<Set>::enqueue_those_matching(const api::Pod& orphan, std::int64_t revision) {
    for (const Ref<Set>& replica_set : replica_sets_.in_namespace(orphan.metadata.namespace_)) {
        const Result<api::Selector> selector = selector_of(*replica_set);
        if (!selector.ok() || selector->empty() || !selector->matches(orphan.metadata.labels)) continue;
        enqueue(ObjectKey::of(replica_set->metadata), revision);
    }
}

template class ReplicaController<api::ReplicaSet>;
template class ReplicaController<api::ReplicationController>;

}  // namespace kubetab::controllers
