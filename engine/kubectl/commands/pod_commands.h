// Commands that start pods, look into them or wait for them, and those that are refused. As in commands.h,
// each is in commands/<name>.cpp.
#pragma once

#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec run_command();
CommandSpec expose_command();
CommandSpec logs_command();
CommandSpec attach_command();
CommandSpec exec_command();
CommandSpec port_forward_command();
CommandSpec debug_command();
CommandSpec events_command();
CommandSpec wait_command();

// Commands of kubectl that are refused, each with what to do instead.
std::vector<CommandSpec> refused_commands();

}  // namespace kubetab::kubectl
