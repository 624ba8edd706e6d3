// TaintToleration: a node's NoSchedule and NoExecute taints keep out the pods that do not tolerate them;
// nodes with fewer PreferNoSchedule taints that the pod does not tolerate are preferred.
//
// upstream: pkg/scheduler/framework/plugins/tainttoleration
#include "engine/scheduler/plugins/plugins.h"
#include "engine/scheduler/tolerations.h"

namespace kubetab::scheduler {
namespace {

class TaintToleration : public Plugin {
public:
    explicit TaintToleration(Surroundings& surroundings) : cache_(surroundings.cache) {}

    std::string_view name() const override { return "TaintToleration"; }
    PreFilterResult pre_filter(const PodInfo&) override {
        known_.assign(cache_.taint_count(), Known::No);
        return PreFilterResult::run();
    }
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override {
        for (const std::int32_t taint : node.taints) {
            if (!is_tolerated(pod, taint)) return {.verdict = Verdict::Unresolvable, .detail = taint};
        }
        return {};
    }
    void explain(const PodInfo&, std::int32_t detail, std::vector<std::string>& reasons) const override {
        const api::Taint& taint = cache_.taint(detail);
        reasons.push_back("node(s) had untolerated taint {" + taint.key + ": " + taint.value + "}");
    }

    std::int64_t weight() const override { return 3; }
    void score(const PodInfo& pod, std::span<const NodeInfo* const> nodes,
               std::span<std::int64_t> scores) override {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            std::int64_t intolerable = 0;
            for (const std::int32_t taint : nodes[i]->prefer_taints) {
                if (!is_preferred_tolerated(pod, taint)) ++intolerable;
            }
            scores[i] = intolerable;
        }
    }
    void normalise(std::span<std::int64_t> scores) override { normalise_to_largest(scores, Scale::Reversed); }

    bool useful(const ClusterEvent& event, const PodInfo& pod) override {
        if (event.kind == ClusterEvent::Kind::PodItselfChanged) return true;
        if (!event.concerns_node()) return false;
        const bool now = fits(pod, event.node->node->spec.taints);
        return now && (event.old_node == nullptr || !fits(pod, event.old_node->spec.taints));
    }

private:
    enum class Known : std::uint8_t { No, Tolerated, Refused };

    static bool fits(const PodInfo& pod, const std::vector<api::Taint>& taints) {
        for (const api::Taint& taint : taints) {
            if (taint.effect != "PreferNoSchedule" && !tolerates(pod.spec().tolerations, taint)) return false;
        }
        return true;
    }
    bool is_tolerated(const PodInfo& pod, std::int32_t taint) {
        const auto at = static_cast<std::size_t>(taint);
        if (at >= known_.size()) known_.resize(at + 1, Known::No);
        if (known_[at] == Known::No) {
            const bool tolerated = tolerates(pod.spec().tolerations, cache_.taint(taint));
            known_[at] = tolerated ? Known::Tolerated : Known::Refused;
        }
        return known_[at] == Known::Tolerated;
    }
    // Only tolerations for PreferNoSchedule or for any effect count.
    bool is_preferred_tolerated(const PodInfo& pod, std::int32_t taint) const {
        return tolerates(pod.spec().tolerations, cache_.taint(taint));
    }

    Cache& cache_;
    std::vector<Known> known_{};  // by taint id, for the pod of this cycle
};

}  // namespace

std::unique_ptr<Plugin> make_taint_toleration(Surroundings& surroundings) {
    return std::make_unique<TaintToleration>(surroundings);
}

}  // namespace kubetab::scheduler
