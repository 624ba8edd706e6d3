// ReplicaCounts: what the pods of a ReplicaSet or ReplicationController add up to. ReplicaTally keeps them up
// to date by every change, so that a sync costs the same for ten pods and for ten thousand.
//
// The tally tells nothing where single pods have to be looked at: when one has to be adopted or released, and
// when readiness has to last for a while to count.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/core/replication_controller.h"
#include "engine/api/kinds.h"
#include "engine/api/selectors.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

template <class Set>
using StatusOf = decltype(Set::status);

struct ReplicaCounts {
    std::int32_t replicas = 0;
    std::int32_t fully_labeled = 0;
    std::int32_t ready = 0;
    std::int32_t available = 0;
};

inline base::Result<api::Selector> selector_of(const api::ReplicaSet& set) {
    return api::Selector::of(set.spec.selector);
}
inline base::Result<api::Selector> selector_of(const api::ReplicationController& set) {
    return api::Selector::of_labels(set.spec.selector);
}

// Of the active pods that one of either kind has claimed.
template <class Set>
ReplicaCounts count_replicas(const Set& replica_set, const std::vector<api::Ref<api::Pod>>& pods,
                             sim::Instant now);

class ReplicaTally {
public:
    // `pods` has the index kByController and outlives this.
    explicit ReplicaTally(const client::Informer<api::Pod>& pods) : pods_(pods) {}

    // The counts of the cache as it is; nullopt when single pods have to be looked at.
    template <class Set>
    std::optional<ReplicaCounts> of(const Set& replica_set);
    // For every change of a pod, in order.
    void pod_changed(const client::Change& change);
    // The ReplicaSet is gone.
    void forget(const std::string& uid) { entries_.erase(uid); }

private:
    struct Entry {
        std::int64_t generation = 0;              // of the ReplicaSet that the counts are about
        std::optional<api::Selector> selector{};  // nullopt: it is not valid
        base::StringMap labels{};                 // of the template
        std::int32_t active = 0;
        std::int32_t labeled = 0;
        std::int32_t ready = 0;
        std::int32_t strays = 0;  // active, but not selected
    };

    template <class Set>
    void renew(Entry& entry, const Set& replica_set) const;
    static void add(Entry& entry, const api::Pod& pod, std::int32_t sign);
    Entry* entry_of(const api::Pod& pod);
    bool has_orphan_for(const api::Object& replica_set, const api::Selector& selector) const;

    const client::Informer<api::Pod>& pods_;
    std::map<std::string, Entry> entries_{};  // by uid
};

}  // namespace kubetab::controllers
