// The commands that make what bounds and scales workloads, one function each. commands.cpp lists them.
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec create_pod_disruption_budget_command();
CommandSpec create_quota_command();

}  // namespace kubetab::kubectl
