#include "engine/api/validation/policy.h"

#include <cstdlib>

#include "engine/api/validation/metadata.h"

namespace kubetab::api {
namespace {

// upstream: ValidatePositiveIntOrPercent, IsNotMoreThan100Percent
void validate_amount(const std::optional<IntOrString>& amount, const Path& path, Errors& errors) {
    if (!amount) return;
    if (!amount->is_string) return errors.not_negative(path, amount->number);
    const Complaints complaints = percentage(amount->text);
    errors.complaints(path, go_text(*amount), complaints);
    if (complaints.empty() && std::strtoll(amount->text.c_str(), nullptr, 10) > 100)
        errors.invalid(path, go_text(*amount), "must not be greater than 100%");
}

// As Go prints pointers: their type, and somewhere in memory.
std::string pointer(std::string_view type, bool set) {
    return "(*" + std::string(type) + ")(" + (set ? "0xc000000000" : "nil") + ")";
}

std::string printed(const PodDisruptionBudgetSpec& spec) {
    return "policy.PodDisruptionBudgetSpec{MinAvailable:" +
           pointer("intstr.IntOrString", spec.minAvailable.has_value()) +
           ", Selector:" + pointer("v1.LabelSelector", spec.selector.has_value()) +
           ", MaxUnavailable:" + pointer("intstr.IntOrString", spec.maxUnavailable.has_value()) +
           ", UnhealthyPodEvictionPolicy:" +
           pointer("policy.UnhealthyPodEvictionPolicyType", spec.unhealthyPodEvictionPolicy.has_value()) +
           "}";
}

}  // namespace

void validate_pod_disruption_budget(const PodDisruptionBudget& object, Errors& errors) {
    const PodDisruptionBudgetSpec& spec = object.spec;
    const Path path("spec");
    if (spec.minAvailable && spec.maxUnavailable)
        errors.invalid(path, printed(spec), "minAvailable and maxUnavailable cannot be both set");
    validate_amount(spec.minAvailable, path.child("minAvailable"), errors);
    validate_amount(spec.maxUnavailable, path.child("maxUnavailable"), errors);
    validate_label_selector(*spec.selector, path.child("selector"), errors);
    if (spec.unhealthyPodEvictionPolicy) {
        errors.one_of(path.child("unhealthyPodEvictionPolicy"), *spec.unhealthyPodEvictionPolicy,
                      {"AlwaysAllow", "IfHealthyBudget"});
    }
}

}  // namespace kubetab::api
