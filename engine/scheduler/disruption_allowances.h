// DisruptionAllowances: what disruption budgets still allow while preemption thinks about the pods of one
// node.
//
// Starts from the budgets' statuses; every pod that is asked about uses up one disruption of each budget that
// selects it. Nothing is written: preemption breaks budgets where it must.
//
// upstream: pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go
// filterPodsWithPDBViolation
#pragma once

#include <cstdint>
#include <vector>

#include "engine/api/policy.h"
#include "engine/client/informer.h"
#include "engine/scheduler/label_selector.h"
#include "engine/scheduler/pod_info.h"

namespace kubetab::scheduler {

class DisruptionAllowances {
public:
    explicit DisruptionAllowances(client::InformerFactory& informers);

    // Whether the end of this pod, after those asked about before, breaks a budget.
    bool breaks(const PodInfo& pod);

private:
    struct Budget {
        api::Ref<api::PodDisruptionBudget> object{};
        CompiledSelector selector{};
        std::int32_t allowed = 0;
    };
    std::vector<Budget> budgets_{};
};

}  // namespace kubetab::scheduler
