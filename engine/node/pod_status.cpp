// What a PodWorker reports: phase, conditions and the state of each container.
// upstream: pkg/kubelet/kubelet_pods.go generateAPIPodStatus, status/{generate,status_manager}.go
#include "engine/api/pod_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/api/codec.h"
#include "engine/api/pod_resources.h"
#include "engine/base/stable_sort.h"
#include "engine/node/pod_worker.h"

namespace kubetab::node {
namespace {

// In the order in which they are shown.
constexpr std::array<std::string_view, 5> kOwnConditions = {"PodReadyToStartContainers", "Initialized",
                                                            "Ready", "ContainersReady", "PodScheduled"};

constexpr sim::Duration kStatusRetry = sim::seconds(10);

bool is_terminal(std::string_view phase) {
    return phase == "Succeeded" || phase == "Failed";
}

api::ContainerStateTerminated terminated(const api::Text& url, std::int32_t exit_code,
                                         const api::Text& reason, const api::Text& message,
                                         sim::Instant started, sim::Instant finished) {
    api::ContainerStateTerminated state;
    state.containerID = url;
    state.exitCode = exit_code;
    state.reason = reason;
    state.message = message;
    state.startedAt = api::Time(started);
    state.finishedAt = api::Time(finished);
    return state;
}

struct Judgement {
    bool is_true = false;
    api::Text reason{};
    api::Text message{};
};

// "containers with unready status: [a b]"
std::string listed(std::string_view what, const std::vector<std::string>& names) {
    return names.empty() ? std::string()
                         : fmt::format("containers with {} status: [{}]", what, fmt::join(names, " "));
}

}  // namespace

bool PodWorker::is_started(const ContainerSlot& slot) const {
    const runtime::Container* run = container(slot);
    if (run == nullptr || !run->running()) return false;
    return context_.probes->result(id_, slot.name, ProbeKind::Startup) == ProbeResult::Success;
}

bool PodWorker::is_ready(const ContainerSlot& slot) const {
    const runtime::Container* run = container(slot);
    if (slot.init && !slot.sidecar) {
        return run != nullptr && run->state() == runtime::ContainerState::Exited && run->exit_code() == 0 &&
               !slot.again;
    }
    return is_started(slot) &&
           context_.probes->result(id_, slot.name, ProbeKind::Readiness) == ProbeResult::Success;
}

// upstream: convertToAPIContainerStatuses
api::ContainerStatus PodWorker::make_container_status(const ContainerSlot& slot) const {
    const api::Container& spec = spec_of(slot);
    api::ContainerStatus status;
    status.name = slot.name;
    status.image = spec.image;
    status.restartCount = slot.restarts;
    for (const api::VolumeMount& mount : spec.volumeMounts) {
        api::VolumeMountStatus shown;
        shown.name = mount.name;
        shown.mountPath = mount.mountPath;
        shown.readOnly = mount.readOnly;
        if (mount.readOnly) shown.recursiveReadOnly = "Disabled";
        status.volumeMounts.push_back(std::move(shown));
    }
    const runtime::Container* run = container(slot);
    if (slot.last) {
        const LastRun& last = *slot.last;
        status.lastState.terminated =
            terminated(last.url, last.exit_code, last.reason, last.message, last.started, last.finished);
    }
    if (run == nullptr) {
        const bool has_init = !pod_->spec->initContainers.empty();
        status.state.waiting.edit().reason = has_init ? "PodInitializing" : "ContainerCreating";
        if (state_ == State::Terminated && !slot.ephemeral) {  // It never ran, and never will.
            api::ContainerStateTerminated lost;
            lost.exitCode = 137;
            lost.reason = "ContainerStatusUnknown";
            lost.message = "The container could not be located when the pod was terminated";
            status.state = {};
            status.state.terminated = lost;
        }
    } else {
        status.containerID = run->url();
        status.image = slot.image_reference;
        status.imageID = slot.image_id;
        if (run->running()) {
            status.state.running.edit().startedAt = api::Time(run->started_at() + context_.faults.clock_skew);
        } else if (run->state() == runtime::ContainerState::Exited) {
            status.state.terminated = terminated(run->url(), run->exit_code(), run->reason(), run->message(),
                                                 run->started_at(), run->finished_at());
        } else {
            status.state.waiting.edit().reason = "ContainerCreating";
        }
    }
    add_waiting(slot, status);
    if (slot.ephemeral) return status;  // Nobody waits until it is ready.
    status.started = is_started(slot);
    status.ready = is_ready(slot);
    return status;
}

// What could not be started and will be tried again is waiting, and its end becomes the last state.
void PodWorker::add_waiting(const ContainerSlot& slot, api::ContainerStatus& status) const {
    if (slot.trouble->waiting_reason.empty() || !should_start(slot)) return;
    if (status.state.terminated) status.lastState.terminated = status.state.terminated;
    status.state = {};
    api::ContainerStateWaiting waiting;
    waiting.reason = slot.trouble->waiting_reason;
    waiting.message = slot.trouble->waiting_message;
    status.state.waiting = waiting;
}

// "Failed" or "Pending" when the init containers decide the phase, else "". upstream: getPhase
std::string PodWorker::init_phase(const std::vector<api::ContainerStatus>& init, bool main_started) const {
    bool pending = false;
    bool failed = false;
    bool sidecar_pending = false;
    for (std::size_t i = 0; i < init.size(); ++i) {
        const api::ContainerStatus& status = init[i];
        if (slots_[i].sidecar) {
            if (!status.started.value_or(false)) sidecar_pending = true;
            continue;
        }
        const api::Box<api::ContainerStateTerminated>& ended =
            status.state.terminated ? status.state.terminated : status.lastState.terminated;
        if (status.state.running || (!status.state.terminated && !ended)) {
            pending = true;
        } else if (ended->exitCode != 0) {
            failed = true;
        }
    }
    if (failed && pod_->spec->shared->restartPolicy == "Never") return "Failed";
    if (main_started) return {};
    return pending || sidecar_pending ? "Pending" : "";
}

std::string PodWorker::main_phase(const std::vector<api::ContainerStatus>& main) const {
    std::size_t running = 0;
    std::size_t waiting = 0;
    std::size_t stopped = 0;
    std::size_t succeeded = 0;
    for (const api::ContainerStatus& status : main) {
        if (status.state.running) {
            ++running;
        } else if (status.state.terminated) {
            ++stopped;
            if (status.state.terminated->exitCode == 0) ++succeeded;
        } else if (status.lastState.terminated) {
            ++stopped;
        } else {
            ++waiting;
        }
    }
    if (waiting > 0 && state_ == State::Syncing) return "Pending";
    if (running > 0) return "Running";
    const std::string& policy = pod_->spec->shared->restartPolicy;
    if (state_ == State::Terminated && waiting > 0) return "Failed";
    if (waiting > 0) return "Pending";
    if (state_ >= State::Ended) return stopped == succeeded ? "Succeeded" : "Failed";
    if (policy == "Always") return "Running";
    if (stopped == succeeded) return "Succeeded";
    return policy == "Never" ? "Failed" : "Running";
}

std::string PodWorker::make_phase(const std::vector<api::ContainerStatus>& init,
                                  const std::vector<api::ContainerStatus>& main) const {
    if (!rare_->failed_reason.empty()) return "Failed";
    const bool main_started = std::any_of(main.begin(), main.end(), [](const api::ContainerStatus& status) {
        return status.state.running || status.state.terminated || status.lastState.terminated;
    });
    const std::string decided = init_phase(init, main_started);
    if (!decided.empty() && (state_ == State::Syncing || decided == "Failed")) return decided;
    return main_phase(main);
}

void PodWorker::add_conditions(api::PodStatus& status, const api::PodStatus& stored,
                               const std::string& phase) const {
    for (const api::PodCondition& condition : stored.conditions) {
        const bool own =
            std::find(kOwnConditions.begin(), kOwnConditions.end(), condition.type) != kOwnConditions.end();
        if (!own) status.conditions.push_back(condition);
    }
    std::vector<std::string> incomplete;
    for (const api::ContainerStatus& init : status.initContainerStatuses) {
        const ContainerSlot& owner = *slot(init.name);
        if (owner.sidecar ? !init.started.value_or(false) : !init.ready) incomplete.push_back(init.name);
    }
    std::vector<std::string> unready;
    for (const ContainerSlot& slot : slots_) {
        const bool counts = slot.sidecar || (!slot.init && !slot.ephemeral);
        if (counts && !is_ready(slot)) unready.push_back(slot.name);
    }
    const bool main_started = has_main_started();

    Judgement initialized{true, {}, {}};
    if (phase == "Succeeded") {
        initialized.reason = "PodCompleted";
    } else if (!incomplete.empty() && !main_started) {
        initialized = {false, "ContainersNotInitialized", listed("incomplete", incomplete)};
    }
    Judgement containers{unready.empty(), {}, {}};
    if (!unready.empty()) containers = {false, "ContainersNotReady", listed("unready", unready)};
    // Of a deleted pod that fails because a container was never run, nothing is told anew. upstream:
    // TerminatePod
    const bool never_ran = std::any_of(slots_.begin(), slots_.end(), [&](const ContainerSlot& slot) {
        return !slot.ephemeral && container(slot) == nullptr;
    });
    const bool judged = !never_ran || init_failed() || !rare_->failed_reason.empty();
    if (is_terminal(phase) && judged)
        containers = {false, phase == "Succeeded" ? "PodCompleted" : "PodFailed", {}};
    Judgement ready = containers;
    std::string gates;
    for (const api::PodReadinessGate& gate : pod_->spec->shared->readinessGates) {
        const api::PodCondition* condition = api::find_condition(stored.conditions, gate.conditionType);
        if (condition != nullptr && condition->status == "True") continue;
        gates += (gates.empty() ? "" : ", ") +
                 (condition == nullptr
                      ? fmt::format("corresponding condition of pod readiness gate \"{}\" does not exist.",
                                    gate.conditionType)
                      : fmt::format("the status of pod readiness gate \"{}\" is not \"True\", but {}",
                                    gate.conditionType, condition->status));
    }
    if (ready.is_true && !gates.empty()) ready = {false, "ReadinessGatesNotReady", gates};

    const std::array<Judgement, 5> judgements = {Judgement{sandbox_ && !address_.empty(), {}, {}},
                                                 initialized, ready, containers, Judgement{true, {}, {}}};
    const api::Time now(context_.clock());
    std::vector<api::PodCondition>& conditions = status.conditions.edit();
    conditions.reserve(conditions.size() + kOwnConditions.size());
    for (std::size_t i = 0; i < kOwnConditions.size(); ++i) {
        api::PodCondition condition;
        condition.type = kOwnConditions[i];
        condition.status = judgements[i].is_true ? "True" : "False";
        condition.reason = judgements[i].reason;
        condition.message = judgements[i].message;
        const api::PodCondition* before = api::find_condition(stored.conditions, condition.type);
        const bool same = before != nullptr && before->status == condition.status;
        condition.lastTransitionTime = same ? before->lastTransitionTime : now;
        conditions.push_back(std::move(condition));
    }
}

api::PodStatus PodWorker::make_status(const api::PodStatus& stored) const {
    api::PodStatus status;
    for (const ContainerSlot& slot : slots_) {
        if (rare_->rejected) break;
        std::vector<api::ContainerStatus>& list = slot.ephemeral ? status.ephemeralContainerStatuses.edit()
                                                  : slot.init    ? status.initContainerStatuses.edit()
                                                                 : status.containerStatuses;
        list.push_back(make_container_status(slot));
    }
    const api::Text phase = make_phase(status.initContainerStatuses, status.containerStatuses);
    base::stable_sort(
        status.containerStatuses,
        [](const api::ContainerStatus& a, const api::ContainerStatus& b) { return a.name < b.name; });
    add_conditions(status, stored, phase);
    if (rare_->evicted) {
        api::PodCondition disrupted;
        disrupted.type = "DisruptionTarget";
        disrupted.status = "True";
        disrupted.reason = "TerminationByKubelet";
        disrupted.message = rare_->failed_message;
        const api::PodCondition* before = api::find_condition(stored.conditions, disrupted.type);
        api::set_condition(status.conditions, std::move(disrupted),
                           before == nullptr ? api::Time(context_.clock()) : before->lastTransitionTime);
    }

    // A pod counts as ended only when nothing of it can run any more.
    const bool held = is_terminal(phase) && state_ < State::Ended;
    status.phase = held ? (stored.phase.empty() ? api::Text("Pending") : stored.phase) : phase;
    if (is_terminal(stored.phase)) status.phase = stored.phase;
    status.reason = rare_->failed_reason.empty() ? stored.reason : rare_->failed_reason;
    status.message = rare_->failed_message.empty() ? stored.message : rare_->failed_message;
    if (held) {
        status.reason = stored.reason;
        status.message = stored.message;
    }
    status.hostIP = context_.spec.address;
    status.hostIPs = context_.host_ips;
    status.podIP = address_.empty() ? stored.podIP : address_;
    if (!status.podIP.empty()) status.podIPs = {{status.podIP}};
    status.qosClass = stored.qosClass.empty() ? api::Text(api::qos_class(*pod_->spec)) : stored.qosClass;
    status.startTime =
        stored.startTime.is_set() ? stored.startTime : api::Time(first_seen_ + context_.faults.clock_skew);
    status.resourceClaimStatuses = stored.resourceClaimStatuses;
    status.resize = stored.resize;
    return status;
}

std::string PodWorker::describe_change(const api::PodStatus& before, const api::PodStatus& after) const {
    for (const ContainerSlot& slot : slots_) {
        if (slot.ephemeral) continue;
        const runtime::Container* run = container(slot);
        const bool exited = run != nullptr && run->state() == runtime::ContainerState::Exited;
        if (exited && slot.init && run->exit_code() == 0) continue;
        if (exited && slot.trouble->waiting_reason.empty()) {
            return fmt::format("container {} ended with code {}", slot.name, run->exit_code());
        }
        if (!slot.trouble->waiting_reason.empty())
            return "container " + slot.name + " waits: " + slot.trouble->waiting_reason;
    }
    const bool ready = api::is_condition_true(after.conditions, "Ready");
    if (ready && !api::is_condition_true(before.conditions, "Ready")) {
        const std::int64_t tenths = (context_.now() - first_seen_).whole_milliseconds() / 100;
        return fmt::format(
            "{}, ready after {}.{} s",
            image_story_.empty() ? std::string_view("image already present") : image_story_.view(),
            tenths / 10, tenths % 10);
    }
    if (before.startTime.is_set()) return "its containers have changed";
    return "the node has taken the pod";
}

// upstream: needsReconcile of status_manager.go
void PodWorker::check_status_soon() {
    if (rare_->status_event != 0) return;
    rare_.edit().status_event = context_.schedule(Timer::Status, kStatusRetry, id_, sim::Cadence::Heartbeat);
}

// upstream: the status manager's ticker
void PodWorker::status_due() {
    rare_.edit().status_event = 0;
    if (state_ == State::Terminated) return finish();
    write_status({});
}

// upstream: syncPod of status_manager.go
void PodWorker::write_status(const std::string& reason) {
    if (!context_.reachable || gone_) return;
    const base::Result<api::Ref<api::Pod>> stored = context_.client.get<api::Pod>(key());
    if (!stored.ok() || (*stored)->metadata.uid != pod_->metadata.uid) return;
    api::PodStatus status = make_status((*stored)->status);
    if (api::equal(status, (*stored)->status)) return;
    context_.client.because(revision_, reason.empty() ? describe_change((*stored)->status, status) : reason);
    api::Pod changed = **stored;
    changed.status = std::move(status);
    const base::Result<api::Ref<api::Pod>> written = context_.client.update_status(std::move(changed));
    if (!written.ok()) {
        if (written.error().reason != base::Reason::NotFound) check_status_soon();
        return;
    }
    for (const ContainerSlot& slot : slots_) {
        const runtime::Container* run = container(slot);
        if (run != nullptr && run->running()) context_.probes->container_runs(*this, slot.name, true);
    }
}

}  // namespace kubetab::node
