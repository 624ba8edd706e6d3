// Volumes and their sources. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/reference.h"
#include "engine/api/meta.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct AWSElasticBlockStoreVolumeSource {
    Text fsType{};
    std::int32_t partition{};
    bool readOnly{};
    Text volumeID{};
};

struct AzureDiskVolumeSource {
    std::optional<Text> cachingMode{};
    Text diskName{};
    Text diskURI{};
    std::optional<Text> fsType{};
    std::optional<Text> kind{};
    std::optional<bool> readOnly{};
};

struct AzureFileVolumeSource {
    bool readOnly{};
    Text secretName{};
    Text shareName{};
};

struct CephFSVolumeSource {
    std::vector<Text> monitors{};
    Text path{};
    bool readOnly{};
    Text secretFile{};
    Box<LocalObjectReference> secretRef{};
    Text user{};
};

struct CinderVolumeSource {
    Text fsType{};
    bool readOnly{};
    Box<LocalObjectReference> secretRef{};
    Text volumeID{};
};

struct ConfigMapVolumeSource {
    std::optional<std::int32_t> defaultMode{};
    std::vector<KeyToPath> items{};
    Text name{};
    std::optional<bool> optional{};
};

struct CSIVolumeSource {
    Text driver{};
    std::optional<Text> fsType{};
    Box<LocalObjectReference> nodePublishSecretRef{};
    std::optional<bool> readOnly{};
    base::StringMap volumeAttributes{};
};

struct DownwardAPIVolumeFile {
    Box<ObjectFieldSelector> fieldRef{};
    std::optional<std::int32_t> mode{};
    Text path{};
    Box<ResourceFieldSelector> resourceFieldRef{};
};

struct DownwardAPIVolumeSource {
    std::optional<std::int32_t> defaultMode{};
    std::vector<DownwardAPIVolumeFile> items{};
};

struct EmptyDirVolumeSource {
    Text medium{};
    std::optional<Quantity> sizeLimit{};
};

struct VolumeResourceRequirements {
    base::FlatMap<Quantity> limits{};
    base::FlatMap<Quantity> requests{};
};

struct PersistentVolumeClaimSpec {
    std::vector<Text> accessModes{};
    Box<TypedLocalObjectReference> dataSource{};
    Box<TypedObjectReference> dataSourceRef{};
    VolumeResourceRequirements resources{};
    Box<LabelSelector> selector{};
    std::optional<Text> storageClassName{};
    std::optional<Text> volumeAttributesClassName{};
    std::optional<Text> volumeMode{};
    Text volumeName{};
};

struct PersistentVolumeClaimTemplate {
    ObjectMeta metadata{};
    PersistentVolumeClaimSpec spec{};
};

struct EphemeralVolumeSource {
    Box<PersistentVolumeClaimTemplate> volumeClaimTemplate{};
};

struct FCVolumeSource {
    Text fsType{};
    std::int32_t lun{};
    bool readOnly{};
    std::vector<Text> targetWWNs{};
    std::vector<Text> wwids{};
};

struct FlexVolumeSource {
    Text driver{};
    Text fsType{};
    base::StringMap options{};
    bool readOnly{};
    Box<LocalObjectReference> secretRef{};
};

struct FlockerVolumeSource {
    Text datasetName{};
    Text datasetUUID{};
};

struct GCEPersistentDiskVolumeSource {
    Text fsType{};
    std::int32_t partition{};
    Text pdName{};
    bool readOnly{};
};

struct GitRepoVolumeSource {
    Text directory{};
    Text repository{};
    Text revision{};
};

struct GlusterfsVolumeSource {
    Text endpoints{};
    Text path{};
    bool readOnly{};
};

struct HostPathVolumeSource {
    Text path{};
    std::optional<Text> type{};
};

struct ImageVolumeSource {
    Text pullPolicy{};
    Text reference{};
};

struct ISCSIVolumeSource {
    bool chapAuthDiscovery{};
    bool chapAuthSession{};
    Text fsType{};
    std::optional<Text> initiatorName{};
    Text iqn{};
    Text iscsiInterface{};
    std::int32_t lun{};
    std::vector<Text> portals{};
    bool readOnly{};
    Box<LocalObjectReference> secretRef{};
    Text targetPortal{};
};

struct NFSVolumeSource {
    Text path{};
    bool readOnly{};
    Text server{};
};

struct PersistentVolumeClaimVolumeSource {
    Text claimName{};
    bool readOnly{};
};

struct PhotonPersistentDiskVolumeSource {
    Text fsType{};
    Text pdID{};
};

struct PortworxVolumeSource {
    Text fsType{};
    bool readOnly{};
    Text volumeID{};
};

struct ClusterTrustBundleProjection {
    Box<LabelSelector> labelSelector{};
    std::optional<Text> name{};
    std::optional<bool> optional{};
    Text path{};
    std::optional<Text> signerName{};
};

struct ConfigMapProjection {
    std::vector<KeyToPath> items{};
    Text name{};
    std::optional<bool> optional{};
};

struct DownwardAPIProjection {
    std::vector<DownwardAPIVolumeFile> items{};
};

struct SecretProjection {
    std::vector<KeyToPath> items{};
    Text name{};
    std::optional<bool> optional{};
};

struct ServiceAccountTokenProjection {
    Text audience{};
    std::optional<std::int64_t> expirationSeconds{};
    Text path{};
};

struct VolumeProjection {
    Box<ClusterTrustBundleProjection> clusterTrustBundle{};
    Box<ConfigMapProjection> configMap{};
    Box<DownwardAPIProjection> downwardAPI{};
    Box<SecretProjection> secret{};
    Box<ServiceAccountTokenProjection> serviceAccountToken{};
};

struct ProjectedVolumeSource {
    std::optional<std::int32_t> defaultMode{};
    std::vector<VolumeProjection> sources{};
};

struct QuobyteVolumeSource {
    Text group{};
    bool readOnly{};
    Text registry{};
    Text tenant{};
    Text user{};
    Text volume{};
};

struct RBDVolumeSource {
    Text fsType{};
    Text image{};
    Text keyring{};
    std::vector<Text> monitors{};
    Text pool{};
    bool readOnly{};
    Box<LocalObjectReference> secretRef{};
    Text user{};
};

struct ScaleIOVolumeSource {
    Text fsType{};
    Text gateway{};
    Text protectionDomain{};
    bool readOnly{};
    Box<LocalObjectReference> secretRef{};
    bool sslEnabled{};
    Text storageMode{};
    Text storagePool{};
    Text system{};
    Text volumeName{};
};

struct SecretVolumeSource {
    std::optional<std::int32_t> defaultMode{};
    std::vector<KeyToPath> items{};
    std::optional<bool> optional{};
    Text secretName{};
};

struct StorageOSVolumeSource {
    Text fsType{};
    bool readOnly{};
    Box<LocalObjectReference> secretRef{};
    Text volumeName{};
    Text volumeNamespace{};
};

struct VsphereVirtualDiskVolumeSource {
    Text fsType{};
    Text storagePolicyID{};
    Text storagePolicyName{};
    Text volumePath{};
};

// One of its fields is set.
struct VolumeSource {
    Box<AWSElasticBlockStoreVolumeSource> awsElasticBlockStore{};
    Box<AzureDiskVolumeSource> azureDisk{};
    Box<AzureFileVolumeSource> azureFile{};
    Box<CephFSVolumeSource> cephfs{};
    Box<CinderVolumeSource> cinder{};
    Box<ConfigMapVolumeSource> configMap{};
    Box<CSIVolumeSource> csi{};
    Box<DownwardAPIVolumeSource> downwardAPI{};
    Box<EmptyDirVolumeSource> emptyDir{};
    Box<EphemeralVolumeSource> ephemeral{};
    Box<FCVolumeSource> fc{};
    Box<FlexVolumeSource> flexVolume{};
    Box<FlockerVolumeSource> flocker{};
    Box<GCEPersistentDiskVolumeSource> gcePersistentDisk{};
    Box<GitRepoVolumeSource> gitRepo{};
    Box<GlusterfsVolumeSource> glusterfs{};
    Box<HostPathVolumeSource> hostPath{};
    Box<ImageVolumeSource> image{};
    Box<ISCSIVolumeSource> iscsi{};
    Box<NFSVolumeSource> nfs{};
    Box<PersistentVolumeClaimVolumeSource> persistentVolumeClaim{};
    Box<PhotonPersistentDiskVolumeSource> photonPersistentDisk{};
    Box<PortworxVolumeSource> portworxVolume{};
    Box<ProjectedVolumeSource> projected{};
    Box<QuobyteVolumeSource> quobyte{};
    Box<RBDVolumeSource> rbd{};
    Box<ScaleIOVolumeSource> scaleIO{};
    Box<SecretVolumeSource> secret{};
    Box<StorageOSVolumeSource> storageos{};
    Box<VsphereVirtualDiskVolumeSource> vsphereVolume{};
};

struct Volume {
    Text name{};
    Box<VolumeSource> source{};
};

template <>
struct Describe<AWSElasticBlockStoreVolumeSource> {
    static constexpr std::string_view name = "AWSElasticBlockStoreVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<AzureDiskVolumeSource> {
    static constexpr std::string_view name = "AzureDiskVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<AzureFileVolumeSource> {
    static constexpr std::string_view name = "AzureFileVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CephFSVolumeSource> {
    static constexpr std::string_view name = "CephFSVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CinderVolumeSource> {
    static constexpr std::string_view name = "CinderVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ConfigMapVolumeSource> {
    static constexpr std::string_view name = "ConfigMapVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSIVolumeSource> {
    static constexpr std::string_view name = "CSIVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DownwardAPIVolumeFile> {
    static constexpr std::string_view name = "DownwardAPIVolumeFile";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DownwardAPIVolumeSource> {
    static constexpr std::string_view name = "DownwardAPIVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EmptyDirVolumeSource> {
    static constexpr std::string_view name = "EmptyDirVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeResourceRequirements> {
    static constexpr std::string_view name = "VolumeResourceRequirements";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeClaimSpec> {
    static constexpr std::string_view name = "PersistentVolumeClaimSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeClaimTemplate> {
    static constexpr std::string_view name = "PersistentVolumeClaimTemplate";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EphemeralVolumeSource> {
    static constexpr std::string_view name = "EphemeralVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FCVolumeSource> {
    static constexpr std::string_view name = "FCVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlexVolumeSource> {
    static constexpr std::string_view name = "FlexVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlockerVolumeSource> {
    static constexpr std::string_view name = "FlockerVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<GCEPersistentDiskVolumeSource> {
    static constexpr std::string_view name = "GCEPersistentDiskVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<GitRepoVolumeSource> {
    static constexpr std::string_view name = "GitRepoVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<GlusterfsVolumeSource> {
    static constexpr std::string_view name = "GlusterfsVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HostPathVolumeSource> {
    static constexpr std::string_view name = "HostPathVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ImageVolumeSource> {
    static constexpr std::string_view name = "ImageVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ISCSIVolumeSource> {
    static constexpr std::string_view name = "ISCSIVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NFSVolumeSource> {
    static constexpr std::string_view name = "NFSVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeClaimVolumeSource> {
    static constexpr std::string_view name = "PersistentVolumeClaimVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PhotonPersistentDiskVolumeSource> {
    static constexpr std::string_view name = "PhotonPersistentDiskVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PortworxVolumeSource> {
    static constexpr std::string_view name = "PortworxVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ClusterTrustBundleProjection> {
    static constexpr std::string_view name = "ClusterTrustBundleProjection";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ConfigMapProjection> {
    static constexpr std::string_view name = "ConfigMapProjection";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DownwardAPIProjection> {
    static constexpr std::string_view name = "DownwardAPIProjection";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SecretProjection> {
    static constexpr std::string_view name = "SecretProjection";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ServiceAccountTokenProjection> {
    static constexpr std::string_view name = "ServiceAccountTokenProjection";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeProjection> {
    static constexpr std::string_view name = "VolumeProjection";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ProjectedVolumeSource> {
    static constexpr std::string_view name = "ProjectedVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<QuobyteVolumeSource> {
    static constexpr std::string_view name = "QuobyteVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<RBDVolumeSource> {
    static constexpr std::string_view name = "RBDVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ScaleIOVolumeSource> {
    static constexpr std::string_view name = "ScaleIOVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SecretVolumeSource> {
    static constexpr std::string_view name = "SecretVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StorageOSVolumeSource> {
    static constexpr std::string_view name = "StorageOSVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VsphereVirtualDiskVolumeSource> {
    static constexpr std::string_view name = "VsphereVirtualDiskVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Volume> {
    static constexpr std::string_view name = "Volume";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
