#include "engine/api/core/component_status.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ComponentCondition>::doc =
    "Whether a part of the control plane is well.";

std::span<const Field> Describe<ComponentCondition>::fields() {
    using T = ComponentCondition;
    static const std::vector<Field> table{
        field<T>("error", &T::error)
            .documented("What went wrong when it was asked."),
        field<T>("message", &T::message)
            .documented("What it answered."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What is judged: Healthy."),
    };
    return table;
}

const std::string_view Describe<ComponentStatus>::doc =
    "A ComponentStatus says whether a part of the control plane is well. It is made "
    "when somebody asks, and deprecated.";

std::span<const Field> Describe<ComponentStatus>::fields() {
    using T = ComponentStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Judgements of the part."),
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
