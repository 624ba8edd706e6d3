// NodeResourcesBalancedAllocation: prefers nodes whose CPU and memory are used to a similar share.
//
// upstream: pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go
// differs:  the shares are compared as integer fractions, because floats may differ between builds; the score
// is the
//           exact one rounded down, where upstream's may be one less by its own rounding.
#include <algorithm>

#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

struct Share {
    std::int64_t used = 0;
    std::int64_t capacity = 0;

    // Drops low bits of both until they fit, so that products of two shares stay within 63 bits.
    void shorten(int bits) {
        while ((capacity >> bits) != 0) {
            capacity >>= 1;
            used >>= 1;
        }
    }
};

// 100 · (1 - |a - b| / 2), rounded down; a share above 1 counts as 1.
std::int64_t balance(Share a, Share b) {
    a.used = std::min(a.used, a.capacity);
    b.used = std::min(b.used, b.capacity);
    // Memory is a multiple of KiB as a rule, CPU is a small number of thousandths: 24 + 32 bits and 50 < 2^6.
    a.shorten(24);
    b.shorten(32);
    const std::int64_t whole = a.capacity * b.capacity;
    const std::int64_t left = a.used * b.capacity;
    const std::int64_t right = b.used * a.capacity;
    const std::int64_t difference = left > right ? left - right : right - left;
    const std::int64_t lost = (difference * (kMaxNodeScore / 2) + whole - 1) / whole;
    return kMaxNodeScore - lost;
}

class NodeResourcesBalancedAllocation : public Plugin {
public:
    std::string_view name() const override { return "NodeResourcesBalancedAllocation"; }
    std::int64_t weight() const override { return 1; }
    // A pod that asks for nothing would go where the others are.
    ScoreNeed pre_score(const PodInfo& pod, std::span<const NodeInfo* const>) override {
        return pod.requested.milli_cpu == 0 && pod.requested.memory == 0 ? ScoreNeed::Skip : ScoreNeed::Run;
    }
    void score(const PodInfo& pod, std::span<const NodeInfo* const> nodes,
               std::span<std::int64_t> scores) override {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const NodeInfo& node = *nodes[i];
            const Share cpu{node.requested.milli_cpu + pod.requested.milli_cpu, node.allocatable.milli_cpu};
            const Share memory{node.requested.memory + pod.requested.memory, node.allocatable.memory};
            const bool both = cpu.capacity > 0 && memory.capacity > 0;
            scores[i] = both ? balance(cpu, memory) : kMaxNodeScore;
        }
    }
};

}  // namespace

std::unique_ptr<Plugin> make_node_resources_balanced() {
    return std::make_unique<NodeResourcesBalancedAllocation>();
}

}  // namespace kubetab::scheduler
