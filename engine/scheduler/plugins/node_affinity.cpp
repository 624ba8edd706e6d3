// NodeAffinity: nodeSelector and required node affinity decide, preferred terms rank.
//
// upstream: pkg/scheduler/framework/plugins/nodeaffinity
#include <algorithm>
#include <iterator>

#include "engine/scheduler/node_affinity.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kReason = "node(s) didn't match Pod's node affinity/selector";
constexpr std::string_view kConflict = "pod affinity terms conflict";

using Names = api::Texts;

// The node names that one term allows by matchFields; nullopt when it does not restrict them.
std::optional<Names> names_of(const api::NodeSelectorTerm& term) {
    std::optional<Names> names;
    for (const api::NodeSelectorRequirement& field : term.matchFields) {
        if (field.key != "metadata.name" || field.operator_ != "In") continue;
        Names values = field.values;
        std::sort(values.begin(), values.end());
        if (!names) {
            names = std::move(values);
            continue;
        }
        Names both;
        std::set_intersection(names->begin(), names->end(), values.begin(), values.end(),
                              std::back_inserter(both));
        names = std::move(both);
    }
    return names;
}

class NodeAffinity : public Plugin {
public:
    std::string_view name() const override { return "NodeAffinity"; }

    PreFilterResult pre_filter(const PodInfo& pod) override {
        const api::PodSpec& spec = pod.spec();
        if (!has_required_affinity(spec)) return PreFilterResult::skip();
        const auto& required =
            spec.shared->affinity->nodeAffinity->requiredDuringSchedulingIgnoredDuringExecution;
        if (required->nodeSelectorTerms.empty()) return PreFilterResult::run();
        Names all;
        for (const api::NodeSelectorTerm& term : required->nodeSelectorTerms) {
            const std::optional<Names> names = names_of(term);
            if (!names) return PreFilterResult::run();  // Terms are alternatives: one may match any node.
            all.insert(all.end(), names->begin(), names->end());
        }
        if (all.empty()) return PreFilterResult::reject(std::string(kConflict));
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        PreFilterResult result;
        result.node_names = std::move(all);
        return result;
    }
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override {
        if (matches_required_affinity(pod.spec(), node.labels(), node.name)) return {};
        return {.verdict = Verdict::Unresolvable};
    }
    void explain(const PodInfo&, std::int32_t, std::vector<std::string>& reasons) const override {
        reasons.emplace_back(kReason);
    }

    std::int64_t weight() const override { return 2; }
    ScoreNeed pre_score(const PodInfo& pod, std::span<const NodeInfo* const>) override {
        const auto& preferred =
            pod.spec().shared->affinity->nodeAffinity->preferredDuringSchedulingIgnoredDuringExecution;
        return preferred.empty() ? ScoreNeed::Skip : ScoreNeed::Run;
    }
    void score(const PodInfo& pod, std::span<const NodeInfo* const> nodes,
               std::span<std::int64_t> scores) override {
        const auto& preferred =
            pod.spec().shared->affinity->nodeAffinity->preferredDuringSchedulingIgnoredDuringExecution;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            scores[i] = 0;
            for (const api::PreferredSchedulingTerm& term : preferred) {
                if (matches_term(term.preference, nodes[i]->labels(), nodes[i]->name))
                    scores[i] += term.weight;
            }
        }
    }
    void normalise(std::span<std::int64_t> scores) override { normalise_to_largest(scores, Scale::Straight); }

    bool useful(const ClusterEvent& event, const PodInfo& pod) override {
        if (event.kind == ClusterEvent::Kind::PodItselfChanged) return true;
        if (!event.concerns_node()) return false;
        if (!matches_required_affinity(pod.spec(), event.node->labels(), event.node->name)) return false;
        return event.old_node == nullptr ||
               !matches_required_affinity(pod.spec(), event.old_node->metadata.labels, event.node->name);
    }
};

}  // namespace

std::unique_ptr<Plugin> make_node_affinity() {
    return std::make_unique<NodeAffinity>();
}

}  // namespace kubetab::scheduler
