// Which flags a command line of a command may hold.
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

// The command's own flags, and the global ones of other names: `config set-context --user` is not the global
// --user.
FlagTable flags_of(const CommandSpec& command);

// True when the command itself has a flag of that name.
bool has_own_flag(const CommandSpec& command, std::string_view name);

}  // namespace kubetab::kubectl
