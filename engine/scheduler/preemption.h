// Preemption: which pods of lower priority would have to go so that a pod fits, and on which node that costs
// least.
//
// Only looks: it changes the cache for a dry run and puts everything back. Nodes where no disruption budget
// is broken come first, but where there is none budgets are broken.
//
// upstream: pkg/scheduler/framework/preemption/preemption.go, plugins/defaultpreemption/default_preemption.go
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/scheduler/disruption_allowances.h"
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

    // A pod that no node took, with the diagnosis of its cycle, and what budgets allow now.
    struct Question {
        const PodInfo& pod;
        const Diagnosis& diagnosis;
        const DisruptionAllowances& allowances;
        sim::Instant now{};
    };
    PreemptionResult attempt(const Question& question);

private:
    struct Candidate {
        Slot slot = kNoSlot;
        std::vector<PodInfo> victims{};  // the most important first
        std::size_t budgets_broken = 0;  // victims that a disruption budget would keep
    };

    // "" when the pod may preempt.
    std::string ineligible(const PodInfo& pod, const Diagnosis& diagnosis) const;
    std::vector<Candidate> find_candidates(const Question& question,
                                           std::map<std::string, std::size_t>& counts);
    // Nullopt when removing pods does not help; `texts` then says why.
    std::optional<Candidate> dry_run(const Question& question, Slot slot, std::vector<std::string>& texts);
    std::vector<PodInfo> lower_pods(const PodInfo& pod, Slot slot) const;
    // Puts back all of `lower` that the pod leaves room for; the others are the victims.
    void spare(const Question& question, std::vector<PodInfo> lower,
               const std::map<std::string, bool>& assumed, Candidate& candidate);

    static constexpr std::size_t kCandidatesMin = 100;
    static constexpr std::size_t kCandidatesPercentage = 10;

    Framework& framework_;
    sim::Random& random_;
};

// Whether a pod is on its way out because of preemption. upstream: podTerminatingByPreemption
bool is_being_preempted(const api::Pod& pod);

}  // namespace kubetab::scheduler
