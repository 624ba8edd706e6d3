// The taints that say what is wrong with a node, and how a list of taints is changed.
//
// upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go, pkg/util/taints/taints.go
#pragma once

#include <string_view>
#include <vector>

#include "engine/api/core/node.h"

namespace kubetab::controllers {

inline constexpr std::string_view kNotReadyTaint = "node.kubernetes.io/not-ready";
inline constexpr std::string_view kUnreachableTaint = "node.kubernetes.io/unreachable";
inline constexpr std::string_view kOutOfServiceTaint = "node.kubernetes.io/out-of-service";
inline constexpr std::string_view kNoSchedule = "NoSchedule";
inline constexpr std::string_view kNoExecute = "NoExecute";

bool has_taint(const api::Node& node, std::string_view key, std::string_view effect);
// True when there was one.
bool remove_taint(std::vector<api::Taint>& taints, std::string_view key, std::string_view effect);
// Replaces the one of that key and effect, or appends.
void add_taint(std::vector<api::Taint>& taints, std::string_view key, std::string_view effect, api::Time now);

// Makes the NoSchedule taints follow the node's conditions and spec.unschedulable; others are left alone.
// True when that changed something.
bool sync_no_schedule_taints(api::Node& node, api::Time now);
// Makes the NoExecute taint follow the status of the condition Ready: "True" none, "False" not-ready,
// "Unknown" unreachable. True when that changed something.
bool sync_no_execute_taints(api::Node& node, std::string_view ready, api::Time now);

std::vector<api::Taint> no_execute_taints(const api::Node& node);

}  // namespace kubetab::controllers
