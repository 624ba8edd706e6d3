// What goes wrong in a cluster, by chance, and how it is put right.

#include <array>
#include <iterator>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/cluster/faults/fault_board.h"
#include "engine/tool/sim_world.h"

namespace kubetab::tool {
namespace {

using api::kind_of;

std::string pick_machine(SimWorld& world) {
    const std::vector<std::string> machines = world.cluster().machines();
    return machines[static_cast<std::size_t>(world.below(static_cast<std::int64_t>(machines.size())))];
}

std::string on_machine(SimWorld& world, const std::string& before, const std::string& after) {
    return type_line(world, before + " " + pick_machine(world) + after);
}

std::string cordon(SimWorld& world) {
    return on_machine(world, "kubectl cordon", "");
}
std::string uncordon(SimWorld& world) {
    return on_machine(world, "kubectl uncordon", "");
}
std::string drain(SimWorld& world) {
    return on_machine(world, "kubectl drain",
                      " --ignore-daemonsets --force --delete-emptydir-data --timeout=40s");
}
std::string taint(SimWorld& world) {
    const std::string effect = world.one_of({"NoSchedule", "NoExecute", "PreferNoSchedule"});
    return on_machine(world, "kubectl taint --overwrite nodes", " sim=yes:" + effect);
}
std::string label_node(SimWorld& world) {
    return on_machine(world, "kubectl label --overwrite nodes", world.chance(60) ? " disk=ssd" : " disk-");
}
std::string delete_node(SimWorld& world) {
    return on_machine(world, "kubectl delete node --wait=false", "");
}
std::string out_of_service(SimWorld& world) {
    return on_machine(world, "kubectl taint --overwrite nodes",
                      " node.kubernetes.io/out-of-service=gone:NoExecute");
}

std::string add_node(SimWorld& world) {
    return world.cluster().machines().size() < 12 ? type_line(world, "chaos add node") : "";
}

std::string pick_target(SimWorld& world, cluster::ActsOn acts_on) {
    switch (acts_on) {
        case cluster::ActsOn::Cluster: return "";
        case cluster::ActsOn::Node: return pick_machine(world);
        case cluster::ActsOn::Image: return world.one_of({"nginx:1.25", "nginx:1.27", "busybox:1.36"});
        default: break;
    }
    const bool pod = acts_on == cluster::ActsOn::Pod;
    const api::Ref<api::Object> object =
        world.pick(pod ? kind_of<api::Pod>() : kind_of<api::PersistentVolumeClaim>());
    return object ? api::ObjectKey::of(object->metadata).text() : "";
}

// Any fault of the table: a new one there takes part at once.
std::string begin_fault(SimWorld& world) {
    const std::vector<cluster::Fault>& faults = cluster::faults();
    const cluster::Fault& fault =
        faults[static_cast<std::size_t>(world.below(static_cast<std::int64_t>(faults.size())))];
    const std::string target = pick_target(world, fault.acts_on);
    if (fault.acts_on != cluster::ActsOn::Cluster && target.empty()) return "";
    const bool lasting = fault.end != nullptr && fault.lasts.empty();
    const std::int64_t seconds = 5 + world.below(world.chance(30) ? 900 : 90);
    const std::string limit = lasting && world.chance(60) ? " for=" + std::to_string(seconds) + "s" : "";
    return type_line(world,
                     "chaos " + std::string(fault.name) + (target.empty() ? "" : " " + target) + limit);
}

std::string end_fault(SimWorld& world) {
    const auto& active = world.cluster().faults().active();
    if (active.empty()) return "";
    const std::int64_t chosen = world.below(static_cast<std::int64_t>(active.size()));
    const cluster::FaultBoard::Key key =
        std::next(active.begin(), static_cast<std::ptrdiff_t>(chosen))->first;
    return type_line(world, "chaos end " + key.first + (key.second.empty() ? "" : " " + key.second));
}

constexpr std::array kActions{
    SimAction{50, begin_fault}, SimAction{25, end_fault},  SimAction{5, cordon},
    SimAction{7, uncordon},     SimAction{4, drain},       SimAction{3, taint},
    SimAction{4, label_node},   SimAction{2, delete_node}, SimAction{2, out_of_service},
    SimAction{2, add_node},
};

bool has_node(SimWorld& world, const std::string& name) {
    return world.cluster().store().get(kind_of<api::Node>(), {"", name}) != nullptr;
}

}  // namespace

std::span<const SimAction> fault_actions() {
    return kActions;
}

void heal(SimWorld& world) {
    cluster::Cluster& cluster = world.cluster();
    type_line(world, "chaos end all");
    for (const std::string& machine : cluster.machines()) {
        // A kubelet registers its node only when it starts.
        if (!has_node(world, machine)) (void)cluster.stop_node(machine);
        (void)cluster.start_node(machine);
        type_line(world, "kubectl uncordon " + machine);
        type_line(world, "kubectl taint nodes " + machine + " sim-");
        type_line(world, "kubectl taint nodes " + machine + " node.kubernetes.io/out-of-service-");
    }
    std::vector<std::string> lines;
    for (const auto& [key, object] : cluster.store().all(kind_of<api::ConfigMap>())) {
        if (object->metadata.finalizers.empty()) continue;
        lines.push_back("kubectl patch configmap -n " + key.namespace_ + " " + key.name +
                        " --type=merge -p '{\"metadata\":{\"finalizers\":null}}'");
    }
    for (const std::string& line : lines) type_line(world, line);
}

}  // namespace kubetab::tool
