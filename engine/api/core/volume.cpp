#include "engine/api/core/volume.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ConfigMapVolumeSource>::doc = "A ConfigMap whose keys appear as files.";

std::span<const Field> Describe<ConfigMapVolumeSource>::fields() {
    using T = ConfigMapVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420")
            .documented("Permissions of the files; 0644 by default."),
        field<T>("items", &T::items)
            .documented("Which keys appear, and where; all of them when left out."),
        field<T>("name", &T::name)
            .documented("The ConfigMap's name."),
        field<T>("optional", &T::optional)
            .documented("When true, the pod starts even if the ConfigMap does not exist."),
    };
    return table;
}

const std::string_view Describe<CSIVolumeSource>::doc =
    "A volume that a CSI driver makes for this pod alone.";

std::span<const Field> Describe<CSIVolumeSource>::fields() {
    using T = CSIVolumeSource;
    static const std::vector<Field> table{
        field<T>("driver", &T::driver).required().always()
            .documented("The CSI driver's name."),
        field<T>("fsType", &T::fsType)
            .documented("The file system to mount; the driver's choice when left out."),
        field<T>("nodePublishSecretRef", &T::nodePublishSecretRef)
            .documented("A Secret that is passed to the driver."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("volumeAttributes", &T::volumeAttributes)
            .documented("Settings that the driver understands."),
    };
    return table;
}

const std::string_view Describe<DownwardAPIVolumeFile>::doc = "A file with something about the pod.";

std::span<const Field> Describe<DownwardAPIVolumeFile>::fields() {
    using T = DownwardAPIVolumeFile;
    static const std::vector<Field> table{
        field<T>("fieldRef", &T::fieldRef)
            .documented("The field of the pod that it holds."),
        field<T>("mode", &T::mode)
            .documented("The file's permissions; the volume's default when left out."),
        field<T>("path", &T::path).required().always()
            .documented("The file's path in the volume; relative and without '..'."),
        field<T>("resourceFieldRef", &T::resourceFieldRef)
            .documented("The request or limit that it holds."),
    };
    return table;
}

const std::string_view Describe<DownwardAPIVolumeSource>::doc = "A volume with files about the pod.";

std::span<const Field> Describe<DownwardAPIVolumeSource>::fields() {
    using T = DownwardAPIVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420")
            .documented("Permissions of the files; 0644 by default."),
        field<T>("items", &T::items)
            .documented("The files, each with something about the pod."),
    };
    return table;
}

const std::string_view Describe<EmptyDirVolumeSource>::doc =
    "An empty directory that lives as long as the pod.";

std::span<const Field> Describe<EmptyDirVolumeSource>::fields() {
    using T = EmptyDirVolumeSource;
    static const std::vector<Field> table{
        field<T>("medium", &T::medium)
            .documented("Memory keeps it in RAM; left out, on the node's disk."),
        field<T>("sizeLimit", &T::sizeLimit)
            .documented("How much may be written before the pod is evicted."),
    };
    return table;
}

const std::string_view Describe<VolumeResourceRequirements>::doc = "How much storage is wanted.";

std::span<const Field> Describe<VolumeResourceRequirements>::fields() {
    using T = VolumeResourceRequirements;
    static const std::vector<Field> table{
        field<T>("limits", &T::limits)
            .documented("The most storage that may be given."),
        field<T>("requests", &T::requests)
            .documented("The least storage that must be given."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimSpec>::doc = "What sort of storage is claimed.";

std::span<const Field> Describe<PersistentVolumeClaimSpec>::fields() {
    using T = PersistentVolumeClaimSpec;
    static const std::vector<Field> table{
        field<T>("accessModes", &T::accessModes)
            .documented("Who may mount it: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod."),
        field<T>("dataSource", &T::dataSource)
            .documented("A claim or snapshot whose data it starts with."),
        field<T>("dataSourceRef", &T::dataSourceRef)
            .documented("The same for objects of any kind."),
        field<T>("resources", &T::resources)
            .documented("How much storage is wanted."),
        field<T>("selector", &T::selector)
            .documented("Labels that the volume must have."),
        field<T>("storageClassName", &T::storageClassName)
            .documented("The StorageClass that makes the volume; \"\" claims one that has none."),
        field<T>("volumeAttributesClassName", &T::volumeAttributesClassName)
            .documented("The class of qualities, such as speed, that can change later."),
        field<T>("volumeMode", &T::volumeMode).preset(R"("Filesystem")").one_of("Block|Filesystem")
            .documented("Filesystem (the default), or Block for a raw device."),
        field<T>("volumeName", &T::volumeName)
            .documented("The volume that the claim is bound to."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimTemplate>::doc =
    "A pattern for a claim that is made with the pod.";

std::span<const Field> Describe<PersistentVolumeClaimTemplate>::fields() {
    using T = PersistentVolumeClaimTemplate;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Labels and annotations that the claim gets."),
        field<T>("spec", &T::spec).required()
            .documented("What is claimed."),
    };
    return table;
}

const std::string_view Describe<EphemeralVolumeSource>::doc =
    "A claim that is made with the pod and goes with it.";

std::span<const Field> Describe<EphemeralVolumeSource>::fields() {
    using T = EphemeralVolumeSource;
    static const std::vector<Field> table{
        field<T>("volumeClaimTemplate", &T::volumeClaimTemplate)
            .documented("The claim; it will be called pod-volume."),
    };
    return table;
}

const std::string_view Describe<HostPathVolumeSource>::doc =
    "A file or directory of the node itself; it stays when the pod goes.";

std::span<const Field> Describe<HostPathVolumeSource>::fields() {
    using T = HostPathVolumeSource;
    static const std::vector<Field> table{
        field<T>("path", &T::path).required().always()
            .documented("The path on the node."),
        field<T>("type", &T::type).preset(R"("")")
            .one_of("|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket")
            .documented("What must be there, or is made, before the mount; \"\" checks nothing."),
    };
    return table;
}

const std::string_view Describe<ImageVolumeSource>::doc = "The files of an image, mounted read-only.";

std::span<const Field> Describe<ImageVolumeSource>::fields() {
    using T = ImageVolumeSource;
    static const std::vector<Field> table{
        field<T>("pullPolicy", &T::pullPolicy).one_of("Always|IfNotPresent|Never")
            .documented("When the image is fetched."),
        field<T>("reference", &T::reference)
            .documented("The image, written as for a container."),
    };
    return table;
}

const std::string_view Describe<NFSVolumeSource>::doc = "A directory of an NFS server.";

std::span<const Field> Describe<NFSVolumeSource>::fields() {
    using T = NFSVolumeSource;
    static const std::vector<Field> table{
        field<T>("path", &T::path).required().always()
            .documented("The directory that the server exports."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("server", &T::server).required().always()
            .documented("The server's name or address."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimVolumeSource>::doc =
    "Storage that was claimed with a PersistentVolumeClaim.";

std::span<const Field> Describe<PersistentVolumeClaimVolumeSource>::fields() {
    using T = PersistentVolumeClaimVolumeSource;
    static const std::vector<Field> table{
        field<T>("claimName", &T::claimName).required().always()
            .documented("The claim, in the pod's namespace."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
    };
    return table;
}

const std::string_view Describe<ClusterTrustBundleProjection>::doc =
    "Certificates of authorities as one file.";

std::span<const Field> Describe<ClusterTrustBundleProjection>::fields() {
    using T = ClusterTrustBundleProjection;
    static const std::vector<Field> table{
        field<T>("labelSelector", &T::labelSelector)
            .documented("With signerName: only bundles with these labels."),
        field<T>("name", &T::name)
            .documented("One bundle by name, instead of signerName."),
        field<T>("optional", &T::optional)
            .documented("When true, the pod starts even if there is no such bundle."),
        field<T>("path", &T::path).required().always()
            .documented("The file's path in the volume."),
        field<T>("signerName", &T::signerName)
            .documented("All bundles of this signer."),
    };
    return table;
}

const std::string_view Describe<ConfigMapProjection>::doc = "A ConfigMap as part of a bigger volume.";

std::span<const Field> Describe<ConfigMapProjection>::fields() {
    using T = ConfigMapProjection;
    static const std::vector<Field> table{
        field<T>("items", &T::items)
            .documented("Which keys appear, and where; all of them when left out."),
        field<T>("name", &T::name)
            .documented("The ConfigMap's name."),
        field<T>("optional", &T::optional)
            .documented("When true, the pod starts even if the ConfigMap does not exist."),
    };
    return table;
}

const std::string_view Describe<DownwardAPIProjection>::doc =
    "Files about the pod as part of a bigger volume.";

std::span<const Field> Describe<DownwardAPIProjection>::fields() {
    using T = DownwardAPIProjection;
    static const std::vector<Field> table{
        field<T>("items", &T::items)
            .documented("The files to make."),
    };
    return table;
}

const std::string_view Describe<SecretProjection>::doc = "A Secret as part of a bigger volume.";

std::span<const Field> Describe<SecretProjection>::fields() {
    using T = SecretProjection;
    static const std::vector<Field> table{
        field<T>("items", &T::items)
            .documented("Which keys appear, and where; all of them when left out."),
        field<T>("name", &T::name)
            .documented("The Secret's name."),
        field<T>("optional", &T::optional)
            .documented("When true, the pod starts even if the Secret does not exist."),
    };
    return table;
}

const std::string_view Describe<ServiceAccountTokenProjection>::doc =
    "A token of the pod's service account as a file.";

std::span<const Field> Describe<ServiceAccountTokenProjection>::fields() {
    using T = ServiceAccountTokenProjection;
    static const std::vector<Field> table{
        field<T>("audience", &T::audience)
            .documented("Who the token is meant for; the API server by default."),
        field<T>("expirationSeconds", &T::expirationSeconds).preset("3600")
            .documented("How long a token is good; it is renewed in time. 3600 by default."),
        field<T>("path", &T::path).required().always()
            .documented("The file's path in the volume."),
    };
    return table;
}

const std::string_view Describe<VolumeProjection>::doc =
    "One source of a projected volume; exactly one of these.";

std::span<const Field> Describe<VolumeProjection>::fields() {
    using T = VolumeProjection;
    static const std::vector<Field> table{
        field<T>("clusterTrustBundle", &T::clusterTrustBundle)
            .documented("Certificates of authorities."),
        field<T>("configMap", &T::configMap)
            .documented("Keys of a ConfigMap."),
        field<T>("downwardAPI", &T::downwardAPI)
            .documented("Files about the pod."),
        field<T>("secret", &T::secret)
            .documented("Keys of a Secret."),
        field<T>("serviceAccountToken", &T::serviceAccountToken)
            .documented("A token of the pod's service account."),
    };
    return table;
}

const std::string_view Describe<ProjectedVolumeSource>::doc = "Several sources in one directory.";

std::span<const Field> Describe<ProjectedVolumeSource>::fields() {
    using T = ProjectedVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420")
            .documented("Permissions of the files; 0644 by default."),
        field<T>("sources", &T::sources)
            .documented("The sources that share the directory."),
    };
    return table;
}

const std::string_view Describe<SecretVolumeSource>::doc = "A Secret whose keys appear as files in memory.";

std::span<const Field> Describe<SecretVolumeSource>::fields() {
    using T = SecretVolumeSource;
    static const std::vector<Field> table{
        field<T>("defaultMode", &T::defaultMode).preset("420")
            .documented("Permissions of the files; 0644 by default."),
        field<T>("items", &T::items)
            .documented("Which keys appear, and where; all of them when left out."),
        field<T>("optional", &T::optional)
            .documented("When true, the pod starts even if the Secret does not exist."),
        field<T>("secretName", &T::secretName)
            .documented("The Secret's name."),
    };
    return table;
}

const std::string_view Describe<Volume>::doc =
    "A directory for the containers of a pod: a name, and one source.";

std::span<const Field> Describe<Volume>::fields() {
    using T = Volume;
    static const std::vector<Field> table{
        field<T, &T::source>("awsElasticBlockStore", &VolumeSource::awsElasticBlockStore)
            .documented("A disk of Amazon's Elastic Block Store."),
        field<T, &T::source>("azureDisk", &VolumeSource::azureDisk)
            .documented("A disk of Microsoft Azure."),
        field<T, &T::source>("azureFile", &VolumeSource::azureFile)
            .documented("A file share of Microsoft Azure."),
        field<T, &T::source>("cephfs", &VolumeSource::cephfs)
            .documented("A Ceph file system."),
        field<T, &T::source>("cinder", &VolumeSource::cinder)
            .documented("A disk of OpenStack."),
        field<T, &T::source>("configMap", &VolumeSource::configMap)
            .documented("A ConfigMap whose keys appear as files."),
        field<T, &T::source>("csi", &VolumeSource::csi)
            .documented("A volume that a CSI driver makes for this pod."),
        field<T, &T::source>("downwardAPI", &VolumeSource::downwardAPI)
            .documented("Files about the pod."),
        field<T, &T::source>("emptyDir", &VolumeSource::emptyDir)
            .documented("An empty directory that goes with the pod."),
        field<T, &T::source>("ephemeral", &VolumeSource::ephemeral)
            .documented("A claim that is made with the pod and goes with it."),
        field<T, &T::source>("fc", &VolumeSource::fc)
            .documented("A disk reached over Fibre Channel."),
        field<T, &T::source>("flexVolume", &VolumeSource::flexVolume)
            .documented("A volume of a FlexVolume plugin."),
        field<T, &T::source>("flocker", &VolumeSource::flocker)
            .documented("A Flocker dataset."),
        field<T, &T::source>("gcePersistentDisk", &VolumeSource::gcePersistentDisk)
            .documented("A disk of Google Compute Engine."),
        field<T, &T::source>("gitRepo", &VolumeSource::gitRepo)
            .documented("A clone of a git repository."),
        field<T, &T::source>("glusterfs", &VolumeSource::glusterfs)
            .documented("A Glusterfs volume."),
        field<T, &T::source>("hostPath", &VolumeSource::hostPath)
            .documented("A file or directory of the node."),
        field<T, &T::source>("image", &VolumeSource::image)
            .documented("The files of an image."),
        field<T, &T::source>("iscsi", &VolumeSource::iscsi)
            .documented("A disk reached over iSCSI."),
        field<T>("name", &T::name).required().always()
            .documented("The volume's name, which mounts refer to; unique in the pod."),
        field<T, &T::source>("nfs", &VolumeSource::nfs)
            .documented("A directory of an NFS server."),
        field<T, &T::source>("persistentVolumeClaim", &VolumeSource::persistentVolumeClaim)
            .documented("Storage that was claimed; it outlives the pod."),
        field<T, &T::source>("photonPersistentDisk", &VolumeSource::photonPersistentDisk)
            .documented("A disk of Photon Controller."),
        field<T, &T::source>("portworxVolume", &VolumeSource::portworxVolume)
            .documented("A Portworx volume."),
        field<T, &T::source>("projected", &VolumeSource::projected)
            .documented("Several sources in one directory."),
        field<T, &T::source>("quobyte", &VolumeSource::quobyte)
            .documented("A Quobyte volume."),
        field<T, &T::source>("rbd", &VolumeSource::rbd)
            .documented("A Ceph block device."),
        field<T, &T::source>("scaleIO", &VolumeSource::scaleIO)
            .documented("A ScaleIO volume."),
        field<T, &T::source>("secret", &VolumeSource::secret)
            .documented("A Secret whose keys appear as files."),
        field<T, &T::source>("storageos", &VolumeSource::storageos)
            .documented("A StorageOS volume."),
        field<T, &T::source>("vsphereVolume", &VolumeSource::vsphereVolume)
            .documented("A disk of VMware vSphere."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
