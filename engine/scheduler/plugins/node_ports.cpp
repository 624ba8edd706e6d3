// NodePorts: two pods of a node cannot use the same host port.
//
// upstream: pkg/scheduler/framework/plugins/nodeports
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kReason = "node(s) didn't have free ports for the requested pod ports";

bool conflict(const std::vector<HostPort>& wanted, const std::vector<HostPort>& used) {
    for (const HostPort& port : wanted) {
        for (const HostPort& other : used) {
            if (port.conflicts_with(other)) return true;
        }
    }
    return false;
}

class NodePorts : public Plugin {
public:
    std::string_view name() const override { return "NodePorts"; }
    PreFilterResult pre_filter(const PodInfo& pod) override {
        return pod.ports.empty() ? PreFilterResult::skip() : PreFilterResult::run();
    }
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override {
        return {.verdict = conflict(pod.ports, node.ports) ? Verdict::Unschedulable : Verdict::Fits};
    }
    void explain(const PodInfo&, std::int32_t, std::vector<std::string>& reasons) const override {
        reasons.emplace_back(kReason);
    }
    bool useful(const ClusterEvent& event, const PodInfo& pod) override {
        if (event.kind == ClusterEvent::Kind::NodeAdded) return true;
        return event.kind == ClusterEvent::Kind::AssignedPodRemoved && conflict(pod.ports, event.pod->ports);
    }
};

}  // namespace

std::unique_ptr<Plugin> make_node_ports() {
    return std::make_unique<NodePorts>();
}

}  // namespace kubetab::scheduler
