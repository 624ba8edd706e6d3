// Volumes and claims.
// upstream: pkg/registry/core/persistentvolume/strategy.go,
// pkg/registry/core/persistentvolumeclaim/strategy.go

#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

base::Result<void> prepare_volume(Server& server, api::Object& object) {
    auto& volume = static_cast<api::PersistentVolume&>(object);
    volume.status.phase = "Pending";
    volume.status.lastPhaseTransitionTime = server.now();
    volume.spec.volumeAttributesClassName.reset();
    return {};
}

base::Result<void> prepare_volume_update(Server& server, api::Object& object, const api::Object& stored,
                                         Endpoint endpoint) {
    if (endpoint != Endpoint::Status) return {};
    api::PersistentVolumeStatus& status = static_cast<api::PersistentVolume&>(object).status;
    const api::PersistentVolumeStatus& before = static_cast<const api::PersistentVolume&>(stored).status;
    api::Time& changed = status.lastPhaseTransitionTime;
    if (status.phase == before.phase) {
        if (!changed.is_set()) changed = before.lastPhaseTransitionTime;
    } else if (!changed.is_set() || changed == before.lastPhaseTransitionTime) {
        changed = server.now();
    }
    return {};
}

// Both fields say the same, whichever was given. upstream: NormalizeDataSources
void align_data_sources(api::PersistentVolumeClaimSpec& spec) {
    if (spec.dataSource && !spec.dataSourceRef) {
        const std::string group = spec.dataSource->apiGroup.value_or("");
        const bool claim = group.empty() && spec.dataSource->kind == "PersistentVolumeClaim";
        const bool snapshot = group == "snapshot.storage.k8s.io" && spec.dataSource->kind == "VolumeSnapshot";
        if (!claim && !snapshot) spec.dataSource.reset();
    }
    if (spec.dataSourceRef && spec.dataSourceRef->namespace_) spec.dataSourceRef.reset();
    if (spec.dataSource && !spec.dataSourceRef) {
        spec.dataSourceRef = api::TypedObjectReference{
            spec.dataSource->apiGroup, spec.dataSource->kind, spec.dataSource->name, {}};
    } else if (spec.dataSourceRef && !spec.dataSource) {
        spec.dataSource = api::TypedLocalObjectReference{spec.dataSourceRef->apiGroup,
                                                         spec.dataSourceRef->kind, spec.dataSourceRef->name};
    }
}

base::Result<void> prepare_claim(Server&, api::Object& object) {
    auto& claim = static_cast<api::PersistentVolumeClaim&>(object);
    claim.status.phase = "Pending";
    claim.spec.volumeAttributesClassName.reset();
    align_data_sources(claim.spec);
    return {};
}

base::Result<void> prepare_claim_update(Server&, api::Object& object, const api::Object& stored,
                                        Endpoint endpoint) {
    auto& claim = static_cast<api::PersistentVolumeClaim&>(object);
    const auto& before = static_cast<const api::PersistentVolumeClaim&>(stored);
    if (endpoint == Endpoint::Status) {
        claim.status.currentVolumeAttributesClassName = before.status.currentVolumeAttributesClassName;
        claim.status.modifyVolumeStatus = before.status.modifyVolumeStatus;
        return {};
    }
    if (!before.spec.volumeAttributesClassName) claim.spec.volumeAttributesClassName.reset();
    if (!before.spec.dataSource && !before.spec.dataSourceRef) align_data_sources(claim.spec);
    return {};
}

}  // namespace

const Strategy kPersistentVolumeStrategy{&prepare_volume, &prepare_volume_update, nullptr, nullptr};
const Strategy kClaimStrategy{&prepare_claim, &prepare_claim_update, nullptr, nullptr};

}  // namespace kubetab::server
