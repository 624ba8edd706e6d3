// Validation of PersistentVolume and PersistentVolumeClaim.
// upstream: pkg/apis/core/validation/validation.go
#pragma once

#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_persistent_volume(const PersistentVolume& object, Errors& errors);
void validate_persistent_volume_update(const PersistentVolume& now, const PersistentVolume& old,
                                       Errors& errors);
void validate_claim(const PersistentVolumeClaim& object, Errors& errors);
void validate_claim_update(const PersistentVolumeClaim& now, const PersistentVolumeClaim& old,
                           Errors& errors);
// A claim's spec at `path`, in a claim or in a template for one.
void validate_claim_spec(const PersistentVolumeClaimSpec& spec, const Path& path, Errors& errors);

// What volumes and claims have in common.
void validate_access_modes(const std::vector<Text>& modes, const Path& path, Errors& errors);
void validate_storage_amount(const Quantity& amount, const Path& path, Errors& errors);
void validate_volume_mode(const std::optional<Text>& mode, const Path& path, Errors& errors);
// The name of a CSI driver.
void validate_driver_name(const std::string& name, const Path& path, Errors& errors);

}  // namespace kubetab::api
