#include "engine/server/watch_hub.h"

#include <algorithm>

#include "engine/api/kinds.h"
#include "engine/base/ensure.h"

namespace kubetab::server {
namespace {

// One event of the simulation stays short enough for a window's frame; the rest follows at the same instant.
constexpr int kChangesPerEvent = 64;

// The node a pod is bound to; "" for other kinds.
const api::Text& node_of(const api::Change& change) {
    static const api::Text none;
    if (change.kind != &api::kind_of<api::Pod>()) return none;
    return static_cast<const api::Pod&>(*change.object).spec->nodeName;
}

}  // namespace

WatchHub::WatchHub(sim::Simulation& simulation) : simulation_(simulation) {
    component_ = simulation_.add("watch", *this);
}

void WatchHub::publish(const store::Write& write) {
    const sim::Instant due = simulation_.now() + kLatency;
    pending_.emplace_back(due,
                          api::Change{write.type, write.kind, write.object, write.previous, write.revision});
    if (scheduled_for_ == due) return;
    // A node's heartbeat is no sign that the cluster is still settling; what else is written at this instant
    // is.
    const bool lease = write.kind == &api::kind_of<api::Lease>();
    if (!lease) scheduled_for_ = due;
    simulation_.schedule({.component = component_,
                          .after = kLatency,
                          .cadence = lease ? sim::Cadence::Heartbeat : sim::Cadence::Once});
}

WatchHub::Listeners& WatchHub::listeners(const Scope& scope) {
    if (!scope.node_name.empty()) return on_node_[scope.node_name];
    return at_[{scope.kind, scope.namespace_}];
}

api::WatchId WatchHub::subscribe(const Scope& scope, store::Revision from, api::Watcher& watcher) {
    ENSURE(scope.node_name.empty() || scope.kind == &api::kind_of<api::Pod>());  // see node_of
    ENSURE(scope.node_name.empty() || scope.namespace_.empty());
    const api::WatchId id = ++last_id_;
    subscriptions_.emplace(id, Subscription{scope, from, &watcher, true, {}});
    listeners(scope).edit().push_back(id);
    return id;
}

void WatchHub::unsubscribe(api::WatchId id) {
    const auto it = subscriptions_.find(id);
    if (it == subscriptions_.end()) return;
    const Scope scope = std::move(it->second.scope);
    subscriptions_.erase(it);
    std::vector<api::WatchId>& ids = listeners(scope).edit();
    ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
    if (ids.empty() && scope.node_name.empty()) at_.erase({scope.kind, scope.namespace_});
}

void WatchHub::set_connected(api::WatchId id, bool connected) {
    const auto it = subscriptions_.find(id);
    ENSURE(it != subscriptions_.end());
    it->second.connected = connected;
    while (connected && !it->second.held.empty()) {
        const api::Change change = std::move(it->second.held.front());
        it->second.held.pop_front();
        it->second.watcher->changed(change);
    }
}

void WatchHub::deliver_to(api::WatchId id, const api::Change& change) {
    const auto it = subscriptions_.find(id);
    if (it == subscriptions_.end()) return;
    Subscription& subscription = it->second;
    if (change.revision <= subscription.seen) return;
    subscription.seen = change.revision;
    if (subscription.connected) {
        subscription.watcher->changed(change);
    } else {
        subscription.held.push_back(change);
    }
}

void WatchHub::deliver_to(const Listeners& listeners, const api::Change& change) {
    const Listeners told = listeners;
    for (const api::WatchId id : *told) deliver_to(id, change);
}

void WatchHub::deliver_at(const Place& place, const api::Change& change) {
    const auto found = at_.find(place);
    if (found != at_.end()) deliver_to(found->second, change);
}

void WatchHub::deliver(const api::Change& change) {
    deliver_at({change.kind, {}}, change);
    const api::Text& node = node_of(change);
    const Listeners* on_node = node.empty() ? nullptr : on_node_.find(node);
    if (on_node != nullptr) deliver_to(*on_node, change);
    const api::Text& namespace_ = change.object->metadata.namespace_;
    if (!namespace_.empty()) deliver_at({change.kind, namespace_}, change);
}

void WatchHub::handle(const sim::Event& event) {
    for (int delivered = 0; !pending_.empty() && pending_.front().first <= event.due; ++delivered) {
        if (delivered == kChangesPerEvent) {
            simulation_.schedule({.component = component_});
            return;
        }
        const api::Change change = std::move(pending_.front().second);
        pending_.pop_front();
        deliver(change);
    }
}

}  // namespace kubetab::server
