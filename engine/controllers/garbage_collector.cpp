#include "engine/controllers/garbage_collector.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/api/served_kinds.h"

namespace kubetab::controllers {
namespace {

using api::Object;
using api::ObjectKey;
using api::Ref;
using base::Reason;
using base::Result;
using client::Propagation;
using client::Requeue;

// When an owner is looked for again that exists but was not heard of. upstream backs off meanwhile
constexpr sim::Duration kUntilHeardOf = sim::seconds(10);

const api::Kind* kind_named(const client::ApiServer& server, const api::OwnerReference& owner) {
    const std::size_t slash = owner.apiVersion.find('/');
    const bool core = slash == std::string::npos;
    const std::string group = core ? "" : owner.apiVersion.substr(0, slash);
    const std::string version = core ? owner.apiVersion.str() : owner.apiVersion.substr(slash + 1);
    const api::Kind* kind = server.find_kind(group, version, owner.kind);
    return kind == nullptr ? nullptr : &api::stored_kind(*kind);
}

bool names(const std::vector<api::OwnerReference>& owners, const api::Text& uid) {
    return std::any_of(owners.begin(), owners.end(), [&](const auto& owner) { return owner.uid == uid; });
}

// A namespaced owner in another namespace does not count.
bool other_namespace(const OwnedNode& owner, const OwnedNode& dependent) {
    return owner.kind->namespaced && dependent.kind->namespaced &&
           owner.object->metadata.namespace_ != dependent.object->metadata.namespace_;
}

// Has owners, or may have been deleted before it was heard of.
bool concerns(const api::ObjectMeta& metadata) {
    return !metadata.ownerReferences.empty() || metadata.deletionTimestamp.is_set();
}

Result<void> unless_gone(const Result<void>& done) {
    if (done.ok() || done.error().reason == Reason::NotFound) return {};
    return done;
}

}  // namespace

GarbageCollector::GarbageCollector(sim::Simulation& simulation, client::ApiServer& server)
    : Controller(simulation, server, "garbage-collector-controller"), events_(simulation, client_, name()) {
    const auto wanted = [](const api::Kind& kind) { return &kind != &api::kind_of<api::Event>(); };
    const auto listed = [this](const api::Kind& kind, const client::ObjectList& objects) {
        for (const Ref<Object>& object : objects.items) {
            graph_.put(kind, object);
            if (concerns(object->metadata)) wake(object->metadata.uid, 0);
        }
    };
    watches_ = std::make_unique<KindWatches>(server, static_cast<client::Watcher&>(*this), wanted, listed);
}

// upstream: processGraphChanges
void GarbageCollector::changed(const client::Change& change) {
    const api::Text& uid = change.object->metadata.uid;
    const OwnedNode* known = graph_.find(uid);
    if (change.type == client::ChangeType::Deleted) {
        if (known != nullptr) wake_waiting_owners(*known, change.revision);
        graph_.remove(uid);
        wake_dependents(uid, change.revision);
        return;
    }
    const OwnedNode before = known == nullptr ? OwnedNode{} : *known;
    graph_.put(*change.kind, change.object);
    if (!before.object && !concerns(change.object->metadata)) return;
    const OwnedNode& after = *graph_.find(uid);
    if (before.object) owners_changed(before, after, change.revision);
    if (after.orphaning() && !(before.object && before.orphaning())) wake(uid, change.revision);
    if (after.deleting_dependents() && !(before.object && before.deleting_dependents())) {
        wake_dependents(uid, change.revision);
        wake(uid, change.revision);
    }
    const bool odd_owner = std::any_of(after.owners().begin(), after.owners().end(), [&](const auto& owner) {
        if (before.object && names(before.owners(), owner.uid)) return false;
        const OwnedNode* node = graph_.find(owner.uid);
        return node == nullptr || node->deleting_dependents() || other_namespace(*node, after);
    });
    if (odd_owner) wake(uid, change.revision);
}

// An owner that waits for this object in the foreground may go on when it is no longer blocked.
void GarbageCollector::owners_changed(const OwnedNode& before, const OwnedNode& after,
                                      std::int64_t revision) {
    for (const api::OwnerReference& owner : before.owners()) {
        const bool blocked = owner.blockOwnerDeletion.value_or(false);
        if (blocked && !after.blocks(owner.uid)) wake(owner.uid, revision);
    }
}

void GarbageCollector::wake_dependents(const api::Text& uid, std::int64_t revision) {
    for (const api::Text& dependent : graph_.dependents_of(uid)) wake(dependent, revision);
}

void GarbageCollector::wake_waiting_owners(const OwnedNode& node, std::int64_t revision) {
    for (const api::OwnerReference& owner : node.owners()) {
        const OwnedNode* waiting = graph_.find(owner.uid);
        if (waiting != nullptr && waiting->deleting_dependents()) wake(owner.uid, revision);
    }
}

// upstream: attemptToDeleteItem, attemptToOrphanWorker
Result<Requeue> GarbageCollector::reconcile(const ObjectKey& uid) {
    const OwnedNode* known = graph_.find(uid.name);
    if (known == nullptr) return Requeue::none();
    const OwnedNode node = *known;
    const Result<Ref<Object>> live = client_.server().get(*node.kind, node.key());
    if (!live.ok())
        return live.error().reason == Reason::NotFound ? Requeue::none() : Result<Requeue>(live.error());
    const Object& object = **live;
    if (object.metadata.uid != uid.name) return Requeue::none();

    if (object.metadata.deletionTimestamp.is_set()) {
        if (has_finalizer(object.metadata, kOrphanFinalizer)) {
            TRY(orphan_dependents(node, object));
        } else if (has_finalizer(object.metadata, kForegroundFinalizer)) {
            TRY(finish_foreground(node, object));
        }
        return Requeue::none();
    }
    return object.metadata.ownerReferences.empty() ? Requeue::none() : judge(node, object);
}

Result<Requeue> GarbageCollector::judge(const OwnedNode& node, const Object& object) {
    check_namespaces(node, object);
    const Owners owners = TRY(classify(node, object));
    if (!owners.solid.empty()) {
        std::vector<std::string> superfluous = owners.dangling;
        superfluous.insert(superfluous.end(), owners.waiting.begin(), owners.waiting.end());
        if (!superfluous.empty()) {
            client_.because("another owner keeps it");
            TRY(drop_owners(node, object, superfluous));
        }
        return owners.unheard_of ? Requeue::in(kUntilHeardOf) : Requeue::none();
    }
    if (!owners.waiting.empty() && !graph_.dependents_of(object.metadata.uid).empty()) {
        client_.because("its owner waits for its end");
        TRY(break_cycle(node, object));
        TRY(remove(node, object, Propagation::Foreground));
        return Requeue::none();
    }
    client_.because(owners.absent.empty() ? "its owner waits for its end"
                                          : "its owner " + owners.absent + " is gone");
    const Propagation propagation = has_finalizer(object.metadata, kOrphanFinalizer) ? Propagation::Orphan
                                    : has_finalizer(object.metadata, kForegroundFinalizer)
                                        ? Propagation::Foreground
                                        : Propagation::Background;
    TRY(remove(node, object, propagation));
    return Requeue::none();
}

// upstream: classifyReferences
Result<GarbageCollector::Owners> GarbageCollector::classify(const OwnedNode& node, const Object& object) {
    Owners owners;
    for (const api::OwnerReference& reference : object.metadata.ownerReferences) {
        const api::Kind* kind = kind_named(client_.server(), reference);
        // An owner that cannot be looked up is left alone, and so is what it owns.
        if (kind == nullptr || (kind->namespaced && !node.kind->namespaced)) {
            owners.solid.push_back(reference.uid);
            continue;
        }
        const ObjectKey key{kind->namespaced ? object.metadata.namespace_ : "", reference.name};
        const Result<Ref<Object>> owner = client_.server().get(*kind, key);
        if (!owner.ok() && owner.error().reason != Reason::NotFound) return owner.error();
        if (!owner.ok() || (*owner)->metadata.uid != reference.uid) {
            owners.dangling.push_back(reference.uid);
            owners.absent = reference.kind + " " + reference.name;
            continue;
        }
        const api::ObjectMeta& metadata = (*owner)->metadata;
        // Its end would not be told of either: it has to be asked for again. upstream: attemptToDeleteWorker
        const bool watched = kind != &api::kind_of<api::Event>();
        owners.unheard_of = owners.unheard_of || (watched && graph_.find(reference.uid) == nullptr);
        const bool waits =
            metadata.deletionTimestamp.is_set() && has_finalizer(metadata, kForegroundFinalizer);
        (waits ? owners.waiting : owners.solid).push_back(reference.uid);
    }
    return owners;
}

// An owner of another namespace does not count; the object is told so before it goes.
void GarbageCollector::check_namespaces(const OwnedNode& node, const Object& object) {
    if (!node.kind->namespaced) return;
    const std::string& space = object.metadata.namespace_;
    for (const api::OwnerReference& owner : object.metadata.ownerReferences) {
        const OwnedNode* found = graph_.find(owner.uid);
        if (found == nullptr || !found->kind->namespaced || found->object->metadata.namespace_ == space)
            continue;
        events_.record_for(client::EventRecorder::reference_to(*node.kind, object),
                           {.type = client::EventType::Warning,
                            .reason = "OwnerRefInvalidNamespace",
                            .message = "ownerRef [" + owner.apiVersion + "/" + owner.kind + ", namespace: " +
                                       space + ", name: " + owner.name + ", uid: " + owner.uid +
                                       "] does not exist in namespace \"" + space + "\""});
    }
}

// upstream: orphanDependents
Result<void> GarbageCollector::orphan_dependents(const OwnedNode& node, const Object& object) {
    client_.because("its owner " + node.key().name + " is deleted without what it owns");
    const std::set<api::Text> dependents = graph_.dependents_of(object.metadata.uid);
    for (const api::Text& uid : dependents) {
        const OwnedNode dependent = *graph_.find(uid);
        const Result<Ref<Object>> live = client_.server().get(*dependent.kind, dependent.key());
        if (!live.ok() && live.error().reason == Reason::NotFound) continue;
        if (!live.ok()) return live.error();
        TRY(drop_owners(dependent, **live, {object.metadata.uid}));
    }
    client_.because("what it owned is let go");
    return drop_finalizer(node, object, kOrphanFinalizer);
}

// upstream: processDeletingDependentsItem
Result<void> GarbageCollector::finish_foreground(const OwnedNode& node, const Object& object) {
    const api::Text& uid = object.metadata.uid;
    bool blocked = false;
    for (const api::Text& dependent : graph_.dependents_of(uid)) {
        const OwnedNode& child = *graph_.find(dependent);
        if (!child.blocks(uid)) continue;
        blocked = true;
        if (!child.deleting_dependents()) wake(dependent, client_.cause().revision);
    }
    if (blocked) return {};
    client_.because("all it owned is gone");
    return drop_finalizer(node, object, kForegroundFinalizer);
}

// Owners that wait for each other would wait for ever.
Result<void> GarbageCollector::break_cycle(const OwnedNode& node, const Object& object) {
    const std::set<api::Text>& dependents = graph_.dependents_of(object.metadata.uid);
    const bool waits = std::any_of(dependents.begin(), dependents.end(), [this](const api::Text& uid) {
        return graph_.find(uid)->deleting_dependents();
    });
    if (!waits) return {};
    std::shared_ptr<Object> next = node.kind->copy(object);
    next->metadata.resourceVersion.clear();
    for (api::OwnerReference& owner : next->metadata.ownerReferences.edit()) owner.blockOwnerDeletion = false;
    return update(*node.kind, std::move(next));
}

Result<void> GarbageCollector::drop_owners(const OwnedNode& node, const Object& object,
                                           const std::vector<std::string>& uids) {
    std::shared_ptr<Object> next = node.kind->copy(object);
    std::erase_if(next->metadata.ownerReferences.edit(), [&](const api::OwnerReference& owner) {
        return std::find(uids.begin(), uids.end(), owner.uid) != uids.end();
    });
    return update(*node.kind, std::move(next));
}

Result<void> GarbageCollector::drop_finalizer(const OwnedNode& node, const Object& object,
                                              std::string_view finalizer) {
    std::shared_ptr<Object> next = node.kind->copy(object);
    std::erase(next->metadata.finalizers.edit(), finalizer);
    return update(*node.kind, std::move(next));
}

Result<void> GarbageCollector::remove(const OwnedNode& node, const Object& object, Propagation propagation) {
    return unless_gone(client_.server().remove(
        *node.kind, node.key(), {.propagation = propagation, .uid = object.metadata.uid}, client_.cause()));
}

Result<void> GarbageCollector::update(const api::Kind& kind, std::shared_ptr<Object> object) {
    const Result<Ref<Object>> written = client_.server().update(kind, std::move(object), client_.cause());
    if (written.ok() || written.error().reason == Reason::NotFound) return {};
    return written.error();
}

}  // namespace kubetab::controllers
