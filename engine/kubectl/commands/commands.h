// One function per command, each in commands/<path with underscores>.cpp. commands.cpp lists them in order.
#pragma once

#include <string>
#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec get_command();

// The text of `kubectl <command> --help`; nullptr means kubectl itself. In commands/help.cpp.
std::string help_text(const CommandSpec* command);

// Candidates for the last word of a command line. In completion.cpp.
std::vector<std::string> complete_words(client::Transport& transport, Configuration& configuration,
                                        const sim::Invocation& invocation);

}  // namespace kubetab::kubectl
