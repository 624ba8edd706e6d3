#include "engine/api/metrics.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ContainerMetrics>::doc =
    "What one container uses.";

std::span<const Field> Describe<ContainerMetrics>::fields() {
    using T = ContainerMetrics;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The name of the container."),
        field<T>("usage", &T::usage).required().always()
            .documented("Its use of cpu and memory."),
    };
    return table;
}

const std::string_view Describe<NodeMetrics>::doc =
    "NodeMetrics says what a node uses.";

std::span<const Field> Describe<NodeMetrics>::fields() {
    using T = NodeMetrics;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("timestamp", &T::timestamp).required().always()
            .documented("The end of the time that was measured."),
        field<T>("window", &T::window).required().always()
            .documented("How long was measured, such as 15s."),
        field<T>("usage", &T::usage).required().always()
            .documented("The use of cpu and memory."),
    };
    return table;
}

const std::string_view Describe<PodMetrics>::doc =
    "PodMetrics says what the containers of a pod use.";

std::span<const Field> Describe<PodMetrics>::fields() {
    using T = PodMetrics;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("timestamp", &T::timestamp).required().always()
            .documented("The end of the time that was measured."),
        field<T>("window", &T::window).required().always()
            .documented("How long was measured, such as 15s."),
        field<T>("containers", &T::containers).required().always()
            .documented("The containers that run, each with what it uses."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
