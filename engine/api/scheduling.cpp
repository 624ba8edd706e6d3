#include "engine/api/scheduling.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PriorityClass>::doc =
    "A PriorityClass gives a name to how important pods are: a pod that finds no room may have pods of less priority removed.";

std::span<const Field> Describe<PriorityClass>::fields() {
    using T = PriorityClass;
    static const std::vector<Field> table{
        field<T>("description", &T::description)
            .documented("When to use the class, for people."),
        field<T>("globalDefault", &T::globalDefault)
            .documented("Whether pods that name no class get this one; true for one class at most."),
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("preemptionPolicy", &T::preemptionPolicy)
            .preset(R"("PreemptLowerPriority")").one_of("Never|PreemptLowerPriority")
            .documented("Whether pods of the class may have others removed, or only wait ahead of them."),
        field<T>("value", &T::value).required().always()
            .documented("The priority: the more, the more important. It cannot be changed."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
