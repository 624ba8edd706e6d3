// Tables of what is about storage. upstream: pkg/printers/internalversion/printers.go

#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/storage_terms.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

constexpr Column kName{"Name", "string", "name", 0, "The name, unique in its namespace."};
constexpr Column kAge{"Age", "string", "", 0, "Time since the object was created."};
constexpr Column kVolumeMode{"VolumeMode", "string", "", 1, "Filesystem, or Block for a raw device."};
constexpr Column kModes{"Access Modes", "string", "", 0, "Ways to mount the volume."};
constexpr Column kClass{"StorageClass", "string", "", 0, "The class that it belongs to."};
constexpr Column kAttributes{"VolumeAttributesClass", "string", "", 0,
                             "The class of qualities that can change."};
constexpr std::string_view kUnset = "<unset>";

std::string capacity_of(const base::FlatMap<api::Quantity>& resources) {
    const api::Quantity* found = resources.get("storage");
    return found != nullptr ? found->text() : "0";
}

std::string phase_of(const api::Object& object, const std::string& phase) {
    return object.metadata.deletionTimestamp.is_set() ? "Terminating" : phase;
}

Json persistent_volume_cells(const api::Object& object, sim::Instant now) {
    const auto& volume = static_cast<const api::PersistentVolume&>(object);
    const api::PersistentVolumeSpec& spec = volume.spec;
    std::string claim;
    if (spec.claimRef.has_value()) claim = spec.claimRef->namespace_ + "/" + spec.claimRef->name;
    return {volume.metadata.name,
            capacity_of(spec.capacity),
            api::access_modes_text(spec.accessModes),
            spec.persistentVolumeReclaimPolicy,
            phase_of(volume, volume.status.phase),
            claim,
            api::class_of(volume),
            spec.volumeAttributesClassName.value_or(kUnset).str(),
            volume.status.reason,
            age_cell(volume, now),
            spec.volumeMode.value_or(kUnset).str()};
}

Json persistent_volume_claim_cells(const api::Object& object, sim::Instant now) {
    const auto& claim = static_cast<const api::PersistentVolumeClaim&>(object);
    std::string capacity;
    std::string modes;
    // Of a claim without a volume nothing is known yet, whatever its status says.
    if (!claim.spec.volumeName.empty()) {
        modes = api::access_modes_text(claim.status.accessModes);
        capacity = capacity_of(claim.status.capacity);
    }
    return {claim.metadata.name,
            phase_of(claim, claim.status.phase),
            claim.spec.volumeName,
            capacity,
            modes,
            api::class_of(claim),
            claim.spec.volumeAttributesClassName.value_or(kUnset).str(),
            age_cell(claim, now),
            claim.spec.volumeMode.value_or(kUnset).str()};
}

Json storage_class_cells(const api::Object& object, sim::Instant now) {
    const auto& storage_class = static_cast<const api::StorageClass&>(object);
    std::string name = storage_class.metadata.name;
    if (api::is_default_class(storage_class)) name += " (default)";
    return {name,
            storage_class.provisioner,
            storage_class.reclaimPolicy.value_or("Delete").str(),
            storage_class.volumeBindingMode.value_or("Immediate").str(),
            storage_class.allowVolumeExpansion.value_or(false),
            age_cell(storage_class, now)};
}

Json volume_attachment_cells(const api::Object& object, sim::Instant now) {
    const auto& attachment = static_cast<const api::VolumeAttachment&>(object);
    return {attachment.metadata.name,
            attachment.spec.attacher,
            attachment.spec.source.persistentVolumeName.value_or("").str(),
            attachment.spec.nodeName,
            attachment.status.attached,
            age_cell(attachment, now)};
}

Json csi_driver_cells(const api::Object& object, sim::Instant now) {
    const auto& driver = static_cast<const api::CSIDriver&>(object);
    const api::CSIDriverSpec& spec = driver.spec;
    std::string tokens;
    for (const api::CSITokenRequest& token : spec.tokenRequests) {
        tokens.append(tokens.empty() ? "" : ",").append(token.audience);
    }
    std::string modes;
    for (const std::string& mode : spec.volumeLifecycleModes)
        modes.append(modes.empty() ? "" : ",").append(mode);
    return {driver.metadata.name,
            spec.attachRequired.value_or(true),
            spec.podInfoOnMount.value_or(false),
            spec.storageCapacity.value_or(false),
            tokens.empty() ? std::string(kUnset) : tokens,
            spec.requiresRepublish.value_or(false),
            modes.empty() ? std::string("<none>") : modes,
            age_cell(driver, now)};
}

Json csi_node_cells(const api::Object& object, sim::Instant now) {
    const auto& node = static_cast<const api::CSINode&>(object);
    return {node.metadata.name, node.spec.drivers.size(), age_cell(node, now)};
}

}  // namespace

TableKind storage_class_table() {
    return {{kName,
             {"Provisioner", "string", "", 0, "Who makes the volumes."},
             {"ReclaimPolicy", "string", "", 0, "What happens to a volume when its claim is gone."},
             {"VolumeBindingMode", "string", "", 0, "When a volume is made."},
             {"AllowVolumeExpansion", "string", "", 0, "Whether claims may ask for more later."},
             kAge},
            &storage_class_cells};
}

TableKind volume_attachment_table() {
    return {{kName,
             {"Attacher", "string", "", 0, "The driver that attaches it."},
             {"PV", "string", "", 0, "The volume."},
             {"Node", "string", "", 0, "The node."},
             {"Attached", "boolean", "", 0, "Whether it is attached."},
             kAge},
            &volume_attachment_cells};
}

TableKind csi_driver_table() {
    return {{kName,
             {"AttachRequired", "boolean", "", 0, "Whether its volumes are attached before being mounted."},
             {"PodInfoOnMount", "boolean", "", 0, "Whether it is told for which pod it mounts."},
             {"StorageCapacity", "boolean", "", 0, "Whether the scheduler looks at what is left."},
             {"TokenRequests", "string", "", 0, "For whom it gets tokens of the pod's account."},
             {"RequiresRepublish", "boolean", "", 0, "Whether it is asked to mount again and again."},
             {"Modes", "string", "", 0, "Persistent, Ephemeral, or both."},
             kAge},
            &csi_driver_cells};
}

TableKind csi_node_table() {
    return {{kName, {"Drivers", "integer", "", 0, "How many drivers run on the node."}, kAge},
            &csi_node_cells};
}

TableKind persistent_volume_table() {
    return {{kName,
             {"Capacity", "string", "", 0, "How much storage it has."},
             kModes,
             {"Reclaim Policy", "string", "", 0, "What happens when the claim is gone."},
             {"Status", "string", "", 0, "Available, Bound, Released or Failed."},
             {"Claim", "string", "", 0, "The claim that it is bound to or kept for."},
             kClass,
             kAttributes,
             {"Reason", "string", "", 0, "Why it failed."},
             kAge,
             kVolumeMode},
            &persistent_volume_cells};
}

TableKind persistent_volume_claim_table() {
    return {{kName,
             {"Status", "string", "", 0, "Pending, Bound or Lost."},
             {"Volume", "string", "", 0, "The volume that it is bound to."},
             {"Capacity", "string", "", 0, "How much storage the volume has."},
             kModes,
             kClass,
             kAttributes,
             kAge,
             kVolumeMode},
            &persistent_volume_claim_cells};
}

}  // namespace kubetab::server
