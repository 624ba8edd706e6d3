// PersistentVolume: storage that outlives pods. Spelled as in YAML; what a field means stands in the table
// beside it. upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/affinity.h"
#include "engine/api/core/persistent_volume_sources.h"
#include "engine/api/core/volume.h"
#include "engine/api/object.h"

namespace kubetab::api {

struct VolumeNodeAffinity {
    Box<NodeSelector> required{};
};

struct PersistentVolumeSpec {
    std::vector<Text> accessModes{};
    Box<AWSElasticBlockStoreVolumeSource> awsElasticBlockStore{};
    Box<AzureDiskVolumeSource> azureDisk{};
    Box<AzureFilePersistentVolumeSource> azureFile{};
    base::FlatMap<Quantity> capacity{};
    Box<CephFSPersistentVolumeSource> cephfs{};
    Box<CinderPersistentVolumeSource> cinder{};
    Box<ObjectReference> claimRef{};
    Box<CSIPersistentVolumeSource> csi{};
    Box<FCVolumeSource> fc{};
    Box<FlexPersistentVolumeSource> flexVolume{};
    Box<FlockerVolumeSource> flocker{};
    Box<GCEPersistentDiskVolumeSource> gcePersistentDisk{};
    Box<GlusterfsPersistentVolumeSource> glusterfs{};
    Box<HostPathVolumeSource> hostPath{};
    Box<ISCSIPersistentVolumeSource> iscsi{};
    Box<LocalVolumeSource> local{};
    std::vector<Text> mountOptions{};
    Box<NFSVolumeSource> nfs{};
    Box<VolumeNodeAffinity> nodeAffinity{};
    Text persistentVolumeReclaimPolicy{};
    Box<PhotonPersistentDiskVolumeSource> photonPersistentDisk{};
    Box<PortworxVolumeSource> portworxVolume{};
    Box<QuobyteVolumeSource> quobyte{};
    Box<RBDPersistentVolumeSource> rbd{};
    Box<ScaleIOPersistentVolumeSource> scaleIO{};
    Text storageClassName{};
    Box<StorageOSPersistentVolumeSource> storageos{};
    std::optional<Text> volumeAttributesClassName{};
    std::optional<Text> volumeMode{};
    Box<VsphereVirtualDiskVolumeSource> vsphereVolume{};
};

struct PersistentVolumeStatus {
    Time lastPhaseTransitionTime{};
    Text message{};
    Text phase{};
    Text reason{};
};

struct PersistentVolume : Object {
    PersistentVolumeSpec spec{};
    PersistentVolumeStatus status{};
};

template <>
struct Describe<VolumeNodeAffinity> {
    static constexpr std::string_view name = "VolumeNodeAffinity";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeSpec> {
    static constexpr std::string_view name = "PersistentVolumeSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeStatus> {
    static constexpr std::string_view name = "PersistentVolumeStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolume> {
    static constexpr std::string_view name = "PersistentVolume";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<PersistentVolume>();

}  // namespace kubetab::api
