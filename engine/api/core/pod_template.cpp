#include "engine/api/core/pod_template.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PodTemplate>::doc =
    "A PodTemplate keeps the description of a pod under a name; nothing acts on it.";

std::span<const Field> Describe<PodTemplate>::fields() {
    using T = PodTemplate;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("template", &T::template_).always()
            .documented("The pod that is described."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
