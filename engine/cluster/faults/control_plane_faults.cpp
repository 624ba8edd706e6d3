// Faults of the controller manager and the scheduler.
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"
#include "engine/cluster/faults/settle.h"

namespace kubetab::cluster {
namespace {

base::Result<void> stop_controllers(FaultUse& use) {
    settle_controllers(use.cluster);
    return {};
}
void start_controllers(FaultUse& use) {
    settle_controllers(use.cluster);
}

// A process that takes over has listed everything and looks at all of it.
void take_over(FaultUse& use) {
    for (const std::unique_ptr<client::Controller>& controller : use.cluster.controllers()) {
        for (const api::Kind* kind : api::all_kinds()) {
            if (kind == &api::kind_of<api::Event>()) continue;
            for (const auto& [key, object] : use.cluster.store().all(*kind)) controller->enqueue(key, 0);
        }
    }
    settle_controllers(use.cluster);
}

base::Result<void> stop_scheduler(FaultUse& use) {
    use.cluster.set_scheduler_running(false);
    return {};
}
void start_scheduler(FaultUse& use) {
    use.cluster.set_scheduler_running(true);
}

}  // namespace

void add_control_plane_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "controller-manager-down",
                      .help = "no controller acts",
                      .begin = stop_controllers,
                      .end = start_controllers});
    faults.push_back({.name = "scheduler-down",
                      .help = "no pod is given a node",
                      .begin = stop_scheduler,
                      .end = start_scheduler});
    // Fifteen seconds are what a lease of the control plane lasts.
    faults.push_back({.name = "leader-change",
                      .help = "the acting controller manager is lost, and another one takes over",
                      .begin = stop_controllers,
                      .end = take_over,
                      .lasts = "15s"});
}

}  // namespace kubetab::cluster
