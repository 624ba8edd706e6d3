// Questions about a pod's state, and changes of conditions.
// upstream: pkg/api/v1/pod/util.go, pkg/controller/controller_utils.go
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/api/core/pod.h"

namespace kubetab::api {

// The condition of that type, or null. For any list of conditions (PodCondition, NodeCondition,
// DeploymentCondition, …).
template <class C>
const C* find_condition(const std::vector<C>& conditions, std::string_view type) {
    const auto it =
        std::find_if(conditions.begin(), conditions.end(), [&](const C& c) { return c.type == type; });
    return it == conditions.end() ? nullptr : &*it;
}

template <class C>
bool is_condition_true(const std::vector<C>& conditions, std::string_view type) {
    const C* condition = find_condition(conditions, type);
    return condition != nullptr && condition->status == "True";
}

// Puts the condition in its place, or last when it is new. lastTransitionTime becomes `now` when the status
// differs from before and is kept otherwise. True when anything changed besides times. upstream:
// UpdatePodCondition
template <class C>
bool set_condition(std::vector<C>& conditions, C condition, Time now) {
    const auto it = std::find_if(conditions.begin(), conditions.end(),
                                 [&](const C& c) { return c.type == condition.type; });
    condition.lastTransitionTime = now;
    if (it == conditions.end()) {
        conditions.push_back(std::move(condition));
        return true;
    }
    if (it->status == condition.status) condition.lastTransitionTime = it->lastTransitionTime;
    const bool changed =
        it->status != condition.status || it->reason != condition.reason || it->message != condition.message;
    *it = std::move(condition);
    return changed;
}

template <class C>
const C* find_condition(const List<C>& conditions, std::string_view type) {
    return find_condition(conditions.all(), type);
}
template <class C>
bool is_condition_true(const List<C>& conditions, std::string_view type) {
    return is_condition_true(conditions.all(), type);
}
template <class C>
bool set_condition(List<C>& conditions, C condition, Time now) {
    return set_condition(conditions.edit(), std::move(condition), now);
}

// True when there was one. The others keep their order.
template <class C>
bool remove_condition(std::vector<C>& conditions, std::string_view type) {
    const auto it =
        std::find_if(conditions.begin(), conditions.end(), [&](const C& c) { return c.type == type; });
    if (it == conditions.end()) return false;
    conditions.erase(it);
    return true;
}

// The condition Ready is True.
bool is_pod_ready(const Pod& pod);
// Ready for at least that long (lastTransitionTime of Ready). upstream: IsPodAvailable
bool is_pod_available(const Pod& pod, std::int32_t min_ready_seconds, Time now);
// Succeeded or Failed: it never runs again.
bool is_pod_finished(const Pod& pod);
// Neither finished nor being deleted. upstream: IsPodActive
bool is_pod_active(const Pod& pod);
bool is_terminating(const Object& object);

// The status of that container among containers, init containers and ephemeral ones, or null.
const ContainerStatus* find_container_status(const PodStatus& status, std::string_view container_name);
// The container of that name among containers and init containers, or null.
const Container* find_container(const PodSpec& spec, std::string_view container_name);

}  // namespace kubetab::api
