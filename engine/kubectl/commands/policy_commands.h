// The commands about what bounds, scales and measures workloads, one function each. commands.cpp lists them.
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec autoscale_command();
CommandSpec create_pod_disruption_budget_command();
CommandSpec create_quota_command();
CommandSpec top_command();
CommandSpec top_node_command();
CommandSpec top_pod_command();

}  // namespace kubetab::kubectl
