// PodTopologySpread: keeps the numbers of similar pods in the domains of a topology close to each other.
//
// DoNotSchedule constraints filter, ScheduleAnyway ones rank. A pod without constraints that belongs to a
// service or a replica set is spread over hosts and zones by default, softly.
//
// upstream: pkg/scheduler/framework/plugins/podtopologyspread/{common,filtering,scoring}.go
// differs:  ln is computed in fixed point (2^-32), because floats may differ between builds.
#include <algorithm>
#include <limits>

#include "engine/client/informer.h"
#include "engine/scheduler/default_spread.h"
#include "engine/scheduler/logarithm.h"
#include "engine/scheduler/node_affinity.h"
#include "engine/scheduler/plugins/plugins.h"
#include "engine/scheduler/tolerations.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kReason = "node(s) didn't match pod topology spread constraints";
constexpr std::string_view kReasonLabel =
    "node(s) didn't match pod topology spread constraints (missing required label)";
constexpr std::int32_t kDetailSkew = 0;
constexpr std::int32_t kDetailLabel = 1;
constexpr std::int64_t kUnseen = -1;
constexpr std::string_view kHostname = "kubernetes.io/hostname";

struct Constraint {
    std::string topology_key{};
    std::int64_t max_skew = 1;
    std::int64_t domains_min = 1;
    bool honors_affinity = true;
    bool honors_taints = false;
    CompiledSelector selector{};
    // Worked out for this cycle.
    const Domains* domains = nullptr;
    std::vector<std::int64_t> in_domain{};  // matching pods; kUnseen: no node of it counts
    std::int64_t smallest = 0;
    std::int64_t matches_itself = 0;
    bool by_host = false;                                // scoring: each node is a domain
    const std::vector<std::int32_t>* of_slot = nullptr;  // scoring by host
    std::int64_t weight = 0;                             // scoring, units of 2^-32
};

Constraint compile(const PodInfo& pod, const api::TopologySpreadConstraint& from) {
    Constraint constraint;
    constraint.topology_key = from.topologyKey;
    constraint.max_skew = from.maxSkew;
    constraint.domains_min = from.minDomains.value_or(1);
    constraint.honors_affinity = from.nodeAffinityPolicy.value_or("Honor") == "Honor";
    constraint.honors_taints = from.nodeTaintsPolicy.value_or("Ignore") == "Honor";
    constraint.selector = CompiledSelector(from.labelSelector);
    for (const std::string& key : from.matchLabelKeys) {
        if (const api::Text* value = pod.labels().get(key)) constraint.selector.require_equal(key, *value);
    }
    return constraint;
}

std::vector<Constraint> constraints_of(const PodInfo& pod, std::string_view when) {
    std::vector<Constraint> constraints;
    for (const api::TopologySpreadConstraint& from : pod.spec().shared->topologySpreadConstraints) {
        if (from.whenUnsatisfiable == when) constraints.push_back(compile(pod, from));
    }
    return constraints;
}

class PodTopologySpread : public Plugin {
public:
    explicit PodTopologySpread(Surroundings& surroundings)
        : cache_(surroundings.cache), default_spread_(surroundings) {}

    std::string_view name() const override { return "PodTopologySpread"; }
    bool counts_pods() const override { return true; }
    PreFilterResult pre_filter(const PodInfo& pod) override;
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override;
    void explain(const PodInfo&, std::int32_t detail, std::vector<std::string>& reasons) const override {
        reasons.emplace_back(detail == kDetailLabel ? kReasonLabel : kReason);
    }

    std::int64_t weight() const override { return 2; }
    ScoreNeed pre_score(const PodInfo& pod, std::span<const NodeInfo* const> nodes) override;
    void score(const PodInfo& pod, std::span<const NodeInfo* const> nodes,
               std::span<std::int64_t> scores) override;
    void normalise(std::span<std::int64_t> scores) override;

    bool useful(const ClusterEvent& event, const PodInfo& pod) override;

private:
    std::vector<Constraint> soft_constraints_of(const PodInfo& pod);
    const std::vector<std::int32_t>& count(const PodInfo& pod, const Constraint& constraint);
    bool is_included(const PodInfo& pod, const Constraint& constraint, const NodeInfo& node) const;
    // Fills in_domain from all nodes that count. `all_labels`: only nodes that have every constraint's label
    // do.
    void sum_domains(const PodInfo& pod, std::vector<Constraint>& constraints, bool all_labels);
    void weigh(Constraint& constraint, std::span<const NodeInfo* const> nodes) const;
    bool ignores(std::size_t scored) const { return !ignored_.empty() && ignored_[scored]; }

    Cache& cache_;
    DefaultSpread default_spread_;
    std::vector<Constraint> hard_{};
    std::vector<Constraint> soft_{};
    bool all_labels_ = false;
    std::vector<bool> ignored_{};  // of the nodes scored: lack a label; empty when all count
};

bool has_all_labels(const std::vector<Constraint>& constraints, Slot slot) {
    return std::all_of(constraints.begin(), constraints.end(), [&](const Constraint& constraint) {
        return constraint.domains->at(slot) != kNoDomain;
    });
}

const std::vector<std::int32_t>& PodTopologySpread::count(const PodInfo& pod, const Constraint& constraint) {
    const std::vector<PodClause> clauses{{.namespaces = {pod.namespace_()}, .selector = constraint.selector}};
    return cache_.counters().count(clauses, Terminating::Ignored, cache_.slots());
}

bool PodTopologySpread::is_included(const PodInfo& pod, const Constraint& constraint,
                                    const NodeInfo& node) const {
    if (constraint.honors_affinity && has_required_affinity(pod.spec()) &&
        !matches_required_affinity(pod.spec(), node.labels(), node.name)) {
        return false;
    }
    if (!constraint.honors_taints) return true;
    return std::all_of(node.taints.begin(), node.taints.end(), [&](std::int32_t taint) {
        return tolerates(pod.spec().tolerations, cache_.taint(taint));
    });
}

void PodTopologySpread::sum_domains(const PodInfo& pod, std::vector<Constraint>& constraints,
                                    bool all_labels) {
    for (Constraint& constraint : constraints) {
        if (constraint.by_host) continue;
        const std::vector<std::int32_t>& of_slot = count(pod, constraint);
        constraint.in_domain.assign(constraint.domains->size(), kUnseen);
        const bool plain =
            !constraint.honors_taints && (!constraint.honors_affinity || !has_required_affinity(pod.spec()));
        for (const Slot slot : cache_.order()) {
            const std::int32_t domain = constraint.domains->at(slot);
            if (domain == kNoDomain) continue;
            if (all_labels && constraints.size() > 1 && !has_all_labels(constraints, slot)) continue;
            if (!plain && !is_included(pod, constraint, cache_.node(slot))) continue;
            std::int64_t& sum = constraint.in_domain[static_cast<std::size_t>(domain)];
            sum = std::max<std::int64_t>(sum, 0) + of_slot[static_cast<std::size_t>(slot)];
        }
    }
}

// upstream: calPreFilterState, criticalPaths, minMatchNum
PreFilterResult PodTopologySpread::pre_filter(const PodInfo& pod) {
    if (pod.spec().shared->topologySpreadConstraints.empty()) {
        hard_.clear();
        return PreFilterResult::skip();
    }
    hard_ = constraints_of(pod, "DoNotSchedule");
    if (hard_.empty()) return PreFilterResult::skip();
    for (Constraint& constraint : hard_) constraint.domains = &cache_.domains(constraint.topology_key);
    sum_domains(pod, hard_, true);
    for (Constraint& constraint : hard_) {
        std::int64_t seen = 0;
        constraint.smallest = std::numeric_limits<std::int32_t>::max();
        for (const std::int64_t sum : constraint.in_domain) {
            if (sum == kUnseen) continue;
            ++seen;
            constraint.smallest = std::min(constraint.smallest, sum);
        }
        if (seen < constraint.domains_min) constraint.smallest = 0;
        constraint.matches_itself = constraint.selector.matches(pod.labels()) ? 1 : 0;
    }
    return PreFilterResult::run();
}

Refusal PodTopologySpread::filter(const PodInfo&, const NodeInfo& node) {
    for (const Constraint& constraint : hard_) {
        const std::int32_t domain = constraint.domains->at(node.slot);
        if (domain == kNoDomain) return {.verdict = Verdict::Unresolvable, .detail = kDetailLabel};
        const std::int64_t there =
            std::max<std::int64_t>(constraint.in_domain[static_cast<std::size_t>(domain)], 0);
        if (there + constraint.matches_itself - constraint.smallest > constraint.max_skew) {
            return {.verdict = Verdict::Unschedulable, .detail = kDetailSkew};
        }
    }
    return {};
}

// upstream: plugin.go systemDefaultConstraints
std::vector<Constraint> PodTopologySpread::soft_constraints_of(const PodInfo& pod) {
    all_labels_ = !pod.spec().shared->topologySpreadConstraints.empty();
    if (all_labels_) return constraints_of(pod, "ScheduleAnyway");
    const CompiledSelector* selector = default_spread_.selector_for(pod);
    if (selector == nullptr) return {};
    std::vector<Constraint> constraints(2);
    constraints[0].topology_key = kHostname;
    constraints[0].max_skew = 3;
    constraints[0].selector = *selector;
    constraints[1].topology_key = "topology.kubernetes.io/zone";
    constraints[1].max_skew = 5;
    constraints[1].selector = *selector;
    return constraints;
}

// upstream: topologyNormalizingWeight
void PodTopologySpread::weigh(Constraint& constraint, std::span<const NodeInfo* const> nodes) const {
    std::int64_t size = 0;
    if (constraint.by_host) {
        size = static_cast<std::int64_t>(nodes.size()) - std::count(ignored_.begin(), ignored_.end(), true);
        constraint.weight = natural_logarithm(size + 2);
        return;
    }
    std::vector<bool> seen(constraint.domains->size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (ignores(i)) continue;
        const std::int32_t domain = constraint.domains->at(nodes[i]->slot);
        if (domain == kNoDomain || seen[static_cast<std::size_t>(domain)]) continue;
        seen[static_cast<std::size_t>(domain)] = true;
        ++size;
    }
    constraint.weight = natural_logarithm(size + 2);
}

ScoreNeed PodTopologySpread::pre_score(const PodInfo& pod, std::span<const NodeInfo* const> nodes) {
    soft_ = soft_constraints_of(pod);
    if (soft_.empty()) return ScoreNeed::Skip;
    for (Constraint& constraint : soft_) {
        constraint.domains = &cache_.domains(constraint.topology_key);
        constraint.by_host = constraint.topology_key == kHostname;
    }
    ignored_.clear();
    if (all_labels_) {
        ignored_.resize(nodes.size());
        for (std::size_t i = 0; i < nodes.size(); ++i) ignored_[i] = !has_all_labels(soft_, nodes[i]->slot);
    }
    sum_domains(pod, soft_, all_labels_);
    for (Constraint& constraint : soft_) {
        if (constraint.by_host) constraint.of_slot = &count(pod, constraint);
        weigh(constraint, nodes);
    }
    return ScoreNeed::Run;
}

void PodTopologySpread::score(const PodInfo&, std::span<const NodeInfo* const> nodes,
                              std::span<std::int64_t> scores) {
    constexpr std::int64_t kOne = std::int64_t{1} << 32;
    std::fill(scores.begin(), scores.end(), 0);
    for (const Constraint& constraint : soft_) {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const Slot slot = nodes[i]->slot;
            const std::int32_t domain = constraint.domains->at(slot);
            if (domain == kNoDomain || ignores(i)) continue;
            const std::int64_t there =
                constraint.by_host
                    ? (*constraint.of_slot)[static_cast<std::size_t>(slot)]
                    : std::max<std::int64_t>(constraint.in_domain[static_cast<std::size_t>(domain)], 0);
            scores[i] += there * constraint.weight + (constraint.max_skew - 1) * kOne;
        }
    }
    for (std::int64_t& score : scores) score = (score + kOne / 2) / kOne;
}

void PodTopologySpread::normalise(std::span<std::int64_t> scores) {
    std::int64_t smallest = std::numeric_limits<std::int64_t>::max();
    std::int64_t largest = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (ignores(i)) continue;
        smallest = std::min(smallest, scores[i]);
        largest = std::max(largest, scores[i]);
    }
    // Many nodes have the same number in a row: it is divided once.
    std::int64_t last = -1;
    std::int64_t last_score = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (ignores(i)) {
            scores[i] = 0;
            continue;
        }
        if (scores[i] != last) {
            last = scores[i];
            last_score = largest == 0 ? kMaxNodeScore : kMaxNodeScore * (largest + smallest - last) / largest;
        }
        scores[i] = last_score;
    }
}

bool PodTopologySpread::useful(const ClusterEvent& event, const PodInfo& pod) {
    if (event.kind == ClusterEvent::Kind::PodItselfChanged) return true;
    const std::vector<Constraint> hard = constraints_of(pod, "DoNotSchedule");
    if (event.concerns_assigned_pod()) {
        if (event.pod->namespace_() != pod.namespace_()) return false;
        return std::any_of(hard.begin(), hard.end(), [&](const Constraint& constraint) {
            return constraint.selector.matches(event.pod->labels()) ||
                   (event.old_pod != nullptr && constraint.selector.matches(event.old_pod->labels()));
        });
    }
    const auto has_labels = [&](const base::StringMap& labels) {
        return std::all_of(hard.begin(), hard.end(), [&](const Constraint& constraint) {
            return labels.contains(constraint.topology_key);
        });
    };
    if (event.kind == ClusterEvent::Kind::NodeRemoved) return has_labels(event.old_node->metadata.labels);
    if (has_labels(event.node->labels())) return true;
    return event.old_node != nullptr && has_labels(event.old_node->metadata.labels);
}

}  // namespace

std::unique_ptr<Plugin> make_pod_topology_spread(Surroundings& surroundings) {
    return std::make_unique<PodTopologySpread>(surroundings);
}

}  // namespace kubetab::scheduler
