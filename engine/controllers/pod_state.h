// What controllers ask about a pod.
// upstream: pkg/api/v1/pod/util.go, pkg/controller/controller_utils.go
#pragma once

#include <string_view>

#include "engine/api/core/pod.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

// Null when the pod has no such condition.
const api::PodCondition* find_condition(const api::PodStatus& status, std::string_view type);
// Sets the condition; its transition time moves only when its status differs. False when nothing changed.
bool set_condition(api::PodStatus& status, api::PodCondition condition, sim::Instant now);

bool is_terminal(const api::Pod& pod);  // Succeeded or Failed
inline bool is_terminating(const api::ObjectMeta& metadata) { return metadata.deletionTimestamp.is_set(); }
// Counts for its owner: neither ended nor being deleted.
bool is_active(const api::Pod& pod);
bool is_ready(const api::Pod& pod);
// Since when it is ready; unset when it is not.
api::Time ready_since(const api::Pod& pod);
// Ready for longer than that.
bool is_available(const api::Pod& pod, std::int32_t min_ready_seconds, sim::Instant now);

}  // namespace kubetab::controllers
