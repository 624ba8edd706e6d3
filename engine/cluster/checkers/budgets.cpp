// An eviction is paid from the disruption budget that covers the pod, and no budget is overdrawn.

#include <map>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/api/policy.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

bool is_evicted(const api::Pod& pod) {
    const api::PodCondition* condition = api::find_condition(pod.status.conditions, "DisruptionTarget");
    return condition != nullptr && condition->status == "True" &&
           condition->reason == "EvictionByEvictionAPI";
}

class BudgetsChecker : public Checker {
public:
    std::string_view invariant() const override { return "evictions keep within their budget"; }

    Violation see(const store::Write& write) override {
        if (write.kind == &api::kind_of<api::PodDisruptionBudget>()) return see_budget(write);
        if (write.kind != &api::kind_of<api::Pod>() || write.type != api::ChangeType::Modified) return {};
        const auto& before = static_cast<const api::Pod&>(*write.previous);
        const auto& pod = static_cast<const api::Pod&>(*write.object);
        if (is_evicted(before) || !is_evicted(pod) || !api::is_pod_ready(pod)) return {};
        for (const auto& [key, budget] : budgets_) {
            if (key.namespace_ != pod.metadata.namespace_ || !api::covers(*budget, pod.metadata)) continue;
            if (budget->status.disruptedPods.contains(pod.metadata.name)) continue;
            return name_of(*write.kind, pod) + " was evicted, and its budget " + key.name + " knows nothing";
        }
        return {};
    }

private:
    Violation see_budget(const store::Write& write) {
        const auto budget = api::cast<api::PodDisruptionBudget>(write.object.get());
        const api::ObjectKey key = api::ObjectKey::of(budget->metadata);
        if (write.type == api::ChangeType::Deleted) {
            budgets_.erase(key);
            return {};
        }
        budgets_.insert_or_assign(key, budget);
        if (budget->status.disruptionsAllowed >= 0) return {};
        return name_of(*write.kind, *budget) +
               " is overdrawn: " + std::to_string(budget->status.disruptionsAllowed) + " disruptions allowed";
    }

    std::map<api::ObjectKey, api::Ref<api::PodDisruptionBudget>> budgets_{};
};

}  // namespace

std::unique_ptr<Checker> make_budgets_checker() {
    return std::make_unique<BudgetsChecker>();
}

}  // namespace kubetab::cluster
