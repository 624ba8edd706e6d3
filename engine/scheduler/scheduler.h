// Scheduler: gives every pod without a node the node that suits it best, or says why there is none.
//
// watches:  pods, nodes; services, replica sets and namespaces for what spreading and affinity mean; claims,
//           volumes and storage classes
// writes:   pods/binding; pods/status (PodScheduled, nominatedNodeName, DisruptionTarget of victims); deletes
// victims;
//           events
// One pod at a time, by priority and waiting time; each is one event of the simulation, so others act in
// between. A chosen node is taken into account at once, before the watch confirms it. Pods of other
// schedulers are only counted. Every decision is kept for a while with its verdict or score for each node.
//
// upstream: pkg/scheduler/{scheduler,schedule_one,eventhandlers}.go
// differs:  binding is not asynchronous, because a write answers within the same virtual instant; only a pod
// whose
//           volumes are being made waits between node and binding.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/client/client.h"
#include "engine/client/informer.h"
#include "engine/scheduler/cache.h"
#include "engine/scheduler/decision.h"
#include "engine/scheduler/event_series.h"
#include "engine/scheduler/framework.h"
#include "engine/scheduler/nominations.h"
#include "engine/scheduler/plugin.h"
#include "engine/scheduler/preemption.h"
#include "engine/scheduler/queue.h"
#include "engine/sim/simulation.h"

namespace kubetab::scheduler {

// How long a pod may wait for its volumes once it has a node. upstream: VolumeBindingArgs.bindTimeoutSeconds
inline constexpr sim::Duration kBindTimeout = sim::seconds(600);

struct Options {
    std::string name = "default-scheduler";  // takes the pods with this spec.schedulerName
};

class Scheduler : public sim::Component {
public:
    Scheduler(sim::Simulation& simulation, client::ApiServer& server, Options options);
    ~Scheduler() override;
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // A stopped scheduler (its process is down) gives no pod a node. When started again it tries all pods
    // afresh, without their back-offs.
    void set_running(bool running);
    bool running() const { return running_; }

    // What was decided lately, oldest first.
    const DecisionRing& decisions() const { return decisions_; }
    const SchedulingQueue& queue() const { return queue_; }
    const Cache& cache() const { return cache_; }

    void handle(const sim::Event& event) override;

private:
    struct Timer {
        sim::EventId event = 0;
        sim::Instant due{};
    };
    struct Failure {
        std::string reason{};  // Unschedulable, SchedulerError
        std::string message{};
        std::optional<std::string> nominated{};  // nullopt: leave it as it is
    };

    void pod_changed(const client::Change& change);
    void pod_gone(const api::Ref<api::Pod>& pod, std::int64_t revision);
    void pod_assigned(const api::Ref<api::Pod>& pod, std::int64_t revision);
    void pod_waits(const api::Ref<api::Pod>& pod, std::int64_t revision);
    void node_changed(const client::Change& change);

    void run_cycle();
    void schedule_pod(std::unique_ptr<QueuedPod> pod);
    // binding.cpp
    void bind(std::unique_ptr<QueuedPod> pod, Decision decision);
    Preparation prepare(const PodInfo& pod, const NodeInfo& node, std::string_view& plugin);
    void finish_bind(std::unique_ptr<QueuedPod> pod, const std::string& node_name);
    void give_up_bind(std::unique_ptr<QueuedPod> pod, const std::string& message);
    // Looks how far the pods have come that wait for their volumes.
    void follow_bindings();
    void expire_bindings();
    void storage_changed(const client::Change& change);
    template <class T>
    void watch_storage();

    void no_node(std::unique_ptr<QueuedPod> pod, const Diagnosis& diagnosis, Decision decision);
    void fail(std::unique_ptr<QueuedPod> pod, const Failure& failure);
    void write_failure(const api::ObjectKey& key, const Failure& failure);
    void evict(const PodInfo& preemptor, const PodInfo& victim, const std::string& node_name);
    void withdraw_nominations(const PodInfo& preemptor, const std::string& node_name);

    // Sets the timers that what waits needs.
    void arm();
    void arm_timer(Timer& timer, bool wanted, sim::Instant due, std::int32_t kind, sim::Cadence cadence);
    // The next tick of a clock with that period, not before `then`.
    sim::Instant tick(sim::Instant then, sim::Duration period) const;

    sim::Simulation& simulation_;
    Options options_;
    client::Client client_;
    client::InformerFactory informers_;
    sim::ComponentId component_ = 0;
    sim::Instant started_{};
    bool running_ = true;
    Timer cycle_{};
    Timer backoff_{};
    Timer pool_{};
    Timer series_refresh_{};
    Timer series_finish_{};
    Timer expiry_{};

    // A pod that has its node, and waits for what its plugins prepare there.
    struct Binding {
        std::unique_ptr<QueuedPod> pod{};
        std::string node{};
        std::string_view plugin{};
        sim::Instant since{};
    };
    std::map<api::Text, Binding> bindings_{};  // by the pod's identity

    Cache cache_{};
    Surroundings surroundings_;
    std::vector<std::unique_ptr<Plugin>> plugins_;
    Nominations nominations_{};
    Framework framework_;
    Diagnosis diagnosis_{};  // of the cycle that runs
    Preemption preemption_;
    SchedulingQueue queue_;
    EventSeries events_;
    DecisionRing decisions_{};
};

}  // namespace kubetab::scheduler
