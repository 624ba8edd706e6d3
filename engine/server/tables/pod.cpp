// upstream: pkg/printers/internalversion/printers.go printPod

#include <algorithm>

#include "engine/api/pod_resources.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using api::ContainerStatus;
using api::Pod;
using base::Json;

bool has_condition(const Pod& pod, std::string_view type) {
    for (const api::PodCondition& condition : pod.status.conditions) {
        if (condition.type == type) return condition.status == "True";
    }
    return false;
}

bool is_sidecar(const Pod& pod, const std::string& name) {
    for (const api::Container& container : pod.spec->initContainers) {
        if (container.name == name) return api::is_sidecar(container);
    }
    return false;
}

struct Cells {
    std::string reason{};
    std::int64_t restarts = 0;
    std::int64_t ready = 0;
    std::int64_t total = 0;
    api::Time last_restart{};
};

void count_restarts(const ContainerStatus& status, Cells& cells) {
    cells.restarts += status.restartCount;
    const api::Time finished = status.lastState.terminated->finishedAt;
    if (status.lastState.terminated.has_value() && finished > cells.last_restart)
        cells.last_restart = finished;
}

std::string ended_reason(const api::ContainerStateTerminated& ended, std::string_view prefix) {
    if (!ended.reason.empty()) return std::string(prefix) + ended.reason;
    if (ended.signal != 0) return std::string(prefix) + "Signal:" + std::to_string(ended.signal);
    return std::string(prefix) + "ExitCode:" + std::to_string(ended.exitCode);
}

// True while init containers hold the pod back; then the reason says which.
bool initializing(const Pod& pod, Cells& cells) {
    std::size_t index = 0;
    for (const ContainerStatus& status : pod.status.initContainerStatuses) {
        const std::size_t at = index++;
        count_restarts(status, cells);
        const bool sidecar = is_sidecar(pod, status.name);
        const api::ContainerState& state = status.state;
        if (state.terminated.has_value() && state.terminated->exitCode == 0) continue;
        if (sidecar && status.started.value_or(false)) {
            if (status.ready) ++cells.ready;
            continue;
        }
        if (state.terminated.has_value()) {
            cells.reason = ended_reason(*state.terminated, "Init:");
        } else if (state.waiting.has_value() && !state.waiting->reason.empty() &&
                   state.waiting->reason != "PodInitializing") {
            cells.reason = "Init:" + state.waiting->reason;
        } else {
            cells.reason =
                "Init:" + std::to_string(at) + "/" + std::to_string(pod.spec->initContainers.size());
        }
        return true;
    }
    return false;
}

void scan_containers(const Pod& pod, Cells& cells) {
    cells.restarts = 0;
    cells.last_restart = {};
    for (const ContainerStatus& status : pod.status.initContainerStatuses) {
        if (is_sidecar(pod, status.name)) count_restarts(status, cells);
    }
    bool has_running = false;
    const auto& statuses = pod.status.containerStatuses;
    for (auto it = statuses.rbegin(); it != statuses.rend(); ++it) {
        count_restarts(*it, cells);
        const api::ContainerState& state = it->state;
        if (state.waiting.has_value() && !state.waiting->reason.empty()) {
            cells.reason = state.waiting->reason;
        } else if (state.terminated.has_value()) {
            cells.reason = ended_reason(*state.terminated, "");
        } else if (it->ready && state.running.has_value()) {
            has_running = true;
            ++cells.ready;
        }
    }
    if (cells.reason == "Completed" && has_running)
        cells.reason = has_condition(pod, "Ready") ? "Running" : "NotReady";
}

Cells cells_of(const Pod& pod) {
    Cells cells;
    cells.total = static_cast<std::int64_t>(pod.spec->containers.size());
    for (const api::Container& container : pod.spec->initContainers)
        cells.total += api::is_sidecar(container) ? 1 : 0;
    cells.reason = pod.status.phase;
    if (!pod.status.reason.empty()) cells.reason = pod.status.reason;
    for (const api::PodCondition& condition : pod.status.conditions) {
        if (condition.type == "PodScheduled" && condition.reason == "SchedulingGated")
            cells.reason = "SchedulingGated";
    }
    const bool held = initializing(pod, cells);
    if (!held || has_condition(pod, "Initialized")) scan_containers(pod, cells);
    if (pod.metadata.deletionTimestamp.is_set()) {
        if (pod.status.reason == "NodeLost") {
            cells.reason = "Unknown";
        } else if (pod.status.phase != "Succeeded" && pod.status.phase != "Failed") {
            cells.reason = "Terminating";
        }
    }
    return cells;
}

std::string readiness_gates(const Pod& pod) {
    if (pod.spec->shared->readinessGates.empty()) return "<none>";
    std::size_t met = 0;
    for (const api::PodReadinessGate& gate : pod.spec->shared->readinessGates) {
        if (has_condition(pod, gate.conditionType)) ++met;
    }
    return std::to_string(met) + "/" + std::to_string(pod.spec->shared->readinessGates.size());
}

std::string or_none(const std::string& text) {
    return text.empty() ? "<none>" : text;
}

Json pod_cells(const api::Object& object, sim::Instant now) {
    const auto& pod = static_cast<const Pod&>(object);
    const Cells cells = cells_of(pod);
    std::string restarts = std::to_string(cells.restarts);
    if (cells.restarts != 0 && cells.last_restart.is_set()) {
        restarts += " (" + age_since(cells.last_restart, now) + " ago)";
    }
    const std::string ip = pod.status.podIPs.empty() ? pod.status.podIP : pod.status.podIPs.front().ip;
    return {pod.metadata.name,
            std::to_string(cells.ready) + "/" + std::to_string(cells.total),
            cells.reason,
            restarts,
            age_cell(pod, now),
            or_none(ip),
            or_none(pod.spec->nodeName),
            or_none(pod.status.nominatedNodeName),
            readiness_gates(pod)};
}

}  // namespace

TableKind pod_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"Ready", "string", "", 0, "How many of the pod's containers are ready."},
             {"Status", "string", "", 0, "What the containers are doing, in one word."},
             {"Restarts", "string", "", 0, "How often containers were restarted, and when last."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"IP", "string", "", 1, "The pod's address in the cluster network."},
             {"Node", "string", "", 1, "The node that runs the pod."},
             {"Nominated Node", "string", "", 1, "The node on which preemption makes room for the pod."},
             {"Readiness Gates", "string", "", 1, "How many readiness gates are met."}},
            &pod_cells};
}

}  // namespace kubetab::server
