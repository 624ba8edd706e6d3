// The commands about what bounds, scales, measures and certifies, one function each. commands.cpp lists them.
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec autoscale_command();
CommandSpec certificate_approve_command();
CommandSpec certificate_command();
CommandSpec certificate_deny_command();
CommandSpec create_pod_disruption_budget_command();
CommandSpec create_quota_command();
CommandSpec top_command();
CommandSpec top_node_command();
CommandSpec top_pod_command();

}  // namespace kubetab::kubectl
