// PodInfo: what the scheduler has worked out about a pod once, so that no cycle works it out again.
//
// Amounts are integers: CPU in thousandths, the rest in bytes or units.
//
// upstream: pkg/scheduler/framework/types.go PodInfo, Resource
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/core/pod.h"
#include "engine/base/flat_map.h"
#include "engine/base/list.h"
#include "engine/scheduler/label_selector.h"

namespace kubetab::scheduler {

struct Amounts {
    std::int64_t milli_cpu = 0;
    std::int64_t memory = 0;
    std::int64_t ephemeral_storage = 0;
    base::FlatMap<std::int64_t> others{};  // extended resources and huge pages

    void add(const Amounts& other);
    void subtract(const Amounts& other);
    // Keeps the larger of both, resource by resource.
    void raise_to(const Amounts& other);
    bool is_zero() const;
};

// `pods` is left out: it is a number of pods, not an amount that pods ask for.
Amounts amounts_of(const base::FlatMap<api::Quantity>& resources);

struct HostPort {
    api::Text ip{};  // "" is every address
    api::Text protocol{};
    std::int32_t port = 0;

    bool conflicts_with(const HostPort& other) const;
};

struct AffinityTerm {
    api::Texts namespaces{};  // sorted
    bool has_namespace_selector = false;
    CompiledSelector namespace_selector{};
    CompiledSelector selector{};
    api::Text topology_key{};
    std::int64_t weight = 0;  // preferred terms only

    // `namespace_labels` may be null when the namespace is not known.
    bool matches(const api::Pod& pod, const base::StringMap* namespace_labels) const;
    std::string text() const;
};

struct PodAffinities {
    std::vector<AffinityTerm> required{};
    std::vector<AffinityTerm> required_anti{};
    std::vector<AffinityTerm> preferred{};
    std::vector<AffinityTerm> preferred_anti{};
};

struct PodInfo {
    api::Ref<api::Pod> pod{};
    Amounts requested{};
    // Requests with 100m and 200Mi for containers that name none: spreads pods without requests too.
    std::int64_t scoring_milli_cpu = 0;
    std::int64_t scoring_memory = 0;
    std::int32_t priority = 0;
    base::List<HostPort> ports{};
    std::shared_ptr<const PodAffinities> affinities{};  // null when the pod has none

    PodInfo() = default;
    explicit PodInfo(api::Ref<api::Pod> pod);

    // The uid, or namespace/name where there is none.
    const api::Text& identity() const { return identity_; }
    const api::PodSpec& spec() const { return *pod->spec; }
    const base::StringMap& labels() const { return pod->metadata.labels; }
    const std::string& namespace_() const { return pod->metadata.namespace_; }
    bool is_terminating() const { return pod->metadata.deletionTimestamp.is_set(); }

private:
    api::Text identity_{};
};

api::Text identity_of(const api::ObjectMeta& metadata);
// True when two states of one assigned pod say the same about everything the scheduler counts, so that only
// the reference has to change. What a pod asks for is fixed once it has a node.
bool counts_the_same(const api::Pod& a, const api::Pod& b);
// Succeeded or Failed: no longer uses its node. upstream: podutil.IsPodTerminal
bool is_terminal(const api::Pod& pod);

}  // namespace kubetab::scheduler
