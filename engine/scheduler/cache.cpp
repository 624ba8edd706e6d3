#include "engine/scheduler/cache.h"

#include <algorithm>

#include "engine/base/ensure.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kZoneLabel = "topology.kubernetes.io/zone";
constexpr std::string_view kRegionLabel = "topology.kubernetes.io/region";

bool same_taints(const std::vector<api::Taint>& a, const std::vector<api::Taint>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const api::Taint& x, const api::Taint& y) {
        return x.key == y.key && x.value == y.value && x.effect == y.effect;
    });
}

bool same_conditions(const std::vector<api::NodeCondition>& a, const std::vector<api::NodeCondition>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const api::NodeCondition& x, const api::NodeCondition& y) {
                          return x.type == y.type && x.status == y.status;
                      });
}

bool same_images(const std::vector<api::ContainerImage>& a, const std::vector<api::ContainerImage>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const api::ContainerImage& x, const api::ContainerImage& y) {
                          return x.sizeBytes == y.sizeBytes && x.names == y.names;
                      });
}

std::string zone_of(const api::Node& node) {
    const api::Text* region = node.metadata.labels.get(kRegionLabel);
    const api::Text* zone = node.metadata.labels.get(kZoneLabel);
    if (region == nullptr && zone == nullptr) return {};
    return (region != nullptr ? *region : "") + ":" + (zone != nullptr ? *zone : "");
}

// upstream: pkg/scheduler/eventhandlers.go nodeSchedulingPropertiesChange
std::uint32_t changes_between(const api::Node& old, const api::Node& now) {
    std::uint32_t changes = 0;
    if (old.status.allocatable != now.status.allocatable) changes |= node_change::kAllocatable;
    if (old.metadata.labels != now.metadata.labels) changes |= node_change::kLabels;
    if (old.spec.unschedulable != now.spec.unschedulable || !same_taints(old.spec.taints, now.spec.taints)) {
        changes |= node_change::kTaints;
    }
    if (!same_conditions(old.status.conditions, now.status.conditions)) changes |= node_change::kConditions;
    return changes;
}

}  // namespace

Cache::Cache()
    : order_names_(std::make_shared<const std::vector<std::string>>()),
      counters_([this](const PodCounters::Visit& visit) { walk_pods(visit); }) {}

NodeInfo& Cache::slot_for(const std::string& name) {
    const auto known = slot_of_.find(name);
    if (known != slot_of_.end()) return nodes_[static_cast<std::size_t>(known->second)];
    if (free_.empty()) {
        free_.push_back(static_cast<Slot>(nodes_.size()));
        nodes_.emplace_back();
    }
    const Slot slot = free_.back();
    free_.pop_back();
    NodeInfo& info = nodes_[static_cast<std::size_t>(slot)];
    info = NodeInfo{};
    info.slot = slot;
    info.name = name;
    slot_of_.emplace(name, slot);
    return info;
}

void Cache::release_if_unused(NodeInfo& info) {
    if (info.node || !info.pods.empty()) return;
    const Slot slot = info.slot;
    slot_of_.erase(info.name);
    info = NodeInfo{};
    free_.push_back(slot);
}

std::int32_t Cache::taint_id(const api::Taint& taint) {
    const std::string text = taint.key + "=" + taint.value + ":" + taint.effect;
    const auto [it, is_new] = taint_ids_.try_emplace(text, static_cast<std::int32_t>(taints_.size()));
    if (is_new) taints_.push_back(taint);
    return it->second;
}

void Cache::set_taints(NodeInfo& info, const api::Node& node) {
    info.taints.clear();
    info.prefer_taints.clear();
    for (const api::Taint& taint : node.spec.taints) {
        (taint.effect == "PreferNoSchedule" ? info.prefer_taints : info.taints).push_back(taint_id(taint));
    }
    if (taints_.size() <= kTaintsMax) return;
    taints_.clear();
    taint_ids_.clear();
    for (NodeInfo& other : nodes_) {
        if (other.node && other.slot != info.slot) set_taints(other, *other.node);
    }
    set_taints(info, node);
}

// upstream: cache.addNodeImageStates
void Cache::set_images(NodeInfo& info, const api::Node* node) {
    const auto each = [](const api::Node& of, auto visit) {
        for (const api::ContainerImage& image : of.status.images) {
            for (const std::string& name : image.names) visit(name, image.sizeBytes);
        }
    };
    const auto slot = static_cast<std::size_t>(info.slot);
    if (info.node) {
        each(*info.node, [&](const std::string& name, std::int64_t) {
            const auto it = images_.find(name);
            if (it == images_.end() || slot >= it->second.on_slot.size() || !it->second.on_slot[slot]) return;
            it->second.on_slot[slot] = false;
            if (--it->second.nodes == 0) images_.erase(it);
        });
    }
    if (node == nullptr) return;
    each(*node, [&](const std::string& name, std::int64_t size) {
        Image& image = images_[name];
        if (image.on_slot.size() <= slot) image.on_slot.resize(std::max(slot + 1, nodes_.size()));
        if (image.on_slot[slot]) return;
        image.on_slot[slot] = true;
        image.size = size;
        ++image.nodes;
    });
}

void Cache::set_domains(const NodeInfo& info) {
    for (auto& [label, domains] : domains_) {
        domains.set(info.slot, info.node ? info.labels().get(label) : nullptr);
    }
}

std::uint32_t Cache::set_node(const api::Ref<api::Node>& node) {
    NodeInfo& info = slot_for(node->metadata.name);
    const std::uint32_t changes = info.node ? changes_between(*info.node, *node) : node_change::kAdded;
    const bool is_new = !info.node;
    if (is_new || !same_images(info.node->status.images, node->status.images)) set_images(info, node.get());
    const api::Ref<api::Node> old = std::exchange(info.node, node);
    if (is_new || (changes & node_change::kTaints) != 0) {
        set_taints(info, *node);
        info.unschedulable = node->spec.unschedulable;
    }
    if (is_new || (changes & node_change::kAllocatable) != 0) {
        info.allocatable = amounts_of(node->status.allocatable);
        const api::Quantity* pods = node->status.allocatable.get("pods");
        info.allowed_pods = pods != nullptr ? pods->units() : 0;
    }
    if (is_new || (changes & node_change::kLabels) != 0) {
        set_domains(info);
        const std::string zone = zone_of(*node);
        if (is_new || zone != info.zone) {
            if (!is_new) leave_zone(info);
            join_zone(info, zone);
        }
    }
    return changes;
}

void Cache::remove_node(const std::string& name) {
    const auto known = slot_of_.find(name);
    if (known == slot_of_.end()) return;
    NodeInfo& info = nodes_[static_cast<std::size_t>(known->second)];
    if (!info.node) return;
    set_images(info, nullptr);
    info.node = nullptr;
    set_domains(info);
    leave_zone(info);
    release_if_unused(info);
}

// upstream: node_tree.go list: one node of each zone in turn
void Cache::reorder() const {
    order_stale_ = false;
    order_.clear();
    auto names = std::make_shared<std::vector<std::string>>();
    bool more = true;
    for (std::size_t round = 0; more; ++round) {
        more = false;
        for (const std::string& zone : zone_order_) {
            const std::vector<Slot>& members = zones_.at(zone);
            if (round >= members.size()) continue;
            order_.push_back(members[round]);
            names->push_back(node(members[round]).name);
            more = true;
        }
    }
    order_names_ = std::move(names);
    positions_.assign(nodes_.size(), 0);
    for (std::size_t i = 0; i < order_.size(); ++i) positions_[static_cast<std::size_t>(order_[i])] = i;
}

void Cache::leave_zone(const NodeInfo& info) {
    std::vector<Slot>& members = zones_[info.zone];
    std::erase(members, info.slot);
    order_stale_ = true;
    if (!members.empty()) return;
    zones_.erase(info.zone);
    std::erase(zone_order_, info.zone);
}

void Cache::join_zone(NodeInfo& info, const std::string& zone) {
    info.zone = zone;
    std::vector<Slot>& members = zones_[zone];
    if (members.empty()) zone_order_.push_back(zone);
    members.push_back(info.slot);
    order_stale_ = true;
}

void Cache::attach(CachedPod& pod, NodeInfo& info) {
    pod.slot = info.slot;
    info.pods.push_back(&pod);
    info.requested.add(pod.info.requested);
    info.scoring_milli_cpu += pod.info.scoring_milli_cpu;
    info.scoring_memory += pod.info.scoring_memory;
    info.ports.insert(info.ports.end(), pod.info.ports.begin(), pod.info.ports.end());
    counters_.added(pod.info, info.slot);
    affinities_.added(pod.info, info.slot);
}

void Cache::detach(CachedPod& pod, NodeInfo& info) {
    std::erase(info.pods, &pod);
    info.requested.subtract(pod.info.requested);
    info.scoring_milli_cpu -= pod.info.scoring_milli_cpu;
    info.scoring_memory -= pod.info.scoring_memory;
    if (!pod.info.ports.empty()) {
        info.ports.clear();
        for (const CachedPod* other : info.pods) {
            info.ports.insert(info.ports.end(), other->info.ports.begin(), other->info.ports.end());
        }
    }
    counters_.removed(pod.info, info.slot);
    affinities_.removed(pod.info, info.slot);
}

void Cache::add_pod(PodInfo pod, const std::string& node_name, bool assumed) {
    const api::Text identity = pod.identity();
    auto cached = std::make_unique<CachedPod>(CachedPod{std::move(pod), kNoSlot, assumed});
    CachedPod& added = *cached;
    const bool is_new = pods_.insert(identity, std::move(cached));
    ENSURE(is_new);
    attach(added, slot_for(node_name));
}

bool Cache::update_pod(const api::Ref<api::Pod>& pod) {
    const std::unique_ptr<CachedPod>* found = pods_.find(identity_of(pod->metadata));
    if (found == nullptr) return false;
    CachedPod& cached = **found;
    NodeInfo& old_node = nodes_[static_cast<std::size_t>(cached.slot)];
    cached.assumed = false;
    if (old_node.name == pod->spec->nodeName && counts_the_same(*cached.info.pod, *pod)) {
        cached.info.pod = pod;
        return false;
    }
    detach(cached, old_node);
    const Slot old_slot = old_node.slot;
    cached.info = PodInfo(pod);
    attach(cached, slot_for(pod->spec->nodeName));
    release_if_unused(nodes_[static_cast<std::size_t>(old_slot)]);
    return true;
}

PodInfo Cache::remove_pod(const api::Text& identity) {
    const std::unique_ptr<CachedPod>* found = pods_.find(identity);
    if (found == nullptr) return {};
    CachedPod& cached = **found;
    NodeInfo& info = nodes_[static_cast<std::size_t>(cached.slot)];
    detach(cached, info);
    release_if_unused(info);
    PodInfo last = std::move(cached.info);
    pods_.erase(last.identity());  // `identity` may be the cached pod's own
    return last;
}

const CachedPod* Cache::find_pod(const api::Text& identity) const {
    const std::unique_ptr<CachedPod>* found = pods_.find(identity);
    return found == nullptr ? nullptr : found->get();
}

const NodeInfo* Cache::find_node(const std::string& name) const {
    const auto known = slot_of_.find(name);
    if (known == slot_of_.end()) return nullptr;
    const NodeInfo& info = node(known->second);
    return info.node ? &info : nullptr;
}

const Cache::Image* Cache::find_image(const std::string& name) const {
    const auto found = images_.find(name);
    return found == images_.end() ? nullptr : &found->second;
}

const Domains& Cache::domains(const std::string& label) {
    const auto known = domains_.find(label);
    // Values that no node has any more keep their number; start afresh when they prevail.
    const std::size_t limit = 2 * nodes_.size() + 64;
    if (known != domains_.end() && known->second.size() <= limit) {
        if (known->second.of_slot.size() < nodes_.size())
            known->second.of_slot.resize(nodes_.size(), kNoDomain);
        return known->second;
    }
    Domains& domains = domains_[label];
    domains = Domains{};
    domains.of_slot.assign(nodes_.size(), kNoDomain);
    for (const NodeInfo& info : nodes_) {
        if (info.node) domains.set(info.slot, info.labels().get(label));
    }
    return domains;
}

void Cache::trim() {
    if (domains_.size() > kDomainKeysMax) domains_.clear();
}

void Cache::walk_pods(const PodCounters::Visit& visit) const {
    for (const NodeInfo& info : nodes_) {
        for (const CachedPod* pod : info.pods) visit(pod->info, info.slot);
    }
}

}  // namespace kubetab::scheduler
