// Sources of volumes that belong to one storage system or cloud; the others stand in volume.cpp.
#include "engine/api/core/volume.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<AWSElasticBlockStoreVolumeSource>::doc =
    "A disk of Amazon's Elastic Block Store; served by a CSI driver today.";

std::span<const Field> Describe<AWSElasticBlockStoreVolumeSource>::fields() {
    using T = AWSElasticBlockStoreVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the disk, such as ext4."),
        field<T>("partition", &T::partition)
            .documented("The partition to mount; 0 is the whole disk."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("volumeID", &T::volumeID).required().always()
            .documented("The disk's identity at Amazon."),
    };
    return table;
}

const std::string_view Describe<AzureDiskVolumeSource>::doc =
    "A disk of Microsoft Azure; served by a CSI driver today.";

std::span<const Field> Describe<AzureDiskVolumeSource>::fields() {
    using T = AzureDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("cachingMode", &T::cachingMode).preset(R"("ReadWrite")").one_of("None|ReadOnly|ReadWrite")
            .documented("How the host caches the disk."),
        field<T>("diskName", &T::diskName).required().always()
            .documented("The disk's name."),
        field<T>("diskURI", &T::diskURI).required().always()
            .documented("The disk's address."),
        field<T>("fsType", &T::fsType).preset(R"("ext4")")
            .documented("The file system of the disk, such as ext4."),
        field<T>("kind", &T::kind).preset(R"("Shared")").one_of("Dedicated|Managed|Shared")
            .documented("Which sort of disk it is; Shared by default."),
        field<T>("readOnly", &T::readOnly).preset("false")
            .documented("When true, nothing can be written to it."),
    };
    return table;
}

const std::string_view Describe<AzureFileVolumeSource>::doc =
    "A file share of Microsoft Azure; served by a CSI driver today.";

std::span<const Field> Describe<AzureFileVolumeSource>::fields() {
    using T = AzureFileVolumeSource;
    static const std::vector<Field> table{
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretName", &T::secretName).required().always()
            .documented("The Secret with the storage account's name and key."),
        field<T>("shareName", &T::shareName).required().always()
            .documented("The share's name."),
    };
    return table;
}

const std::string_view Describe<CephFSVolumeSource>::doc =
    "A Ceph file system; no longer served by the kubelet itself.";

std::span<const Field> Describe<CephFSVolumeSource>::fields() {
    using T = CephFSVolumeSource;
    static const std::vector<Field> table{
        field<T>("monitors", &T::monitors).required().always()
            .documented("Addresses of the Ceph monitors."),
        field<T>("path", &T::path)
            .documented("The directory to mount; / by default."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretFile", &T::secretFile)
            .documented("A file on the node with the user's key ring."),
        field<T>("secretRef", &T::secretRef)
            .documented("A Secret with the user's key; it wins over secretFile."),
        field<T>("user", &T::user)
            .documented("The Ceph user; admin by default."),
    };
    return table;
}

const std::string_view Describe<CinderVolumeSource>::doc =
    "A disk of OpenStack; served by a CSI driver today.";

std::span<const Field> Describe<CinderVolumeSource>::fields() {
    using T = CinderVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the disk, such as ext4."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretRef", &T::secretRef)
            .documented("A Secret with what is needed to reach OpenStack."),
        field<T>("volumeID", &T::volumeID).required().always()
            .documented("The disk's identity at OpenStack."),
    };
    return table;
}

const std::string_view Describe<FCVolumeSource>::doc = "A disk reached over Fibre Channel.";

std::span<const Field> Describe<FCVolumeSource>::fields() {
    using T = FCVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the disk, such as ext4."),
        field<T>("lun", &T::lun)
            .documented("The disk's number at the target."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("targetWWNs", &T::targetWWNs)
            .documented("World-wide names of the targets."),
        field<T>("wwids", &T::wwids)
            .documented("World-wide identities of the disk, instead of targetWWNs and lun."),
    };
    return table;
}

const std::string_view Describe<FlexVolumeSource>::doc = "A volume of a FlexVolume plugin; use CSI instead.";

std::span<const Field> Describe<FlexVolumeSource>::fields() {
    using T = FlexVolumeSource;
    static const std::vector<Field> table{
        field<T>("driver", &T::driver).required().always()
            .documented("The plugin's name."),
        field<T>("fsType", &T::fsType)
            .documented("The file system to mount; the plugin's choice when left out."),
        field<T>("options", &T::options)
            .documented("Settings that the plugin understands."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretRef", &T::secretRef)
            .documented("A Secret that is passed to the plugin."),
    };
    return table;
}

const std::string_view Describe<FlockerVolumeSource>::doc = "A Flocker dataset; no longer served.";

std::span<const Field> Describe<FlockerVolumeSource>::fields() {
    using T = FlockerVolumeSource;
    static const std::vector<Field> table{
        field<T>("datasetName", &T::datasetName)
            .documented("The dataset's name."),
        field<T>("datasetUUID", &T::datasetUUID)
            .documented("The dataset's identity."),
    };
    return table;
}

const std::string_view Describe<GCEPersistentDiskVolumeSource>::doc =
    "A disk of Google Compute Engine; served by a CSI driver today.";

std::span<const Field> Describe<GCEPersistentDiskVolumeSource>::fields() {
    using T = GCEPersistentDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the disk, such as ext4."),
        field<T>("partition", &T::partition)
            .documented("The partition to mount; 0 is the whole disk."),
        field<T>("pdName", &T::pdName).required().always()
            .documented("The disk's name."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
    };
    return table;
}

const std::string_view Describe<GitRepoVolumeSource>::doc =
    "A directory with a clone of a git repository; deprecated, use an init container.";

std::span<const Field> Describe<GitRepoVolumeSource>::fields() {
    using T = GitRepoVolumeSource;
    static const std::vector<Field> table{
        field<T>("directory", &T::directory)
            .documented("The directory in the volume that it is cloned to."),
        field<T>("repository", &T::repository).required().always()
            .documented("The repository's address."),
        field<T>("revision", &T::revision)
            .documented("The commit to check out."),
    };
    return table;
}

const std::string_view Describe<GlusterfsVolumeSource>::doc = "A Glusterfs volume; no longer served.";

std::span<const Field> Describe<GlusterfsVolumeSource>::fields() {
    using T = GlusterfsVolumeSource;
    static const std::vector<Field> table{
        field<T>("endpoints", &T::endpoints).required().always()
            .documented("The Endpoints object with the servers' addresses."),
        field<T>("path", &T::path).required().always()
            .documented("The Glusterfs volume's name."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
    };
    return table;
}

const std::string_view Describe<ISCSIVolumeSource>::doc = "A disk reached over iSCSI.";

std::span<const Field> Describe<ISCSIVolumeSource>::fields() {
    using T = ISCSIVolumeSource;
    static const std::vector<Field> table{
        field<T>("chapAuthDiscovery", &T::chapAuthDiscovery)
            .documented("Whether discovery proves who it is by CHAP."),
        field<T>("chapAuthSession", &T::chapAuthSession)
            .documented("Whether the session proves who it is by CHAP."),
        field<T>("fsType", &T::fsType)
            .documented("The file system of the disk, such as ext4."),
        field<T>("initiatorName", &T::initiatorName)
            .documented("The initiator's own name."),
        field<T>("iqn", &T::iqn).required().always()
            .documented("The target's qualified name."),
        field<T>("iscsiInterface", &T::iscsiInterface).preset(R"("default")")
            .documented("The transport; default (tcp) when left out."),
        field<T>("lun", &T::lun).required().always()
            .documented("The disk's number at the target."),
        field<T>("portals", &T::portals)
            .documented("Further addresses of the target."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretRef", &T::secretRef)
            .documented("A Secret with the CHAP passwords."),
        field<T>("targetPortal", &T::targetPortal).required().always()
            .documented("The target's address."),
    };
    return table;
}

const std::string_view Describe<PhotonPersistentDiskVolumeSource>::doc =
    "A disk of Photon Controller; no longer served.";

std::span<const Field> Describe<PhotonPersistentDiskVolumeSource>::fields() {
    using T = PhotonPersistentDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the disk, such as ext4."),
        field<T>("pdID", &T::pdID).required().always()
            .documented("The disk's identity."),
    };
    return table;
}

const std::string_view Describe<PortworxVolumeSource>::doc =
    "A Portworx volume; served by a CSI driver today.";

std::span<const Field> Describe<PortworxVolumeSource>::fields() {
    using T = PortworxVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the volume, such as ext4."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("volumeID", &T::volumeID).required().always()
            .documented("The volume's identity at Portworx."),
    };
    return table;
}

const std::string_view Describe<QuobyteVolumeSource>::doc = "A Quobyte volume; no longer served.";

std::span<const Field> Describe<QuobyteVolumeSource>::fields() {
    using T = QuobyteVolumeSource;
    static const std::vector<Field> table{
        field<T>("group", &T::group)
            .documented("The group that files are reached as."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("registry", &T::registry).required().always()
            .documented("Addresses of the Quobyte registries."),
        field<T>("tenant", &T::tenant)
            .documented("The tenant that owns the volume."),
        field<T>("user", &T::user)
            .documented("The user that files are reached as."),
        field<T>("volume", &T::volume).required().always()
            .documented("The volume's name."),
    };
    return table;
}

const std::string_view Describe<RBDVolumeSource>::doc =
    "A Ceph block device; no longer served by the kubelet itself.";

std::span<const Field> Describe<RBDVolumeSource>::fields() {
    using T = RBDVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the device, such as ext4."),
        field<T>("image", &T::image).required().always()
            .documented("The Ceph image's name."),
        field<T>("keyring", &T::keyring).preset(R"("/etc/ceph/keyring")")
            .documented("The key ring on the node."),
        field<T>("monitors", &T::monitors).required().always()
            .documented("Addresses of the Ceph monitors."),
        field<T>("pool", &T::pool).preset(R"("rbd")")
            .documented("The Ceph pool; rbd by default."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretRef", &T::secretRef)
            .documented("A Secret with the user's key; it wins over keyring."),
        field<T>("user", &T::user).preset(R"("admin")")
            .documented("The Ceph user; admin by default."),
    };
    return table;
}

const std::string_view Describe<ScaleIOVolumeSource>::doc = "A ScaleIO volume; no longer served.";

std::span<const Field> Describe<ScaleIOVolumeSource>::fields() {
    using T = ScaleIOVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType).preset(R"("xfs")")
            .documented("The file system of the volume; xfs by default."),
        field<T>("gateway", &T::gateway).required().always()
            .documented("The address of the ScaleIO gateway."),
        field<T>("protectionDomain", &T::protectionDomain)
            .documented("The protection domain that holds the storage."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretRef", &T::secretRef).required()
            .documented("A Secret with user and password."),
        field<T>("sslEnabled", &T::sslEnabled)
            .documented("Whether the gateway is reached over TLS."),
        field<T>("storageMode", &T::storageMode).preset(R"("ThinProvisioned")")
            .documented("ThickProvisioned or ThinProvisioned, which is the default."),
        field<T>("storagePool", &T::storagePool)
            .documented("The pool that holds the storage."),
        field<T>("system", &T::system).required().always()
            .documented("The storage system's name."),
        field<T>("volumeName", &T::volumeName)
            .documented("The volume's name."),
    };
    return table;
}

const std::string_view Describe<StorageOSVolumeSource>::doc = "A StorageOS volume; no longer served.";

std::span<const Field> Describe<StorageOSVolumeSource>::fields() {
    using T = StorageOSVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the volume, such as ext4."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretRef", &T::secretRef)
            .documented("A Secret with what is needed to reach StorageOS."),
        field<T>("volumeName", &T::volumeName)
            .documented("The volume's name."),
        field<T>("volumeNamespace", &T::volumeNamespace)
            .documented("The namespace at StorageOS; the pod's own by default."),
    };
    return table;
}

const std::string_view Describe<VsphereVirtualDiskVolumeSource>::doc =
    "A disk of VMware vSphere; served by a CSI driver today.";

std::span<const Field> Describe<VsphereVirtualDiskVolumeSource>::fields() {
    using T = VsphereVirtualDiskVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system of the disk, such as ext4."),
        field<T>("storagePolicyID", &T::storagePolicyID)
            .documented("The storage policy's identity."),
        field<T>("storagePolicyName", &T::storagePolicyName)
            .documented("The storage policy's name."),
        field<T>("volumePath", &T::volumePath).required().always()
            .documented("The path of the disk at vSphere."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
