// Controller: the contract of everything that reconciles, and the work queue that drives it.
//
// Level-driven: reconcile() reads caches, compares, acts, and never asks what just happened. One key at a
// time; a key that is queued twice runs once. A failure puts the key back after 5 ms · 2ⁿ, at most 1000 s; a
// success forgets the failures. Calling reconcile() twice on an unchanged world writes nothing.
//
// upstream: controller-runtime pkg/reconcile/reconcile.go; client-go util/workqueue
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/status.h"
#include "engine/client/client.h"
#include "engine/sim/simulation.h"

namespace kubetab::client {

// What reconcile() asks for besides waiting for the next change.
struct Requeue {
    bool wanted = false;
    sim::Duration after{};

    static Requeue none() { return {}; }
    static Requeue in(sim::Duration after) { return {true, after}; }
};

class Controller : public sim::Component {
public:
    // `name` is the upstream component name, e.g. "replicaset-controller": events and causes carry it.
    Controller(sim::Simulation& simulation, ApiServer& server, std::string name);
    ~Controller() override;
    Controller(const Controller&) = delete;
    Controller& operator=(const Controller&) = delete;

    const std::string& name() const { return client_.actor(); }
    // A stopped controller (its process is down) remembers its queue and runs it when started again.
    void set_running(bool running);

    // Queues a key because of a change at that revision (0: none).
    void enqueue(const api::ObjectKey& key, std::int64_t revision);
    // A key that waits already runs at the earlier of both times.
    void enqueue_after(const api::ObjectKey& key, sim::Duration after, std::int64_t revision = 0);

    void handle(const sim::Event& event) final;

protected:
    virtual base::Result<Requeue> reconcile(const api::ObjectKey& key) = 0;
    // Timers of a controller's own; kinds from kFirstOwnEvent on. Those that fall due while it is stopped
    // come when it is started again.
    virtual void handle_own(const sim::Event& event) { (void)event; }

    static constexpr std::int32_t kFirstOwnEvent = 16;

    sim::Simulation& simulation_;
    Client client_;
    sim::ComponentId component_ = 0;

private:
    struct Queued {
        std::int64_t revision = 0;
        sim::EventId event = 0;  // 0: held while stopped
        bool delayed = false;
        sim::Instant due{};  // when delayed
    };

    void run(const api::ObjectKey& key);
    void schedule(const api::ObjectKey& key, Queued& queued, sim::Duration after);

    bool running_ = true;
    std::map<api::ObjectKey, Queued> queue_{};
    std::map<api::ObjectKey, int> failures_{};
    std::vector<sim::Event> held_{};  // own events that fell due while stopped
};

}  // namespace kubetab::client
