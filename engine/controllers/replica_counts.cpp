#include "engine/controllers/replica_counts.h"

#include <algorithm>

#include "engine/api/pod_status.h"
#include "engine/controllers/adoption.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {
namespace {

bool has_labels(const base::StringMap& labels, const base::StringMap& wanted) {
    for (const auto& [key, value] : wanted) {
        const api::Text* found = labels.get(key);
        if (found == nullptr || *found != value) return false;
    }
    return true;
}

}  // namespace

template <class Set>
ReplicaCounts count_replicas(const Set& replica_set, const std::vector<api::Ref<api::Pod>>& pods,
                             sim::Instant now) {
    const base::StringMap& labels = replica_set.spec.template_->metadata.labels;
    ReplicaCounts counts;
    counts.replicas = static_cast<std::int32_t>(pods.size());
    for (const api::Ref<api::Pod>& pod : pods) {
        if (has_labels(pod->metadata.labels, labels)) ++counts.fully_labeled;
        if (api::is_pod_ready(*pod)) ++counts.ready;
        const bool available = api::is_pod_available(*pod, replica_set.spec.minReadySeconds, api::Time(now));
        if (available) ++counts.available;
    }
    return counts;
}

template <class Set>
std::optional<ReplicaCounts> ReplicaTally::of(const Set& replica_set) {
    const auto [it, added] = entries_.try_emplace(replica_set.metadata.uid);
    Entry& entry = it->second;
    if (added || entry.generation != replica_set.metadata.generation) renew(entry, replica_set);
    if (!entry.selector || entry.strays > 0 || replica_set.spec.minReadySeconds > 0) return std::nullopt;
    if (has_orphan_for(replica_set, *entry.selector)) return std::nullopt;
    return ReplicaCounts{entry.active, entry.labeled, entry.ready, entry.ready};
}

template <class Set>
void ReplicaTally::renew(Entry& entry, const Set& replica_set) const {
    entry = {};
    entry.generation = replica_set.metadata.generation;
    entry.labels = replica_set.spec.template_->metadata.labels;
    base::Result<api::Selector> selector = selector_of(replica_set);
    if (!selector.ok()) return;
    entry.selector = std::move(*selector);
    for (const api::Ref<api::Pod>& pod : pods_.by_index(kByController, replica_set.metadata.uid))
        add(entry, *pod, 1);
}

void ReplicaTally::add(Entry& entry, const api::Pod& pod, std::int32_t sign) {
    if (!entry.selector || !api::is_pod_active(pod)) return;
    entry.active += sign;
    if (!entry.selector->matches(pod.metadata.labels)) entry.strays += sign;
    if (has_labels(pod.metadata.labels, entry.labels)) entry.labeled += sign;
    if (api::is_pod_ready(pod)) entry.ready += sign;
}

ReplicaTally::Entry* ReplicaTally::entry_of(const api::Pod& pod) {
    const api::OwnerReference* owner = api::controller_of(pod.metadata);
    const auto it = owner == nullptr ? entries_.end() : entries_.find(owner->uid);
    return it == entries_.end() ? nullptr : &it->second;
}

void ReplicaTally::pod_changed(const client::Change& change) {
    const auto count = [this](const api::Ref<api::Object>& object, std::int32_t sign) {
        const auto& pod = static_cast<const api::Pod&>(*object);
        if (Entry* entry = entry_of(pod)) add(*entry, pod, sign);
    };
    if (change.previous) count(change.previous, -1);
    if (change.type != client::ChangeType::Deleted) count(change.object, 1);
}

bool ReplicaTally::has_orphan_for(const api::Object& replica_set, const api::Selector& selector) const {
    const std::vector<api::Ref<api::Pod>> orphans =
        pods_.by_index(kByController, orphans_in(replica_set.metadata.namespace_));
    return std::any_of(orphans.begin(), orphans.end(), [&](const api::Ref<api::Pod>& pod) {
        return api::is_pod_active(*pod) && decide_claim(replica_set, *pod, selector) != Claim::Ignore;
    });
}

template ReplicaCounts count_replicas(const api::ReplicaSet&, const std::vector<api::Ref<api::Pod>>&,
                                      sim::Instant);
template ReplicaCounts count_replicas(const api::ReplicationController&,
                                      const std::vector<api::Ref<api::Pod>>&, sim::Instant);
template std::optional<ReplicaCounts> ReplicaTally::of(const api::ReplicaSet&);
template std::optional<ReplicaCounts> ReplicaTally::of(const api::ReplicationController&);

}  // namespace kubetab::controllers
