#include "engine/api/controller_revision.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ControllerRevision>::doc =
    "A ControllerRevision keeps one state of a DaemonSet or StatefulSet, so that it "
    "can be gone back to.";

std::span<const Field> Describe<ControllerRevision>::fields() {
    using T = ControllerRevision;
    static const std::vector<Field> table{
        field<T>("data", &T::data)
            .documented("The kept state, as a patch of the object that owns it."),
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("revision", &T::revision).required().always()
            .documented("The number of the state: later ones have higher numbers."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
