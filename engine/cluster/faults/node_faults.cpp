// Faults of a machine's network, clock, resources and images.
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"
#include "engine/cluster/faults/settle.h"

namespace kubetab::cluster {
namespace {

void settle_link(FaultUse& use) {
    settle_connection(use.cluster, use.target);
}
base::Result<void> cut_link(FaultUse& use) {
    settle_link(use);
    return {};
}

base::Result<void> skew_clock(FaultUse& use) {
    use.cluster.kubelet(use.target)->faults().clock_skew = use.duration("by");
    return {};
}
void set_clock(FaultUse& use) {
    use.cluster.kubelet(use.target)->faults().clock_skew = {};
}

using Left = std::optional<std::int64_t> node::NodeFaults::*;

void leave(FaultUse& use, Left what, std::optional<std::int64_t> amount) {
    node::Kubelet& machine = *use.cluster.kubelet(use.target);
    machine.faults().*what = amount;
    machine.resources_changed();
}
base::Result<void> take_memory(FaultUse& use) {
    leave(use, &node::NodeFaults::memory_left, use.quantity("left"));
    return {};
}
void give_memory(FaultUse& use) {
    leave(use, &node::NodeFaults::memory_left, std::nullopt);
}
base::Result<void> take_disk(FaultUse& use) {
    leave(use, &node::NodeFaults::disk_left, use.quantity("left"));
    return {};
}
void give_disk(FaultUse& use) {
    leave(use, &node::NodeFaults::disk_left, std::nullopt);
}
base::Result<void> take_pids(FaultUse& use) {
    leave(use, &node::NodeFaults::pids_left, use.number("left"));
    return {};
}
void give_pids(FaultUse& use) {
    leave(use, &node::NodeFaults::pids_left, std::nullopt);
}

base::Result<void> lose_images(FaultUse& use) {
    (void)use.cluster.kubelet(use.target)->remove_unused_images();
    return {};
}

}  // namespace

void add_node_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "node-partition",
                      .acts_on = ActsOn::Node,
                      .help = "node and control plane cannot reach each other; its pods run on",
                      .begin = cut_link,
                      .end = settle_link});
    faults.push_back({.name = "memory-pressure",
                      .acts_on = ActsOn::Node,
                      .help = "something eats the node's memory; below 100Mi the kubelet evicts pods",
                      .begin = take_memory,
                      .end = give_memory,
                      .parameters = {{"left", "50Mi", "what it leaves to pods as they are now"}}});
    faults.push_back({.name = "disk-pressure",
                      .acts_on = ActsOn::Node,
                      .help = "something fills the node's disk; below a tenth images go and pods are evicted",
                      .begin = take_disk,
                      .end = give_disk,
                      .parameters = {{"left", "5Gi", "what it leaves"}}});
    faults.push_back({.name = "pid-pressure",
                      .acts_on = ActsOn::Node,
                      .help = "something takes the node's process numbers; below a tenth pods are evicted",
                      .begin = take_pids,
                      .end = give_pids,
                      .parameters = {{"left", "1000", "how many of 32768 it leaves"}}});
    faults.push_back({.name = "clock-skew",
                      .acts_on = ActsOn::Node,
                      .help = "the node's clock is wrong, and so are the times that it writes",
                      .begin = skew_clock,
                      .end = set_clock,
                      .parameters = {{"by", "5m", "how far it goes ahead; -10m is behind", true}}});
    faults.push_back({.name = "images-lost",
                      .acts_on = ActsOn::Node,
                      .help = "the images that no pod of the node uses are gone from its disk",
                      .begin = lose_images});
}

}  // namespace kubetab::cluster
