#include "engine/sim/simulation.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/base/ensure.h"

namespace kubetab::sim {
namespace {

// An EventId is its sequence number times this, plus the place of the event: ordered as the sequence numbers
// are.
constexpr EventId kPlaces = EventId{1} << 24;
constexpr std::size_t kMostCancelled = 64;  // that may wait beside as many as are pending

}  // namespace

Simulation::Simulation(std::uint64_t seed, Instant start) : now_(start), random_(seed) {}

ComponentId Simulation::add(std::string name, Component& component) {
    components_.push_back({std::move(name), &component});
    return static_cast<ComponentId>(components_.size()) - 1;
}

void Simulation::remove(ComponentId component) {
    components_.at(static_cast<std::size_t>(component)).component = nullptr;
}

const std::string& Simulation::name_of(ComponentId component) const {
    return components_.at(static_cast<std::size_t>(component)).name;
}

EventId Simulation::schedule(Schedule schedule) {
    ENSURE(schedule.after.ns >= 0);
    std::uint32_t place = static_cast<std::uint32_t>(events_.size());
    if (free_.empty()) {
        ENSURE(place < kPlaces);
        events_.emplace_back();
    } else {
        place = free_.back();
        free_.pop_back();
    }
    const EventId event = ++last_sequence_ * kPlaces + place;
    const Instant due = now_ + schedule.after;
    events_[place] = Event{
        due,           event, schedule.component, schedule.kind, schedule.cadence, std::move(schedule.key),
        schedule.value};
    Queue& queue = queue_of(schedule.cadence);
    ++queue.pending;
    queue.heap.push_back({due, event});
    std::push_heap(queue.heap.begin(), queue.heap.end(), std::greater());
    return event;
}

bool Simulation::is_pending(EventId event) const {
    const std::size_t place = event % kPlaces;
    return event != 0 && place < events_.size() && events_[place].sequence == event;
}

Event Simulation::take(EventId event) {
    const std::size_t place = event % kPlaces;
    Event taken = std::exchange(events_[place], Event{});
    free_.push_back(static_cast<std::uint32_t>(place));
    --queue_of(taken.cadence).pending;
    return taken;
}

void Simulation::tidy(Queue& queue) {
    std::vector<Due>& heap = queue.heap;
    while (!heap.empty() && !is_pending(heap.front().event)) {
        std::pop_heap(heap.begin(), heap.end(), std::greater());
        heap.pop_back();
    }
    if (heap.size() <= 2 * queue.pending + kMostCancelled) return;
    std::erase_if(heap, [this](const Due& due) { return !is_pending(due.event); });
    std::make_heap(heap.begin(), heap.end(), std::greater());
}

void Simulation::cancel(EventId event) {
    if (!is_pending(event)) return;
    tidy(queue_of(take(event).cadence));
}

const Simulation::Queue* Simulation::next_queue() const {
    if (once_.heap.empty()) return heartbeats_.heap.empty() ? nullptr : &heartbeats_;
    if (heartbeats_.heap.empty()) return &once_;
    return once_.heap.front() < heartbeats_.heap.front() ? &once_ : &heartbeats_;
}

Instant Simulation::next_due() const {
    const Queue* queue = next_queue();
    return queue == nullptr ? kFarFuture : queue->heap.front().due;
}

Instant Simulation::next_once_due() const {
    return once_.heap.empty() ? kFarFuture : once_.heap.front().due;
}

void Simulation::run_next() {
    const Event event = take(next_queue()->heap.front().event);
    tidy(queue_of(event.cadence));
    now_ = event.due;
    ++events_run_;
    Component* component = components_.at(static_cast<std::size_t>(event.component)).component;
    if (component != nullptr) component->handle(event);
}

bool Simulation::step() {
    if (idle()) return false;
    run_next();
    return true;
}

void Simulation::run_until(Instant then) {
    while (next_due() <= then && !idle()) run_next();
    if (now_ < then) now_ = then;
}

}  // namespace kubetab::sim
