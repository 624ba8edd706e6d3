// kubectl as a command of the learner's terminal.
#pragma once

#include <memory>
#include <vector>

#include "engine/client/transport.h"
#include "engine/sim/local_ports.h"
#include "engine/sim/process.h"

namespace kubetab::kubectl {

// Commands that others add: one named "kubectl-why" is run by `kubectl why`, with the words that follow.
// upstream: kubectl/pkg/cmd/plugin
using Plugins = std::vector<std::unique_ptr<sim::Command>>;

// `transport` and `ports`, those of the machine it runs on, must outlive the command. Which cluster a run
// speaks to is told by its kubeconfig file.
std::unique_ptr<sim::Command> make_kubectl(client::Transport& transport, sim::LocalPorts& ports,
                                           Plugins plugins = {});

}  // namespace kubetab::kubectl
