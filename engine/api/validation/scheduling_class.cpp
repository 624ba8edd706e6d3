#include "engine/api/validation/scheduling_class.h"

#include <string>

namespace kubetab::api {
namespace {

constexpr std::string_view kReservedPrefix = "system-";

bool is_system_class(const PriorityClass& object) {
    return object.metadata.name == kSystemNodeCritical || object.metadata.name == kSystemClusterCritical;
}

void validate_policy(const PriorityClass& object, Errors& errors) {
    if (!object.preemptionPolicy) return;
    errors.one_of(Path("preemptionPolicy"), *object.preemptionPolicy, {"PreemptLowerPriority", "Never"});
}

}  // namespace

void validate_priority_class(const PriorityClass& object, Errors& errors) {
    const std::string& name = object.metadata.name;
    if (name.starts_with(kReservedPrefix)) {
        if (!is_system_class(object)) {
            errors.forbidden(
                Path("metadata.name"),
                "priority class names with 'system-' prefix are reserved for system use only. error: " +
                    name + " is not a known system priority class");
        }
    } else if (object.value > kHighestUserPriority) {
        errors.forbidden(Path("value"), "maximum allowed value of a user defined priority is " +
                                            std::to_string(kHighestUserPriority));
    }
    validate_policy(object, errors);
}

void validate_priority_class_update(const PriorityClass& now, const PriorityClass& old, Errors& errors) {
    if (now.value != old.value) errors.forbidden(Path("value"), "may not be changed in an update.");
    if (now.preemptionPolicy != old.preemptionPolicy) {
        errors.invalid(Path("preemptionPolicy"), '"' + std::string(now.preemptionPolicy.value_or("")) + '"',
                       "field is immutable");
    }
}

}  // namespace kubetab::api
