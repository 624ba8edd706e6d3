#include "engine/scheduler/decision.h"

#include <algorithm>
#include <utility>

namespace kubetab::scheduler {
namespace {

constexpr std::size_t kScoresShown = 3;
constexpr std::size_t kRefusalsShown = 2;

// "node(s) had untolerated taint {a: b}" -> "untolerated taint {a: b}".
std::string_view shortened(std::string_view text) {
    for (const std::string_view prefix : {"node(s) had ", "node(s) "}) {
        if (text.starts_with(prefix)) return text.substr(prefix.size());
    }
    return text;
}

std::int32_t index_of(const Decision& decision, std::string_view node_name) {
    const std::vector<std::string>& names = *decision.node_names;
    const auto found = std::find(names.begin(), names.end(), node_name);
    return found == names.end() ? -1 : static_cast<std::int32_t>(found - names.begin());
}

}  // namespace

const Decision::Reason* Decision::refusal_of(std::string_view node_name) const {
    const std::int32_t index = index_of(*this, node_name);
    if (index < 0 || static_cast<std::size_t>(index) >= verdicts.size()) return nullptr;
    const std::int16_t verdict = verdicts[static_cast<std::size_t>(index)];
    return verdict < 0 ? nullptr : &reasons[static_cast<std::size_t>(verdict)];
}

std::int32_t Decision::total_of(std::string_view node_name) const {
    const std::int32_t index = index_of(*this, node_name);
    const auto found = std::find(scored.begin(), scored.end(), index);
    if (found == scored.end() || totals.empty()) return -1;
    return totals[static_cast<std::size_t>(found - scored.begin())];
}

void DecisionRing::add(Decision decision) {
    verdicts_ += decision.verdicts.size();
    decisions_.push_back(std::move(decision));
    while (decisions_.size() > kDecisionsMax || (verdicts_ > kVerdictsMax && decisions_.size() > 1)) {
        verdicts_ -= decisions_.front().verdicts.size();
        dropped_ = std::move(decisions_.front());
        decisions_.pop_front();
    }
}

Decision DecisionRing::blank() {
    Decision decision = std::exchange(dropped_, Decision{});
    decision.pod = {};
    decision.at = {};
    decision.node.clear();
    decision.message.clear();
    decision.node_names = nullptr;
    decision.verdicts.clear();
    decision.reasons.clear();
    decision.scored.clear();
    decision.chosen = 0;
    decision.totals.clear();
    decision.plugins.clear();
    decision.scores.clear();
    return decision;
}

const Decision* DecisionRing::last_for(const api::ObjectKey& pod) const {
    for (auto it = decisions_.rbegin(); it != decisions_.rend(); ++it) {
        if (it->pod == pod) return &*it;
    }
    return nullptr;
}

namespace {

// Places in `scored` of those worth naming: the chosen node, then by score, then by place; a total order.
std::vector<std::size_t> best_of(const Decision& decision) {
    const std::vector<std::int16_t>& totals = decision.totals;
    std::vector<std::size_t> best;
    best.reserve(kScoresShown + 1);
    for (std::size_t i = 0; i < totals.size(); ++i) {
        if (best.size() == kScoresShown - 1 && totals[best.back()] >= totals[i]) continue;
        if (i == decision.chosen) continue;
        const auto lower = std::find_if(best.begin(), best.end(),
                                        [&](std::size_t other) { return totals[other] < totals[i]; });
        best.insert(lower, i);
        if (best.size() == kScoresShown) best.pop_back();
    }
    best.insert(best.begin(), decision.chosen);
    return best;
}

}  // namespace

std::string summary_of(const Decision& decision) {
    const std::vector<std::string>& names = *decision.node_names;
    std::string text;
    if (decision.totals.empty()) {
        for (const std::int32_t node : decision.scored)
            text += names[static_cast<std::size_t>(node)] + " alone fits";
    } else {
        const std::vector<std::size_t> best = best_of(decision);
        for (std::size_t i = 0; i < best.size(); ++i) {
            if (i > 0) text += ", ";
            text += names[static_cast<std::size_t>(decision.scored[best[i]])] + " " +
                    std::to_string(decision.totals[best[i]]);
        }
        const std::size_t more = decision.scored.size() - best.size();
        if (more > 0) text += " and " + std::to_string(more) + " more";
    }
    std::size_t refusals = 0;
    for (std::size_t i = 0; i < decision.verdicts.size() && refusals < kRefusalsShown; ++i) {
        if (decision.verdicts[i] < 0) continue;
        const Decision::Reason& reason = decision.reasons[static_cast<std::size_t>(decision.verdicts[i])];
        text += (text.empty() ? "" : "; ") + names[i] + ": " + std::string(shortened(reason.text));
        ++refusals;
    }
    return text;
}

}  // namespace kubetab::scheduler
