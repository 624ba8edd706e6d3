// NodeUnschedulable: a cordoned node takes no pods, except those that tolerate its taint.
//
// upstream: pkg/scheduler/framework/plugins/nodeunschedulable
#include "engine/scheduler/plugins/plugins.h"
#include "engine/scheduler/tolerations.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kReason = "node(s) were unschedulable";

bool tolerates_cordon(const PodInfo& pod) {
    api::Taint taint;
    taint.key = "node.kubernetes.io/unschedulable";
    taint.effect = "NoSchedule";
    return tolerates(pod.spec().tolerations, taint);
}

class NodeUnschedulable : public Plugin {
public:
    std::string_view name() const override { return "NodeUnschedulable"; }
    PreFilterResult pre_filter(const PodInfo&) override { return PreFilterResult::run(); }
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override {
        if (!node.unschedulable || tolerates_cordon(pod)) return {};
        return {.verdict = Verdict::Unresolvable};
    }
    void explain(const PodInfo&, std::int32_t, std::vector<std::string>& reasons) const override {
        reasons.emplace_back(kReason);
    }
    bool useful(const ClusterEvent& event, const PodInfo& pod) override {
        if (event.kind == ClusterEvent::Kind::PodItselfChanged) return tolerates_cordon(pod);
        if (!event.concerns_node() || event.node->unschedulable) return false;
        return event.old_node == nullptr || event.old_node->spec.unschedulable;
    }
};

}  // namespace

std::unique_ptr<Plugin> make_node_unschedulable() {
    return std::make_unique<NodeUnschedulable>();
}

}  // namespace kubetab::scheduler
