// Decision: why a pod went to this node and not to another, kept for whoever asks.
//
// Holds one verdict per node and the scores of the nodes that fit. Names of nodes are shared with the other
// decisions over the same nodes. DecisionRing keeps the last ones, bounded by number and by the total of
// verdicts.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/sim/time.h"

namespace kubetab::scheduler {

struct Decision {
    static constexpr std::int16_t kNotTried = -2;  // enough nodes were found before
    static constexpr std::int16_t kFits = -1;      // from 0 on: index in `reasons`

    // Why a plugin refused nodes.
    struct Reason {
        std::string_view plugin{};  // "TaintToleration"
        std::string text{};         // "node(s) had untolerated taint {a: b}"; several joined by ", "
    };
    api::ObjectKey pod{};
    sim::Instant at{};
    std::string node{};     // "" when no node was found
    std::string message{};  // of FailedScheduling, or what the choice was made by
    std::shared_ptr<const std::vector<std::string>> node_names{};
    std::vector<std::int16_t> verdicts{};  // in the order of node_names
    std::vector<Reason> reasons{};
    std::vector<std::int32_t> scored{};  // indexes of node_names
    std::size_t chosen = 0;              // index in `scored`, when a node was found
    // Scores are 0–100 times a plugin's weight.
    std::vector<std::int16_t> totals{};  // in the order of `scored`; empty when there was nothing to choose
    // The plugins that scored, and what each added to each total (already normalised and weighted): all nodes
    // of the first plugin, then all of the second, …
    std::vector<std::string_view> plugins{};
    std::vector<std::int16_t> scores{};

    std::int32_t score(std::size_t plugin, std::size_t scored_node) const {
        return scores[plugin * scored.size() + scored_node];
    }
    // The row of one node: nullptr when it was no candidate.
    const Reason* refusal_of(std::string_view node_name) const;
    // -1 when it was not scored.
    std::int32_t total_of(std::string_view node_name) const;
};

class DecisionRing {
public:
    static constexpr std::size_t kDecisionsMax = 512;
    static constexpr std::size_t kVerdictsMax = std::size_t{1} << 17;

    void add(Decision decision);
    // An empty decision, with the memory of one that was dropped.
    Decision blank();
    // Oldest first.
    const std::deque<Decision>& all() const { return decisions_; }
    // The last decision about the pod; null when it is forgotten or there was none.
    const Decision* last_for(const api::ObjectKey& pod) const;

private:
    std::deque<Decision> decisions_{};
    Decision dropped_{};
    std::size_t verdicts_ = 0;
};

// "node-1 679, node-2 654; node-3: untolerated taint {a: b}": the best scores and the first refusals, cut
// short.
std::string summary_of(const Decision& decision);

}  // namespace kubetab::scheduler
