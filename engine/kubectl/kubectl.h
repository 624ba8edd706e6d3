// kubectl as a command of the learner's terminal.
#pragma once

#include <memory>

#include "engine/client/transport.h"
#include "engine/kubectl/configuration.h"
#include "engine/sim/process.h"

namespace kubetab::kubectl {

// `transport` and `configuration` must outlive the command; the configuration is changed by `kubectl config`.
std::unique_ptr<sim::Command> make_kubectl(client::Transport& transport, Configuration& configuration);

}  // namespace kubetab::kubectl
