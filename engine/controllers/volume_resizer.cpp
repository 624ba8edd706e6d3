#include "engine/controllers/volume_resizer.h"

#include <algorithm>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::PersistentVolume;
using api::PersistentVolumeClaim;
using api::Ref;
using base::Result;
using client::EventType;
using client::Requeue;

constexpr std::string_view kResizing = "Resizing";
constexpr std::string_view kFileSystemPending = "FileSystemResizePending";
constexpr sim::Duration kFileSystemTakes = sim::seconds(1);

bool has_condition(const PersistentVolumeClaim& claim, std::string_view type) {
    return std::any_of(claim.status.conditions.begin(), claim.status.conditions.end(),
                       [type](const auto& condition) { return condition.type == type; });
}

}  // namespace

VolumeResizer::VolumeResizer(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "volume-resizer"),
      claims_(informers.of<PersistentVolumeClaim>()),
      volumes_(informers.of<PersistentVolume>()),
      pods_(informers.of<api::Pod>()),
      expander_(simulation, client_, "volume_expand"),
      resizer_(simulation, client_, "external-resizer") {
    index_by_claim(pods_);
    for (const auto& [key, object] : claims_.objects()) enqueue(key, claims_.revision());
    claims_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted) {
            growing_.erase(change.object->metadata.uid);
        } else {
            enqueue(ObjectKey::of(change.object->metadata), change.revision);
        }
    });
    pods_.on_change([this](const client::Change& change) {
        const auto& pod = static_cast<const api::Pod&>(*change.object);
        for (const api::Volume& volume : pod.spec->volumes) {
            const ObjectKey key{pod.metadata.namespace_, api::claim_name(pod.metadata, volume)};
            const Claim claim = key.name.empty() ? nullptr : claims_.find(key);
            if (claim && has_condition(*claim, kFileSystemPending)) enqueue(key, change.revision);
        }
    });
}

// upstream: syncHandler, expandAndRecover
Result<Requeue> VolumeResizer::reconcile(const ObjectKey& key) {
    const Claim claim = claims_.find(key);
    if (!claim || claim->status.phase != "Bound") return Requeue::none();
    const api::Quantity wanted = request_of(*claim);
    if (!(claim->status.capacity.value_or("storage", {}) < wanted)) return Requeue::none();
    const Volume volume = volumes_.find({"", claim->spec.volumeName});
    if (!volume) return Requeue::none();

    const api::StorageSystem* system = api::storage_system_of(*volume);
    if (has_condition(*claim, kFileSystemPending) && !(capacity_of(*volume) < wanted))
        return grow_file_system(claim, volume);
    Growth& growth = growing_[claim->metadata.uid];
    if (!(growth.wanted == wanted)) {
        growth = {wanted, simulation_.now()};
        expander_.record(*claim, {EventType::Normal,
                                  "ExternalExpanding",
                                  "waiting for an external controller to expand this PVC",
                                  {}});
    }
    if (system == nullptr || !system->traits.grows) return Requeue::none();
    return grow_volume(claim, volume, *system);
}

Result<Requeue> VolumeResizer::grow_volume(const Claim& claim, const Volume& volume,
                                           const api::StorageSystem& system) {
    if (!has_condition(*claim, kResizing)) {
        TRY(set_condition(claim, kResizing, ""));
        resizer_.record(*claim, {EventType::Normal,
                                 "Resizing",
                                 "External resizer is resizing volume " + volume->metadata.name,
                                 {}});
        return Requeue::none();  // The condition wakes us.
    }
    const sim::Instant due = growing_[claim->metadata.uid].begun + system.takes;
    if (simulation_.now() < due) return Requeue::in(due - simulation_.now());
    client_.because("claim " + claim->metadata.name + " asks for more");
    Volume grown = volume;
    if (capacity_of(*volume) < request_of(*claim)) {
        PersistentVolume next = *volume;
        next.spec.capacity["storage"] = request_of(*claim);
        grown = TRY(client_.update(std::move(next)));
    }
    if (!system.traits.attaches) {
        TRY(finish(claim, grown));
        resizer_.record(*claim, {EventType::Normal, "VolumeResizeSuccessful", "Resize volume succeeded", {}});
        return Requeue::none();
    }
    TRY(set_condition(
        claim, kFileSystemPending,
        "Waiting for user to (re-)start a pod to finish file system resize of volume on node."));
    resizer_.record(
        *claim,
        {EventType::Normal, "FileSystemResizeRequired", "Require file system resize of volume on node", {}});
    return Requeue::in(kFileSystemTakes);
}

Ref<api::Pod> VolumeResizer::user_of(const ObjectKey& claim) const {
    for (const Ref<api::Pod>& pod : pods_.by_index(kByClaim, claim.text())) {
        if (pod->status.phase == "Running" && !pod->metadata.deletionTimestamp.is_set()) return pod;
    }
    return nullptr;
}

// upstream: NodeExpandVolume
Result<Requeue> VolumeResizer::grow_file_system(const Claim& claim, const Volume& volume) {
    const Ref<api::Pod> pod = user_of(ObjectKey::of(claim->metadata));
    if (!pod) return Requeue::none();  // A pod that starts wakes us.
    TRY(finish(claim, volume));
    client::EventRecorder kubelet(simulation_, client_, "kubelet", pod->spec->nodeName);
    const client::EventText text{EventType::Normal,
                                 "FileSystemResizeSuccessful",
                                 "MountVolume.NodeExpandVolume succeeded for volume \"" +
                                     volume->metadata.name + "\" " + pod->spec->nodeName,
                                 {}};
    kubelet.record(*pod, text);
    kubelet.record(*claim, text);
    return Requeue::none();
}

// The only condition, since growth goes from one to the next.
Result<void> VolumeResizer::set_condition(const Claim& claim, std::string_view type,
                                          std::string_view message) {
    PersistentVolumeClaim next = *claim;
    api::PersistentVolumeClaimCondition condition;
    condition.type = type;
    condition.status = "True";
    condition.message = message;
    condition.lastTransitionTime = api::Time(simulation_.now());
    next.status.conditions = {condition};
    client_.because("the claim asks for more");
    TRY(client_.update_status(std::move(next)));
    return {};
}

Result<void> VolumeResizer::finish(const Claim& claim, const Volume& volume) {
    PersistentVolumeClaim next = *claim;
    next.status.conditions.clear();
    next.status.capacity["storage"] = capacity_of(*volume);
    client_.because("the volume is bigger now");
    TRY(client_.update_status(std::move(next)));
    growing_.erase(claim->metadata.uid);
    return {};
}

}  // namespace kubetab::controllers
