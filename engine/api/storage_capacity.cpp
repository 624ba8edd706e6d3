#include "engine/api/storage_capacity.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<CSIStorageCapacity>::doc =
    "A CSIStorageCapacity says how much a storage system can still provide for one "
    "class in one place.";

std::span<const Field> Describe<CSIStorageCapacity>::fields() {
    using T = CSIStorageCapacity;
    static const std::vector<Field> table{
        field<T>("capacity", &T::capacity)
            .documented("How much is left in all."),
        field<T>("maximumVolumeSize", &T::maximumVolumeSize)
            .documented("The largest volume that can be made."),
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("nodeTopology", &T::nodeTopology)
            .documented("Selects the nodes that reach the storage; none when left out."),
        field<T>("storageClassName", &T::storageClassName).required().always()
            .documented("The class of the volumes; it cannot be changed."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
