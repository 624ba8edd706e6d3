#include "engine/api/core/persistent_volume_sources.h"

#include "engine/api/core/volume.h"

namespace kubetab::api {
namespace {

// The fields of a pod's source, but for the reference to a Secret, which is of another type here. Both
// structs have the same members in the same order, so everything lies at the same place.
template <class PodSource, class T>
std::vector<Field> alike(Field secret_reference) {
    static_assert(sizeof(PodSource) == sizeof(T));
    const std::span<const Field> fields = Describe<PodSource>::fields();
    std::vector<Field> table(fields.begin(), fields.end());
    for (Field& field : table) {
        if (field.name == secret_reference.name) field.type = secret_reference.type;
    }
    return table;
}

}  // namespace

// clang-format off
const std::string_view Describe<SecretReference>::doc =
    "A Secret by name and namespace.";

std::span<const Field> Describe<SecretReference>::fields() {
    using T = SecretReference;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The Secret's name."),
        field<T>("namespace", &T::namespace_)
            .documented("The Secret's namespace."),
    };
    return table;
}

const std::string_view Describe<AzureFilePersistentVolumeSource>::doc =
    "A file share of Microsoft Azure; served by a CSI driver today.";

std::span<const Field> Describe<AzureFilePersistentVolumeSource>::fields() {
    using T = AzureFilePersistentVolumeSource;
    static const std::vector<Field> table{
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("secretName", &T::secretName).required().always()
            .documented("The Secret with the storage account's name and key."),
        field<T>("secretNamespace", &T::secretNamespace)
            .documented("The Secret's namespace; that of the pod by default."),
        field<T>("shareName", &T::shareName).required().always()
            .documented("The share's name."),
    };
    return table;
}

const std::string_view Describe<CSIPersistentVolumeSource>::doc =
    "A volume of a CSI driver.";

std::span<const Field> Describe<CSIPersistentVolumeSource>::fields() {
    using T = CSIPersistentVolumeSource;
    static const std::vector<Field> table{
        field<T>("controllerExpandSecretRef", &T::controllerExpandSecretRef)
            .documented("A Secret for making the volume bigger."),
        field<T>("controllerPublishSecretRef", &T::controllerPublishSecretRef)
            .documented("A Secret for attaching the volume."),
        field<T>("driver", &T::driver).required().always()
            .documented("The CSI driver's name."),
        field<T>("fsType", &T::fsType)
            .documented("The file system to mount, such as ext4."),
        field<T>("nodeExpandSecretRef", &T::nodeExpandSecretRef)
            .documented("A Secret for making the volume bigger on the node."),
        field<T>("nodePublishSecretRef", &T::nodePublishSecretRef)
            .documented("A Secret for mounting the volume into the pod."),
        field<T>("nodeStageSecretRef", &T::nodeStageSecretRef)
            .documented("A Secret for mounting the volume on the node."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
        field<T>("volumeAttributes", &T::volumeAttributes)
            .documented("Settings that the driver understands."),
        field<T>("volumeHandle", &T::volumeHandle).required().always()
            .documented("The volume's identity at the driver."),
    };
    return table;
}

const std::string_view Describe<GlusterfsPersistentVolumeSource>::doc =
    "A Glusterfs volume; no longer served.";

std::span<const Field> Describe<GlusterfsPersistentVolumeSource>::fields() {
    using T = GlusterfsPersistentVolumeSource;
    static const std::vector<Field> table{
        field<T>("endpoints", &T::endpoints).required().always()
            .documented("The Endpoints object with the servers' addresses."),
        field<T>("endpointsNamespace", &T::endpointsNamespace)
            .documented("Its namespace; that of the claim by default."),
        field<T>("path", &T::path).required().always()
            .documented("The Glusterfs volume's name."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, nothing can be written to it."),
    };
    return table;
}

const std::string_view Describe<LocalVolumeSource>::doc =
    "A disk or directory of one node.";

std::span<const Field> Describe<LocalVolumeSource>::fields() {
    using T = LocalVolumeSource;
    static const std::vector<Field> table{
        field<T>("fsType", &T::fsType)
            .documented("The file system to make on a disk that has none."),
        field<T>("path", &T::path).required().always()
            .documented("The path on the node."),
    };
    return table;
}

const std::string_view Describe<CephFSPersistentVolumeSource>::doc =
    "A Ceph file system; no longer served by the kubelet itself.";

std::span<const Field> Describe<CephFSPersistentVolumeSource>::fields() {
    using T = CephFSPersistentVolumeSource;
    static const std::vector<Field> table =
        alike<CephFSVolumeSource, T>(field<T>("secretRef", &T::secretRef));
    return table;
}

const std::string_view Describe<CinderPersistentVolumeSource>::doc =
    "A disk of OpenStack; served by a CSI driver today.";

std::span<const Field> Describe<CinderPersistentVolumeSource>::fields() {
    using T = CinderPersistentVolumeSource;
    static const std::vector<Field> table =
        alike<CinderVolumeSource, T>(field<T>("secretRef", &T::secretRef));
    return table;
}

const std::string_view Describe<FlexPersistentVolumeSource>::doc =
    "A volume of a FlexVolume plugin; use CSI instead.";

std::span<const Field> Describe<FlexPersistentVolumeSource>::fields() {
    using T = FlexPersistentVolumeSource;
    static const std::vector<Field> table = alike<FlexVolumeSource, T>(field<T>("secretRef", &T::secretRef));
    return table;
}

const std::string_view Describe<ISCSIPersistentVolumeSource>::doc = "A disk reached over iSCSI.";

std::span<const Field> Describe<ISCSIPersistentVolumeSource>::fields() {
    using T = ISCSIPersistentVolumeSource;
    static const std::vector<Field> table = alike<ISCSIVolumeSource, T>(field<T>("secretRef", &T::secretRef));
    return table;
}

const std::string_view Describe<RBDPersistentVolumeSource>::doc =
    "A Ceph block device; no longer served by the kubelet itself.";

std::span<const Field> Describe<RBDPersistentVolumeSource>::fields() {
    using T = RBDPersistentVolumeSource;
    static const std::vector<Field> table = alike<RBDVolumeSource, T>(field<T>("secretRef", &T::secretRef));
    return table;
}

const std::string_view Describe<ScaleIOPersistentVolumeSource>::doc = "A ScaleIO volume; no longer served.";

std::span<const Field> Describe<ScaleIOPersistentVolumeSource>::fields() {
    using T = ScaleIOPersistentVolumeSource;
    static const std::vector<Field> table =
        alike<ScaleIOVolumeSource, T>(field<T>("secretRef", &T::secretRef));
    return table;
}

const std::string_view Describe<StorageOSPersistentVolumeSource>::doc =
    "A StorageOS volume; no longer served.";

std::span<const Field> Describe<StorageOSPersistentVolumeSource>::fields() {
    using T = StorageOSPersistentVolumeSource;
    static const std::vector<Field> table =
        alike<StorageOSVolumeSource, T>(field<T>("secretRef", &T::secretRef));
    return table;
}

// clang-format on

}  // namespace kubetab::api
