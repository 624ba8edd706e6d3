// NodeResourcesFit: a node must have what the pod requests; the emptier one is preferred (LeastAllocated).
//
// upstream: pkg/scheduler/framework/plugins/noderesources/{fit,least_allocated}.go
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

// Bits of a refusal's detail; from kFirstOther on, one for each of the pod's other resources.
constexpr std::uint32_t kPods = 1U << 0;
constexpr std::uint32_t kCpu = 1U << 1;
constexpr std::uint32_t kMemory = 1U << 2;
constexpr std::uint32_t kEphemeralStorage = 1U << 3;
constexpr std::size_t kFirstOther = 4;
constexpr std::size_t kOthersMax = 27;

// What the pod would lack on a node with that much in use.
std::uint32_t lacking(const PodInfo& pod, const NodeInfo& node, const Amounts& used, std::size_t pods_there) {
    std::uint32_t lack = 0;
    if (static_cast<std::int64_t>(pods_there) + 1 > node.allowed_pods) lack |= kPods;
    const Amounts& wanted = pod.requested;
    const Amounts& there = node.allocatable;
    if (wanted.milli_cpu > 0 && wanted.milli_cpu > there.milli_cpu - used.milli_cpu) lack |= kCpu;
    if (wanted.memory > 0 && wanted.memory > there.memory - used.memory) lack |= kMemory;
    if (wanted.ephemeral_storage > 0 &&
        wanted.ephemeral_storage > there.ephemeral_storage - used.ephemeral_storage) {
        lack |= kEphemeralStorage;
    }
    if (wanted.others.empty()) return lack;
    std::size_t bit = kFirstOther;
    for (const auto& [name, amount] : wanted.others) {
        if (amount > 0 && amount > there.others.value_or(name, 0) - used.others.value_or(name, 0)) {
            lack |= 1U << bit;
        }
        if (bit < kFirstOther + kOthersMax - 1) ++bit;
    }
    return lack;
}

std::int64_t free_share(std::int64_t used, std::int64_t capacity) {
    if (used > capacity) return 0;
    return (capacity - used) * kMaxNodeScore / capacity;
}

// The pod's demand for a resource that the change gave the node more of.
bool raised(const PodInfo& pod, const api::Node& old_node, const NodeInfo& node) {
    const Amounts before = amounts_of(old_node.status.allocatable);
    const Amounts& now = node.allocatable;
    const api::Quantity* pods = old_node.status.allocatable.get("pods");
    if (node.allowed_pods > (pods != nullptr ? pods->units() : 0)) return true;
    if (pod.requested.milli_cpu > 0 && now.milli_cpu > before.milli_cpu) return true;
    if (pod.requested.memory > 0 && now.memory > before.memory) return true;
    if (pod.requested.ephemeral_storage > 0 && now.ephemeral_storage > before.ephemeral_storage) return true;
    for (const auto& [name, amount] : pod.requested.others) {
        if (amount > 0 && now.others.value_or(name, 0) > before.others.value_or(name, 0)) return true;
    }
    return false;
}

bool asks_for_less(const PodInfo& now, const PodInfo& before) {
    if (now.requested.milli_cpu < before.requested.milli_cpu ||
        now.requested.memory < before.requested.memory ||
        now.requested.ephemeral_storage < before.requested.ephemeral_storage) {
        return true;
    }
    for (const auto& [name, amount] : before.requested.others) {
        if (now.requested.others.value_or(name, 0) < amount) return true;
    }
    return false;
}

class NodeResourcesFit : public Plugin {
public:
    std::string_view name() const override { return "NodeResourcesFit"; }
    PreFilterResult pre_filter(const PodInfo&) override { return PreFilterResult::run(); }
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override {
        const std::uint32_t lack = lacking(pod, node, node.requested, node.pods.size());
        if (lack == 0) return {};
        return {.verdict = Verdict::Unschedulable, .detail = static_cast<std::int32_t>(lack)};
    }
    void explain(const PodInfo& pod, std::int32_t detail, std::vector<std::string>& reasons) const override {
        const auto lack = static_cast<std::uint32_t>(detail);
        if ((lack & kPods) != 0) reasons.emplace_back("Too many pods");
        if ((lack & kCpu) != 0) reasons.emplace_back("Insufficient cpu");
        if ((lack & kMemory) != 0) reasons.emplace_back("Insufficient memory");
        if ((lack & kEphemeralStorage) != 0) reasons.emplace_back("Insufficient ephemeral-storage");
        std::size_t bit = kFirstOther;
        for (const auto& [name, amount] : pod.requested.others) {
            if ((lack >> bit & 1U) != 0) reasons.push_back("Insufficient " + name);
            if (bit < kFirstOther + kOthersMax - 1) ++bit;
        }
    }

    std::int64_t weight() const override { return 1; }
    void score(const PodInfo& pod, std::span<const NodeInfo* const> nodes,
               std::span<std::int64_t> scores) override {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const NodeInfo& node = *nodes[i];
            std::int64_t sum = 0;
            std::int64_t weights = 0;
            if (node.allocatable.milli_cpu > 0) {
                sum += free_share(node.scoring_milli_cpu + pod.scoring_milli_cpu, node.allocatable.milli_cpu);
                ++weights;
            }
            if (node.allocatable.memory > 0) {
                sum += free_share(node.scoring_memory + pod.scoring_memory, node.allocatable.memory);
                ++weights;
            }
            scores[i] = weights == 0 ? 0 : sum / weights;
        }
    }

    bool useful(const ClusterEvent& event, const PodInfo& pod) override {
        using Kind = ClusterEvent::Kind;
        if (event.kind == Kind::AssignedPodRemoved || event.kind == Kind::PodItselfChanged) return true;
        if (event.kind == Kind::AssignedPodChanged) return asks_for_less(*event.pod, *event.old_pod);
        if (!event.concerns_node()) return false;
        if (lacking(pod, *event.node, Amounts{}, 0) != 0) return false;  // Too small even when empty.
        return event.old_node == nullptr || raised(pod, *event.old_node, *event.node);
    }
};

}  // namespace

std::unique_ptr<Plugin> make_node_resources_fit() {
    return std::make_unique<NodeResourcesFit>();
}

}  // namespace kubetab::scheduler
