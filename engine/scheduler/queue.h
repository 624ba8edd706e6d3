// SchedulingQueue: the pods that wait for a node.
//
// Active pods are tried in order of priority, then of waiting time. A pod that no node took waits in the pool
// until an event that one of its refusing plugins finds useful; then it is active again, or backs off first:
// 1 s after the first failure, doubling to 10 s. After five minutes in the pool it is tried anyway. Pods with
// scheduling gates are kept apart. A pod that was popped is with the caller until it comes back through
// put_back() or is forgotten.
//
// upstream: pkg/scheduler/backend/queue/scheduling_queue.go
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/base/lookup_map.h"
#include "engine/scheduler/plugin.h"
#include "engine/scheduler/pod_info.h"
#include "engine/sim/time.h"

namespace kubetab::scheduler {

inline constexpr sim::Duration kFirstBackoff = sim::seconds(1);
inline constexpr sim::Duration kLongestBackoff = sim::seconds(10);
inline constexpr sim::Duration kPoolTime = sim::minutes(5);

enum class Place : std::uint8_t { Nowhere, Active, Backoff, Pool, Gated };

struct QueuedPod {
    PodInfo info{};
    Place place = Place::Nowhere;
    sim::Instant queued_at{};   // since when it waits where it is; the back-off counts from here
    std::int64_t sequence = 0;  // order among equals
    std::int32_t attempts = 0;
    std::uint32_t refused_by = 0;  // bits of plugins; 0 after an error
    std::int64_t woken_by = 0;     // revision of the change that made it active

    // Until when it must wait after its failures.
    sim::Instant backoff_until() const;
};

class SchedulingQueue {
public:
    // The plugins give the hints; they must outlive the queue.
    explicit SchedulingQueue(const std::vector<std::unique_ptr<Plugin>>& plugins) : plugins_(plugins) {}

    // A pod that is new to the scheduler.
    void add(PodInfo info, std::int64_t revision, sim::Instant now);
    // The pod's new state; it may leave the pool or its gate. False when it is not here.
    bool update(PodInfo info, std::int64_t revision, sim::Instant now);
    void remove(const api::Text& identity);
    // Null when nothing is active. Counts as an attempt.
    std::unique_ptr<QueuedPod> pop();
    // A popped pod that found no node (refused_by says why) or failed with an error.
    void put_back(std::unique_ptr<QueuedPod> pod, sim::Instant now);

    // Moves the pods that the event may help out of the pool.
    void move(const ClusterEvent& event, std::int64_t revision, sim::Instant now);
    void flush_backoff(sim::Instant now);
    void flush_pool(sim::Instant now);
    // Makes every pod that is not gated active, as if it were new: the process was started again.
    void restart(sim::Instant now);

    bool has_active() const { return !active_.empty(); }
    bool has_backoff() const { return !backoff_.empty(); }
    bool has_pool() const { return !pool_.empty(); }
    // The first end of a back-off, and since when the oldest pod of the pool is there; only if there are such
    // pods.
    sim::Instant first_backoff_end() const { return std::get<0>(backoff_.begin()->first); }
    sim::Instant oldest_in_pool() const;

    const QueuedPod* find(const api::Text& identity) const;
    std::size_t size() const { return pods_.size(); }
    std::size_t count(Place place) const;

private:
    using ActiveOrder =
        std::tuple<std::int64_t, sim::Instant, std::int64_t>;  // -priority, waiting since, sequence
    using BackoffOrder = std::tuple<sim::Instant, std::int64_t>;

    static ActiveOrder active_order(const QueuedPod& pod) {
        return {-std::int64_t{pod.info.priority}, pod.queued_at, pod.sequence};
    }
    void put(QueuedPod& pod, Place place);
    void take_out(QueuedPod& pod);
    void wake(QueuedPod& pod, std::int64_t revision, sim::Instant now);
    bool is_helped(const ClusterEvent& event, const QueuedPod& pod) const;

    const std::vector<std::unique_ptr<Plugin>>& plugins_;
    std::int64_t last_sequence_ = 0;
    base::LookupMap<std::unique_ptr<QueuedPod>> pods_{};
    std::map<ActiveOrder, QueuedPod*> active_{};
    std::map<BackoffOrder, QueuedPod*> backoff_{};
    std::map<std::int64_t, QueuedPod*> pool_{};   // by sequence
    std::map<std::int64_t, QueuedPod*> gated_{};  // by sequence
};

}  // namespace kubetab::scheduler
