#include "engine/scheduler/framework.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/base/ensure.h"

namespace kubetab::scheduler {
namespace {

constexpr std::size_t kFeasibleMin = 100;
constexpr std::size_t kPercentageMin = 5;

std::uint32_t bit_of(std::uint8_t plugin) {
    return 1U << plugin;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + text;
    return result;
}

}  // namespace

std::string availability_message(std::size_t nodes,
                                 const std::vector<std::pair<std::string, std::size_t>>& counts) {
    std::vector<std::string> texts;
    for (const auto& [text, count] : counts) texts.push_back(std::to_string(count) + " " + text);
    std::sort(texts.begin(), texts.end());
    std::string message = "0/" + std::to_string(nodes) + " nodes are available:";
    if (!texts.empty()) message += " " + joined(texts) + ".";
    return message;
}

Framework::Framework(Surroundings& surroundings, const Nominations& nominations,
                     const std::vector<std::unique_ptr<Plugin>>& plugins)
    : cache_(surroundings.cache), nominations_(nominations), plugins_(plugins) {
    ENSURE(plugins_.size() < 32);
}

// upstream: numFeasibleNodesToFind
std::size_t Framework::feasible_wanted(std::size_t nodes) {
    if (nodes < kFeasibleMin) return nodes;
    const std::size_t spared = nodes / 125;
    const std::size_t percentage = spared >= 50 - kPercentageMin ? kPercentageMin : 50 - spared;
    return std::max(kFeasibleMin, nodes * percentage / 100);
}

bool Framework::pre_filter(const PodInfo& pod, Diagnosis& diagnosis) {
    cache_.trim();
    active_.clear();
    only_.clear();
    restricted_ = false;
    api::Texts names;
    std::vector<std::string> namers;
    for (std::size_t i = 0; i < plugins_.size(); ++i) {
        PreFilterResult result = plugins_[i]->pre_filter(pod);
        if (result.kind == PreFilterResult::Kind::Reject) {
            diagnosis.refused_by |= bit_of(static_cast<std::uint8_t>(i));
            diagnosis.pre_filter_message = std::move(result.message);
            return false;
        }
        if (result.kind == PreFilterResult::Kind::Skip) continue;
        active_.push_back(static_cast<std::uint8_t>(i));
        if (!result.node_names) continue;
        restricted_ = true;  // NodeAffinity is the only plugin that names nodes.
        names = std::move(*result.node_names);
        namers.emplace_back(plugins_[i]->name());
        diagnosis.refused_by |= bit_of(static_cast<std::uint8_t>(i));
    }
    if (!restricted_) return true;
    for (const std::string& name : names) {
        const NodeInfo* node = cache_.find_node(name);
        if (node != nullptr) only_.push_back(cache_.position(node->slot));
    }
    std::sort(only_.begin(), only_.end());
    diagnosis.excluded_message = "node(s) didn't satisfy plugin(s) [" + joined(namers) + "]";
    return true;
}

Refusal Framework::filter_plainly(const PodInfo& pod, const NodeInfo& node) {
    for (const std::uint8_t plugin : active_) {
        Refusal refusal = plugins_[plugin]->filter(pod, node);
        if (refusal.fits()) continue;
        refusal.plugin = plugin;
        return refusal;
    }
    return {};
}

// upstream: RunFilterPluginsWithNominatedPods
Refusal Framework::filter(const PodInfo& pod, Slot slot) {
    const std::vector<PodInfo>* promised =
        nominations_.empty() ? nullptr : nominations_.on(cache_.node(slot).name);
    if (promised == nullptr) return filter_plainly(pod, cache_.node(slot));

    api::Texts added;
    for (const PodInfo& other : *promised) {
        if (other.priority < pod.priority || other.identity() == pod.identity()) continue;
        if (cache_.find_pod(other.identity()) != nullptr) continue;
        cache_.add_pod(other, cache_.node(slot).name, true);
        added.push_back(other.identity());
    }
    if (added.empty()) return filter_plainly(pod, cache_.node(slot));
    count_again(pod);
    Refusal refusal = filter_plainly(pod, cache_.node(slot));
    for (const api::Text& identity : added) (void)cache_.remove_pod(identity);
    count_again(pod);
    return refusal.fits() ? filter_plainly(pod, cache_.node(slot)) : refusal;
}

void Framework::count_again(const PodInfo& pod) {
    for (const std::uint8_t plugin : active_) {
        if (plugins_[plugin]->counts_pods()) (void)plugins_[plugin]->pre_filter(pod);
    }
}

void Framework::try_one(const PodInfo& pod, std::size_t position, Diagnosis& diagnosis) {
    const Slot slot = cache_.order()[position];
    const Refusal refusal = filter(pod, slot);
    diagnosis.refusals[position] = refusal;
    if (refusal.fits()) {
        feasible_.push_back(&cache_.node(slot));
    } else {
        diagnosis.refused_by |= bit_of(refusal.plugin);
    }
}

// upstream: findNodesThatPassFilters
void Framework::try_all(const PodInfo& pod, Diagnosis& diagnosis) {
    const std::size_t nodes = restricted_ ? only_.size() : cache_.order().size();
    const std::size_t wanted = feasible_wanted(nodes);
    if (nodes == 0) return;
    std::size_t at = next_start_ % nodes;
    feasible_.reserve(wanted);
    for (std::size_t tried = 0; tried < nodes && feasible_.size() < wanted; ++tried) {
        try_one(pod, restricted_ ? only_[at] : at, diagnosis);
        at = at + 1 == nodes ? 0 : at + 1;
    }
    next_start_ = at;
}

const std::vector<const NodeInfo*>& Framework::find_feasible(const PodInfo& pod, Diagnosis& diagnosis) {
    const std::uint8_t mark = restricted_ ? Diagnosis::kExcluded : Diagnosis::kNotTried;
    const Verdict verdict = restricted_ ? Verdict::Unresolvable : Verdict::Fits;
    diagnosis.refusals.assign(cache_.order().size(), Refusal{verdict, mark, 0});
    feasible_.clear();
    // The node that preemption made room on comes first. upstream: evaluateNominatedNode
    const std::string nominated = nominations_.empty() ? "" : nominations_.node_of(pod.identity());
    const NodeInfo* node = nominated.empty() ? nullptr : cache_.find_node(nominated);
    if (node != nullptr) {
        const std::size_t position = cache_.position(node->slot);
        if (!restricted_ || std::binary_search(only_.begin(), only_.end(), position)) {
            try_one(pod, position, diagnosis);
            if (!feasible_.empty()) return feasible_;
        }
    }
    try_all(pod, diagnosis);
    return feasible_;
}

const NodeInfo& Framework::choose(const PodInfo& pod, const std::vector<const NodeInfo*>& feasible,
                                  sim::Random& random, Decision& decision) {
    decision.scored.resize(feasible.size());
    for (std::size_t i = 0; i < feasible.size(); ++i)
        decision.scored[i] = static_cast<std::int32_t>(cache_.position(feasible[i]->slot));
    if (feasible.size() == 1) return *feasible.front();

    decision.totals.assign(feasible.size(), 0);
    scores_.resize(feasible.size());
    for (const std::unique_ptr<Plugin>& plugin : plugins_) {
        const auto weight = plugin->weight();
        if (weight == 0 || plugin->pre_score(pod, feasible) == ScoreNeed::Skip) continue;
        plugin->score(pod, feasible, scores_);
        plugin->normalise(scores_);
        decision.plugins.push_back(plugin->name());
        const std::size_t before = decision.scores.size();
        decision.scores.resize(before + feasible.size());
        std::int16_t* const scores = decision.scores.data() + before;
        std::int16_t* const totals = decision.totals.data();
        for (std::size_t i = 0; i < feasible.size(); ++i) {
            scores[i] = static_cast<std::int16_t>(scores_[i] * weight);
            totals[i] = static_cast<std::int16_t>(totals[i] + scores[i]);
        }
    }
    const std::int16_t best = *std::max_element(decision.totals.begin(), decision.totals.end());
    const auto ties = std::count(decision.totals.begin(), decision.totals.end(), best);
    std::uint64_t pick = ties > 1 ? random.below(static_cast<std::uint64_t>(ties)) : 0;
    for (std::size_t i = 0; i < feasible.size(); ++i) {
        if (decision.totals[i] != best || pick-- > 0) continue;
        decision.chosen = i;
        return *feasible[i];
    }
    ENSURE(false);
}

std::vector<std::string> Framework::texts_of(const PodInfo& pod, const Refusal& refusal,
                                             const Diagnosis& diagnosis) const {
    if (refusal.plugin == Diagnosis::kExcluded) return {diagnosis.excluded_message};
    std::vector<std::string> texts;
    plugins_[refusal.plugin]->explain(pod, refusal.detail, texts);
    return texts;
}

// upstream: pkg/scheduler/framework/types.go FitError.Error
std::string Framework::message_of(const PodInfo& pod, const Diagnosis& diagnosis) const {
    const std::size_t nodes = cache_.order().size();
    if (!diagnosis.pre_filter_message.empty()) {
        return availability_message(nodes, {}) + " " + diagnosis.pre_filter_message + ".";
    }
    // Count equal refusals first: texts are made once for each.
    std::map<std::pair<std::uint8_t, std::int32_t>, std::size_t> counts;
    for (const Refusal& refusal : diagnosis.refusals) {
        if (!refusal.fits()) ++counts[{refusal.plugin, refusal.detail}];
    }
    std::map<std::string, std::size_t> of_text;
    for (const auto& [which, count] : counts) {
        const Refusal refusal{Verdict::Unschedulable, which.first, which.second};
        for (const std::string& text : texts_of(pod, refusal, diagnosis)) of_text[text] += count;
    }
    return availability_message(nodes, {of_text.begin(), of_text.end()});
}

void Framework::tabulate(const PodInfo& pod, const Diagnosis& diagnosis, Decision& decision) const {
    decision.node_names = cache_.order_names();
    decision.verdicts.assign(cache_.order().size(), Decision::kNotTried);
    if (!diagnosis.pre_filter_message.empty()) {
        std::uint8_t plugin = 0;
        while ((diagnosis.refused_by >> plugin & 1U) == 0) ++plugin;
        decision.reasons.push_back({plugins_[plugin]->name(), diagnosis.pre_filter_message});
        std::fill(decision.verdicts.begin(), decision.verdicts.end(), std::int16_t{0});
        return;
    }
    std::map<std::pair<std::uint8_t, std::int32_t>, std::int16_t> known;
    for (std::size_t i = 0; i < diagnosis.refusals.size(); ++i) {
        const Refusal& refusal = diagnosis.refusals[i];
        if (refusal.fits()) {
            if (refusal.plugin != Diagnosis::kNotTried) decision.verdicts[i] = Decision::kFits;
            continue;
        }
        const auto next = static_cast<std::int16_t>(decision.reasons.size());
        const auto [it, is_new] = known.try_emplace({refusal.plugin, refusal.detail}, next);
        if (is_new) {
            const bool excluded = refusal.plugin == Diagnosis::kExcluded;
            decision.reasons.push_back(
                {excluded ? std::string_view("NodeAffinity") : plugins_[refusal.plugin]->name(),
                 joined(texts_of(pod, refusal, diagnosis))});
        }
        decision.verdicts[i] = it->second;
    }
}

}  // namespace kubetab::scheduler
