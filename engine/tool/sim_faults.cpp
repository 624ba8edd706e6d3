// What goes wrong in a cluster, by chance, and how it is put right.

#include <array>

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

std::string stop_node(SimWorld& world) {
    return on_machine(world, "chaos stop node", "");
}
std::string start_node(SimWorld& world) {
    return on_machine(world, "chaos start node", "");
}
std::string partition_node(SimWorld& world) {
    return on_machine(world, "chaos partition node", "");
}
std::string heal_node(SimWorld& world) {
    return on_machine(world, "chaos heal node", "");
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

std::string crash_kubelet(SimWorld& world) {
    const std::string machine = pick_machine(world);
    return world.cluster().crash_kubelet(machine).ok() ? "(the kubelet of " + machine + " crashes)" : "";
}

std::string add_node(SimWorld& world) {
    return world.cluster().machines().size() < 12 ? type_line(world, "chaos add node") : "";
}

std::string crash_pod(SimWorld& world) {
    const api::Ref<api::Object> pod = world.pick(kind_of<api::Pod>());
    if (!pod) return "";
    return type_line(world, "chaos crash pod -n " + pod->metadata.namespace_ + " " + pod->metadata.name);
}

std::string slow_registry(SimWorld& world) {
    const std::int64_t factor = world.chance(40) ? 1 : 5 + world.below(100);
    world.cluster().slow_registry(factor);
    return "(downloads take " + std::to_string(factor) + " times as long)";
}

std::string stop_controllers(SimWorld& world) {
    world.cluster().set_controllers_running(false);
    return "(the controllers stop)";
}

std::string start_controllers(SimWorld& world) {
    world.cluster().set_controllers_running(true);
    return "(the controllers start)";
}

constexpr std::array kActions{
    SimAction{8, stop_node},
    SimAction{12, start_node},
    SimAction{8, partition_node},
    SimAction{12, heal_node},
    SimAction{5, cordon},
    SimAction{7, uncordon},
    SimAction{4, drain},
    SimAction{3, taint},
    SimAction{4, label_node},
    SimAction{2, delete_node},
    SimAction{2, out_of_service},
    SimAction{5, crash_kubelet},
    SimAction{2, add_node},
    SimAction{14, crash_pod},
    SimAction{5, slow_registry},
    SimAction{3, stop_controllers},
    SimAction{6, start_controllers},
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
    cluster.set_controllers_running(true);
    cluster.slow_registry(1);
    for (const std::string& machine : cluster.machines()) {
        (void)cluster.partition_node(machine, cluster::Link::Connected);
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
