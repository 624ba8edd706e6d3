// Cache: the nodes and the pods on them, with sums kept up to date by every change, at a cost of O(what
// changed).
//
// A pod that was just given a node counts there at once ("assumed"), before the watch confirms it. A node has
// a slot, a small number that stays while the node or a pod on it is known; arrays by slot are how plugins
// stay fast. order() lists the nodes that exist, round robin over zones. Pods on a node that is not known
// (yet) are kept.
//
// upstream: pkg/scheduler/backend/cache/{cache,node_tree}.go, pkg/scheduler/framework/types.go NodeInfo
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/core/node.h"
#include "engine/base/lookup_map.h"
#include "engine/scheduler/domains.h"
#include "engine/scheduler/pod_counters.h"
#include "engine/scheduler/pod_info.h"

namespace kubetab::scheduler {

using Slot = std::int32_t;
inline constexpr Slot kNoSlot = -1;

struct CachedPod {
    PodInfo info{};
    Slot slot = kNoSlot;
    bool assumed = false;
};

struct NodeInfo {
    Slot slot = kNoSlot;
    bool unschedulable = false;
    std::int64_t allowed_pods = 0;
    Amounts allocatable{};
    Amounts requested{};
    std::int64_t scoring_milli_cpu = 0;
    std::int64_t scoring_memory = 0;
    std::vector<std::int32_t> taints{};         // NoSchedule and NoExecute, ids of Cache::taint()
    std::vector<std::int32_t> prefer_taints{};  // PreferNoSchedule
    std::vector<CachedPod*> pods{};
    std::vector<HostPort> ports{};
    api::Ref<api::Node> node{};  // null: the node is gone or not known yet
    api::Text name{};
    api::Text zone{};

    const base::StringMap& labels() const { return node->metadata.labels; }
};

// What changed about a node, as bits; decides which waiting pods are tried again.
namespace node_change {
inline constexpr std::uint32_t kAllocatable = 1U << 0;
inline constexpr std::uint32_t kLabels = 1U << 1;
inline constexpr std::uint32_t kTaints = 1U << 2;  // or spec.unschedulable
inline constexpr std::uint32_t kConditions = 1U << 3;
inline constexpr std::uint32_t kAdded = 1U << 4;
inline constexpr std::uint32_t kRemoved = 1U << 5;
}  // namespace node_change

class Cache {
public:
    struct Image {
        std::int64_t size = 0;
        std::int64_t nodes = 0;
        std::vector<bool> on_slot{};
    };

    Cache();
    Cache(const Cache&) = delete;
    Cache& operator=(const Cache&) = delete;

    // Adds or replaces a node; says what changed.
    std::uint32_t set_node(const api::Ref<api::Node>& node);
    void remove_node(const std::string& name);

    void add_pod(PodInfo pod, const std::string& node_name, bool assumed);
    // Takes the new state of a pod that is here; true when something that is counted changed.
    bool update_pod(const api::Ref<api::Pod>& pod);
    // The pod's last state; does nothing (empty info) when it is not here.
    PodInfo remove_pod(const api::Text& identity);
    const CachedPod* find_pod(const api::Text& identity) const;

    const std::vector<Slot>& order() const {
        if (order_stale_) reorder();
        return order_;
    }
    // Where a node stands in order(); only for slots in it.
    std::size_t position(Slot slot) const {
        if (order_stale_) reorder();
        return positions_[static_cast<std::size_t>(slot)];
    }
    std::size_t slots() const { return nodes_.size(); }
    const NodeInfo& node(Slot slot) const { return nodes_[static_cast<std::size_t>(slot)]; }
    // Null when there is no such node.
    const NodeInfo* find_node(const std::string& name) const;
    // The names of order(), shared by the decisions that were made over them.
    const std::shared_ptr<const std::vector<std::string>>& order_names() const {
        if (order_stale_) reorder();
        return order_names_;
    }

    const api::Taint& taint(std::int32_t id) const { return taints_[static_cast<std::size_t>(id)]; }
    std::size_t taint_count() const { return taints_.size(); }
    // Null when no node has the image.
    const Image* find_image(const std::string& name) const;
    // Valid until trim().
    const Domains& domains(const std::string& label);
    // Forgets the domains of labels nobody asks for when there are many; to be called between cycles.
    void trim();
    PodCounters& counters() { return counters_; }
    const AffinityCounters& affinities() const { return affinities_; }
    std::size_t pod_count() const { return pods_.size(); }

private:
    NodeInfo& slot_for(const std::string& name);
    void release_if_unused(NodeInfo& info);
    void set_taints(NodeInfo& info, const api::Node& node);
    void set_images(NodeInfo& info, const api::Node* node);
    void set_domains(const NodeInfo& info);
    std::int32_t taint_id(const api::Taint& taint);
    void reorder() const;
    void leave_zone(const NodeInfo& info);
    void join_zone(NodeInfo& info, const std::string& zone);
    void attach(CachedPod& pod, NodeInfo& info);
    void detach(CachedPod& pod, NodeInfo& info);
    void walk_pods(const PodCounters::Visit& visit) const;

    static constexpr std::size_t kTaintsMax = 4096;
    static constexpr std::size_t kDomainKeysMax = 64;

    std::vector<NodeInfo> nodes_{};
    std::vector<Slot> free_{};
    std::map<std::string, Slot, std::less<>> slot_of_{};
    std::map<std::string, std::vector<Slot>> zones_{};
    std::vector<std::string> zone_order_{};
    // Made at the first question after nodes have come or gone.
    mutable bool order_stale_ = false;
    mutable std::vector<Slot> order_{};
    mutable std::vector<std::size_t> positions_{};  // by slot
    mutable std::shared_ptr<const std::vector<std::string>> order_names_{};
    std::vector<api::Taint> taints_{};
    std::map<std::string, std::int32_t> taint_ids_{};
    std::map<std::string, Image> images_{};
    std::map<std::string, Domains> domains_{};
    base::LookupMap<std::unique_ptr<CachedPod>> pods_{};
    PodCounters counters_;
    AffinityCounters affinities_{};
};

}  // namespace kubetab::scheduler
