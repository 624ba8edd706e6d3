// WatchHub: delivers the store's writes to watchers, in order, a moment after they were made.
//
// Each subscription sees the writes of its scope after its starting revision, each once. While a subscription
// is disconnected its changes are held back. upstream:
// staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "engine/api/access.h"
#include "engine/base/lookup_map.h"
#include "engine/sim/simulation.h"
#include "engine/store/store.h"

namespace kubetab::server {

class WatchHub : public sim::Component {
public:
    explicit WatchHub(sim::Simulation& simulation);

    void publish(const store::Write& write);
    // What a subscription is about: all objects of a kind, or the pods of one node, or what is in one
    // namespace.
    struct Scope {
        const api::Kind* kind = nullptr;
        api::Text node_name{};   // "" is all
        api::Text namespace_{};  // "" is all; only without a node
    };
    api::WatchId subscribe(const Scope& scope, store::Revision from, api::Watcher& watcher);
    void unsubscribe(api::WatchId id);
    void set_connected(api::WatchId id, bool connected);

    void handle(const sim::Event& event) override;

    // From write to delivery.
    static constexpr sim::Duration kLatency = sim::milliseconds(2);

private:
    struct Subscription {
        Scope scope{};
        store::Revision seen = 0;
        api::Watcher* watcher = nullptr;
        bool connected = true;
        std::deque<api::Change> held{};
    };

    void deliver(const api::Change& change);
    void deliver_to(api::WatchId id, const api::Change& change);
    // Shared with whoever walks them, because a watcher may subscribe or unsubscribe while it is told.
    using Listeners = api::Box<std::vector<api::WatchId>>;
    // Thousands of clients may watch a namespace each: a write reaches only those of its own.
    struct Place {
        const api::Kind* kind = nullptr;
        api::Text namespace_{};  // "" is all

        bool operator<(const Place& other) const {
            return kind != other.kind ? kind < other.kind : namespace_ < other.namespace_;
        }
    };
    Listeners& listeners(const Scope& scope);
    void deliver_at(const Place& place, const api::Change& change);
    void deliver_to(const Listeners& listeners, const api::Change& change);

    sim::Simulation& simulation_;
    sim::ComponentId component_ = 0;
    api::WatchId last_id_ = 0;
    std::map<api::WatchId, Subscription> subscriptions_{};
    std::map<Place, Listeners> at_{};       // looked up, never iterated
    base::LookupMap<Listeners> on_node_{};  // of pods
    std::deque<std::pair<sim::Instant, api::Change>> pending_{};
    sim::Instant scheduled_for_{};
};

}  // namespace kubetab::server
