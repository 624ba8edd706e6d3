// What controllers, scheduler, kubelet and tables have to agree on about volumes and claims: annotations,
// classes, modes, and which volume suits which claim. upstream:
// staging/src/k8s.io/component-helpers/storage/volume
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/storage.h"

namespace kubetab::api {

// How a class was named before there was a field for it; it wins over the field.
inline constexpr std::string_view kBetaStorageClass = "volume.beta.kubernetes.io/storage-class";
inline constexpr std::string_view kBindCompleted = "pv.kubernetes.io/bind-completed";
inline constexpr std::string_view kBoundByController = "pv.kubernetes.io/bound-by-controller";
inline constexpr std::string_view kProvisionedBy = "pv.kubernetes.io/provisioned-by";
inline constexpr std::string_view kSelectedNode = "volume.kubernetes.io/selected-node";
inline constexpr std::string_view kStorageProvisioner = "volume.kubernetes.io/storage-provisioner";
inline constexpr std::string_view kBetaStorageProvisioner = "volume.beta.kubernetes.io/storage-provisioner";
// The provisioner that makes nothing: volumes of such a class are made by hand.
inline constexpr std::string_view kNoProvisioner = "kubernetes.io/no-provisioner";

inline constexpr std::string_view kVolumeProtection = "kubernetes.io/pv-protection";
inline constexpr std::string_view kClaimProtection = "kubernetes.io/pvc-protection";

// "RWO,ROX,RWX,RWOP" of those that are there, in this order and once each.
std::string access_modes_text(const std::vector<Text>& modes);
bool has_mode(const std::vector<Text>& modes, std::string_view mode);
// The name of the class; empty when there is none.
std::string class_of(const PersistentVolume& volume);
std::string class_of(const PersistentVolumeClaim& claim);
Quantity capacity_of(const PersistentVolume& volume);
Quantity request_of(const PersistentVolumeClaim& claim);

// The volume is bound to the claim or kept for it.
bool is_for(const PersistentVolume& volume, const PersistentVolumeClaim& claim);
// The binding is done on the claim's side.
bool is_bound(const PersistentVolumeClaim& claim);
// Every mode that the claim wants the volume has.
bool offers_modes(const PersistentVolume& volume, const PersistentVolumeClaim& claim);
bool same_volume_mode(const PersistentVolume& volume, const PersistentVolumeClaim& claim);

// Where a volume is looked for.
struct VolumeSearch {
    // On one node: which volumes can be reached from there. Empty: nobody has chosen a node yet.
    std::function<bool(const PersistentVolume&)> reachable{};
    // Volumes that are promised to other claims.
    const std::set<Text>* taken = nullptr;
    // The claim waits for its first pod: without a node only a volume that is kept for it will do.
    bool delayed = false;
};
// The volume kept for the claim, or else the smallest that suits it; of equal ones the first by name. Null:
// none. `volumes` are ordered by name. upstream: FindMatchingVolume
Ref<PersistentVolume> find_matching_volume(const PersistentVolumeClaim& claim,
                                           const std::vector<Ref<PersistentVolume>>& volumes,
                                           const VolumeSearch& search);

// The class for claims that name none: the newest of those marked as default. Null: there is none.
// upstream: pkg/volume/util/storageclass.go GetDefaultClass
Ref<StorageClass> default_class(const std::vector<Ref<StorageClass>>& classes);
bool is_default_class(const StorageClass& storage_class);

// The claim that a pod's volume stands for; empty when it is none.
std::string claim_name(const ObjectMeta& pod, const Volume& volume);

}  // namespace kubetab::api
