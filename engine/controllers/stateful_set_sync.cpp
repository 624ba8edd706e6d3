// One pass over the pods of a StatefulSet: those that should be there from the lowest ordinal up, those that
// should go from the highest down, then the rolling update from the highest down.
// upstream: pkg/controller/statefulset/stateful_set_control.go [updateStatefulSet]

#include <algorithm>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/base/stable_sort.h"
#include "engine/controllers/slow_start.h"
#include "engine/controllers/stateful_set.h"
#include "engine/controllers/stateful_set_pods.h"

namespace kubetab::controllers {

using api::Ref;
using api::StatefulSet;
using base::Result;

namespace {

bool is_made(const Ref<api::Pod>& pod) {
    return pod && !pod->status.phase.empty();
}

}  // namespace

Result<void> StatefulSetController::sync_pods(Sync& sync) {
    sync.status.observedGeneration = sync.set.metadata.generation;
    sync.status.currentRevision = sync.current->metadata.name;
    sync.status.updateRevision = sync.update->metadata.name;
    if (!sync.status.collisionCount) sync.status.collisionCount = 0;
    sync.cache_is_current = made_.seen_by(pods_, api::ObjectKey::of(sync.set.metadata));
    sort_pods(sync);
    count_pods(sync);
    if (api::is_terminating(sync.set)) return {};
    if (!TRY(keep_replicas(sync))) return {};
    if (!TRY(remove_condemned(sync))) return {};
    if (sync.set.spec.updateStrategy.type == "OnDelete") return {};
    return roll(sync);
}

void StatefulSetController::sort_pods(Sync& sync) const {
    const std::int32_t start = start_ordinal(sync.set);
    const std::int32_t wanted = sync.set.spec.replicas.value_or(1);
    sync.replicas.assign(static_cast<std::size_t>(wanted), nullptr);
    for (const Ref<api::Pod>& pod : sync.pods) {
        const std::int32_t place = ordinal_of(sync.set, *pod).value_or(0) - start;
        if (place >= 0 && place < wanted) sync.replicas[static_cast<std::size_t>(place)] = pod;
        else sync.condemned.push_back(pod);
    }
    const auto ordinal = [&](const Ref<api::Pod>& pod) { return ordinal_of(sync.set, *pod).value_or(0); };
    // A total order: ordinals differ.
    base::stable_sort(sync.condemned, [&](const Ref<api::Pod>& a, const Ref<api::Pod>& b) {
        return ordinal(a) > ordinal(b);
    });
    for (const Ref<api::Pod>& pod : sync.replicas) {
        if (!pod) return;  // One that is missing is the first unhealthy one, and no condemned one is.
        if (!is_healthy(*pod)) {
            sync.first_unhealthy = pod;
            return;
        }
    }
    const auto lowest = std::find_if(sync.condemned.rbegin(), sync.condemned.rend(),
                                     [](const Ref<api::Pod>& pod) { return !is_healthy(*pod); });
    if (lowest != sync.condemned.rend()) sync.first_unhealthy = *lowest;
}

// upstream: updateStatus
void StatefulSetController::count_pods(Sync& sync) const {
    api::StatefulSetStatus& status = sync.status;
    status.replicas = status.readyReplicas = status.availableReplicas = 0;
    status.currentReplicas = status.updatedReplicas = 0;
    for (const Ref<api::Pod>& pod : sync.pods) {
        if (!is_made(pod)) continue;
        ++status.replicas;
        if (is_running_and_ready(*pod)) ++status.readyReplicas;
        if (is_running_and_available(*pod, sync.set.spec.minReadySeconds, simulation_.now()))
            ++status.availableReplicas;
        if (api::is_terminating(*pod)) continue;
        const std::string revision = revision_of(*pod);
        if (revision == sync.current->metadata.name) ++status.currentReplicas;
        if (revision == sync.update->metadata.name) ++status.updatedReplicas;
    }
}

StatefulSetController::Step StatefulSetController::keep_replicas(Sync& sync) {
    const auto count = static_cast<std::int32_t>(sync.replicas.size());
    if (is_ordered(sync.set)) {
        for (std::int32_t i = 0; i < count; ++i) {
            if (!TRY(keep_replica(sync, i))) return false;
        }
        return true;
    }
    std::int32_t next = 0;
    const SlowStartResult done = slow_start(count, [&]() -> Result<void> {
        TRY(keep_replica(sync, next++));
        return {};
    });
    if (done.first_failure) return *done.first_failure;
    return true;
}

// upstream: processReplica
StatefulSetController::Step StatefulSetController::keep_replica(const Sync& sync, std::int32_t index) {
    const Ref<api::Pod>& pod = sync.replicas[static_cast<std::size_t>(index)];
    const bool ordered = is_ordered(sync.set);
    if (!pod) return create_replica(sync, index);
    if (api::is_pod_finished(*pod)) {
        if (!api::is_terminating(*pod))
            TRY(remove_pod(sync, *pod, "it has ended and a new one takes its place"));
        return false;  // The new one is made when it is gone.
    }
    if (pod->status.phase == "Pending") TRY(pod_control_.create_claims(sync.set, *pod));
    if (ordered) {
        const std::int32_t wait = sync.set.spec.minReadySeconds;
        if (api::is_terminating(*pod) || !is_running_and_available(*pod, wait, simulation_.now()))
            return false;
    }
    TRY(pod_control_.put_right(sync.set, *pod));
    return true;
}

StatefulSetController::Step StatefulSetController::create_replica(const Sync& sync, std::int32_t index) {
    const api::ObjectKey key = api::ObjectKey::of(sync.set.metadata);
    const bool current = takes_current_revision(sync, index);
    const api::Pod pod = make_stateful_pod(
        sync.set, current ? *sync.current_template : *sync.set.spec.template_,
        current ? sync.current->metadata.name : sync.update->metadata.name, start_ordinal(sync.set) + index);
    if (!sync.cache_is_current) return false;  // It may be there already.
    TRY(pod_control_.create(sync.set, pod));
    const Result<Ref<api::Pod>> stored = client_.get<api::Pod>(api::ObjectKey::of(pod.metadata));
    if (stored.ok()) made_.note(key, (*stored)->metadata);
    return !is_ordered(sync.set);
}

// During a rolling update, pods below the partition come back as they were. upstream:
// newVersionedStatefulSetPod
bool StatefulSetController::takes_current_revision(const Sync& sync, std::int32_t index) const {
    const api::StatefulSetUpdateStrategy& strategy = sync.set.spec.updateStrategy;
    if (strategy.type != "RollingUpdate") return false;
    if (!strategy.rollingUpdate) return index < sync.set.status.currentReplicas;
    return index < strategy.rollingUpdate->partition.value_or(0);
}

// upstream: processCondemned
StatefulSetController::Step StatefulSetController::remove_condemned(Sync& sync) {
    const bool ordered = is_ordered(sync.set);
    const std::int32_t wait = sync.set.spec.minReadySeconds;
    for (const Ref<api::Pod>& pod : sync.condemned) TRY(pod_control_.retain_claims(sync.set, *pod));
    for (const Ref<api::Pod>& pod : sync.condemned) {
        if (api::is_terminating(*pod)) {
            if (ordered) return false;
            continue;
        }
        const bool available = is_running_and_available(*pod, wait, simulation_.now());
        if (ordered && !available && pod != sync.first_unhealthy) return false;
        TRY(remove_pod(sync, *pod,
                       std::to_string(sync.set.spec.replicas.value_or(1)) + " pods are wanted now"));
        if (ordered) return false;
    }
    return true;
}

// Deletes the highest pod of another revision, when all above it are well.
Result<void> StatefulSetController::roll(Sync& sync) {
    const std::int32_t lowest = sync.set.spec.updateStrategy.rollingUpdate->partition.value_or(0);
    for (auto i = static_cast<std::int32_t>(sync.replicas.size()) - 1; i >= lowest; --i) {
        const Ref<api::Pod>& pod = sync.replicas[static_cast<std::size_t>(i)];
        if (!pod) return {};
        if (revision_of(*pod) != sync.update->metadata.name && !api::is_terminating(*pod)) {
            TRY(remove_pod(sync, *pod, "the template has changed"));
            if (revision_of(*pod) == sync.current->metadata.name) --sync.status.currentReplicas;
            return {};
        }
        if (!is_healthy(*pod)) return {};
    }
    return {};
}

Result<void> StatefulSetController::remove_pod(const Sync& sync, const api::Pod& pod, std::string why) {
    client_.because(std::move(why));
    return pod_control_.remove(sync.set, pod);
}

}  // namespace kubetab::controllers
