#include "engine/api/core/persistent_volume.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<VolumeNodeAffinity>::doc =
    "From where a volume can be reached.";

std::span<const Field> Describe<VolumeNodeAffinity>::fields() {
    using T = VolumeNodeAffinity;
    static const std::vector<Field> table{
        field<T>("required", &T::required)
            .documented("The nodes that can mount the volume; pods that use it run on these."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeSpec>::doc =
    "What a volume offers, and where it is.";

std::span<const Field> Describe<PersistentVolumeSpec>::fields() {
    using T = PersistentVolumeSpec;
    static const std::vector<Field> table{
        field<T>("accessModes", &T::accessModes)
            .documented("Ways to mount the volume: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod."),
        field<T>("awsElasticBlockStore", &T::awsElasticBlockStore)
            .documented("A disk of Amazon's Elastic Block Store."),
        field<T>("azureDisk", &T::azureDisk)
            .documented("A disk of Microsoft Azure."),
        field<T>("azureFile", &T::azureFile)
            .documented("A file share of Microsoft Azure."),
        field<T>("capacity", &T::capacity)
            .documented("How much storage it has."),
        field<T>("cephfs", &T::cephfs)
            .documented("A Ceph file system."),
        field<T>("cinder", &T::cinder)
            .documented("A disk of OpenStack."),
        field<T>("claimRef", &T::claimRef)
            .documented("The claim that the volume is bound to or kept for."),
        field<T>("csi", &T::csi)
            .documented("A volume of a CSI driver."),
        field<T>("fc", &T::fc)
            .documented("A disk reached over Fibre Channel."),
        field<T>("flexVolume", &T::flexVolume)
            .documented("A volume of a FlexVolume plugin."),
        field<T>("flocker", &T::flocker)
            .documented("A Flocker dataset."),
        field<T>("gcePersistentDisk", &T::gcePersistentDisk)
            .documented("A disk of Google's cloud."),
        field<T>("glusterfs", &T::glusterfs)
            .documented("A Glusterfs volume."),
        field<T>("hostPath", &T::hostPath)
            .documented("A directory of the node that the pod happens to be on; for trying things out."),
        field<T>("iscsi", &T::iscsi)
            .documented("A disk reached over iSCSI."),
        field<T>("local", &T::local)
            .documented("A disk or directory of one node, which nodeAffinity names."),
        field<T>("mountOptions", &T::mountOptions)
            .documented("Options for mounting, such as ro."),
        field<T>("nfs", &T::nfs)
            .documented("A directory of an NFS server."),
        field<T>("nodeAffinity", &T::nodeAffinity)
            .documented("From where the volume can be reached; it cannot be changed."),
        field<T>("persistentVolumeReclaimPolicy", &T::persistentVolumeReclaimPolicy)
            .preset(R"("Retain")").one_of("Delete|Recycle|Retain")
            .documented("What happens when the claim is gone: Retain keeps the volume, Delete removes it."),
        field<T>("photonPersistentDisk", &T::photonPersistentDisk)
            .documented("A disk of Photon."),
        field<T>("portworxVolume", &T::portworxVolume)
            .documented("A Portworx volume."),
        field<T>("quobyte", &T::quobyte)
            .documented("A Quobyte volume."),
        field<T>("rbd", &T::rbd)
            .documented("A Ceph block device."),
        field<T>("scaleIO", &T::scaleIO)
            .documented("A ScaleIO volume."),
        field<T>("storageClassName", &T::storageClassName)
            .documented("The class that it belongs to; only claims of the same class get it."),
        field<T>("storageos", &T::storageos)
            .documented("A StorageOS volume."),
        field<T>("volumeAttributesClassName", &T::volumeAttributesClassName)
            .documented("The class of qualities, such as speed, that it has."),
        field<T>("volumeMode", &T::volumeMode).preset(R"("Filesystem")").one_of("Block|Filesystem")
            .documented("Filesystem (the default), or Block for a raw device."),
        field<T>("vsphereVolume", &T::vsphereVolume)
            .documented("A disk of vSphere."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeStatus>::doc =
    "Where a volume stands in its life.";

std::span<const Field> Describe<PersistentVolumeStatus>::fields() {
    using T = PersistentVolumeStatus;
    static const std::vector<Field> table{
        field<T>("lastPhaseTransitionTime", &T::lastPhaseTransitionTime)
            .documented("When the phase last changed."),
        field<T>("message", &T::message)
            .documented("Why it failed, in a sentence for people."),
        field<T>("phase", &T::phase).preset(R"("Pending")").one_of("Available|Bound|Failed|Pending|Released")
            .documented("Available, Bound, Released when its claim is gone, or Failed."),
        field<T>("reason", &T::reason)
            .documented("Why it failed, in one CamelCase word."),
    };
    return table;
}

const std::string_view Describe<PersistentVolume>::doc =
    "A PersistentVolume is a piece of storage that outlives pods; a claim is bound to it.";

std::span<const Field> Describe<PersistentVolume>::fields() {
    using T = PersistentVolume;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What the volume offers, and where it is."),
        field<T>("status", &T::status)
            .documented("Where the volume stands in its life."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
