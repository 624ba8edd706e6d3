#include "engine/api/core/binding.h"

#include "engine/api/meta.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<Binding>::doc =
    "A Binding puts a pod on a node, once and for all. Schedulers create it; it is not kept.";

std::span<const Field> Describe<Binding>::fields() {
    using T = Binding;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("The name and namespace of the pod."),
        field<T>("target", &T::target).required()
            .documented("The node that the pod is to run on."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
