// The volume's side: its phase, and what becomes of it when its claim is gone.
// upstream: pkg/controller/volume/persistentvolume/pv_controller.go [syncVolume, reclaimVolume]
#include "engine/api/codec.h"
#include "engine/api/storage_systems.h"
#include "engine/controllers/volume_binder.h"

namespace kubetab::controllers {
namespace {

using api::PersistentVolume;
using base::Result;
using client::EventType;

constexpr std::string_view kDeletable = "/tmp/";

bool has_ended(const PersistentVolume& volume) {
    return volume.status.phase == "Released" || volume.status.phase == "Failed";
}

bool bound_by_controller(const PersistentVolume& volume) {
    return volume.metadata.annotations.contains(api::kBoundByController);
}

}  // namespace

// upstream: syncVolume
Result<void> VolumeBinder::sync_volume(const Volume& volume) {
    if (!volume->spec.claimRef || volume->spec.claimRef->uid.empty()) {
        TRY(set_phase(volume, "Available"));
        return {};
    }
    return sync_claimed_volume(volume);
}

Result<void> VolumeBinder::sync_claimed_volume(const Volume& volume) {
    const api::ObjectReference& reference = *volume->spec.claimRef;
    Claim claim = claims_.find({reference.namespace_, reference.name});
    // The cache may be behind, and what is reclaimed is gone.
    if (!claim) {
        const Result<Claim> live =
            client_.get<api::PersistentVolumeClaim>({reference.namespace_, reference.name});
        if (live.ok()) claim = *live;
    }
    if (!claim || claim->metadata.uid != reference.uid) {
        const Volume released = has_ended(*volume) ? volume : TRY(set_phase(volume, "Released"));
        return reclaim(released);
    }
    if (claim->spec.volumeName.empty()) {
        if (!same_volume_mode(*volume, *claim)) {
            const std::string message = "Cannot bind PersistentVolume \"" + volume->metadata.name +
                                        "\" to requested PersistentVolumeClaim \"" + claim->metadata.name +
                                        "\" due to incompatible volumeMode.";
            events_.record(*volume, {EventType::Warning, "VolumeMismatch", message, {}});
            record(claim, EventType::Warning, "VolumeMismatch", message);
            return {};
        }
        enqueue(api::ObjectKey::of(claim->metadata), 0);
        return {};
    }
    if (claim->spec.volumeName == volume->metadata.name) {
        TRY(set_phase(volume, "Bound"));
        return {};
    }
    // The claim got another volume.
    const bool made_for_it = volume->metadata.annotations.contains(api::kProvisionedBy);
    if (!made_for_it || volume->spec.persistentVolumeReclaimPolicy != "Delete") return unbind(volume);
    return reclaim(has_ended(*volume) ? volume : TRY(set_phase(volume, "Released")));
}

// upstream: unbindVolume
Result<void> VolumeBinder::unbind(const Volume& volume) {
    PersistentVolume next = *volume;
    if (bound_by_controller(*volume)) {
        next.spec.claimRef.reset();
        next.metadata.annotations.erase(api::kBoundByController);
    } else {
        next.spec.claimRef.edit().uid = "";
    }
    client_.because("its claim has another volume");
    const Volume written = TRY(client_.update(std::move(next)));
    TRY(set_phase(written, "Available"));
    return {};
}

// upstream: reclaimVolume, deleteVolumeOperation
Result<void> VolumeBinder::reclaim(const Volume& volume) {
    const api::Text& policy = volume->spec.persistentVolumeReclaimPolicy;
    if (policy == "Recycle") {
        return fail(
            volume, "VolumeFailedRecycle",
            "recycling is deprecated and not simulated: remove spec.claimRef when the data is no longer "
            "needed");
    }
    if (policy != "Delete") return {};
    // Whoever made it removes it.
    if (volume->metadata.annotations.contains(api::kProvisionedBy)) return {};
    if (!volume->spec.hostPath) {
        return fail(volume, "VolumeFailedDelete",
                    "error getting deleter volume plugin for volume \"" + volume->metadata.name +
                        "\": no deletable volume plugin matched");
    }
    const std::string& path = volume->spec.hostPath->path;
    if (!path.starts_with(kDeletable) || path.size() == kDeletable.size()) {
        return fail(volume, "VolumeFailedDelete",
                    "host_path deleter only supports /tmp/.+ but received provided " + path);
    }
    client_.because("its claim is gone");
    return client_.remove<PersistentVolume>({"", volume->metadata.name});
}

Result<void> VolumeBinder::fail(const Volume& volume, const char* reason, const std::string& message) {
    if (volume->status.phase == "Failed" && volume->status.message == message) return {};
    const Volume written = TRY(set_phase(volume, "Failed", message));
    events_.record(*written, {EventType::Warning, reason, message, {}});
    return {};
}

// upstream: updateVolumePhase
Result<VolumeBinder::Volume> VolumeBinder::set_phase(const Volume& volume, std::string_view phase,
                                                     const std::string& message) {
    if (volume->status.phase == phase && volume->status.message == message) return volume;
    PersistentVolume next = *volume;
    next.status.phase = phase;
    next.status.message = message;
    return client_.update_status(std::move(next));
}

}  // namespace kubetab::controllers
