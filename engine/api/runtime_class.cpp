#include "engine/api/runtime_class.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<RuntimeOverhead>::doc =
    "What a pod of the class needs beside its containers.";

std::span<const Field> Describe<RuntimeOverhead>::fields() {
    using T = RuntimeOverhead;
    static const std::vector<Field> table{
        field<T>("podFixed", &T::podFixed)
            .documented("Resources that are added to each pod's requests."),
    };
    return table;
}

const std::string_view Describe<RuntimeScheduling>::doc =
    "Which nodes have the runtime.";

std::span<const Field> Describe<RuntimeScheduling>::fields() {
    using T = RuntimeScheduling;
    static const std::vector<Field> table{
        field<T>("nodeSelector", &T::nodeSelector)
            .documented("Labels of the nodes; added to the selector of each pod."),
        field<T>("tolerations", &T::tolerations)
            .documented("Taints of those nodes; tolerated by each pod."),
    };
    return table;
}

const std::string_view Describe<RuntimeClass>::doc =
    "A RuntimeClass names a way to run containers that nodes may have beside their "
    "usual one.";

std::span<const Field> Describe<RuntimeClass>::fields() {
    using T = RuntimeClass;
    static const std::vector<Field> table{
        field<T>("handler", &T::handler).required().always()
            .documented("The name that the container runtime on the nodes has for it; it cannot be "
                        "changed."),
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("overhead", &T::overhead)
            .documented("What a pod needs beside its containers."),
        field<T>("scheduling", &T::scheduling)
            .documented("Which nodes have the runtime; all when left out."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
