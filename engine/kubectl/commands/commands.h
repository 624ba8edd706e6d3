// One function per command, each in commands/<path with underscores>.cpp. commands.cpp lists them in order.
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec get_command();

}  // namespace kubetab::kubectl
