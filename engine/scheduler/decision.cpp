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

std::string summary_of(const Decision& decision) {
    const std::vector<std::string>& names = *decision.node_names;
    std::string text;
    if (decision.totals.empty()) {
        for (const std::int32_t node : decision.scored)
            text += names[static_cast<std::size_t>(node)] + " alone fits";
    } else {
        std::vector<std::size_t> best(decision.scored.size());
        for (std::size_t i = 0; i < best.size(); ++i) best[i] = i;
        const std::size_t shown = std::min(kScoresShown, best.size());
        const std::int32_t chosen = index_of(decision, decision.node);
        const auto before = [&](std::size_t a, std::size_t b) {
            if ((decision.scored[a] == chosen) != (decision.scored[b] == chosen))
                return decision.scored[a] == chosen;
            return std::pair(-decision.totals[a], a) < std::pair(-decision.totals[b], b);
        };
        // The chosen node first, then by score, then by place: a total order.
        std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(shown), best.end(),
                          before);
        for (std::size_t i = 0; i < shown; ++i) {
            if (i > 0) text += ", ";
            text += names[static_cast<std::size_t>(decision.scored[best[i]])] + " " +
                    std::to_string(decision.totals[best[i]]);
        }
        if (best.size() > shown) text += " and " + std::to_string(best.size() - shown) + " more";
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
