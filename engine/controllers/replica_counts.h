// ReplicaCounts: what the pods of a ReplicaSet add up to. ReplicaTally keeps them up to date by every change,
// so that a sync costs the same for ten pods and for ten thousand.
//
// The tally tells nothing where single pods have to be looked at: when one has to be adopted or released, and
// when readiness has to last for a while to count.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/api/selectors.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

struct ReplicaCounts {
    std::int32_t replicas = 0;
    std::int32_t fully_labeled = 0;
    std::int32_t ready = 0;
    std::int32_t available = 0;
};

// Of the active pods that a ReplicaSet has claimed.
ReplicaCounts count_replicas(const api::ReplicaSet& replica_set, const std::vector<api::Ref<api::Pod>>& pods,
                             sim::Instant now);

class ReplicaTally {
public:
    // `pods` has the index kByController and outlives this.
    explicit ReplicaTally(const client::Informer<api::Pod>& pods) : pods_(pods) {}

    // The counts of the cache as it is; nullopt when single pods have to be looked at.
    std::optional<ReplicaCounts> of(const api::ReplicaSet& replica_set);
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

    void renew(Entry& entry, const api::ReplicaSet& replica_set) const;
    static void add(Entry& entry, const api::Pod& pod, std::int32_t sign);
    Entry* entry_of(const api::Pod& pod);
    bool has_orphan_for(const api::ReplicaSet& replica_set, const api::Selector& selector) const;

    const client::Informer<api::Pod>& pods_;
    std::map<std::string, Entry> entries_{};  // by uid
};

}  // namespace kubetab::controllers
