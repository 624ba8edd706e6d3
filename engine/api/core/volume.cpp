#include "engine/api/core/volume.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<AWSElasticBlockStoreVolumeSource>::doc = "";

std::span<const Field> Describe<AWSElasticBlockStoreVolumeSource>::fields() {
    using T = AWSElasticBlockStoreVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("partition", &T::partition),
        field<T>("readOnly", &T::readOnly),
        field<T>("volumeID", &T::volumeID).required().always(),
    };
    return table;
}

const std::string_view Describe<AzureDiskVolumeSource>::doc = "";

std::span<const Field> Describe<AzureDiskVolumeSource>::fields() {
    using T = AzureDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("cachingMode", &T::cachingMode).preset(R"("ReadWrite")"),
        field<T>("diskName", &T::diskName).required().always(),
        field<T>("diskURI", &T::diskURI).required().always(),
        field<T>("fsType", &T::fsType).preset(R"("ext4")"),
        field<T>("kind", &T::kind).preset(R"("Shared")"),
        field<T>("readOnly", &T::readOnly).preset("false"),
    };
    return table;
}

const std::string_view Describe<AzureFileVolumeSource>::doc = "";

std::span<const Field> Describe<AzureFileVolumeSource>::fields() {
    using T = AzureFileVolumeSource;
    static const std::vector<Field> table{
        field<T>("readOnly", &T::readOnly),
        field<T>("secretName", &T::secretName).required().always(),
        field<T>("shareName", &T::shareName).required().always(),
    };
    return table;
}

const std::string_view Describe<CephFSVolumeSource>::doc = "";

std::span<const Field> Describe<CephFSVolumeSource>::fields() {
    using T = CephFSVolumeSource;
    static const std::vector<Field> table{
        field<T>("monitors", &T::monitors).required().always(),
        field<T>("path", &T::path),
        field<T>("readOnly", &T::readOnly),
        field<T>("secretFile", &T::secretFile),
        field<T>("secretRef", &T::secretRef),
        field<T>("user", &T::user),
    };
    return table;
}

const std::string_view Describe<CinderVolumeSource>::doc = "";

std::span<const Field> Describe<CinderVolumeSource>::fields() {
    using T = CinderVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("readOnly", &T::readOnly),
        field<T>("secretRef", &T::secretRef),
        field<T>("volumeID", &T::volumeID).required().always(),
    };
    return table;
}

const std::string_view Describe<ConfigMapVolumeSource>::doc = "";

std::span<const Field> Describe<ConfigMapVolumeSource>::fields() {
    using T = ConfigMapVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420"),
        field<T>("items", &T::items),
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
    };
    return table;
}

const std::string_view Describe<CSIVolumeSource>::doc = "";

std::span<const Field> Describe<CSIVolumeSource>::fields() {
    using T = CSIVolumeSource;
    static const std::vector<Field> table{
        field<T>("driver", &T::driver).required().always(),
        field<T>("fsType", &T::fsType),
        field<T>("nodePublishSecretRef", &T::nodePublishSecretRef),
        field<T>("readOnly", &T::readOnly),
        field<T>("volumeAttributes", &T::volumeAttributes),
    };
    return table;
}

const std::string_view Describe<DownwardAPIVolumeFile>::doc = "";

std::span<const Field> Describe<DownwardAPIVolumeFile>::fields() {
    using T = DownwardAPIVolumeFile;
    static const std::vector<Field> table{
        field<T>("fieldRef", &T::fieldRef),
        field<T>("mode", &T::mode),
        field<T>("path", &T::path).required().always(),
        field<T>("resourceFieldRef", &T::resourceFieldRef),
    };
    return table;
}

const std::string_view Describe<DownwardAPIVolumeSource>::doc = "";

std::span<const Field> Describe<DownwardAPIVolumeSource>::fields() {
    using T = DownwardAPIVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420"),
        field<T>("items", &T::items),
    };
    return table;
}

const std::string_view Describe<EmptyDirVolumeSource>::doc = "";

std::span<const Field> Describe<EmptyDirVolumeSource>::fields() {
    using T = EmptyDirVolumeSource;
    static const std::vector<Field> table{
        field<T>("medium", &T::medium),
        field<T>("sizeLimit", &T::sizeLimit),
    };
    return table;
}

const std::string_view Describe<VolumeResourceRequirements>::doc = "";

std::span<const Field> Describe<VolumeResourceRequirements>::fields() {
    using T = VolumeResourceRequirements;
    static const std::vector<Field> table{
        field<T>("limits", &T::limits),
        field<T>("requests", &T::requests),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimSpec>::doc = "";

std::span<const Field> Describe<PersistentVolumeClaimSpec>::fields() {
    using T = PersistentVolumeClaimSpec;
    static const std::vector<Field> table{
        field<T>("accessModes", &T::accessModes),
        field<T>("dataSource", &T::dataSource),
        field<T>("dataSourceRef", &T::dataSourceRef),
        field<T>("resources", &T::resources),
        field<T>("selector", &T::selector),
        field<T>("storageClassName", &T::storageClassName),
        field<T>("volumeAttributesClassName", &T::volumeAttributesClassName),
        field<T>("volumeMode", &T::volumeMode).preset(R"("Filesystem")"),
        field<T>("volumeName", &T::volumeName),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimTemplate>::doc = "";

std::span<const Field> Describe<PersistentVolumeClaimTemplate>::fields() {
    using T = PersistentVolumeClaimTemplate;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec).required(),
    };
    return table;
}

const std::string_view Describe<EphemeralVolumeSource>::doc = "";

std::span<const Field> Describe<EphemeralVolumeSource>::fields() {
    using T = EphemeralVolumeSource;
    static const std::vector<Field> table{
        field<T>("volumeClaimTemplate", &T::volumeClaimTemplate),
    };
    return table;
}

const std::string_view Describe<FCVolumeSource>::doc = "";

std::span<const Field> Describe<FCVolumeSource>::fields() {
    using T = FCVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("lun", &T::lun),
        field<T>("readOnly", &T::readOnly),
        field<T>("targetWWNs", &T::targetWWNs),
        field<T>("wwids", &T::wwids),
    };
    return table;
}

const std::string_view Describe<FlexVolumeSource>::doc = "";

std::span<const Field> Describe<FlexVolumeSource>::fields() {
    using T = FlexVolumeSource;
    static const std::vector<Field> table{
        field<T>("driver", &T::driver).required().always(),
        field<T>("fsType", &T::fsType),
        field<T>("options", &T::options),
        field<T>("readOnly", &T::readOnly),
        field<T>("secretRef", &T::secretRef),
    };
    return table;
}

const std::string_view Describe<FlockerVolumeSource>::doc = "";

std::span<const Field> Describe<FlockerVolumeSource>::fields() {
    using T = FlockerVolumeSource;
    static const std::vector<Field> table{
        field<T>("datasetName", &T::datasetName),
        field<T>("datasetUUID", &T::datasetUUID),
    };
    return table;
}

const std::string_view Describe<GCEPersistentDiskVolumeSource>::doc = "";

std::span<const Field> Describe<GCEPersistentDiskVolumeSource>::fields() {
    using T = GCEPersistentDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("partition", &T::partition),
        field<T>("pdName", &T::pdName).required().always(),
        field<T>("readOnly", &T::readOnly),
    };
    return table;
}

const std::string_view Describe<GitRepoVolumeSource>::doc = "";

std::span<const Field> Describe<GitRepoVolumeSource>::fields() {
    using T = GitRepoVolumeSource;
    static const std::vector<Field> table{
        field<T>("directory", &T::directory),
        field<T>("repository", &T::repository).required().always(),
        field<T>("revision", &T::revision),
    };
    return table;
}

const std::string_view Describe<GlusterfsVolumeSource>::doc = "";

std::span<const Field> Describe<GlusterfsVolumeSource>::fields() {
    using T = GlusterfsVolumeSource;
    static const std::vector<Field> table{
        field<T>("endpoints", &T::endpoints).required().always(),
        field<T>("path", &T::path).required().always(),
        field<T>("readOnly", &T::readOnly),
    };
    return table;
}

const std::string_view Describe<HostPathVolumeSource>::doc = "";

std::span<const Field> Describe<HostPathVolumeSource>::fields() {
    using T = HostPathVolumeSource;
    static const std::vector<Field> table{
        field<T>("path", &T::path).required().always(),
        field<T>("type", &T::type).preset(R"("")"),
    };
    return table;
}

const std::string_view Describe<ImageVolumeSource>::doc = "";

std::span<const Field> Describe<ImageVolumeSource>::fields() {
    using T = ImageVolumeSource;
    static const std::vector<Field> table{
        field<T>("pullPolicy", &T::pullPolicy),
        field<T>("reference", &T::reference),
    };
    return table;
}

const std::string_view Describe<ISCSIVolumeSource>::doc = "";

std::span<const Field> Describe<ISCSIVolumeSource>::fields() {
    using T = ISCSIVolumeSource;
    static const std::vector<Field> table{
        field<T>("chapAuthDiscovery", &T::chapAuthDiscovery),
        field<T>("chapAuthSession", &T::chapAuthSession),
        field<T>("fsType", &T::fsType),
        field<T>("initiatorName", &T::initiatorName),
        field<T>("iqn", &T::iqn).required().always(),
        field<T>("iscsiInterface", &T::iscsiInterface).preset(R"("default")"),
        field<T>("lun", &T::lun).required().always(),
        field<T>("portals", &T::portals),
        field<T>("readOnly", &T::readOnly),
        field<T>("secretRef", &T::secretRef),
        field<T>("targetPortal", &T::targetPortal).required().always(),
    };
    return table;
}

const std::string_view Describe<NFSVolumeSource>::doc = "";

std::span<const Field> Describe<NFSVolumeSource>::fields() {
    using T = NFSVolumeSource;
    static const std::vector<Field> table{
        field<T>("path", &T::path).required().always(),
        field<T>("readOnly", &T::readOnly),
        field<T>("server", &T::server).required().always(),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimVolumeSource>::doc = "";

std::span<const Field> Describe<PersistentVolumeClaimVolumeSource>::fields() {
    using T = PersistentVolumeClaimVolumeSource;
    static const std::vector<Field> table{
        field<T>("claimName", &T::claimName).required().always(),
        field<T>("readOnly", &T::readOnly),
    };
    return table;
}

const std::string_view Describe<PhotonPersistentDiskVolumeSource>::doc = "";

std::span<const Field> Describe<PhotonPersistentDiskVolumeSource>::fields() {
    using T = PhotonPersistentDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("pdID", &T::pdID).required().always(),
    };
    return table;
}

const std::string_view Describe<PortworxVolumeSource>::doc = "";

std::span<const Field> Describe<PortworxVolumeSource>::fields() {
    using T = PortworxVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("readOnly", &T::readOnly),
        field<T>("volumeID", &T::volumeID).required().always(),
    };
    return table;
}

const std::string_view Describe<ClusterTrustBundleProjection>::doc = "";

std::span<const Field> Describe<ClusterTrustBundleProjection>::fields() {
    using T = ClusterTrustBundleProjection;
    static const std::vector<Field> table{
        field<T>("labelSelector", &T::labelSelector),
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
        field<T>("path", &T::path).required().always(),
        field<T>("signerName", &T::signerName),
    };
    return table;
}

const std::string_view Describe<ConfigMapProjection>::doc = "";

std::span<const Field> Describe<ConfigMapProjection>::fields() {
    using T = ConfigMapProjection;
    static const std::vector<Field> table{
        field<T>("items", &T::items),
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
    };
    return table;
}

const std::string_view Describe<DownwardAPIProjection>::doc = "";

std::span<const Field> Describe<DownwardAPIProjection>::fields() {
    using T = DownwardAPIProjection;
    static const std::vector<Field> table{
        field<T>("items", &T::items),
    };
    return table;
}

const std::string_view Describe<SecretProjection>::doc = "";

std::span<const Field> Describe<SecretProjection>::fields() {
    using T = SecretProjection;
    static const std::vector<Field> table{
        field<T>("items", &T::items),
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
    };
    return table;
}

const std::string_view Describe<ServiceAccountTokenProjection>::doc = "";

std::span<const Field> Describe<ServiceAccountTokenProjection>::fields() {
    using T = ServiceAccountTokenProjection;
    static const std::vector<Field> table{
        field<T>("audience", &T::audience),
        field<T>("expirationSeconds", &T::expirationSeconds).preset("3600"),
        field<T>("path", &T::path).required().always(),
    };
    return table;
}

const std::string_view Describe<VolumeProjection>::doc = "";

std::span<const Field> Describe<VolumeProjection>::fields() {
    using T = VolumeProjection;
    static const std::vector<Field> table{
        field<T>("clusterTrustBundle", &T::clusterTrustBundle),
        field<T>("configMap", &T::configMap),
        field<T>("downwardAPI", &T::downwardAPI),
        field<T>("secret", &T::secret),
        field<T>("serviceAccountToken", &T::serviceAccountToken),
    };
    return table;
}

const std::string_view Describe<ProjectedVolumeSource>::doc = "";

std::span<const Field> Describe<ProjectedVolumeSource>::fields() {
    using T = ProjectedVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420"),
        field<T>("sources", &T::sources),
    };
    return table;
}

const std::string_view Describe<QuobyteVolumeSource>::doc = "";

std::span<const Field> Describe<QuobyteVolumeSource>::fields() {
    using T = QuobyteVolumeSource;
    static const std::vector<Field> table{
        field<T>("group", &T::group),
        field<T>("readOnly", &T::readOnly),
        field<T>("registry", &T::registry).required().always(),
        field<T>("tenant", &T::tenant),
        field<T>("user", &T::user),
        field<T>("volume", &T::volume).required().always(),
    };
    return table;
}

const std::string_view Describe<RBDVolumeSource>::doc = "";

std::span<const Field> Describe<RBDVolumeSource>::fields() {
    using T = RBDVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("image", &T::image).required().always(),
        field<T>("keyring", &T::keyring).preset(R"("/etc/ceph/keyring")"),
        field<T>("monitors", &T::monitors).required().always(),
        field<T>("pool", &T::pool).preset(R"("rbd")"),
        field<T>("readOnly", &T::readOnly),
        field<T>("secretRef", &T::secretRef),
        field<T>("user", &T::user).preset(R"("admin")"),
    };
    return table;
}

const std::string_view Describe<ScaleIOVolumeSource>::doc = "";

std::span<const Field> Describe<ScaleIOVolumeSource>::fields() {
    using T = ScaleIOVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType).preset(R"("xfs")"),
        field<T>("gateway", &T::gateway).required().always(),
        field<T>("protectionDomain", &T::protectionDomain),
        field<T>("readOnly", &T::readOnly),
        field<T>("secretRef", &T::secretRef).required(),
        field<T>("sslEnabled", &T::sslEnabled),
        field<T>("storageMode", &T::storageMode).preset(R"("ThinProvisioned")"),
        field<T>("storagePool", &T::storagePool),
        field<T>("system", &T::system).required().always(),
        field<T>("volumeName", &T::volumeName),
    };
    return table;
}

const std::string_view Describe<SecretVolumeSource>::doc = "";

std::span<const Field> Describe<SecretVolumeSource>::fields() {
    using T = SecretVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420"),
        field<T>("items", &T::items),
        field<T>("optional", &T::optional),
        field<T>("secretName", &T::secretName),
    };
    return table;
}

const std::string_view Describe<StorageOSVolumeSource>::doc = "";

std::span<const Field> Describe<StorageOSVolumeSource>::fields() {
    using T = StorageOSVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("readOnly", &T::readOnly),
        field<T>("secretRef", &T::secretRef),
        field<T>("volumeName", &T::volumeName),
        field<T>("volumeNamespace", &T::volumeNamespace),
    };
    return table;
}

const std::string_view Describe<VsphereVirtualDiskVolumeSource>::doc = "";

std::span<const Field> Describe<VsphereVirtualDiskVolumeSource>::fields() {
    using T = VsphereVirtualDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType),
        field<T>("storagePolicyID", &T::storagePolicyID),
        field<T>("storagePolicyName", &T::storagePolicyName),
        field<T>("volumePath", &T::volumePath).required().always(),
    };
    return table;
}

const std::string_view Describe<Volume>::doc = "";

std::span<const Field> Describe<Volume>::fields() {
    using T = Volume;
    static const std::vector<Field> table{
        field<T>("awsElasticBlockStore", &T::awsElasticBlockStore),
        field<T>("azureDisk", &T::azureDisk),
        field<T>("azureFile", &T::azureFile),
        field<T>("cephfs", &T::cephfs),
        field<T>("cinder", &T::cinder),
        field<T>("configMap", &T::configMap),
        field<T>("csi", &T::csi),
        field<T>("downwardAPI", &T::downwardAPI),
        field<T>("emptyDir", &T::emptyDir),
        field<T>("ephemeral", &T::ephemeral),
        field<T>("fc", &T::fc),
        field<T>("flexVolume", &T::flexVolume),
        field<T>("flocker", &T::flocker),
        field<T>("gcePersistentDisk", &T::gcePersistentDisk),
        field<T>("gitRepo", &T::gitRepo),
        field<T>("glusterfs", &T::glusterfs),
        field<T>("hostPath", &T::hostPath),
        field<T>("image", &T::image),
        field<T>("iscsi", &T::iscsi),
        field<T>("name", &T::name).required().always(),
        field<T>("nfs", &T::nfs),
        field<T>("persistentVolumeClaim", &T::persistentVolumeClaim),
        field<T>("photonPersistentDisk", &T::photonPersistentDisk),
        field<T>("portworxVolume", &T::portworxVolume),
        field<T>("projected", &T::projected),
        field<T>("quobyte", &T::quobyte),
        field<T>("rbd", &T::rbd),
        field<T>("scaleIO", &T::scaleIO),
        field<T>("secret", &T::secret),
        field<T>("storageos", &T::storageos),
        field<T>("vsphereVolume", &T::vsphereVolume),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
