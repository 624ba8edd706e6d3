// The `chaos` command: the faults of engine/cluster/faults from the terminal.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/cluster/cluster.h"
#include "engine/sim/process.h"

namespace kubetab::session {

// `caused` is called with the words of every fault that begins or ends, whoever is the cause. Both outlive
// the command.
std::unique_ptr<sim::Command> make_chaos(cluster::Cluster& cluster, std::function<void(std::string)> caused);

}  // namespace kubetab::session
