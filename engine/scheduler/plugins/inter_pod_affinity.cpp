// InterPodAffinity: near which pods a pod must, would like to, or must not run. Anti-affinity works both
// ways: a pod that is there already keeps out those it does not want.
//
// upstream: pkg/scheduler/framework/plugins/interpodaffinity/{filtering,scoring}.go
#include <algorithm>
#include <limits>

#include "engine/api/kinds.h"
#include "engine/client/informer.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kReasonAffinity = "node(s) didn't match pod affinity rules";
constexpr std::string_view kReasonAnti = "node(s) didn't match pod anti-affinity rules";
constexpr std::string_view kReasonExisting = "node(s) didn't satisfy existing pods anti-affinity rules";
constexpr std::int32_t kDetailAffinity = 0;
constexpr std::int32_t kDetailAnti = 1;
constexpr std::int32_t kDetailExisting = 2;
constexpr std::int64_t kHardAffinityWeight = 1;  // of a pod that requires the newcomer's company

// A number for each domain of one topology.
struct ByDomain {
    const Domains* domains = nullptr;
    std::vector<std::int64_t> sums{};

    // 0 where the node is in no domain.
    std::int64_t at(Slot slot) const {
        const std::int32_t domain = domains->at(slot);
        return domain == kNoDomain ? 0 : sums[static_cast<std::size_t>(domain)];
    }
};

class InterPodAffinity : public Plugin {
public:
    explicit InterPodAffinity(Surroundings& surroundings)
        : cache_(surroundings.cache), informers_(surroundings.informers) {}

    std::string_view name() const override { return "InterPodAffinity"; }
    bool counts_pods() const override { return true; }
    PreFilterResult pre_filter(const PodInfo& pod) override;
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override;
    void explain(const PodInfo&, std::int32_t detail, std::vector<std::string>& reasons) const override {
        static constexpr std::string_view kReasons[] = {kReasonAffinity, kReasonAnti, kReasonExisting};
        reasons.emplace_back(kReasons[detail]);
    }

    std::int64_t weight() const override { return 2; }
    ScoreNeed pre_score(const PodInfo& pod, std::span<const NodeInfo* const> nodes) override;
    void score(const PodInfo& pod, std::span<const NodeInfo* const> nodes,
               std::span<std::int64_t> scores) override;
    void normalise(std::span<std::int64_t> scores) override;

    bool useful(const ClusterEvent& event, const PodInfo& pod) override;

private:
    const base::StringMap* namespace_labels(const std::string& name) const;
    PodClause clause_of(const AffinityTerm& term) const;
    std::vector<PodClause> clauses_of(const std::vector<AffinityTerm>& terms) const;
    ByDomain sum(const std::string& topology_key, const std::vector<std::int32_t>& of_slot);
    void add_score(const std::string& topology_key, const std::vector<std::int32_t>& of_slot,
                   std::int64_t weight);
    bool satisfies_affinity(const PodInfo& pod, Slot slot) const;

    Cache& cache_;
    client::InformerFactory& informers_;
    // Of this cycle.
    std::vector<ByDomain> affinity_{};
    std::vector<ByDomain> anti_{};
    std::vector<ByDomain> existing_anti_{};
    bool any_match_ = false;          // some pod matches the affinity terms
    bool matches_own_terms_ = false;  // then the first of its kind may start anywhere
    std::map<std::string, ByDomain> scores_{};
};

const base::StringMap* InterPodAffinity::namespace_labels(const std::string& name) const {
    const api::Ref<api::Namespace> found = informers_.of<api::Namespace>().find({"", name});
    return found ? &found->metadata.labels : nullptr;
}

PodClause InterPodAffinity::clause_of(const AffinityTerm& term) const {
    PodClause clause{.namespaces = term.namespaces, .selector = term.selector};
    if (!term.has_namespace_selector) return clause;
    clause.all_namespaces = term.namespace_selector.matches_everything();
    if (clause.all_namespaces) return clause;
    for (const auto& [key, object] : informers_.of<api::Namespace>().objects()) {
        if (term.namespace_selector.matches(object->metadata.labels)) clause.namespaces.push_back(key.name);
    }
    std::sort(clause.namespaces.begin(), clause.namespaces.end());
    return clause;
}

std::vector<PodClause> InterPodAffinity::clauses_of(const std::vector<AffinityTerm>& terms) const {
    std::vector<PodClause> clauses;
    for (const AffinityTerm& term : terms) clauses.push_back(clause_of(term));
    return clauses;
}

ByDomain InterPodAffinity::sum(const std::string& topology_key, const std::vector<std::int32_t>& of_slot) {
    ByDomain result{&cache_.domains(topology_key), {}};
    result.sums.assign(result.domains->size(), 0);
    for (const Slot slot : cache_.order()) {
        const auto at = static_cast<std::size_t>(slot);
        const std::int32_t domain = result.domains->at(slot);
        if (domain != kNoDomain && at < of_slot.size()) {
            result.sums[static_cast<std::size_t>(domain)] += of_slot[at];
        }
    }
    return result;
}

PreFilterResult InterPodAffinity::pre_filter(const PodInfo& pod) {
    affinity_.clear();
    anti_.clear();
    existing_anti_.clear();
    const base::StringMap* labels =
        cache_.affinities().terms().empty() ? nullptr : namespace_labels(pod.namespace_());
    for (const auto& [text, carried] : cache_.affinities().terms()) {
        if (carried.kind != TermKind::RequiredAnti || !carried.term.matches(*pod.pod, labels)) continue;
        existing_anti_.push_back(sum(carried.term.topology_key, carried.of_slot));
    }
    if (pod.affinities && !pod.affinities->required.empty()) {
        const std::vector<PodClause> clauses = clauses_of(pod.affinities->required);
        const std::vector<std::int32_t>& of_slot =
            cache_.counters().count(clauses, Terminating::Counted, cache_.slots());
        any_match_ = false;
        for (const AffinityTerm& term : pod.affinities->required) {
            affinity_.push_back(sum(term.topology_key, of_slot));
            for (const std::int64_t number : affinity_.back().sums) any_match_ = any_match_ || number > 0;
        }
        matches_own_terms_ = std::all_of(clauses.begin(), clauses.end(),
                                         [&](const PodClause& clause) { return clause.matches(*pod.pod); });
    }
    if (pod.affinities) {
        for (const AffinityTerm& term : pod.affinities->required_anti) {
            anti_.push_back(
                sum(term.topology_key,
                    cache_.counters().count({clause_of(term)}, Terminating::Counted, cache_.slots())));
        }
    }
    const bool idle = existing_anti_.empty() && affinity_.empty() && anti_.empty();
    return idle ? PreFilterResult::skip() : PreFilterResult::run();
}

bool InterPodAffinity::satisfies_affinity(const PodInfo&, Slot slot) const {
    bool company = true;
    for (const ByDomain& term : affinity_) {
        if (term.domains->at(slot) == kNoDomain) return false;
        if (term.at(slot) == 0) company = false;
    }
    return company || (!any_match_ && matches_own_terms_);
}

Refusal InterPodAffinity::filter(const PodInfo& pod, const NodeInfo& node) {
    if (!satisfies_affinity(pod, node.slot))
        return {.verdict = Verdict::Unresolvable, .detail = kDetailAffinity};
    const auto present = [&](const ByDomain& term) { return term.at(node.slot) > 0; };
    if (std::any_of(anti_.begin(), anti_.end(), present)) {
        return {.verdict = Verdict::Unschedulable, .detail = kDetailAnti};
    }
    if (std::any_of(existing_anti_.begin(), existing_anti_.end(), present)) {
        return {.verdict = Verdict::Unschedulable, .detail = kDetailExisting};
    }
    return {};
}

void InterPodAffinity::add_score(const std::string& topology_key, const std::vector<std::int32_t>& of_slot,
                                 std::int64_t weight) {
    const ByDomain sums = sum(topology_key, of_slot);
    const bool any =
        std::any_of(sums.sums.begin(), sums.sums.end(), [](std::int64_t number) { return number != 0; });
    if (!any) return;
    ByDomain& total = scores_[topology_key];
    total.domains = sums.domains;
    total.sums.resize(sums.sums.size());
    for (std::size_t i = 0; i < sums.sums.size(); ++i) total.sums[i] += weight * sums.sums[i];
}

ScoreNeed InterPodAffinity::pre_score(const PodInfo& pod, std::span<const NodeInfo* const>) {
    scores_.clear();
    if (pod.affinities) {
        const auto add_terms = [&](const std::vector<AffinityTerm>& terms, std::int64_t sign) {
            for (const AffinityTerm& term : terms) {
                add_score(term.topology_key,
                          cache_.counters().count({clause_of(term)}, Terminating::Counted, cache_.slots()),
                          sign * term.weight);
            }
        };
        add_terms(pod.affinities->preferred, 1);
        add_terms(pod.affinities->preferred_anti, -1);
    }
    const base::StringMap* labels =
        cache_.affinities().terms().empty() ? nullptr : namespace_labels(pod.namespace_());
    for (const auto& [text, carried] : cache_.affinities().terms()) {
        if (carried.kind == TermKind::RequiredAnti || !carried.term.matches(*pod.pod, labels)) continue;
        std::int64_t weight = carried.term.weight;
        if (carried.kind == TermKind::Required) weight = kHardAffinityWeight;
        if (carried.kind == TermKind::PreferredAnti) weight = -weight;
        add_score(carried.term.topology_key, carried.of_slot, weight);
    }
    return scores_.empty() ? ScoreNeed::Skip : ScoreNeed::Run;
}

void InterPodAffinity::score(const PodInfo&, std::span<const NodeInfo* const> nodes,
                             std::span<std::int64_t> scores) {
    std::fill(scores.begin(), scores.end(), 0);
    for (const auto& [key, by_domain] : scores_) {
        for (std::size_t i = 0; i < nodes.size(); ++i) scores[i] += by_domain.at(nodes[i]->slot);
    }
}

void InterPodAffinity::normalise(std::span<std::int64_t> scores) {
    const auto [smallest, largest] = std::minmax_element(scores.begin(), scores.end());
    if (smallest == scores.end()) return;
    const std::int64_t from = *smallest;
    const std::int64_t range = *largest - from;
    for (std::int64_t& score : scores) score = range > 0 ? kMaxNodeScore * (score - from) / range : 0;
}

bool InterPodAffinity::useful(const ClusterEvent& event, const PodInfo& pod) {
    using Kind = ClusterEvent::Kind;
    if (event.kind == Kind::PodItselfChanged) return true;
    if (event.kind == Kind::NodeRemoved) return false;
    static const PodAffinities kNone{};
    const PodAffinities& own = pod.affinities ? *pod.affinities : kNone;
    if (event.concerns_node()) {
        const auto has_label = [&](const AffinityTerm& term) {
            return event.node->labels().contains(term.topology_key);
        };
        if (std::any_of(own.required.begin(), own.required.end(), has_label)) return true;
        // Another value of an anti-affinity label, or none at all, is a new domain.
        return own.required.empty() || !own.required_anti.empty();
    }
    const auto match_all = [&](const std::vector<AffinityTerm>& terms, const PodInfo& other) {
        return !terms.empty() && std::all_of(terms.begin(), terms.end(), [&](const AffinityTerm& term) {
            return clause_of(term).matches(*other.pod);
        });
    };
    const auto match_any = [&](const std::vector<AffinityTerm>& terms, const PodInfo& other) {
        return std::any_of(terms.begin(), terms.end(),
                           [&](const AffinityTerm& term) { return clause_of(term).matches(*other.pod); });
    };
    if (event.kind != Kind::AssignedPodRemoved && match_all(own.required, *event.pod)) return true;
    const PodInfo* gone = event.kind == Kind::AssignedPodRemoved ? event.pod : event.old_pod;
    if (gone == nullptr) return false;
    return match_any(own.required_anti, *gone) ||
           (gone->affinities && match_any(gone->affinities->required_anti, pod));
}

}  // namespace

std::unique_ptr<Plugin> make_inter_pod_affinity(Surroundings& surroundings) {
    return std::make_unique<InterPodAffinity>(surroundings);
}

}  // namespace kubetab::scheduler
