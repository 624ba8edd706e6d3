#include "engine/cluster/faults/settle.h"

#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::cluster {

void settle_connection(Cluster& cluster, const std::string& node) {
    const FaultBoard& board = cluster.faults();
    const bool cut = board.is_active("node-partition", node) || board.is_active("api-restart");
    cluster.kubelet(node)->set_connected(!cut);
}

void settle_doors(Cluster& cluster) {
    const FaultBoard& board = cluster.faults();
    const bool down = board.is_active("api-restart");
    const bool overtaken = board.is_active("etcd-compaction");
    const auto every = [&](std::string_view fault) {
        const FaultUse* use = board.find(fault);
        return use == nullptr ? 0 : use->number("one-in");
    };
    Weather weather;
    weather.shut = down;
    weather.timed_out = every("etcd-timeout");
    weather.doubled = every("double-wakeups");
    if (const FaultUse* slow = board.find("slow-api")) weather.late = slow->duration("by");
    weather.lost = overtaken ? 1 : 0;
    cluster.doors().scheduler.set_weather(weather);
    cluster.doors().nodes.set_weather(weather);
    weather.conflicting = every("write-conflicts");
    if (!overtaken) weather.lost = every("lost-wakeups");
    cluster.doors().controllers.set_weather(weather);
    cluster.front_door().set_shut(down);
    for (const std::string& node : cluster.machines()) settle_connection(cluster, node);
}

void settle_controllers(Cluster& cluster) {
    const FaultBoard& board = cluster.faults();
    const bool down = board.is_active("controller-manager-down") || board.is_active("leader-change");
    cluster.set_controllers_running(!down);
}

}  // namespace kubetab::cluster
