#include "engine/controllers/node_taints.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

struct ConditionTaint {
    std::string_view condition;
    std::string_view status;
    std::string_view taint;
};

constexpr std::array kConditionTaints = {
    ConditionTaint{"Ready", "False", kNotReadyTaint},
    ConditionTaint{"Ready", "Unknown", kUnreachableTaint},
    ConditionTaint{"MemoryPressure", "True", "node.kubernetes.io/memory-pressure"},
    ConditionTaint{"DiskPressure", "True", "node.kubernetes.io/disk-pressure"},
    ConditionTaint{"NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"},
    ConditionTaint{"PIDPressure", "True", "node.kubernetes.io/pid-pressure"},
};
constexpr std::string_view kUnschedulableTaint = "node.kubernetes.io/unschedulable";

bool matches(const api::Taint& taint, std::string_view key, std::string_view effect) {
    return taint.key == key && taint.effect == effect;
}

// True when the list had to be changed.
bool want(std::vector<api::Taint>& taints, std::string_view key, std::string_view effect, bool wanted,
          api::Time now) {
    if (!wanted) return remove_taint(taints, key, effect);
    const bool present = std::any_of(taints.begin(), taints.end(),
                                     [&](const api::Taint& taint) { return matches(taint, key, effect); });
    if (present) return false;
    add_taint(taints, key, effect, now);
    return true;
}

}  // namespace

bool has_taint(const api::Node& node, std::string_view key, std::string_view effect) {
    return std::any_of(node.spec.taints.begin(), node.spec.taints.end(),
                       [&](const api::Taint& taint) { return matches(taint, key, effect); });
}

bool remove_taint(std::vector<api::Taint>& taints, std::string_view key, std::string_view effect) {
    return std::erase_if(taints, [&](const api::Taint& taint) { return matches(taint, key, effect); }) > 0;
}

void add_taint(std::vector<api::Taint>& taints, std::string_view key, std::string_view effect,
               api::Time now) {
    api::Taint added;
    added.key = key;
    added.effect = effect;
    added.timeAdded = now;
    const auto existing = std::find_if(taints.begin(), taints.end(),
                                       [&](const api::Taint& taint) { return matches(taint, key, effect); });
    if (existing == taints.end()) taints.push_back(std::move(added));
    else *existing = std::move(added);
}

// upstream: doNoScheduleTaintingPass
bool sync_no_schedule_taints(api::Node& node, api::Time now) {
    bool changed = false;
    for (const ConditionTaint& known : kConditionTaints) {
        const api::NodeCondition* condition = api::find_condition(node.status.conditions, known.condition);
        const bool wanted = condition != nullptr && condition->status == known.status;
        changed |= want(node.spec.taints, known.taint, kNoSchedule, wanted, now);
    }
    changed |= want(node.spec.taints, kUnschedulableTaint, kNoSchedule, node.spec.unschedulable, now);
    return changed;
}

// upstream: SwapNodeControllerTaint, markNodeAsReachable
bool sync_no_execute_taints(api::Node& node, std::string_view ready, api::Time now) {
    bool changed = want(node.spec.taints, kNotReadyTaint, kNoExecute, ready == "False", now);
    changed |= want(node.spec.taints, kUnreachableTaint, kNoExecute, ready == "Unknown", now);
    return changed;
}

std::vector<api::Taint> no_execute_taints(const api::Node& node) {
    std::vector<api::Taint> result = node.spec.taints;
    std::erase_if(result, [](const api::Taint& taint) { return taint.effect != kNoExecute; });
    return result;
}

}  // namespace kubetab::controllers
