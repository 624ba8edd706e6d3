// Simulation: the virtual clock and the queue of pending events.
//
// An event is data, {due, sequence, component, kind, key, value}, never a closure: only data can be saved,
// shown on a timeline and replayed. Events run in order of `due`; equal `due` runs in order of `sequence`,
// which is the order of scheduling. A component receives its events through `Component::handle`; the
// simulation does not own components and they must outlive it.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/sim/random.h"
#include "engine/sim/time.h"

namespace kubetab::sim {

using ComponentId = std::int32_t;
using EventId = std::uint64_t;  // 0 is no event

// What a pending event means for "until settled": a Heartbeat is expected for ever (leases, probes, resyncs),
// so a world whose queue holds only heartbeats is settled.
enum class Cadence : std::uint8_t { Once, Heartbeat };

struct Event {
    Instant due{};
    EventId sequence = 0;
    ComponentId component = 0;
    std::int32_t kind = 0;  // meaning private to the component
    Cadence cadence = Cadence::Once;
    base::Text key{};        // usually namespace/name
    std::int64_t value = 0;  // meaning private to the component
};

// Something that events happen to: a controller, the scheduler, a kubelet, the watch hub.
class Component {
public:
    virtual ~Component() = default;
    virtual void handle(const Event& event) = 0;
};

class Simulation {
public:
    Simulation(std::uint64_t seed, Instant start);

    Instant now() const { return now_; }
    Random& random() { return random_; }

    // `name` is for traces and the timeline, e.g. "deployment-controller" or "kubelet/node-1".
    ComponentId add(std::string name, Component& component);
    // Forgets a component; its pending events are dropped when they fall due.
    void remove(ComponentId component);
    const std::string& name_of(ComponentId component) const;

    struct Schedule {
        ComponentId component = 0;
        Duration after{};
        std::int32_t kind = 0;
        Cadence cadence = Cadence::Once;
        base::Text key{};
        std::int64_t value = 0;
    };
    EventId schedule(Schedule schedule);
    // Does nothing when the event has already run.
    void cancel(EventId event);

    bool idle() const { return next_queue() == nullptr; }
    bool settled() const { return once_.pending == 0; }
    // When the next event is due; the far future when there is none.
    Instant next_due() const;
    // When the next event that is no heartbeat is due; the far future when there is none.
    Instant next_once_due() const;
    // Runs the next event, whatever its time. False when there was none.
    bool step();
    // Runs every event due by then, in order, and leaves the clock there.
    void run_until(Instant then);
    // Number of events run since the start.
    std::uint64_t events_run() const { return events_run_; }

    static constexpr Instant kFarFuture{std::numeric_limits<std::int64_t>::max()};

private:
    struct Registered {
        std::string name{};
        Component* component = nullptr;
    };
    // Where an event stands in its queue.
    struct Due {
        Instant due{};
        EventId event = 0;

        auto operator<=>(const Due&) const = default;
    };
    // The events of one cadence: a heap with the next one on top. Cancelled ones stay until they get there or
    // are too many; the top is never one of them.
    struct Queue {
        std::vector<Due> heap{};
        std::size_t pending = 0;
    };

    Queue& queue_of(Cadence cadence) { return cadence == Cadence::Once ? once_ : heartbeats_; }
    bool is_pending(EventId event) const;
    Event take(EventId event);
    void tidy(Queue& queue);
    // The queue whose top is next; null when nothing is pending.
    const Queue* next_queue() const;
    void run_next();

    Instant now_{};
    Random random_;
    EventId last_sequence_ = 0;
    std::uint64_t events_run_ = 0;
    std::vector<Registered> components_{};
    std::vector<Event> events_{};  // by place, which an EventId contains; its sequence is 0 when free
    std::vector<std::uint32_t> free_{};
    Queue once_{};
    Queue heartbeats_{};
};

}  // namespace kubetab::sim
