// Garbage collector: deletes objects whose owners are gone, and carries out foreground deletion and
// orphaning.
//
// Keys of its queue are uids. Before it acts it reads the object and its owners live, because the graph may
// be behind.
//
// watches:  every kind but events
// writes:   every kind (delete, owner references, the finalizers foregroundDeletion and orphan); events
// upstream: pkg/controller/garbagecollector/{garbagecollector,graph_builder}.go
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/controllers/kind_watches.h"
#include "engine/controllers/ownership_graph.h"

namespace kubetab::controllers {

class GarbageCollector : public client::Controller, private client::Watcher {
public:
    GarbageCollector(sim::Simulation& simulation, client::ApiServer& server);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& uid) override;

private:
    // How an object's owners stand.
    struct Owners {
        std::vector<std::string> solid{};     // exist and stay; uids
        std::vector<std::string> dangling{};  // do not exist
        std::vector<std::string> waiting{};   // wait in the foreground for this object
        std::string absent{};                 // "ReplicaSet web": a dangling one, for the reason of a write
        bool unheard_of = false;              // one exists of which no watch has told yet
    };

    void changed(const client::Change& change) override;
    void owners_changed(const OwnedNode& before, const OwnedNode& after, std::int64_t revision);
    void wake(const api::Text& uid, std::int64_t revision) { enqueue({"", uid}, revision); }
    void wake_dependents(const api::Text& uid, std::int64_t revision);
    void wake_waiting_owners(const OwnedNode& node, std::int64_t revision);

    base::Result<client::Requeue> judge(const OwnedNode& node, const api::Object& object);
    base::Result<Owners> classify(const OwnedNode& node, const api::Object& object);
    void check_namespaces(const OwnedNode& node, const api::Object& object);
    base::Result<void> orphan_dependents(const OwnedNode& node, const api::Object& object);
    base::Result<void> finish_foreground(const OwnedNode& node, const api::Object& object);
    base::Result<void> break_cycle(const OwnedNode& node, const api::Object& object);
    base::Result<void> drop_owners(const OwnedNode& node, const api::Object& object,
                                   const std::vector<std::string>& uids);
    base::Result<void> drop_finalizer(const OwnedNode& node, const api::Object& object,
                                      std::string_view finalizer);
    base::Result<void> remove(const OwnedNode& node, const api::Object& object,
                              client::Propagation propagation);
    base::Result<void> update(const api::Kind& kind, std::shared_ptr<api::Object> object);

    OwnershipGraph graph_{};
    client::EventRecorder events_;
    std::unique_ptr<KindWatches> watches_{};
};

}  // namespace kubetab::controllers
