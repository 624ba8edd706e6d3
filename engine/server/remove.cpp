// Server::remove_with: deletion with grace, finalizers and propagation.

#include <algorithm>

#include "engine/api/batch.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/server/admission.h"
#include "engine/server/server.h"

namespace kubetab::server {

using api::Cause;
using api::Kind;
using api::Object;
using api::ObjectKey;
using api::Propagation;
using api::Ref;
using base::Reason;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kOrphan = "orphan";
constexpr std::string_view kForeground = "foregroundDeletion";

void drop_finalizer(Object& object, std::string_view finalizer) {
    if (!object.metadata.finalizers.empty()) std::erase(object.metadata.finalizers.edit(), finalizer);
}

bool has_finalizer(const Object& object, std::string_view finalizer) {
    const api::Texts& finalizers = object.metadata.finalizers;
    return std::find(finalizers.begin(), finalizers.end(), finalizer) != finalizers.end();
}

void add_finalizer(Object& object, std::string_view finalizer) {
    if (!has_finalizer(object, finalizer)) object.metadata.finalizers.emplace_back(finalizer);
}

// What these leave behind when a delete says nothing, since before there was a garbage collector.
// upstream: pkg/registry/core/replicationcontroller/strategy.go, pkg/registry/batch/job/strategy.go
// [DefaultGarbageCollectionPolicy]
bool orphans_by_default(const Kind& kind) {
    return &kind == &api::kind_of<api::ReplicationController>() || &kind == &api::kind_of<api::Job>();
}

// upstream: deletionFinalizersForGarbageCollection
void apply_propagation(const Kind& kind, Object& object, Propagation propagation) {
    if (propagation == Propagation::Default) {
        if (!orphans_by_default(kind) || has_finalizer(object, kForeground)) return;
        propagation = Propagation::Orphan;
    }
    drop_finalizer(object, kOrphan);
    drop_finalizer(object, kForeground);
    if (propagation == Propagation::Orphan) add_finalizer(object, kOrphan);
    if (propagation == Propagation::Foreground) add_finalizer(object, kForeground);
}

// The objects of the definition go first. upstream: pkg/registry/customresourcedefinition/etcd.go [Delete]
void mark_definition(Object& object, api::Time now) {
    add_finalizer(object, api::kCustomResourceCleanup);
    api::CustomResourceDefinitionCondition terminating;
    terminating.type = "Terminating";
    terminating.status = "True";
    terminating.reason = "InstanceDeletionPending";
    terminating.message =
        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon";
    api::set_condition(static_cast<api::CustomResourceDefinition&>(object), std::move(terminating), now);
}

bool ends_gracefully(const Kind& kind) {
    return &kind == &api::kind_of<api::Pod>();
}

std::int64_t at_least_one(std::int64_t grace) {
    return grace < 0 ? 1 : grace;
}

// Only pods are deleted gracefully. upstream: podStrategy.CheckGracefulDelete
std::int64_t grace_of(const Kind& kind, const Object& object, const api::DeleteOptions& options) {
    if (!ends_gracefully(kind)) return 0;
    const auto& pod = static_cast<const api::Pod&>(object);
    if (pod.spec->nodeName.empty() || pod.status.phase == "Succeeded" || pod.status.phase == "Failed")
        return 0;
    return at_least_one(
        options.grace_period_seconds.value_or(pod.spec->shared->terminationGracePeriodSeconds.value_or(30)));
}

// A deletion that is under way can only be hurried. True when it was. upstream: rest.BeforeDelete
bool shorten_grace(const Kind& kind, api::ObjectMeta& metadata, const api::DeleteOptions& options) {
    const std::int64_t before = metadata.deletionGracePeriodSeconds.value_or(0);
    if (!ends_gracefully(kind) || !options.grace_period_seconds) return false;
    const std::int64_t grace = at_least_one(*options.grace_period_seconds);
    if (grace >= before) return false;
    metadata.deletionTimestamp = api::Time::of_seconds(metadata.deletionTimestamp.seconds - before + grace);
    metadata.deletionGracePeriodSeconds = grace;
    return true;
}

Result<void> check_preconditions(const Object& stored, const api::DeleteOptions& options) {
    const bool other_uid = !options.uid.empty() && options.uid != stored.metadata.uid;
    const bool other_version =
        !options.resource_version.empty() && options.resource_version != stored.metadata.resourceVersion;
    if (!other_uid && !other_version) return {};
    const std::string what = other_uid ? "UID" : "ResourceVersion";
    const std::string wanted = other_uid ? options.uid : options.resource_version;
    const std::string found = other_uid ? stored.metadata.uid : stored.metadata.resourceVersion;
    return base::failure(Reason::Conflict, "the " + what + " in the precondition (" + wanted +
                                               ") does not match the " + what + " in record (" + found +
                                               "). The object might have been deleted and then recreated");
}

}  // namespace

// Marks the object as being deleted. True when that changed it.
bool Server::begin_deletion(const Kind& kind, Object& object, const api::DeleteOptions& options) {
    api::ObjectMeta& metadata = object.metadata;
    bool changed = false;
    if (!metadata.deletionTimestamp.is_set()) {
        const std::int64_t grace = grace_of(kind, object, options);
        metadata.deletionTimestamp = api::Time(simulation_.now() + sim::seconds(grace));
        // upstream: pkg/registry/core/namespace/storage/storage.go Delete, which says nothing of grace
        if (&kind != &api::kind_of<api::Namespace>()) metadata.deletionGracePeriodSeconds = grace;
        if (metadata.generation > 0) ++metadata.generation;
        if (&kind == &api::kind_of<api::CustomResourceDefinition>()) mark_definition(object, now());
        changed = true;
    } else {
        changed = shorten_grace(kind, metadata, options);
        if (!changed && ends_gracefully(kind)) return false;
    }
    const api::Texts finalizers_before = metadata.finalizers;
    apply_propagation(kind, object, options.propagation);
    changed = changed || metadata.finalizers != finalizers_before;
    if (&kind == &api::kind_of<api::Namespace>()) {
        auto& status = static_cast<api::Namespace&>(object).status;
        changed = changed || status.phase != "Terminating";
        status.phase = "Terminating";
    }
    return changed;
}

Result<Removal> Server::remove_with(const Kind& kind, const ObjectKey& key, const api::DeleteOptions& options,
                                    const Cause& cause, const WriteOptions& write) {
    const Ref<Object> stored = TRY(get(kind, key));
    TRY(check_preconditions(*stored, options));
    std::shared_ptr<Object> object = kind.copy(*stored);
    TRY(admit_delete({.server = *this,
                      .operation = Operation::Delete,
                      .kind = kind,
                      .object = *object,
                      .options = write}));
    const bool changed = begin_deletion(kind, *object, options);

    const bool held_by_namespace = &kind == &api::kind_of<api::Namespace>() &&
                                   !static_cast<const api::Namespace&>(*object).spec.finalizers.empty();
    const bool waits = object->metadata.deletionGracePeriodSeconds.value_or(0) > 0 ||
                       !object->metadata.finalizers.empty() || held_by_namespace;
    if (write.dry_run == DryRun::Yes) return Removal{Ref<Object>(std::move(object)), !waits};
    if (!waits) {
        // What goes at once was never marked. upstream: Store.Delete, which marks what has to wait
        if (!ends_gracefully(kind) && !stored->metadata.deletionTimestamp.is_set())
            object = kind.copy(*stored);
        return erase(kind, object, cause);
    }
    if (!changed) return Removal{stored, false};
    return Removal{put(kind, std::move(object), cause), false};
}

}  // namespace kubetab::server
