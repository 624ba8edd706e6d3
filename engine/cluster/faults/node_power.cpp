// Faults of a machine and its kubelet as a whole.
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::cluster {
namespace {

// Brings a machine to what its active faults say together.
void settle_power(FaultUse& use) {
    node::Kubelet& machine = *use.cluster.kubelet(use.target);
    const FaultBoard& board = use.board;
    const bool off = board.is_active("node-crash", use.target) || board.is_active("node-reboot", use.target);
    const bool down = board.is_active("kubelet-down", use.target);
    const bool paused = board.is_active("node-pause", use.target) && !off;
    if (off) {
        machine.set_paused(false);
        return machine.stop();
    }
    machine.set_paused(paused);
    if (paused) return;  // Nothing starts and nothing ends there until it goes on.
    if (down && machine.power() == node::Power::Off) machine.start();
    if (down) machine.crash();
    else machine.start();
}

base::Result<void> settle_power_at_begin(FaultUse& use) {
    settle_power(use);
    return {};
}

// The kubelet's process is killed, and the service manager starts it anew.
base::Result<void> restart_kubelet(FaultUse& use) {
    node::Kubelet& machine = *use.cluster.kubelet(use.target);
    if (machine.power() != node::Power::On || machine.paused())
        return base::failure(base::Reason::BadRequest, "the kubelet of " + use.target + " does not run");
    machine.crash();
    machine.start();
    return {};
}

}  // namespace

void add_node_power_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "node-crash",
                      .acts_on = ActsOn::Node,
                      .help = "the machine is off until this ends",
                      .begin = settle_power_at_begin,
                      .end = settle_power});
    faults.push_back({.name = "node-reboot",
                      .acts_on = ActsOn::Node,
                      .help = "the machine goes down and comes up again",
                      .begin = settle_power_at_begin,
                      .end = settle_power,
                      .lasts = "30s"});
    faults.push_back({.name = "node-pause",
                      .acts_on = ActsOn::Node,
                      .help = "kubelet and containers stand still, as on a halted virtual machine",
                      .begin = settle_power_at_begin,
                      .end = settle_power});
    faults.push_back({.name = "kubelet-down",
                      .acts_on = ActsOn::Node,
                      .help = "the kubelet does not run; the containers do",
                      .begin = settle_power_at_begin,
                      .end = settle_power});
    faults.push_back({.name = "kubelet-restart",
                      .acts_on = ActsOn::Node,
                      .help = "the kubelet ends and is started again at once",
                      .begin = restart_kubelet});
}

}  // namespace kubetab::cluster
