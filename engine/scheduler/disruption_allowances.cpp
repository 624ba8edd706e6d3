#include "engine/scheduler/disruption_allowances.h"

namespace kubetab::scheduler {

DisruptionAllowances::DisruptionAllowances(client::InformerFactory& informers) {
    for (const api::Ref<api::PodDisruptionBudget>& budget : informers.of<api::PodDisruptionBudget>().all()) {
        CompiledSelector selector(budget->spec.selector);
        // Unlike for the disruption controller, an empty selector selects nothing here.
        if (!budget->spec.selector || selector.matches_everything()) continue;
        budgets_.push_back({budget, std::move(selector), budget->status.disruptionsAllowed});
    }
}

bool DisruptionAllowances::breaks(const PodInfo& pod) {
    if (pod.labels().empty()) return false;
    bool broken = false;
    for (Budget& budget : budgets_) {
        if (budget.object->metadata.namespace_ != pod.namespace_()) continue;
        if (!budget.selector.matches(pod.labels())) continue;
        if (budget.object->status.disruptedPods.contains(pod.pod->metadata.name)) continue;
        if (--budget.allowed < 0) broken = true;
    }
    return broken;
}

}  // namespace kubetab::scheduler
