// Preemption: which pods of lower priority would have to go so that a pod fits, and on which node that costs
// least.
//
// Only looks: it changes the cache for a dry run and puts everything back. There are no disruption budgets
// yet, so none is violated.
//
// upstream: pkg/scheduler/framework/preemption/preemption.go, plugins/defaultpreemption/default_preemption.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/scheduler/framework.h"
#include "engine/sim/random.h"
#include "engine/sim/time.h"

namespace kubetab::scheduler {

struct PreemptionResult {
    // What becomes of status.nominatedNodeName: nullopt leaves it alone, "" clears it.
    std::optional<std::string> nominated{};
    std::vector<PodInfo> victims{};  // the most important first
    std::string message{};           // why nothing can be done; with the prefix "preemption: "
};

class Preemption {
public:
    Preemption(Framework& framework, sim::Random& random) : framework_(framework), random_(random) {}

    // For a pod that no node took; the diagnosis is that of its cycle.
    PreemptionResult attempt(const PodInfo& pod, const Diagnosis& diagnosis, sim::Instant now);

private:
    struct Candidate {
        Slot slot = kNoSlot;
        std::vector<PodInfo> victims{};  // the most important first
    };

    // "" when the pod may preempt.
    std::string ineligible(const PodInfo& pod, const Diagnosis& diagnosis) const;
    // Nullopt when removing pods does not help; `texts` then says why.
    std::optional<Candidate> dry_run(const PodInfo& pod, const Diagnosis& diagnosis, Slot slot,
                                     sim::Instant now, std::vector<std::string>& texts);
    std::vector<PodInfo> lower_pods(const PodInfo& pod, Slot slot) const;

    static constexpr std::size_t kCandidatesMin = 100;
    static constexpr std::size_t kCandidatesPercentage = 10;

    Framework& framework_;
    sim::Random& random_;
};

// Whether a pod is on its way out because of preemption. upstream: podTerminatingByPreemption
bool is_being_preempted(const api::Pod& pod);

}  // namespace kubetab::scheduler
