// What controllers, scheduler and tables have to agree on about volumes and claims: classes, modes,
// annotations. upstream: staging/src/k8s.io/component-helpers/storage/volume
#pragma once

#include <string>
#include <vector>

#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"

namespace kubetab::api {

// How a class was named before there was a field for it; it wins over the field.
inline constexpr std::string_view kBetaStorageClass = "volume.beta.kubernetes.io/storage-class";

// "RWO,ROX,RWX,RWOP" of those that are there, in this order and once each.
std::string access_modes_text(const std::vector<Text>& modes);
// The name of the class; empty when there is none.
std::string class_of(const PersistentVolume& volume);
std::string class_of(const PersistentVolumeClaim& claim);

}  // namespace kubetab::api
