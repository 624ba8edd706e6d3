// How a PodWorker ends its containers and its pod.
// upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer; kubelet.go SyncTerminatingPod,
// SyncTerminatedPod
#include <algorithm>

#include "engine/node/pod_worker.h"

namespace kubetab::node {
namespace {

using client::EventType;

constexpr sim::Duration kShortestGrace = sim::seconds(1);
constexpr sim::Duration kAfterPreStop = sim::seconds(2);
constexpr sim::Duration kFinishRetry = sim::seconds(10);

}  // namespace

sim::Duration PodWorker::grace() const {
    const api::ObjectMeta& metadata = pod_->metadata;
    std::int64_t seconds = pod_->spec->shared->terminationGracePeriodSeconds.value_or(30);
    if (metadata.deletionGracePeriodSeconds) seconds = *metadata.deletionGracePeriodSeconds;
    if (gone_ || rare_->evicted) seconds = 1;
    return std::max(sim::seconds(seconds), kShortestGrace);
}

void PodWorker::begin_termination(const std::string& reason) {
    if (state_ != State::Syncing) return;
    context_.simulation.cancel(timer_);
    timer_ = 0;
    step_ = Step::Idle;
    write_status(reason);
    state_ = State::Terminating;
    context_.simulation.cancel(rare_->deadline_event);
    context_.images->forget(id_, pod_->metadata.uid);
    context_.probes->stop_liveness(id_);
    stop_containers();
}

void PodWorker::stop_containers() {
    rare_.edit().kill_at = context_.now() + grace();
    for (ContainerSlot& slot : slots_) {
        const runtime::Container* run = container(slot);
        if (run == nullptr || !run->running()) continue;
        terminate(slot, grace(), "Stopping container " + slot.name);
    }
    if (!any_running(true)) killed();
}

void PodWorker::terminate(ContainerSlot& slot, sim::Duration grace, const std::string& message) {
    runtime::Container* run = container(slot);
    if (run == nullptr || !run->running()) return;
    context_.record(*pod_, EventType::Normal, "Killing", message, field_path_of(slot));
    context_.simulation.cancel(slot.trouble->grace_event);
    if (!waits_for_others(slot)) {
        slot.trouble.edit().grace_event =
            context_.schedule(Timer::Grace, std::max(grace, kShortestGrace), run->number());
    }
    pre_stop(slot, *run, grace);
}

void PodWorker::pre_stop(ContainerSlot& slot, runtime::Container& run, sim::Duration grace) {
    const api::LifecycleHandler& hook = *spec_of(slot).shared->lifecycle->preStop;
    if (hook.sleep) {
        context_.simulation.cancel(slot.trouble->hook_event);
        slot.trouble.edit().hook_event =
            context_.schedule(Timer::Hook, std::min(sim::seconds(hook.sleep->seconds), grace), run.number());
        return;
    }
    if (hook.exec) {
        const std::optional<ExecOutcome> outcome = context_.execs->run(
            run, {ExecPurpose::PreStop, run.number(), api::strings(hook.exec->command), grace});
        if (outcome) exec_finished(*outcome);
        return;
    }
    if (hook.httpGet && !context_.platform->hollow) {
        runtime::Container* server =
            hook.httpGet->port.is_string ? nullptr : listener(hook.httpGet->port.number);
        runtime::HttpRequest request;
        request.target = hook.httpGet->path.empty() ? "/" : hook.httpGet->path;
        request.port = hook.httpGet->port.number;
        request.host = address_;
        request.remote = context_.spec.address + ":45000";
        request.agent = "kube-lifecycle/1.32";
        if (server == nullptr || !server->serve(request)) {
            context_.record(*pod_, EventType::Warning, "FailedPreStopHook", "PreStopHook failed",
                            field_path_of(slot));
        }
    }
    signal(slot, run);
}

// The end of a container whose preStop hook is over.
void PodWorker::signal(ContainerSlot& slot, runtime::Container& run) {
    if (!waits_for_others(slot)) return context_.runtime->terminate(run);
    slot.its_turn_next = true;
    signal_next_sidecar();
}

// Sidecars end after the other containers, each after those that started later. One that has waited for long
// still gets a moment. upstream: kuberuntime_termination_order.go
void PodWorker::signal_next_sidecar() {
    if (any_running(false)) return;
    for (auto slot = slots_.rbegin(); slot != slots_.rend(); ++slot) {
        runtime::Container* run = container(*slot);
        if (!slot->sidecar || run == nullptr || !run->running()) continue;
        if (!slot->its_turn_next) return;
        slot->its_turn_next = false;
        const sim::Duration left =
            std::max(rare_->kill_at.value_or(context_.now()) - context_.now(), kAfterPreStop);
        slot->trouble.edit().grace_event = context_.schedule(Timer::Grace, left, run->number());
        return context_.runtime->terminate(*run);
    }
}

bool PodWorker::waits_for_others(const ContainerSlot& slot) const {
    return slot.sidecar && state_ == State::Terminating;
}

bool PodWorker::any_running(bool sidecars) const {
    return std::any_of(slots_.begin(), slots_.end(), [&](const ContainerSlot& slot) {
        const runtime::Container* run = container(slot);
        return run != nullptr && run->running() && (sidecars || !slot.sidecar);
    });
}

void PodWorker::grace_over(std::int64_t number) {
    runtime::Container* run = context_.runtime->find(number);
    if (run != nullptr) context_.runtime->kill(*run);
}

void PodWorker::deadline_over() {
    if (state_ != State::Syncing) return;
    rare_.edit().failed_reason = "DeadlineExceeded";
    rare_.edit().failed_message = "Pod was active on the node longer than the specified deadline";
    context_.record(*pod_, EventType::Normal, rare_->failed_reason, rare_->failed_message);
    begin_termination("activeDeadlineSeconds have passed");
}

void PodWorker::evict(const std::string& message) {
    if (state_ != State::Syncing) return;
    rare_.edit().evicted = true;
    rare_.edit().failed_reason = "Evicted";
    rare_.edit().failed_message = message;
    context_.record(*pod_, EventType::Warning, rare_->failed_reason, rare_->failed_message);
    begin_termination("the node runs short of what pods need");
}

void PodWorker::reject(const std::string& reason, const std::string& message) {
    rare_.edit().rejected = true;
    rare_.edit().failed_reason = reason;
    rare_.edit().failed_message = "Pod was rejected: " + message;
    context_.record(*pod_, EventType::Warning, reason, message);
    begin_termination("the node does not take the pod");
}

// No container runs any more. A pod that was deleted counts as ended; one that ended by itself does with the
// next view of the runtime, which both await.
void PodWorker::killed() {
    if (pod_->metadata.deletionTimestamp.is_set()) state_ = State::Ended;
    write_status("all containers have ended");
    context_.simulation.cancel(timer_);
    timer_ = context_.schedule(Timer::Finish, host_.until_relist(), id_);
}

void PodWorker::finish() {
    if (state_ == State::Syncing) return;
    timer_ = 0;
    state_ = State::Terminated;
    sandbox_ = false;
    context_.probes->remove(id_);
    if (gone_ || !context_.reachable) return;
    context_.simulation.cancel(rare_->status_event);
    if (rare_->status_event != 0) rare_.edit().status_event = 0;
    write_status("the pod has ended on its node");
    if (rare_->status_event != 0) return;  // It may not go before its end is told.
    if (!pod_->metadata.deletionTimestamp.is_set()) return;
    client::DeleteOptions options;
    options.grace_period_seconds = 0;
    options.uid = pod_->metadata.uid;
    context_.client.because(revision_, "all containers have ended");
    const base::Result<void> removed = context_.client.remove<api::Pod>(key(), options);
    if (removed.ok() || removed.error().reason == base::Reason::NotFound) return;
    if (removed.error().reason == base::Reason::Conflict) return;  // Another pod of that name.
    timer_ = context_.schedule(Timer::Finish, kFinishRetry, id_, sim::Cadence::Heartbeat);
}

}  // namespace kubetab::node
