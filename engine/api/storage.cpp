#include "engine/api/storage.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<TopologySelectorLabelRequirement>::doc =
    "Values that one label of a node may have.";

std::span<const Field> Describe<TopologySelectorLabelRequirement>::fields() {
    using T = TopologySelectorLabelRequirement;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("The label's key."),
        field<T>("values", &T::values).required().always()
            .documented("The values of which it must have one."),
    };
    return table;
}

const std::string_view Describe<TopologySelectorTerm>::doc =
    "Labels that a node must have, all of them.";

std::span<const Field> Describe<TopologySelectorTerm>::fields() {
    using T = TopologySelectorTerm;
    static const std::vector<Field> table{
        field<T>("matchLabelExpressions", &T::matchLabelExpressions)
            .documented("The labels with their values."),
    };
    return table;
}

const std::string_view Describe<StorageClass>::doc =
    "A StorageClass says how volumes are made for the claims that name it.";

std::span<const Field> Describe<StorageClass>::fields() {
    using T = StorageClass;
    static const std::vector<Field> table{
        field<T>("allowVolumeExpansion", &T::allowVolumeExpansion)
            .documented("Whether claims of the class may ask for more later."),
        field<T>("allowedTopologies", &T::allowedTopologies)
            .documented("Where volumes may be made; anywhere when left out."),
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("mountOptions", &T::mountOptions)
            .documented("Options that its volumes are mounted with."),
        field<T>("parameters", &T::parameters)
            .documented("Settings that the provisioner understands."),
        field<T>("provisioner", &T::provisioner).required().always()
            .documented("Who makes the volumes."),
        field<T>("reclaimPolicy", &T::reclaimPolicy).preset(R"("Delete")").one_of("Delete|Recycle|Retain")
            .documented("What happens to a volume when its claim is gone; Delete by default."),
        field<T>("volumeBindingMode", &T::volumeBindingMode)
            .preset(R"("Immediate")").one_of("Immediate|WaitForFirstConsumer")
            .documented("Immediate (the default), or WaitForFirstConsumer: when a pod needs it."),
    };
    return table;
}

const std::string_view Describe<VolumeAttachmentSource>::doc =
    "The volume that is attached.";

std::span<const Field> Describe<VolumeAttachmentSource>::fields() {
    using T = VolumeAttachmentSource;
    static const std::vector<Field> table{
        field<T>("inlineVolumeSpec", &T::inlineVolumeSpec)
            .documented("A volume that stands in a pod instead of an object of its own."),
        field<T>("persistentVolumeName", &T::persistentVolumeName)
            .documented("The name of the PersistentVolume."),
    };
    return table;
}

const std::string_view Describe<VolumeAttachmentSpec>::doc =
    "Which volume is to be attached to which node.";

std::span<const Field> Describe<VolumeAttachmentSpec>::fields() {
    using T = VolumeAttachmentSpec;
    static const std::vector<Field> table{
        field<T>("attacher", &T::attacher).required().always()
            .documented("The CSI driver that attaches it."),
        field<T>("nodeName", &T::nodeName).required().always()
            .documented("The node that it is attached to."),
        field<T>("source", &T::source).required()
            .documented("The volume that is attached."),
    };
    return table;
}

const std::string_view Describe<VolumeError>::doc =
    "What went wrong with a volume.";

std::span<const Field> Describe<VolumeError>::fields() {
    using T = VolumeError;
    static const std::vector<Field> table{
        field<T>("message", &T::message)
            .documented("What went wrong, in words."),
        field<T>("time", &T::time).always()
            .documented("When it went wrong."),
    };
    return table;
}

const std::string_view Describe<VolumeAttachmentStatus>::doc =
    "How far the attachment has come.";

std::span<const Field> Describe<VolumeAttachmentStatus>::fields() {
    using T = VolumeAttachmentStatus;
    static const std::vector<Field> table{
        field<T>("attachError", &T::attachError)
            .documented("What went wrong when it was attached last."),
        field<T>("attached", &T::attached).required().always()
            .documented("Whether it is attached."),
        field<T>("attachmentMetadata", &T::attachmentMetadata)
            .documented("What the driver tells the node about it."),
        field<T>("detachError", &T::detachError)
            .documented("What went wrong when it was detached last."),
    };
    return table;
}

const std::string_view Describe<VolumeAttachment>::doc =
    "A VolumeAttachment asks for a volume to be attached to a node, or detached.";

std::span<const Field> Describe<VolumeAttachment>::fields() {
    using T = VolumeAttachment;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("Which volume is to be attached to which node."),
        field<T>("status", &T::status)
            .documented("How far the attachment has come."),
    };
    return table;
}

const std::string_view Describe<CSITokenRequest>::doc =
    "A token of the pod's service account that the driver gets.";

std::span<const Field> Describe<CSITokenRequest>::fields() {
    using T = CSITokenRequest;
    static const std::vector<Field> table{
        field<T>("audience", &T::audience).required().always()
            .documented("For whom the token is."),
        field<T>("expirationSeconds", &T::expirationSeconds)
            .documented("How long it is good for."),
    };
    return table;
}

const std::string_view Describe<CSIDriverSpec>::doc =
    "How the kubelet and others deal with a driver.";

std::span<const Field> Describe<CSIDriverSpec>::fields() {
    using T = CSIDriverSpec;
    static const std::vector<Field> table{
        field<T>("attachRequired", &T::attachRequired).preset("true")
            .documented("Whether its volumes are attached to a node before being mounted; true by default."),
        field<T>("fsGroupPolicy", &T::fsGroupPolicy).preset(R"("ReadWriteOnceWithFSType")")
            .documented("When the kubelet changes the group of its files."),
        field<T>("podInfoOnMount", &T::podInfoOnMount).preset("false")
            .documented("Whether the driver is told for which pod it mounts."),
        field<T>("requiresRepublish", &T::requiresRepublish).preset("false")
            .documented("Whether it is asked to mount again and again, to renew what is in the volume."),
        field<T>("seLinuxMount", &T::seLinuxMount).preset("false")
            .documented("Whether it can mount with an SELinux label."),
        field<T>("storageCapacity", &T::storageCapacity).preset("false")
            .documented("Whether the scheduler looks at the storage that is left."),
        field<T>("tokenRequests", &T::tokenRequests)
            .documented("Tokens of the pod's service account that the driver gets."),
        field<T>("volumeLifecycleModes", &T::volumeLifecycleModes).preset(R"(["Persistent"])")
            .documented("Persistent, or Ephemeral for volumes that stand in pods."),
    };
    return table;
}

const std::string_view Describe<CSIDriver>::doc =
    "A CSIDriver describes a storage driver that is installed in the cluster.";

std::span<const Field> Describe<CSIDriver>::fields() {
    using T = CSIDriver;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("How the kubelet and others deal with the driver."),
    };
    return table;
}

const std::string_view Describe<VolumeNodeResources>::doc =
    "How many volumes a node can take.";

std::span<const Field> Describe<VolumeNodeResources>::fields() {
    using T = VolumeNodeResources;
    static const std::vector<Field> table{
        field<T>("count", &T::count)
            .documented("How many of the driver's volumes can be used at once."),
    };
    return table;
}

const std::string_view Describe<CSINodeDriver>::doc =
    "A driver that runs on the node.";

std::span<const Field> Describe<CSINodeDriver>::fields() {
    using T = CSINodeDriver;
    static const std::vector<Field> table{
        field<T>("allocatable", &T::allocatable)
            .documented("How many volumes of the driver the node can take."),
        field<T>("name", &T::name).required().always()
            .documented("The driver's name."),
        field<T>("nodeID", &T::nodeID).required().always()
            .documented("What the driver calls the node."),
        field<T>("topologyKeys", &T::topologyKeys).always()
            .documented("Labels of the node that say from where volumes can be reached."),
    };
    return table;
}

const std::string_view Describe<CSINodeSpec>::doc =
    "The drivers that run on a node.";

std::span<const Field> Describe<CSINodeSpec>::fields() {
    using T = CSINodeSpec;
    static const std::vector<Field> table{
        field<T>("drivers", &T::drivers).required().always().merge("name")
            .documented("The drivers, each once."),
    };
    return table;
}

const std::string_view Describe<CSINode>::doc =
    "A CSINode lists the storage drivers of the node of the same name.";

std::span<const Field> Describe<CSINode>::fields() {
    using T = CSINode;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("The drivers that run on the node."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
