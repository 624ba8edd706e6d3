// Framework: runs the plugins over the nodes for one pod: which nodes fit, and which of them is best.
//
// Order of work in a cycle: pre_filter(), then find_feasible() or, in a dry run, filter(), then choose().
// Chance is drawn only to break ties between the best nodes.
//
// upstream: pkg/scheduler/schedule_one.go, pkg/scheduler/framework/runtime/framework.go
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scheduler/decision.h"
#include "engine/scheduler/nominations.h"
#include "engine/scheduler/plugin.h"
#include "engine/sim/random.h"

namespace kubetab::scheduler {

// Why nodes were refused, in the order of Cache::order().
struct Diagnosis {
    // Marks in Refusal::plugin.
    static constexpr std::uint8_t kNotTried = 255;
    static constexpr std::uint8_t kExcluded = 254;  // not among the nodes that pre_filter named

    std::vector<Refusal> refusals{};
    std::string pre_filter_message{};  // a plugin refused the pod as such
    std::string excluded_message{};    // of kExcluded
    std::uint32_t refused_by = 0;      // bits of plugins

    // Keeps the memory.
    void clear() {
        refusals.clear();
        pre_filter_message.clear();
        excluded_message.clear();
        refused_by = 0;
    }
};

class Framework {
public:
    Framework(Surroundings& surroundings, const Nominations& nominations,
              const std::vector<std::unique_ptr<Plugin>>& plugins);

    // Prepares the cycle for a pod. False: a plugin refused the pod as such; the diagnosis says why.
    bool pre_filter(const PodInfo& pod, Diagnosis& diagnosis);
    // The nodes that fit; stops when enough are found. Goes on where the last cycle stopped, so that all
    // nodes get their turn.
    // Valid until the next cycle.
    const std::vector<const NodeInfo*>& find_feasible(const PodInfo& pod, Diagnosis& diagnosis);
    // One node, with the pods counted in that preemption promised it to: it must fit with them and without.
    Refusal filter(const PodInfo& pod, Slot slot);
    // Tells the plugins that count pods that the pods have changed; used by dry runs.
    void count_again(const PodInfo& pod);

    // Scores the nodes and picks the best; fills in the decision's scores. `feasible` must not be empty.
    const NodeInfo& choose(const PodInfo& pod, const std::vector<const NodeInfo*>& feasible,
                           sim::Random& random, Decision& decision);

    // The texts of one refusal.
    std::vector<std::string> texts_of(const PodInfo& pod, const Refusal& refusal,
                                      const Diagnosis& diagnosis) const;
    // "0/3 nodes are available: 1 Insufficient cpu, 2 Too many pods."
    std::string message_of(const PodInfo& pod, const Diagnosis& diagnosis) const;
    // Fills in the decision's verdicts and reasons.
    void tabulate(const PodInfo& pod, const Diagnosis& diagnosis, Decision& decision) const;

    const std::vector<std::unique_ptr<Plugin>>& plugins() const { return plugins_; }
    Cache& cache() { return cache_; }

    // How many feasible nodes are enough. upstream: numFeasibleNodesToFind
    static std::size_t feasible_wanted(std::size_t nodes);

private:
    Refusal filter_plainly(const PodInfo& pod, const NodeInfo& node);
    void try_all(const PodInfo& pod, Diagnosis& diagnosis);
    void try_one(const PodInfo& pod, std::size_t position, Diagnosis& diagnosis);

    Cache& cache_;
    const Nominations& nominations_;
    const std::vector<std::unique_ptr<Plugin>>& plugins_;
    std::size_t next_start_ = 0;
    // Of this cycle.
    std::vector<std::uint8_t> active_{};  // plugins that filter
    bool restricted_ = false;
    std::vector<std::size_t> only_{};  // positions of the named nodes, when restricted
    std::vector<const NodeInfo*> feasible_{};
    std::vector<std::int64_t> scores_{};
};

// "0/3 nodes are available: 1 a, 2 b." from one text per refused node; counts are compared as text, as
// upstream sorts.
std::string availability_message(std::size_t nodes,
                                 const std::vector<std::pair<std::string, std::size_t>>& counts);

}  // namespace kubetab::scheduler
