// NodeName: a pod that names its node runs there or nowhere.
//
// upstream: pkg/scheduler/framework/plugins/nodename
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kReason = "node(s) didn't match the requested node name";

class NodeName : public Plugin {
public:
    std::string_view name() const override { return "NodeName"; }
    PreFilterResult pre_filter(const PodInfo& pod) override {
        return pod.spec().nodeName.empty() ? PreFilterResult::skip() : PreFilterResult::run();
    }
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override {
        const std::string& wanted = pod.spec().nodeName;
        return {.verdict = wanted.empty() || wanted == node.name ? Verdict::Fits : Verdict::Unresolvable};
    }
    void explain(const PodInfo&, std::int32_t, std::vector<std::string>& reasons) const override {
        reasons.emplace_back(kReason);
    }
    bool useful(const ClusterEvent& event, const PodInfo&) override {
        return event.kind == ClusterEvent::Kind::NodeAdded;
    }
};

}  // namespace

std::unique_ptr<Plugin> make_node_name() {
    return std::make_unique<NodeName>();
}

}  // namespace kubetab::scheduler
