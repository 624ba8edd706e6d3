#include "engine/api/storage_warnings.h"

#include "engine/api/storage_terms.h"

namespace kubetab::api {
namespace {

using Warnings = std::vector<std::string>;

struct Gone {
    std::string_view source;
    std::string_view text;
};

constexpr Gone kGone[] = {
    {"photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"},
    {"scaleIO", "deprecated in v1.16, non-functional in v1.22+"},
    {"storageos", "deprecated in v1.22, non-functional in v1.25+"},
    {"glusterfs", "deprecated in v1.25, non-functional in v1.26+"},
    {"cephfs", "deprecated in v1.28, non-functional in v1.31+"},
    {"rbd", "deprecated in v1.28, non-functional in v1.31+"},
};

void warn_of_class(const ObjectMeta& metadata, Warnings& warnings) {
    if (!metadata.annotations.contains(kBetaStorageClass)) return;
    warnings.push_back("metadata.annotations[" + std::string(kBetaStorageClass) +
                       "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
}

Warnings volume_warnings(const PersistentVolume& volume) {
    Warnings warnings;
    warn_of_class(volume.metadata, warnings);
    if (volume.spec.persistentVolumeReclaimPolicy == "Recycle") {
        warnings.push_back(
            "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the "
            "recommended approach is to use dynamic provisioning.");
    }
    for (const Gone& gone : kGone) {
        const Field* field = find_field(type_of<PersistentVolumeSpec>(), gone.source);
        if (field == nullptr || !field->type().accessors.has(field->in(&volume.spec))) continue;
        warnings.push_back("spec." + std::string(gone.source) + ": " + std::string(gone.text));
    }
    return warnings;
}

Warnings claim_warnings(const PersistentVolumeClaim& claim) {
    Warnings warnings;
    warn_of_class(claim.metadata, warnings);
    const auto fraction = [&](const base::FlatMap<Quantity>& resources, const char* where) {
        const Quantity* amount = resources.get("storage");
        if (amount == nullptr || amount->milli() % 1000 == 0) return;
        warnings.push_back(std::string("spec.resources.") + where + "[storage]: fractional byte value \"" +
                           amount->text() + "\" is invalid, must be an integer");
    };
    fraction(claim.spec.resources.requests, "requests");
    fraction(claim.spec.resources.limits, "limits");
    return warnings;
}

}  // namespace

std::vector<std::string> storage_warnings(const Kind& kind, const Object& object) {
    if (&kind == &kind_of<PersistentVolume>())
        return volume_warnings(static_cast<const PersistentVolume&>(object));
    if (&kind == &kind_of<PersistentVolumeClaim>())
        return claim_warnings(static_cast<const PersistentVolumeClaim&>(object));
    return {};
}

}  // namespace kubetab::api
