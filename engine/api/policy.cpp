#include "engine/api/policy.h"

#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"

namespace kubetab::api {

bool covers(const PodDisruptionBudget& budget, const ObjectMeta& pod) {
    if (budget.metadata.namespace_ != pod.namespace_) return false;
    const base::Result<Selector> selector = Selector::of(budget.spec.selector);
    return selector.ok() && selector->matches(pod.labels);
}

void set_disruption_allowed(PodDisruptionBudgetStatus& status, Time now) {
    const bool allowed = status.disruptionsAllowed > 0;
    Condition condition;
    condition.type = "DisruptionAllowed";
    condition.status = allowed ? "True" : "False";
    condition.reason = allowed ? "SufficientPods" : "InsufficientPods";
    condition.observedGeneration = status.observedGeneration;
    set_condition(status.conditions, std::move(condition), now);
}

// clang-format off
const std::string_view Describe<PodDisruptionBudgetSpec>::doc =
    "Which pods a budget covers, and how many of them must stay when some are evicted.";

std::span<const Field> Describe<PodDisruptionBudgetSpec>::fields() {
    using T = PodDisruptionBudgetSpec;
    static const std::vector<Field> table{
        field<T>("maxUnavailable", &T::maxUnavailable)
            .documented("The most covered pods that may be missing after an eviction, as a number or a percentage."),
        field<T>("minAvailable", &T::minAvailable)
            .documented("The fewest covered pods that must be left after an eviction, as a number or a percentage."),
        field<T>("selector", &T::selector)
            .documented("Selects the covered pods by label; an empty one covers all of the namespace."),
        field<T>("unhealthyPodEvictionPolicy", &T::unhealthyPodEvictionPolicy)
            .one_of("AlwaysAllow|IfHealthyBudget")
            .documented("When running pods that are not ready may be evicted: always, or only while enough others are healthy."),
    };
    return table;
}

const std::string_view Describe<PodDisruptionBudgetStatus>::doc =
    "How many covered pods there are now, and how many of them may go.";

std::span<const Field> Describe<PodDisruptionBudgetStatus>::fields() {
    using T = PodDisruptionBudgetStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Whether evictions are allowed, and why not."),
        field<T>("currentHealthy", &T::currentHealthy).required().always()
            .documented("Covered pods that are ready and stay."),
        field<T>("desiredHealthy", &T::desiredHealthy).required().always()
            .documented("The fewest pods that must stay healthy."),
        field<T>("disruptedPods", &T::disruptedPods)
            .documented("Pods whose eviction was granted and has not been seen to happen yet, with the time it was granted."),
        field<T>("disruptionsAllowed", &T::disruptionsAllowed).required().always()
            .documented("Pods that may be evicted now."),
        field<T>("expectedPods", &T::expectedPods).required().always()
            .documented("Covered pods that there should be."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the status is about."),
    };
    return table;
}

const std::string_view Describe<PodDisruptionBudget>::doc =
    "A PodDisruptionBudget says how many of some pods may be taken away at the same time on purpose.";

std::span<const Field> Describe<PodDisruptionBudget>::fields() {
    using T = PodDisruptionBudget;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("Which pods are covered and how many must stay."),
        field<T>("status", &T::status)
            .documented("What the disruption controller found last."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
