#include "engine/scheduler/queue.h"

#include <algorithm>
#include <utility>

#include "engine/base/ensure.h"

namespace kubetab::scheduler {
namespace {

// What may make a waiting pod schedulable by its own change.
// upstream: framework.PodSchedulingPropertiesChange
bool changed_itself(const api::Pod& before, const api::Pod& now) {
    if (before.metadata.labels != now.metadata.labels) return true;
    if (before.spec.same_as(now.spec)) return false;
    const api::PodSpec& a = *before.spec;
    const api::PodSpec& b = *now.spec;
    return a.tolerations.size() != b.tolerations.size() ||
           a.shared->schedulingGates.size() != b.shared->schedulingGates.size() ||
           !a.shared->affinity.same_as(b.shared->affinity) ||
           a.shared->nodeSelector != b.shared->nodeSelector;
}

}  // namespace

sim::Instant QueuedPod::backoff_until() const {
    if (attempts == 0) return queued_at;
    const int doublings = std::min(attempts - 1, 10);
    return queued_at + std::min(kFirstBackoff * (std::int64_t{1} << doublings), kLongestBackoff);
}

void SchedulingQueue::put(QueuedPod& pod, Place place) {
    pod.place = place;
    switch (place) {
        case Place::Active: active_.emplace(active_order(pod), &pod); break;
        case Place::Backoff: backoff_.emplace(BackoffOrder{pod.backoff_until(), pod.sequence}, &pod); break;
        case Place::Pool: pool_.emplace(pod.sequence, &pod); break;
        case Place::Gated: gated_.emplace(pod.sequence, &pod); break;
        case Place::Nowhere: break;
    }
}

void SchedulingQueue::take_out(QueuedPod& pod) {
    switch (pod.place) {
        case Place::Active: active_.erase(active_order(pod)); break;
        case Place::Backoff: backoff_.erase({pod.backoff_until(), pod.sequence}); break;
        case Place::Pool: pool_.erase(pod.sequence); break;
        case Place::Gated: gated_.erase(pod.sequence); break;
        case Place::Nowhere: break;
    }
    pod.place = Place::Nowhere;
}

void SchedulingQueue::add(PodInfo info, std::int64_t revision, sim::Instant now) {
    const api::Text identity = info.identity();
    const bool gated = !info.spec().shared->schedulingGates.empty();
    auto pod = std::make_unique<QueuedPod>();
    pod->info = std::move(info);
    pod->queued_at = now;
    pod->sequence = ++last_sequence_;
    pod->woken_by = revision;
    QueuedPod& added = *pod;
    const bool is_new = pods_.insert(identity, std::move(pod));
    ENSURE(is_new);
    put(added, gated ? Place::Gated : Place::Active);
}

void SchedulingQueue::wake(QueuedPod& pod, std::int64_t revision, sim::Instant now) {
    take_out(pod);
    pod.woken_by = revision;
    if (!pod.info.spec().shared->schedulingGates.empty()) {
        put(pod, Place::Gated);
    } else {
        put(pod, pod.backoff_until() > now ? Place::Backoff : Place::Active);
    }
}

bool SchedulingQueue::update(PodInfo info, std::int64_t revision, sim::Instant now) {
    std::unique_ptr<QueuedPod>* found = pods_.find(info.identity());
    if (found == nullptr) return false;
    QueuedPod& pod = **found;
    const Place place = pod.place;
    take_out(pod);
    const PodInfo before = std::exchange(pod.info, std::move(info));
    put(pod, place);
    if (place == Place::Gated && pod.info.spec().shared->schedulingGates.empty()) {
        pod.attempts = 0;
        wake(pod, revision, now);
    } else if (place == Place::Pool && changed_itself(*before.pod, *pod.info.pod)) {
        ClusterEvent event{.kind = ClusterEvent::Kind::PodItselfChanged};
        event.pod = &pod.info;
        event.old_pod = &before;
        if (is_helped(event, pod)) wake(pod, revision, now);
    }
    return true;
}

void SchedulingQueue::remove(const api::Text& identity) {
    std::unique_ptr<QueuedPod>* found = pods_.find(identity);
    if (found == nullptr) return;
    take_out(**found);
    pods_.erase(identity);
}

std::unique_ptr<QueuedPod> SchedulingQueue::pop() {
    if (active_.empty()) return nullptr;
    QueuedPod& first = *active_.begin()->second;
    take_out(first);
    const api::Text identity = first.info.identity();
    std::unique_ptr<QueuedPod>* found = pods_.find(identity);
    ENSURE(found != nullptr);
    std::unique_ptr<QueuedPod> pod = std::move(*found);
    pods_.erase(identity);
    ++pod->attempts;
    pod->refused_by = 0;
    return pod;
}

void SchedulingQueue::put_back(std::unique_ptr<QueuedPod> pod, sim::Instant now) {
    QueuedPod& back = *pod;
    back.queued_at = now;
    back.sequence = ++last_sequence_;
    const api::Text identity = back.info.identity();
    const bool is_new = pods_.insert(identity, std::move(pod));
    ENSURE(is_new);
    // Nothing in particular helps after an error: only waiting does.
    put(back, back.refused_by == 0 ? Place::Backoff : Place::Pool);
}

bool SchedulingQueue::is_helped(const ClusterEvent& event, const QueuedPod& pod) const {
    if (pod.refused_by == 0) return true;
    const bool storage = event.kind == ClusterEvent::Kind::StorageChanged;
    for (std::size_t i = 0; i < plugins_.size(); ++i) {
        if (storage && !plugins_[i]->watches_storage()) continue;
        if ((pod.refused_by >> i & 1U) != 0 && plugins_[i]->useful(event, pod.info)) return true;
    }
    return false;
}

void SchedulingQueue::move(const ClusterEvent& event, std::int64_t revision, sim::Instant now) {
    if (pool_.empty()) return;
    std::vector<QueuedPod*> helped;
    for (const auto& [sequence, pod] : pool_) {
        if (is_helped(event, *pod)) helped.push_back(pod);
    }
    for (QueuedPod* pod : helped) wake(*pod, revision, now);
}

void SchedulingQueue::flush_backoff(sim::Instant now) {
    while (!backoff_.empty() && first_backoff_end() <= now) {
        QueuedPod& pod = *backoff_.begin()->second;
        take_out(pod);
        put(pod, Place::Active);
    }
}

void SchedulingQueue::flush_pool(sim::Instant now) {
    std::vector<QueuedPod*> late;
    for (const auto& [sequence, pod] : pool_) {
        if (now - pod->queued_at > kPoolTime) late.push_back(pod);
    }
    for (QueuedPod* pod : late) wake(*pod, 0, now);
}

void SchedulingQueue::restart(sim::Instant now) {
    std::vector<QueuedPod*> waiting;
    for (const auto& [order, pod] : backoff_) waiting.push_back(pod);
    for (const auto& [sequence, pod] : pool_) waiting.push_back(pod);
    for (QueuedPod* pod : waiting) {
        take_out(*pod);
        pod->attempts = 0;
        pod->queued_at = now;
        pod->woken_by = 0;
        put(*pod, Place::Active);
    }
}

sim::Instant SchedulingQueue::oldest_in_pool() const {
    ENSURE(!pool_.empty());
    return pool_.begin()->second->queued_at;  // Sequences are given when a pod is put there.
}

const QueuedPod* SchedulingQueue::find(const api::Text& identity) const {
    const std::unique_ptr<QueuedPod>* found = pods_.find(identity);
    return found == nullptr ? nullptr : found->get();
}

std::size_t SchedulingQueue::count(Place place) const {
    switch (place) {
        case Place::Active: return active_.size();
        case Place::Backoff: return backoff_.size();
        case Place::Pool: return pool_.size();
        case Place::Gated: return gated_.size();
        case Place::Nowhere: return 0;
    }
    return 0;
}

}  // namespace kubetab::scheduler
