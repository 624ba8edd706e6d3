#include "engine/api/core/persistent_volume_claim.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ModifyVolumeStatus>::doc =
    "How far a change of the volume's attributes class has come.";

std::span<const Field> Describe<ModifyVolumeStatus>::fields() {
    using T = ModifyVolumeStatus;
    static const std::vector<Field> table{
        field<T>("status", &T::status).required().always().one_of("InProgress|Infeasible|Pending")
            .documented("Pending, InProgress or Infeasible."),
        field<T>("targetVolumeAttributesClassName", &T::targetVolumeAttributesClassName)
            .documented("The class that the volume is changed to."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimCondition>::doc =
    "One finding about a claim, mostly about its growth.";

std::span<const Field> Describe<PersistentVolumeClaimCondition>::fields() {
    using T = PersistentVolumeClaimCondition;
    static const std::vector<Field> table{
        field<T>("lastProbeTime", &T::lastProbeTime).always()
            .documented("When it was last looked at."),
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The finding in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The finding's cause in one CamelCase word."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What was found, such as Resizing or FileSystemResizePending."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaimStatus>::doc =
    "What the claim has got.";

std::span<const Field> Describe<PersistentVolumeClaimStatus>::fields() {
    using T = PersistentVolumeClaimStatus;
    static const std::vector<Field> table{
        field<T>("accessModes", &T::accessModes)
            .documented("Ways to mount the volume that it has got."),
        field<T>("allocatedResourceStatuses", &T::allocatedResourceStatuses)
            .documented("How far the growth of each resource has come."),
        field<T>("allocatedResources", &T::allocatedResources)
            .documented("What is being given, perhaps more than the capacity until it is done."),
        field<T>("capacity", &T::capacity)
            .documented("How much storage the volume really has."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("What was found out about the claim."),
        field<T>("currentVolumeAttributesClassName", &T::currentVolumeAttributesClassName)
            .documented("The attributes class that the volume has now."),
        field<T>("modifyVolumeStatus", &T::modifyVolumeStatus)
            .documented("How far a change of the attributes class has come."),
        field<T>("phase", &T::phase).preset(R"("Pending")").one_of("Bound|Lost|Pending")
            .documented("Pending without a volume, Bound with one, Lost when it is gone."),
    };
    return table;
}

const std::string_view Describe<PersistentVolumeClaim>::doc =
    "A PersistentVolumeClaim asks for storage; pods mount the volume that it gets.";

std::span<const Field> Describe<PersistentVolumeClaim>::fields() {
    using T = PersistentVolumeClaim;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What sort of storage is claimed."),
        field<T>("status", &T::status)
            .documented("What the claim has got."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
