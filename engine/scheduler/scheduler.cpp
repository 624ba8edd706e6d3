#include "engine/scheduler/scheduler.h"

#include <algorithm>
#include <utility>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/api/storage.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

// Kinds of our own simulation events.
constexpr std::int32_t kCycle = 1;
constexpr std::int32_t kFlushBackoff = 2;
constexpr std::int32_t kFlushPool = 3;
constexpr std::int32_t kRefreshSeries = 4;
constexpr std::int32_t kFinishSeries = 5;
constexpr std::int32_t kExpireBindings = 6;

// upstream: scheduling_queue.go Run
constexpr sim::Duration kBackoffPeriod = sim::seconds(1);
constexpr sim::Duration kPoolPeriod = sim::seconds(30);

constexpr std::string_view kNoNodes = "no nodes available to schedule pods";

api::ObjectKey key_of(const PodInfo& pod) {
    return api::ObjectKey::of(pod.pod->metadata);
}

}  // namespace

template <class T>
void Scheduler::watch_storage() {
    informers_.of<T>().on_change([this](const client::Change& change) {
        storage_changed(change);
        arm();
    });
}

Scheduler::Scheduler(sim::Simulation& simulation, client::ApiServer& server, Options options)
    : simulation_(simulation),
      options_(std::move(options)),
      client_(server, options_.name),
      informers_(server),
      started_(simulation.now()),
      surroundings_{cache_, informers_, 0, &client_},
      plugins_(default_plugins(surroundings_)),
      framework_(surroundings_, nominations_, plugins_),
      preemption_(framework_, simulation.random()),
      queue_(plugins_),
      events_(simulation, client_, options_.name) {
    component_ = simulation_.add(options_.name, *this);
    (void)informers_.of<api::Namespace>();
    (void)informers_.of<api::ReplicaSet>();
    (void)informers_.of<api::PodDisruptionBudget>();
    informers_.of<api::Service>().on_change(
        [this](const client::Change&) { ++surroundings_.services_version; });
    for (const api::Ref<api::Node>& node : informers_.of<api::Node>().all()) (void)cache_.set_node(node);
    informers_.of<api::Node>().on_change([this](const client::Change& change) {
        node_changed(change);
        arm();
    });
    for (const api::Ref<api::Pod>& pod : informers_.of<api::Pod>().all()) {
        if (is_terminal(*pod)) continue;
        if (pod->spec->nodeName.empty()) {
            pod_waits(pod, 0);
        } else {
            pod_assigned(pod, 0);
        }
    }
    informers_.of<api::Pod>().on_change([this](const client::Change& change) {
        pod_changed(change);
        arm();
    });
    watch_storage<api::PersistentVolumeClaim>();
    watch_storage<api::PersistentVolume>();
    watch_storage<api::StorageClass>();
    watch_storage<api::CSINode>();
    arm();
}

Scheduler::~Scheduler() {
    simulation_.remove(component_);
}

void Scheduler::set_running(bool running) {
    if (running == running_) return;
    running_ = running;
    if (running) {
        started_ = simulation_.now();
        queue_.restart(simulation_.now());
        follow_bindings();
    }
    arm();
}

// --- what the watches say ---

void Scheduler::pod_changed(const client::Change& change) {
    const api::Ref<api::Pod> pod = api::cast<api::Pod>(change.object);
    if (change.type == client::ChangeType::Deleted || is_terminal(*pod)) {
        pod_gone(pod, change.revision);
        return;
    }
    // A pod of the same name that came while we looked away.
    if (change.previous && change.previous->metadata.uid != pod->metadata.uid) {
        pod_gone(api::cast<api::Pod>(change.previous), change.revision);
    }
    if (pod->spec->nodeName.empty()) {
        pod_waits(pod, change.revision);
    } else {
        pod_assigned(pod, change.revision);
    }
}

void Scheduler::pod_gone(const api::Ref<api::Pod>& pod, std::int64_t revision) {
    const api::Text identity = identity_of(pod->metadata);
    queue_.remove(identity);
    nominations_.remove(identity);
    bindings_.erase(identity);
    if (cache_.find_pod(identity) == nullptr) return;
    const PodInfo last = cache_.remove_pod(identity);
    ClusterEvent event{.kind = ClusterEvent::Kind::AssignedPodRemoved};
    event.pod = &last;
    queue_.move(event, revision, simulation_.now());
}

void Scheduler::pod_assigned(const api::Ref<api::Pod>& pod, std::int64_t revision) {
    const api::Text identity = identity_of(pod->metadata);
    queue_.remove(identity);
    nominations_.remove(identity);
    const CachedPod* known = cache_.find_pod(identity);
    const bool confirmed = known != nullptr && known->assumed;
    ClusterEvent event{.kind = ClusterEvent::Kind::AssignedPodAdded};
    PodInfo before;
    if (known == nullptr) {
        cache_.add_pod(PodInfo(pod), pod->spec->nodeName, false);
    } else {
        if (queue_.has_pool()) before = known->info;
        if (!cache_.update_pod(pod) && !confirmed) return;
        if (!confirmed) event.kind = ClusterEvent::Kind::AssignedPodChanged;
    }
    if (!queue_.has_pool()) return;
    event.pod = &cache_.find_pod(identity)->info;
    if (event.kind == ClusterEvent::Kind::AssignedPodChanged) event.old_pod = &before;
    queue_.move(event, revision, simulation_.now());
}

void Scheduler::pod_waits(const api::Ref<api::Pod>& pod, std::int64_t revision) {
    if (pod->spec->shared->schedulerName != options_.name) return;
    const api::Text identity = identity_of(pod->metadata);
    if (cache_.find_pod(identity) != nullptr) return;  // Bound meanwhile; the watch is behind.
    PodInfo info(pod);
    // A promise that we just made stays until the watch has seen it and seen it go.
    const QueuedPod* queued = queue_.find(identity);
    const std::string& nominated = pod->status.nominatedNodeName;
    const bool withdrawn = queued != nullptr && !queued->info.pod->status.nominatedNodeName.empty();
    if (!nominated.empty() || withdrawn) nominations_.set(info, nominated);
    if (queued != nullptr) {
        (void)queue_.update(std::move(info), revision, simulation_.now());
    } else {
        queue_.add(std::move(info), revision, simulation_.now());
    }
}

void Scheduler::node_changed(const client::Change& change) {
    const api::Ref<api::Node> node = api::cast<api::Node>(change.object);
    const api::Ref<api::Node> old = api::cast<api::Node>(change.previous);
    ClusterEvent event;
    if (change.type == client::ChangeType::Deleted) {
        cache_.remove_node(node->metadata.name);
        event.kind = ClusterEvent::Kind::NodeRemoved;
        event.node_changes = node_change::kRemoved;
        event.old_node = node.get();
    } else {
        event.node_changes = cache_.set_node(node);
        if (event.node_changes == 0) return;  // A heartbeat.
        const bool is_new = (event.node_changes & node_change::kAdded) != 0;
        event.kind = is_new ? ClusterEvent::Kind::NodeAdded : ClusterEvent::Kind::NodeChanged;
        event.node = cache_.find_node(node->metadata.name);
        if (!is_new) event.old_node = old.get();
    }
    queue_.move(event, change.revision, simulation_.now());
}

// --- one pod ---

void Scheduler::handle(const sim::Event& event) {
    switch (event.kind) {
        case kCycle: cycle_ = {}; break;
        case kFlushBackoff: backoff_ = {}; break;
        case kFlushPool: pool_ = {}; break;
        case kRefreshSeries: series_refresh_ = {}; break;
        case kFinishSeries: series_finish_ = {}; break;
        case kExpireBindings: expiry_ = {}; break;
        default: break;
    }
    if (!running_) return;
    switch (event.kind) {
        case kCycle: run_cycle(); break;
        case kFlushBackoff: queue_.flush_backoff(simulation_.now()); break;
        case kFlushPool: queue_.flush_pool(simulation_.now()); break;
        case kRefreshSeries: events_.refresh(); break;
        case kFinishSeries: events_.finish(); break;
        case kExpireBindings: expire_bindings(); break;
        default: break;
    }
    arm();
}

void Scheduler::run_cycle() {
    std::unique_ptr<QueuedPod> pod = queue_.pop();
    if (!pod) return;
    client_.because(pod->woken_by);
    if (pod->info.is_terminating()) {
        events_.record(*pod->info.pod, nullptr,
                       {.type = "Warning",
                        .reason = "FailedScheduling",
                        .action = "Scheduling",
                        .note = "skip schedule deleting pod: " + key_of(pod->info).text()},
                       Repeats::Maybe);
        return;
    }
    schedule_pod(std::move(pod));
}

void Scheduler::schedule_pod(std::unique_ptr<QueuedPod> pod) {
    const PodInfo& info = pod->info;
    Decision decision = decisions_.blank();
    decision.pod = key_of(info);
    decision.at = simulation_.now();
    if (cache_.order().empty()) {
        decision.node_names = cache_.order_names();
        decision.message = kNoNodes;
        decisions_.add(std::move(decision));
        // differs: upstream tries again every 10 s; here the pod waits for an event, so that the world comes
        // to rest.
        pod->refused_by = ~0U;
        fail(std::move(pod), {.reason = "Unschedulable", .message = std::string(kNoNodes), .nominated = ""});
        return;
    }
    diagnosis_.clear();
    const bool possible = framework_.pre_filter(info, diagnosis_);
    const std::vector<const NodeInfo*>* feasible =
        possible ? &framework_.find_feasible(info, diagnosis_) : nullptr;
    framework_.tabulate(info, diagnosis_, decision);
    if (feasible == nullptr || feasible->empty()) {
        no_node(std::move(pod), diagnosis_, std::move(decision));
        return;
    }
    decision.node = framework_.choose(info, *feasible, simulation_.random(), decision).name;
    decision.message = summary_of(decision);
    bind(std::move(pod), std::move(decision));
}

void Scheduler::no_node(std::unique_ptr<QueuedPod> pod, const Diagnosis& diagnosis, Decision decision) {
    pod->refused_by = diagnosis.refused_by;
    std::string message = framework_.message_of(pod->info, diagnosis);
    const DisruptionAllowances allowances(informers_);
    const PreemptionResult preemption = preemption_.attempt(
        {.pod = pod->info, .diagnosis = diagnosis, .allowances = allowances, .now = simulation_.now()});
    if (!preemption.message.empty()) message += " " + preemption.message;
    decision.message = message;
    decisions_.add(std::move(decision));
    if (!preemption.victims.empty()) {
        client_.because(pod->woken_by, "room for " + key_of(pod->info).text());
        for (const PodInfo& victim : preemption.victims) evict(pod->info, victim, *preemption.nominated);
        withdraw_nominations(pod->info, *preemption.nominated);
    }
    client_.because(pod->woken_by, "");
    fail(std::move(pod),
         {.reason = "Unschedulable", .message = std::move(message), .nominated = preemption.nominated});
}

// upstream: handleSchedulingFailure
void Scheduler::fail(std::unique_ptr<QueuedPod> pod, const Failure& failure) {
    const api::ObjectKey key = key_of(pod->info);
    const api::Text identity = pod->info.identity();
    // It may have got a node from someone else, or be gone.
    const base::Result<api::Ref<api::Pod>> stored = client_.get<api::Pod>(key);
    if (!stored.ok() && stored.error().reason == base::Reason::NotFound) return;
    if (stored.ok() && (identity_of((*stored)->metadata) != identity || !(*stored)->spec->nodeName.empty()))
        return;

    if (failure.nominated) nominations_.set(pod->info, *failure.nominated);
    events_.record(
        *pod->info.pod, nullptr,
        {.type = "Warning", .reason = "FailedScheduling", .action = "Scheduling", .note = failure.message},
        Repeats::Maybe);
    queue_.put_back(std::move(pod), simulation_.now());
    write_failure(key, failure);
}

// A lost write is made up for by the next attempt.
void Scheduler::write_failure(const api::ObjectKey& key, const Failure& failure) {
    const base::Result<api::Ref<api::Pod>> stored = client_.get<api::Pod>(key);
    if (!stored.ok()) return;
    api::Pod pod = **stored;
    api::PodCondition condition;
    condition.type = "PodScheduled";
    condition.status = "False";
    condition.reason = failure.reason;
    condition.message = failure.message;
    const api::Time now(simulation_.now());
    bool changed = api::set_condition(pod.status.conditions, std::move(condition), now);
    if (failure.nominated && *failure.nominated != pod.status.nominatedNodeName) {
        pod.status.nominatedNodeName = *failure.nominated;
        changed = true;
    }
    if (changed) (void)client_.update_status(std::move(pod));
}

// upstream: preemption.go prepareCandidate
void Scheduler::evict(const PodInfo& preemptor, const PodInfo& victim, const std::string& node_name) {
    const api::ObjectKey key = key_of(victim);
    const base::Result<api::Ref<api::Pod>> stored = client_.get<api::Pod>(key);
    if (!stored.ok() || identity_of((*stored)->metadata) != victim.identity()) return;
    if ((*stored)->metadata.deletionTimestamp.is_set()) return;  // On its way out already.
    api::Pod pod = **stored;
    api::PodCondition condition;
    condition.type = "DisruptionTarget";
    condition.status = "True";
    condition.reason = "PreemptionByScheduler";
    condition.message = options_.name + ": preempting to accommodate a higher priority pod";
    const api::Time now(simulation_.now());
    if (api::set_condition(pod.status.conditions, std::move(condition), now)) {
        (void)client_.update_status(std::move(pod));
    }
    if (!client_.remove<api::Pod>(key).ok()) return;
    events_.record(*victim.pod, preemptor.pod.get(),
                   {.type = "Normal",
                    .reason = "Preempted",
                    .action = "Preempting",
                    .note = "Preempted by pod " + preemptor.pod->metadata.uid + " on node " + node_name},
                   Repeats::Never);
}

// Pods of lower priority that were promised the node have to look for another.
void Scheduler::withdraw_nominations(const PodInfo& preemptor, const std::string& node_name) {
    const std::vector<PodInfo>* promised = nominations_.on(node_name);
    if (promised == nullptr) return;
    const std::vector<PodInfo> copy = *promised;
    for (const PodInfo& other : copy) {
        if (other.priority >= preemptor.priority) continue;
        nominations_.remove(other.identity());
        const base::Result<api::Ref<api::Pod>> stored = client_.get<api::Pod>(key_of(other));
        if (!stored.ok() || (*stored)->status.nominatedNodeName.empty()) continue;
        api::Pod pod = **stored;
        pod.status.nominatedNodeName.clear();
        (void)client_.update_status(std::move(pod));
    }
}

// --- timers ---

sim::Instant Scheduler::tick(sim::Instant then, sim::Duration period) const {
    const std::int64_t since = std::max<std::int64_t>((then - started_).ns, 0);
    return started_ + period * ((since + period.ns - 1) / period.ns);
}

void Scheduler::arm_timer(Timer& timer, bool wanted, sim::Instant due, std::int32_t kind,
                          sim::Cadence cadence) {
    wanted = wanted && running_;
    if (timer.event != 0 && (!wanted || timer.due != due)) {
        simulation_.cancel(timer.event);
        timer = {};
    }
    if (!wanted || timer.event != 0) return;
    timer.due = due;
    timer.event = simulation_.schedule(
        {.component = component_, .after = due - simulation_.now(), .kind = kind, .cadence = cadence});
}

void Scheduler::arm() {
    const sim::Instant now = simulation_.now();
    const sim::Instant soon = cycle_.event != 0 ? cycle_.due : now;
    arm_timer(cycle_, queue_.has_active(), soon, kCycle, sim::Cadence::Once);

    const sim::Instant backoff = queue_.has_backoff() ? std::max(now, queue_.first_backoff_end()) : now;
    arm_timer(backoff_, queue_.has_backoff(), tick(backoff, kBackoffPeriod), kFlushBackoff,
              sim::Cadence::Once);

    sim::Instant pool = now;
    if (queue_.has_pool()) pool = std::max(now, queue_.oldest_in_pool() + kPoolTime + sim::nanoseconds(1));
    arm_timer(pool_, queue_.has_pool(), tick(pool, kPoolPeriod), kFlushPool, sim::Cadence::Heartbeat);

    sim::Instant first = now + kBindTimeout;
    for (const auto& [identity, binding] : bindings_) first = std::min(first, binding.since + kBindTimeout);
    arm_timer(expiry_, !bindings_.empty(), std::max(now, first), kExpireBindings, sim::Cadence::Heartbeat);

    const sim::Instant after = now + sim::nanoseconds(1);
    const auto keep = [&](const Timer& timer, sim::Duration period) {
        return timer.event != 0 ? timer.due : tick(after, period);
    };
    arm_timer(series_refresh_, !events_.empty(), keep(series_refresh_, EventSeries::kRefreshPeriod),
              kRefreshSeries, sim::Cadence::Heartbeat);
    arm_timer(series_finish_, !events_.empty(), keep(series_finish_, EventSeries::kFinishPeriod),
              kFinishSeries, sim::Cadence::Heartbeat);
}

}  // namespace kubetab::scheduler
