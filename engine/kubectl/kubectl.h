// kubectl as a command of the learner's terminal.
#pragma once

#include <memory>
#include <vector>

#include "engine/client/transport.h"
#include "engine/kubectl/configuration.h"
#include "engine/sim/process.h"

namespace kubetab::kubectl {

// Commands that others add: one named "kubectl-why" is run by `kubectl why`, with the words that follow.
// upstream: kubectl/pkg/cmd/plugin
using Plugins = std::vector<std::unique_ptr<sim::Command>>;

// `transport` and `configuration` must outlive the command; the configuration is changed by `kubectl config`.
std::unique_ptr<sim::Command> make_kubectl(client::Transport& transport, Configuration& configuration,
                                           Plugins plugins = {});

}  // namespace kubetab::kubectl
