#include "engine/controllers/pod_state.h"

#include <utility>

namespace kubetab::controllers {

const api::PodCondition* find_condition(const api::PodStatus& status, std::string_view type) {
    for (const api::PodCondition& condition : status.conditions) {
        if (condition.type == type) return &condition;
    }
    return nullptr;
}

bool set_condition(api::PodStatus& status, api::PodCondition condition, sim::Instant now) {
    condition.lastTransitionTime = api::Time(now);
    for (api::PodCondition& known : status.conditions) {
        if (known.type != condition.type) continue;
        if (known.status == condition.status) condition.lastTransitionTime = known.lastTransitionTime;
        const bool changed = known.status != condition.status || known.reason != condition.reason ||
                             known.message != condition.message;
        known = std::move(condition);
        return changed;
    }
    status.conditions.push_back(std::move(condition));
    return true;
}

bool is_terminal(const api::Pod& pod) { return pod.status.phase == "Succeeded" || pod.status.phase == "Failed"; }

bool is_active(const api::Pod& pod) { return !is_terminal(pod) && !is_terminating(pod.metadata); }

bool is_ready(const api::Pod& pod) {
    const api::PodCondition* ready = find_condition(pod.status, "Ready");
    return ready != nullptr && ready->status == "True";
}

api::Time ready_since(const api::Pod& pod) {
    const api::PodCondition* ready = find_condition(pod.status, "Ready");
    return ready != nullptr && ready->status == "True" ? ready->lastTransitionTime : api::Time{};
}

bool is_available(const api::Pod& pod, std::int32_t min_ready_seconds, sim::Instant now) {
    if (!is_ready(pod)) return false;
    if (min_ready_seconds == 0) return true;
    const api::Time since = ready_since(pod);
    return since.is_set() && since.instant() + sim::seconds(min_ready_seconds) < now;
}

}  // namespace kubetab::controllers
