// PodCounters: "how many pods on each node match this selector?", kept up to date as pods come and go.
//
// A counter is made at the first question by walking all pods, and costs O(1) per later pod that could match:
// counters are found through a label that their matches must carry. AffinityCounters answers the reverse
// question: which terms do the pods on each node carry. Bounded: the least recently used counters are
// dropped.
//
// differs: upstream walks all pods of all nodes in every cycle, because counts kept by selector give the same
// numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/lookup_map.h"
#include "engine/scheduler/label_selector.h"
#include "engine/scheduler/pod_info.h"

namespace kubetab::scheduler {

// Pods of these namespaces with these labels. A pod matches a query when it matches all its clauses.
struct PodClause {
    api::Texts namespaces{};  // sorted
    bool all_namespaces = false;
    CompiledSelector selector{};

    bool matches(const api::Pod& pod) const;
    std::string text() const;
};

enum class Terminating : std::uint8_t { Counted, Ignored };

class PodCounters {
public:
    using Visit = std::function<void(const PodInfo& pod, std::int32_t slot)>;
    // Calls Visit for every pod on a node.
    using Walk = std::function<void(const Visit&)>;

    explicit PodCounters(Walk walk) : walk_(std::move(walk)) {}

    // Numbers by node slot; valid until the next call. Slots beyond the end count zero pods.
    const std::vector<std::int32_t>& count(const std::vector<PodClause>& clauses, Terminating terminating,
                                           std::size_t slots);

    void added(const PodInfo& pod, std::int32_t slot) { change(pod, slot, 1); }
    void removed(const PodInfo& pod, std::int32_t slot) { change(pod, slot, -1); }

    std::size_t size() const { return counters_.size(); }

private:
    struct Counter {
        std::vector<PodClause> clauses{};
        Terminating terminating = Terminating::Counted;
        std::vector<std::int32_t> of_slot{};
        std::string bucket{};  // "key=value", or "" for the counters that any pod may match
        std::uint64_t used = 0;

        bool matches(const PodInfo& pod) const;
        void add(std::int32_t slot, std::int32_t number);
    };
    using Bucket = std::vector<Counter*>;

    void change(const PodInfo& pod, std::int32_t slot, std::int32_t number);
    void drop_oldest();

    static constexpr std::size_t kCellsMax = std::size_t{8} << 20;  // 32 MB of numbers
    static constexpr std::size_t kCountersMin = 64;

    Walk walk_;
    std::uint64_t clock_ = 0;
    std::map<std::string, std::unique_ptr<Counter>> counters_{};
    base::LookupMap<Bucket> buckets_{};
};

enum class TermKind : std::uint8_t { RequiredAnti, Required, Preferred, PreferredAnti };

// One distinct (anti-)affinity term, and how many pods of each node carry it.
struct CarriedTerm {
    TermKind kind = TermKind::Required;
    AffinityTerm term{};
    std::vector<std::int32_t> of_slot{};
    std::int64_t total = 0;
};

class AffinityCounters {
public:
    void added(const PodInfo& pod, std::int32_t slot) { change(pod, slot, 1); }
    void removed(const PodInfo& pod, std::int32_t slot) { change(pod, slot, -1); }
    // By text, so that the order is the same in every run.
    const std::map<std::string, CarriedTerm>& terms() const { return terms_; }

private:
    void change(const PodInfo& pod, std::int32_t slot, std::int32_t number);
    void change_all(TermKind kind, const std::vector<AffinityTerm>& terms, std::int32_t slot,
                    std::int32_t number);

    std::map<std::string, CarriedTerm> terms_{};
};

}  // namespace kubetab::scheduler
