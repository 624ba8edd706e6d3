#include "engine/client/controller.h"

#include <algorithm>
#include <utility>

namespace kubetab::client {
namespace {

constexpr std::int32_t kReconcile = 1;
constexpr sim::Duration kFirstRetry = sim::milliseconds(5);
constexpr sim::Duration kLongestRetry = sim::seconds(1000);

}  // namespace

Controller::Controller(sim::Simulation& simulation, ApiServer& server, std::string name)
    : simulation_(simulation), client_(server, std::move(name)) {
    component_ = simulation_.add(client_.actor(), *this);
}

Controller::~Controller() {
    simulation_.remove(component_);
}

void Controller::set_running(bool running) {
    running_ = running;
    for (auto& [key, queued] : queue_) {
        simulation_.cancel(queued.event);
        queued.event = 0;
        if (running) schedule(key, queued, {});
    }
    if (!running) return;
    for (sim::Event& event : std::exchange(held_, {})) {
        simulation_.schedule({.component = component_,
                              .kind = event.kind,
                              .cadence = event.cadence,
                              .key = std::move(event.key),
                              .value = event.value});
    }
}

void Controller::schedule(const api::ObjectKey& key, Queued& queued, sim::Duration after) {
    if (!running_) return;
    queued.event = simulation_.schedule({.component = component_,
                                         .after = after,
                                         .kind = kReconcile,
                                         .key = key.text(),
                                         .value = queued.revision});
}

void Controller::enqueue(const api::ObjectKey& key, std::int64_t revision) {
    const auto [it, added] = queue_.try_emplace(key);
    Queued& queued = it->second;
    queued.revision = std::max(queued.revision, revision);
    if (!added && !queued.delayed) return;
    simulation_.cancel(queued.event);
    queued.delayed = false;
    schedule(key, queued, {});
}

void Controller::enqueue_after(const api::ObjectKey& key, sim::Duration after, std::int64_t revision) {
    const auto [it, added] = queue_.try_emplace(key);
    it->second.revision = std::max(it->second.revision, revision);
    const sim::Instant due = simulation_.now() + after;
    if (!added && (!it->second.delayed || it->second.due <= due)) return;  // Runs sooner anyway.
    simulation_.cancel(it->second.event);
    it->second.delayed = true;
    it->second.due = due;
    schedule(key, it->second, after);
}

void Controller::handle(const sim::Event& event) {
    if (event.kind != kReconcile) {
        if (running_) handle_own(event);
        else held_.push_back(event);
        return;
    }
    run(api::ObjectKey::parse(event.key));
}

void Controller::run(const api::ObjectKey& key) {
    const auto queued = queue_.find(key);
    if (queued == queue_.end()) return;
    client_.because(queued->second.revision);
    queue_.erase(queued);

    const base::Result<Requeue> result = reconcile(key);
    if (!result.ok()) {
        const int failures = failures_[key]++;
        const sim::Duration delay =
            failures > 17 ? kLongestRetry : kFirstRetry * (std::int64_t{1} << failures);
        enqueue_after(key, std::min(delay, kLongestRetry));
        return;
    }
    failures_.erase(key);
    if (result->wanted) enqueue_after(key, result->after);
}

}  // namespace kubetab::client
