#include "engine/node/pod_worker.h"

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/api/pod_resources.h"
#include "engine/api/pod_status.h"
#include "engine/node/ephemeral_container.h"

namespace kubetab::node {
namespace {

using client::EventType;

constexpr sim::Duration kMountPoll = sim::milliseconds(300);
constexpr sim::Duration kLaterPoll = sim::seconds(3);
constexpr sim::Duration kAttachPatience = sim::seconds(123);
constexpr sim::Duration kFirstMountRetry = sim::milliseconds(500);
constexpr sim::Duration kLongestMountRetry = sim::milliseconds(122'000);
constexpr std::int64_t kRetryMilliseconds = 10'000;   // after an error, times 1 to 1.5
constexpr std::int64_t kResyncMilliseconds = 60'000;  // after a success, times 1 to 1.5

}  // namespace

PodWorker::PodWorker(NodeContext& context, WorkerHost& host, std::int64_t id, api::Ref<api::Pod> pod)
    : context_(context), host_(host), id_(id), pod_(std::move(pod)), first_seen_(context.now()) {
    const auto add = [this](const api::Container& container, bool init) {
        ContainerSlot slot;
        slot.name = container.name;
        slot.init = init;
        slot.sidecar = init && api::is_sidecar(container);
        slots_.push_back(std::move(slot));
    };
    for (const api::Container& container : pod_->spec->initContainers) add(container, true);
    for (const api::Container& container : pod_->spec->containers) add(container, false);
    learn_ephemeral();
    volumes_ = std::make_unique<PodVolumes>(context_, pod_, address_);
}

PodWorker::~PodWorker() {
    context_.simulation.cancel(timer_);
    context_.simulation.cancel(rare_->deadline_event);
    context_.simulation.cancel(rare_->status_event);
    for (const ContainerSlot& slot : slots_) {
        context_.simulation.cancel(slot.trouble->grace_event);
        context_.simulation.cancel(slot.trouble->hook_event);
        context_.runtime->remove(slot.current);
    }
    context_.probes->remove(id_);
    context_.images->forget(id_, pod_->metadata.uid);
}

const ContainerSlot* PodWorker::slot(const std::string& name) const {
    const auto it =
        std::find_if(slots_.begin(), slots_.end(), [&](const ContainerSlot& s) { return s.name == name; });
    return it == slots_.end() ? nullptr : &*it;
}

const api::Container& PodWorker::spec_of(const ContainerSlot& slot) const {
    const std::size_t index = static_cast<std::size_t>(&slot - slots_.data());
    const std::vector<api::Container>& init = pod_->spec->initContainers;
    if (slot.ephemeral) return rare_->ephemeral.at(index - init.size() - pod_->spec->containers.size());
    return slot.init ? init.at(index) : pod_->spec->containers.at(index - init.size());
}

// Whether somebody has changed what the pod's readiness waits for. upstream: NeedToReconcilePodReadiness
bool PodWorker::have_gates_moved(const api::PodStatus& before, const api::PodStatus& now) const {
    const auto status_in = [](const api::PodStatus& status, const api::Text& type) {
        const api::PodCondition* condition = api::find_condition(status.conditions, type);
        return condition == nullptr ? api::Text{} : condition->status;
    };
    const std::vector<api::PodReadinessGate>& gates = pod_->spec->shared->readinessGates;
    return std::any_of(gates.begin(), gates.end(), [&](const api::PodReadinessGate& gate) {
        return status_in(before, gate.conditionType) != status_in(now, gate.conditionType);
    });
}

std::string PodWorker::field_path_of(const ContainerSlot& slot) {
    if (slot.ephemeral) return "spec.ephemeralContainers{" + slot.name + "}";
    return field_path(slot.init, slot.name);
}

// They only come; none goes or changes.
void PodWorker::learn_ephemeral() {
    for (const api::EphemeralContainer& added : pod_->spec->shared->ephemeralContainers) {
        if (slot(added.name) != nullptr) continue;
        rare_.edit().ephemeral.push_back(as_container(added));
        ContainerSlot& last = slots_.emplace_back();
        last.name = added.name;
        last.ephemeral = true;
    }
}

void PodWorker::update(api::Ref<api::Pod> pod, std::int64_t revision) {
    const bool own_write = api::equal(pod_->spec, pod->spec) &&
                           pod_->metadata.deletionTimestamp == pod->metadata.deletionTimestamp &&
                           pod_->metadata.labels == pod->metadata.labels &&
                           !have_gates_moved(pod_->status, pod->status);
    const bool lost_ready = api::is_condition_true(pod_->status.conditions, "Ready") &&
                            !api::is_condition_true(pod->status.conditions, "Ready");
    pod_ = std::move(pod);
    revision_ = revision;
    learn_ephemeral();
    if (lost_ready && state_ == State::Syncing) check_status_soon();
    if (own_write && state_ == State::Syncing) return;  // A status, most likely its own.
    if (state_ == State::Syncing) return sync();
    if (state_ == State::Terminating && rare_->kill_at && pod_->metadata.deletionGracePeriodSeconds) {
        const sim::Instant sooner = context_.now() + grace();
        if (sooner >= *rare_->kill_at) return;
        rare_.edit().kill_at = sooner;
        for (ContainerSlot& slot : slots_) {
            const runtime::Container* running = container(slot);
            if (running == nullptr || !running->running() || slot.trouble->grace_event == 0) continue;
            context_.simulation.cancel(slot.trouble->grace_event);
            slot.trouble.edit().grace_event = context_.schedule(Timer::Grace, grace(), running->number());
        }
    }
    if (state_ == State::Terminated) finish();  // It had ended by itself; now it may go.
}

void PodWorker::pod_removed() {
    gone_ = true;
    if (state_ == State::Syncing) begin_termination("the pod is gone");
}

// upstream: SyncPod of kubelet.go
void PodWorker::sync() {
    if (state_ != State::Syncing) return;
    if (pod_->metadata.deletionTimestamp.is_set() || gone_)
        return begin_termination("asked to delete the pod");
    if (step_ != Step::Idle) {
        again_ = true;
        return;
    }
    context_.simulation.cancel(timer_);
    timer_ = 0;
    ++sync_number_;
    if (rare_->deadline_event == 0 && pod_->spec->shared->activeDeadlineSeconds) {
        const sim::Instant deadline = first_seen_ + sim::seconds(*pod_->spec->shared->activeDeadlineSeconds);
        rare_.edit().deadline_event =
            context_.schedule(Timer::Deadline, std::max(deadline - context_.now(), sim::Duration{}), id_);
    }
    write_status({});
    const bool can_restart = std::any_of(slots_.begin(), slots_.end(), [&](const ContainerSlot& slot) {
        const runtime::Container* run = container(slot);
        return !slot.init && !slot.ephemeral &&
               (run == nullptr || run->state() != runtime::ContainerState::Exited || should_start(slot));
    });
    if (!can_restart || init_failed()) return begin_termination("all containers have ended");
    if (volumes_mounted_) volumes_->refresh();
    advance();
}

// Goes on with the present sync until it is over or has to wait. upstream: SyncPod of kuberuntime_manager.go
void PodWorker::advance() {
    if (state_ != State::Syncing) return;
    step_ = Step::Idle;
    if (!ensure_volumes()) return;
    if (!ensure_sandbox()) return finish_sync(Outcome::Failed);
    context_.probes->add(*this);
    if (kill_what_must_restart()) return;
    const Outcome ephemeral = start_ephemeral_containers();
    if (ephemeral == Outcome::Waiting) return;
    bool initialized = false;
    const Outcome init = start_init_containers(initialized);
    if (init == Outcome::Waiting) return;
    const bool failed = init == Outcome::Failed || ephemeral == Outcome::Failed;
    if (!initialized) return finish_sync(failed ? Outcome::Failed : init);
    const Outcome main = start_main_containers();
    if (main == Outcome::Waiting) return;
    finish_sync(failed ? Outcome::Failed : main);
}

// False while it waits. upstream: WaitForAttachAndMount, reconciler
bool PodWorker::ensure_volumes() {
    if (volumes_mounted_) return true;
    step_ = Step::Volumes;
    if (timer_ == 0) timer_ = context_.schedule(Timer::Volumes, kMountPoll, id_);
    return false;
}

void PodWorker::volumes_due() {
    if (state_ != State::Syncing || step_ != Step::Volumes) return;
    timer_ = 0;
    const std::vector<PodVolumes::Problem> problems =
        context_.reachable ? volumes_->problems()
                           : std::vector<PodVolumes::Problem>{{"", "the API server cannot be reached"}};
    const bool attaching = std::all_of(
        problems.begin(), problems.end(),
        [](const PodVolumes::Problem& problem) { return problem.state == VolumeBacking::State::Detached; });
    if (!problems.empty() && attaching) return await_attachment(problems);
    if (!problems.empty()) {
        for (const PodVolumes::Problem& problem : problems) {
            if (problem.state != VolumeBacking::State::Detached)
                context_.record(*pod_, EventType::Warning, "FailedMount", problem.text());
        }
        const int doublings = std::min(rare_.edit().mount_failures++, 8);
        const sim::Duration wait = kFirstMountRetry * (std::int64_t{1} << doublings);
        timer_ = context_.schedule(Timer::Volumes, std::min(wait, kLongestMountRetry), id_,
                                   sim::Cadence::Heartbeat);
        return;
    }
    volumes_->mount();
    volumes_mounted_ = true;
    if (rare_) {
        rare_.edit().mount_failures = 0;
        rare_.edit().attach_wait.reset();
    }
    advance();
}

// Looks again soon, and complains when it takes long. upstream: WaitForAttachAndMount
void PodWorker::await_attachment(const std::vector<PodVolumes::Problem>& problems) {
    if (!rare_->attach_wait) rare_.edit().attach_wait = context_.now();
    if (context_.now() - *rare_->attach_wait >= kAttachPatience) {
        for (const PodVolumes::Problem& problem : problems)
            context_.record(*pod_, EventType::Warning, "FailedMount", problem.text());
        rare_.edit().attach_wait = context_.now();
        ++rare_.edit().mount_failures;
    }
    const bool hopeful = rare_->mount_failures == 0;
    timer_ = context_.schedule(Timer::Volumes, hopeful ? kMountPoll : kLaterPoll, id_,
                               hopeful ? sim::Cadence::Once : sim::Cadence::Heartbeat);
}

bool PodWorker::ensure_sandbox() {
    if (sandbox_) return true;
    if (had_sandbox_) {
        context_.record(*pod_, EventType::Normal, "SandboxChanged",
                        "Pod sandbox changed, it will be killed and re-created.");
    }
    if (pod_->spec->shared->hostNetwork) {
        address_ = context_.spec.address;
    } else if (address_.empty()) {
        address_ = host_.allocate_address();
    }
    if (address_.empty() && context_.pod_cidr.empty()) {
        context_.record(*pod_, EventType::Warning, "NetworkNotReady",
                        "network is not ready: " + std::string(kNetworkNotReady));
        return false;
    }
    if (address_.empty()) {
        context_.record(
            *pod_, EventType::Warning, "FailedCreatePodSandBox",
            "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for "
            "sandbox: plugin type=\"ptp\" failed (add): failed to allocate for range 0: no IP addresses "
            "available in range set: " +
                context_.pod_cidr);
        return false;
    }
    sandbox_ = true;
    had_sandbox_ = true;
    host_.mark_changed(*this);
    return true;
}

// True when the sync waits for a container to end. upstream: computePodActions
bool PodWorker::kill_what_must_restart() {
    bool waiting = false;
    for (ContainerSlot& slot : slots_) {
        runtime::Container* running = container(slot);
        if (running == nullptr || !running->running()) {
            slot.killing = false;
            continue;
        }
        if (slot.killing) {
            waiting = true;
            continue;
        }
        if (slot.ephemeral || (slot.init && !slot.sidecar)) continue;
        const bool restarts = slot.sidecar || pod_->spec->shared->restartPolicy != "Never";
        const std::string tail = restarts ? ", will be restarted" : "";
        std::string message;
        sim::Duration grace = sim::seconds(pod_->spec->shared->terminationGracePeriodSeconds.value_or(30));
        const api::Container& spec = spec_of(slot);
        if (spec.image != slot.spec_image) {
            message = "Container " + slot.name + " definition changed, will be restarted";
        } else if (context_.probes->result(id_, slot.name, ProbeKind::Liveness) == ProbeResult::Failure) {
            message = "Container " + slot.name + " failed liveness probe" + tail;
            grace = sim::seconds(
                spec.shared->livenessProbe->terminationGracePeriodSeconds.value_or(grace.whole_seconds()));
        } else if (context_.probes->result(id_, slot.name, ProbeKind::Startup) == ProbeResult::Failure) {
            message = "Container " + slot.name + " failed startup probe" + tail;
            grace = sim::seconds(
                spec.shared->startupProbe->terminationGracePeriodSeconds.value_or(grace.whole_seconds()));
        }
        if (message.empty()) continue;
        slot.killing = true;
        waiting = true;
        terminate(slot, grace, message);
    }
    if (waiting) step_ = Step::Killing;
    return waiting;
}

// They do not wait for the init containers.
PodWorker::Outcome PodWorker::start_ephemeral_containers() {
    Outcome result = Outcome::Done;
    for (ContainerSlot& slot : slots_) {
        if (!slot.ephemeral || slot.current != 0) continue;
        if (slot.attempted == sync_number_) {
            result = Outcome::Failed;
            continue;
        }
        const Outcome outcome = start(slot);
        if (outcome == Outcome::Waiting) return outcome;
        if (outcome == Outcome::Failed) result = outcome;
    }
    return result;
}

// upstream: computeInitContainerActions
PodWorker::Outcome PodWorker::start_init_containers(bool& initialized) {
    initialized = false;
    bool failed = false;
    const bool main_started = has_main_started();
    for (ContainerSlot& slot : slots_) {
        if (!slot.init) break;
        const runtime::Container* run = container(slot);
        const bool runs = run != nullptr && run->running();
        if (runs && slot.sidecar && is_started(slot)) continue;
        if (runs) return Outcome::Done;  // The next one waits for it.
        const bool ended_well = run != nullptr && run->exit_code() == 0 && !slot.again;
        if (!slot.sidecar && (main_started || ended_well)) continue;
        if (slot.attempted == sync_number_) {
            if (!slot.trouble->waiting_reason.empty()) failed = true;
            if (main_started) continue;
            return failed ? Outcome::Failed : Outcome::Done;
        }
        const Outcome outcome = start(slot);
        if (outcome == Outcome::Waiting) return outcome;
        if (outcome == Outcome::Failed) failed = true;
        if (!main_started) return outcome;
    }
    initialized = true;
    return failed ? Outcome::Failed : Outcome::Done;
}

PodWorker::Outcome PodWorker::start_main_containers() {
    Outcome result = Outcome::Done;
    for (ContainerSlot& slot : slots_) {
        if (slot.init || slot.ephemeral) continue;
        if (slot.attempted == sync_number_) {
            if (!slot.trouble->waiting_reason.empty()) result = Outcome::Failed;
            continue;
        }
        const runtime::Container* run = container(slot);
        if (run != nullptr && run->running()) continue;
        if (!should_start(slot)) continue;
        const Outcome outcome = start(slot);
        if (outcome == Outcome::Waiting) return outcome;
        if (outcome == Outcome::Failed) result = outcome;
    }
    return result;
}

// upstream: ShouldContainerBeRestarted
bool PodWorker::should_start(const ContainerSlot& slot) const {
    if (state_ != State::Syncing) return false;
    const runtime::Container* run = container(slot);
    if (run == nullptr) return true;
    if (run->running()) return false;
    if (slot.sidecar) return true;
    const std::string& policy = pod_->spec->shared->restartPolicy;
    if (slot.init) return run->exit_code() != 0 ? policy != "Never" : slot.again;
    if (policy == "Never") return false;
    return policy != "OnFailure" || run->exit_code() != 0;
}

bool PodWorker::init_failed() const {
    if (pod_->spec->shared->restartPolicy != "Never") return false;
    return std::any_of(slots_.begin(), slots_.end(), [this](const ContainerSlot& slot) {
        const runtime::Container* run = container(slot);
        return slot.init && !slot.sidecar && run != nullptr &&
               run->state() == runtime::ContainerState::Exited && run->exit_code() != 0;
    });
}

bool PodWorker::has_main_started() const {
    return std::any_of(slots_.begin(), slots_.end(), [](const ContainerSlot& slot) {
        return !slot.init && !slot.ephemeral && slot.current != 0 && !slot.again;
    });
}

void PodWorker::finish_sync(Outcome outcome) {
    step_ = Step::Idle;
    for (const ContainerSlot& slot : slots_) {
        const runtime::Container* run = container(slot);
        if (run != nullptr && run->running()) context_.probes->container_runs(*this, slot.name, false);
    }
    if (again_) {
        again_ = false;
        return schedule_sync({}, sim::Cadence::Once);
    }
    if (outcome != Outcome::Failed && !volumes_->follows_objects()) return;
    const std::int64_t base = outcome == Outcome::Failed ? kRetryMilliseconds : kResyncMilliseconds;
    const auto jitter =
        static_cast<std::int64_t>(context_.simulation.random().below(static_cast<std::uint64_t>(base / 2)));
    schedule_sync(host_.until_tick_after(sim::milliseconds(base + jitter)), sim::Cadence::Heartbeat);
}

void PodWorker::schedule_sync(sim::Duration after, sim::Cadence cadence) {
    context_.simulation.cancel(timer_);
    timer_ = context_.schedule(Timer::Sync, after, id_, cadence);
}

void PodWorker::pull_done() {
    if (state_ == State::Syncing && step_ == Step::Pulling) advance();
}

runtime::Container* PodWorker::probed_container(const std::string& name) {
    const ContainerSlot* found = slot(name);
    runtime::Container* run = found == nullptr ? nullptr : container(*found);
    return run != nullptr && run->running() ? run : nullptr;
}

runtime::Container* PodWorker::listener(std::int32_t port) {
    for (const ContainerSlot& slot : slots_) {
        runtime::Container* run = container(slot);
        if (run != nullptr && run->running() && run->listens_on(port)) return run;
    }
    return nullptr;
}

// upstream: syncLoopIteration, results of probes
void PodWorker::probe_changed(const std::string& container, ProbeKind kind, ProbeResult result) {
    const bool failed = result == ProbeResult::Failure;
    if (kind == ProbeKind::Readiness) {
        return write_status("container " + container + (failed ? " is not ready any more" : " is ready"));
    }
    if (kind == ProbeKind::Startup && !failed) {
        write_status("container " + container + " has started");
        context_.probes->container_runs(*this, container, true);
    }
    sync();
}

void PodWorker::container_exited(runtime::Container& container) {
    for (ContainerSlot& slot : slots_) {
        if (slot.current != container.number()) continue;
        context_.simulation.cancel(slot.trouble->grace_event);
        if (slot.trouble) slot.trouble.edit().grace_event = 0;
    }
    if (state_ == State::Terminating) {
        signal_next_sidecar();
        if (!any_running(true)) killed();
        return;
    }
    if (state_ != State::Syncing) return;
    const auto killed_one = std::find_if(slots_.begin(), slots_.end(), [&](const ContainerSlot& slot) {
        return slot.current == container.number() && slot.killing;
    });
    if (killed_one != slots_.end()) killed_one->killing = false;
    host_.mark_changed(*this);
    if (step_ == Step::Killing && killed_one != slots_.end()) advance();
}

void PodWorker::process_lost() {
    context_.simulation.cancel(timer_);
    timer_ = 0;
    context_.simulation.cancel(rare_->deadline_event);
    context_.simulation.cancel(rare_->status_event);
    if (rare_) rare_.edit().deadline_event = rare_.edit().status_event = 0;
    step_ = Step::Idle;
    again_ = false;
    if (rare_) rare_.edit().mount_failures = 0;
    for (ContainerSlot& slot : slots_) {
        if (slot.trouble) {
            context_.simulation.cancel(slot.trouble->grace_event);
            slot.trouble.edit().grace_event = 0;
            context_.simulation.cancel(slot.trouble->hook_event);
            slot.trouble.edit().hook_event = 0;
        }
        // Whether a hook that ran came to its end is not known any more; its container counts.
        if (slot.post_start == ContainerSlot::Hook::Running) slot.post_start = ContainerSlot::Hook::Done;
        slot.starting = false;
        slot.killing = false;
    }
}

void PodWorker::power_lost() {
    process_lost();
    sandbox_ = false;
    for (ContainerSlot& slot : slots_) {
        if (slot.current != 0) slot.again = true;
    }
}

void PodWorker::process_back() {
    if (state_ == State::Syncing) return schedule_sync({}, sim::Cadence::Once);
    if (state_ == State::Terminating) return stop_containers();
    finish();  // The API server may not have heard of the end.
}

}  // namespace kubetab::node
