// Rolling upgrade of the nodes: one after the other is drained, restarted with another kubelet and given
// back.
//
// Draining asks for evictions as `kubectl drain --ignore-daemonsets --force` does, again every second, so
// that disruption budgets decide how long it takes. Taken back half-way, the node in work is started and
// uncordoned.
#include "engine/api/pod_status.h"
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::cluster {
namespace {

constexpr sim::Duration kRestart = sim::seconds(30);

api::Response ask(FaultUse& use, const std::string& method, const std::string& path,
                  const std::string& body) {
    api::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.content_type = method == "PATCH" ? "application/merge-patch+json" : "application/json";
    request.user_agent = "node-upgrade";
    return use.cluster.front_door().send(request);
}

void set_schedulable(FaultUse& use, const std::string& node, bool schedulable) {
    (void)ask(use, "PATCH", "/api/v1/nodes/" + node,
              schedulable ? R"({"spec":{"unschedulable":null}})" : R"({"spec":{"unschedulable":true}})");
}

bool is_drained_away(const api::Pod& pod) {
    const bool mirror = pod.metadata.annotations.contains("kubernetes.io/config.mirror");
    const api::OwnerReference* owner = api::controller_of(pod.metadata);
    return !mirror && (owner == nullptr || owner->kind != "DaemonSet");
}

// True once nothing is left that has to go.
bool drain(FaultUse& use, const std::string& node) {
    std::vector<api::ObjectKey> leaving;
    bool empty = true;
    for (const auto& [key, object] : use.cluster.store().all(api::kind_of<api::Pod>())) {
        const auto& pod = static_cast<const api::Pod&>(*object);
        if (pod.spec->nodeName != node || !is_drained_away(pod)) continue;
        empty = false;
        if (!pod.metadata.deletionTimestamp.is_set()) leaving.push_back(key);
    }
    for (const api::ObjectKey& key : leaving) {
        (void)ask(use, "POST",
                  "/api/v1/namespaces/" + key.namespace_.str() + "/pods/" + key.name.str() + "/eviction",
                  R"({"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":")" + key.name.str() +
                      R"(","namespace":")" + key.namespace_.str() + R"("}})");
    }
    return empty;
}

bool is_ready(const Cluster& cluster, const std::string& name, const std::string& version) {
    const auto node = api::cast<api::Node>(cluster.store().get(api::kind_of<api::Node>(), {"", name}));
    return node && api::is_condition_true(node->status.conditions, "Ready") &&
           node->status.nodeInfo.kubeletVersion == version;
}

// The note is the node in work and what is done with it: "drain node-1", "restart node-1", "wait node-1".
struct Work {
    std::string phase{};
    std::string node{};
};
Work work_of(const FaultUse& use) {
    const std::size_t space = use.note.find(' ');
    if (space == std::string::npos) return {};
    return {use.note.substr(0, space), use.note.substr(space + 1)};
}

// The next machine after the one in work, by name; "" when that was the last one.
std::string node_after(const FaultUse& use, const std::string& name) {
    for (const std::string& machine : use.cluster.machines()) {
        if (machine > name) return machine;
    }
    return "";
}

bool begin_node(FaultUse& use, const std::string& node) {
    if (node.empty()) return false;
    set_schedulable(use, node, false);
    use.note = "drain " + node;
    return true;
}

bool upgrade_step(FaultUse& use) {
    const Work work = work_of(use);
    // The autoscaler may have taken it away meanwhile.
    if (use.cluster.kubelet(work.node) == nullptr) return begin_node(use, node_after(use, work.node));
    node::Kubelet& machine = *use.cluster.kubelet(work.node);
    const FaultBoard& board = use.board;
    const bool kept_down = board.is_active("node-crash", work.node) ||
                           board.is_active("kubelet-down", work.node) ||
                           board.is_active("node-pause", work.node);
    if (kept_down) return true;
    if (work.phase == "drain") {
        if (!drain(use, work.node)) return true;
        machine.stop();
        use.at = use.cluster.now().ns;
        use.note = "restart " + work.node;
    } else if (work.phase == "restart") {
        if (use.cluster.now() - sim::Instant{use.at} < kRestart) return true;
        machine.set_version(use.value("to"));
        machine.start();
        use.note = "wait " + work.node;
    } else if (is_ready(use.cluster, work.node, use.value("to"))) {
        set_schedulable(use, work.node, true);
        use.note.clear();
        return begin_node(use, node_after(use, work.node));
    }
    return true;
}

base::Result<void> begin_upgrade(FaultUse& use) {
    (void)begin_node(use, node_after(use, ""));
    return {};
}

void end_upgrade(FaultUse& use) {
    const Work work = work_of(use);
    if (use.cluster.kubelet(work.node) == nullptr) return;
    const FaultBoard& board = use.board;
    const bool off = board.is_active("node-crash", work.node) || board.is_active("node-reboot", work.node);
    if (!off && work.phase == "restart") use.cluster.kubelet(work.node)->start();
    set_schedulable(use, work.node, true);
}

}  // namespace

void add_upgrade_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "node-upgrade",
                      .help = "node by node is drained, restarted with another kubelet and given back",
                      .begin = begin_upgrade,
                      .end = end_upgrade,
                      .step = upgrade_step,
                      .parameters = {{"to", "v1.32.14", "the version of the new kubelets"}}});
}

}  // namespace kubetab::cluster
