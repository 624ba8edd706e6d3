#include "engine/sim/simulation.h"

#include <utility>

#include "engine/base/ensure.h"

namespace kubetab::sim {

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
    const EventId sequence = ++last_sequence_;
    const Instant due = now_ + schedule.after;
    if (schedule.cadence == Cadence::Once) ++once_pending_;
    queue_.emplace(Order{due, sequence}, Event{due, sequence, schedule.component, schedule.kind,
                                               schedule.cadence, std::move(schedule.key), schedule.value});
    due_of_.emplace(sequence, due);
    return sequence;
}

void Simulation::cancel(EventId event) {
    const auto due = due_of_.find(event);
    if (due == due_of_.end()) return;
    const auto found = queue_.find(Order{due->second, event});
    ENSURE(found != queue_.end());
    if (found->second.cadence == Cadence::Once) --once_pending_;
    queue_.erase(found);
    due_of_.erase(due);
}

Instant Simulation::next_due() const {
    return queue_.empty() ? kFarFuture : queue_.begin()->first.first;
}

Instant Simulation::next_once_due() const {
    if (once_pending_ == 0) return kFarFuture;
    for (const auto& [order, event] : queue_) {
        if (event.cadence == Cadence::Once) return order.first;
    }
    return kFarFuture;
}

void Simulation::run(std::map<Order, Event>::iterator next) {
    const Event event = std::move(next->second);
    queue_.erase(next);
    due_of_.erase(event.sequence);
    if (event.cadence == Cadence::Once) --once_pending_;
    now_ = event.due;
    ++events_run_;
    Component* component = components_.at(static_cast<std::size_t>(event.component)).component;
    if (component != nullptr) component->handle(event);
}

bool Simulation::step() {
    if (queue_.empty()) return false;
    run(queue_.begin());
    return true;
}

void Simulation::run_until(Instant then) {
    while (!queue_.empty() && queue_.begin()->first.first <= then) run(queue_.begin());
    if (now_ < then) now_ = then;
}

}  // namespace kubetab::sim
