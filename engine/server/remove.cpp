// Server::remove_with: deletion with grace, finalizers and propagation.

#include <algorithm>

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
    std::vector<std::string>& finalizers = object.metadata.finalizers;
    finalizers.erase(std::remove(finalizers.begin(), finalizers.end(), finalizer), finalizers.end());
}

void add_finalizer(Object& object, std::string_view finalizer) {
    std::vector<std::string>& finalizers = object.metadata.finalizers;
    if (std::find(finalizers.begin(), finalizers.end(), finalizer) == finalizers.end()) {
        finalizers.emplace_back(finalizer);
    }
}

// upstream: deletionFinalizersForGarbageCollection
void apply_propagation(Object& object, Propagation propagation) {
    if (propagation == Propagation::Default) return;
    drop_finalizer(object, kOrphan);
    drop_finalizer(object, kForeground);
    if (propagation == Propagation::Orphan) add_finalizer(object, kOrphan);
    if (propagation == Propagation::Foreground) add_finalizer(object, kForeground);
}

// Only pods are deleted gracefully. upstream: podStrategy.CheckGracefulDelete
std::int64_t grace_of(const Kind& kind, const Object& object, const api::DeleteOptions& options) {
    if (&kind != &api::kind_of<api::Pod>()) return 0;
    const auto& pod = static_cast<const api::Pod&>(object);
    if (pod.spec->nodeName.empty() || pod.status.phase == "Succeeded" || pod.status.phase == "Failed") return 0;
    const std::int64_t grace =
        options.grace_period_seconds.value_or(pod.spec->terminationGracePeriodSeconds.value_or(30));
    return grace < 0 ? 1 : grace;
}

Result<void> check_preconditions(const Object& stored, const api::DeleteOptions& options) {
    const bool other_uid = !options.uid.empty() && options.uid != stored.metadata.uid;
    const bool other_version =
        !options.resource_version.empty() && options.resource_version != stored.metadata.resourceVersion;
    if (!other_uid && !other_version) return {};
    const std::string what = other_uid ? "UID" : "ResourceVersion";
    const std::string wanted = other_uid ? options.uid : options.resource_version;
    const std::string found = other_uid ? stored.metadata.uid : stored.metadata.resourceVersion;
    return base::failure(Reason::Conflict, "the " + what + " in the precondition (" + wanted + ") does not match the " +
                                               what + " in record (" + found +
                                               "). The object might have been deleted and then recreated");
}

}  // namespace

// Marks the object as being deleted. True when that changed it.
bool Server::begin_deletion(const Kind& kind, Object& object, const api::DeleteOptions& options) {
    api::ObjectMeta& metadata = object.metadata;
    const std::vector<std::string> finalizers_before = metadata.finalizers;
    apply_propagation(object, options.propagation);
    const std::int64_t grace = grace_of(kind, object, options);
    bool changed = metadata.finalizers != finalizers_before;
    if (!metadata.deletionTimestamp.is_set()) {
        metadata.deletionTimestamp = api::Time(simulation_.now() + sim::seconds(grace));
        metadata.deletionGracePeriodSeconds = grace;
        if (metadata.generation > 0) ++metadata.generation;
        changed = true;
    } else if (grace < metadata.deletionGracePeriodSeconds.value_or(0)) {
        const std::int64_t requested = metadata.deletionTimestamp.seconds - *metadata.deletionGracePeriodSeconds;
        metadata.deletionTimestamp = api::Time::of_seconds(requested + grace);
        metadata.deletionGracePeriodSeconds = grace;
        changed = true;
    }
    if (&kind == &api::kind_of<api::Namespace>()) {
        auto& status = static_cast<api::Namespace&>(object).status;
        changed = changed || status.phase != "Terminating";
        status.phase = "Terminating";
    }
    return changed;
}

Result<Removal> Server::remove_with(const Kind& kind, const ObjectKey& key, const api::DeleteOptions& options,
                                    const Cause& cause, DryRun dry_run) {
    const Ref<Object> stored = TRY(get(kind, key));
    TRY(check_preconditions(*stored, options));
    TRY(admit_delete(kind, key));
    std::shared_ptr<Object> object = kind.copy(*stored);
    const bool changed = begin_deletion(kind, *object, options);

    const bool held_by_namespace = &kind == &api::kind_of<api::Namespace>() &&
                                   !static_cast<const api::Namespace&>(*object).spec.finalizers.empty();
    const bool waits = object->metadata.deletionGracePeriodSeconds.value_or(0) > 0 ||
                       !object->metadata.finalizers.empty() || held_by_namespace;
    if (dry_run == DryRun::Yes) return Removal{Ref<Object>(std::move(object)), !waits};
    if (!waits) return erase(kind, object, cause);
    if (!changed) return Removal{stored, false};
    return Removal{put(kind, std::move(object), cause), false};
}

}  // namespace kubetab::server
