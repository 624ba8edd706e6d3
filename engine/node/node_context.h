// NodeContext: what the parts of one kubelet share, and the timers they set.
#pragma once

#include <cstdint>
#include <string>

#include "engine/client/client.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/node/node_faults.h"
#include "engine/node/node_spec.h"
#include "engine/runtime/container_runtime.h"
#include "engine/sim/simulation.h"

namespace kubetab::node {

class ImageManager;
class ProbeManager;
class EvictionManager;
class ExecRunner;
class ServiceVariables;

// The kinds of a kubelet's events. `value` is a worker, pull, probe, container or run, by number.
enum class Timer : std::int32_t {
    Sync,      // worker
    Volumes,   // worker: look again whether all volumes are mounted
    Relist,    // look which containers have changed
    Pull,      // the pull at the head of the queue is over
    Probe,     // probe
    Grace,     // container: SIGKILL
    Hook,      // container: its preStop sleep is over
    Exec,      // run
    Status,    // worker: its status could not be written
    Finish,    // worker: terminated, may leave the API
    Deadline,  // worker: activeDeadlineSeconds
    Lease,
    NodeStatus,
    StaticPods,
    ProbeTimeout,  // probe: nobody has answered in time
    Pressure,      // look what is left of memory, disk and process numbers
};

// upstream: pkg/kubelet/runtime.go [networkErrors]
inline constexpr std::string_view kNetworkNotReady =
    "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network "
    "plugin returns error: cni plugin not initialized";

struct NodeContext {
    sim::Simulation& simulation;
    client::Client& client;
    client::EventRecorder& recorder;
    const NodeSpec& spec;
    sim::ComponentId component = 0;
    runtime::ContainerRuntime* runtime = nullptr;
    runtime::Platform* platform = nullptr;
    ImageManager* images = nullptr;
    ProbeManager* probes = nullptr;
    ExecRunner* execs = nullptr;
    EvictionManager* evictions = nullptr;
    ServiceVariables* services = nullptr;  // may be null
    bool reachable = true;                 // the API server, from here
    api::List<api::HostIP> host_ips{};     // as all its pods show them
    std::string pod_cidr{};                // of its pods' addresses; "" as long as none is known
    sim::Instant started{};                // of the kubelet's last start
    NodeFaults faults{};

    // The network of the node's pods is set up with the range of addresses that the node gets.
    // differs: it is given ten seconds to come before the node says that it is not ready, because a real
    // network plugin takes about as long to start anyway.
    bool network_ready() const {
        constexpr sim::Duration kPatience = sim::seconds(10);
        return platform->hollow || !pod_cidr.empty() || now() - started < kPatience;
    }

    sim::Instant now() const { return simulation.now(); }
    // What the machine's own clock shows: for the times it writes.
    sim::Instant clock() const { return simulation.now() + faults.clock_skew; }
    sim::EventId schedule(Timer timer, sim::Duration after, std::int64_t value,
                          sim::Cadence cadence = sim::Cadence::Once) const {
        return simulation.schedule({.component = component,
                                    .after = after,
                                    .kind = static_cast<std::int32_t>(timer),
                                    .cadence = cadence,
                                    .value = value});
    }
    // Events need the API server; without it they are lost, as upstream's are after some retries.
    void record(const api::Pod& pod, client::EventType type, api::Text reason, api::Text message,
                api::Text field_path = {}) const {
        if (!reachable) return;
        recorder.record(pod, {type, std::move(reason), std::move(message), std::move(field_path)});
    }
};

// "spec.containers{web}"
inline std::string field_path(bool init, const std::string& container) {
    return (init ? "spec.initContainers{" : "spec.containers{") + container + "}";
}
// "web_default(8c3f…)", as messages name a pod.
inline std::string pod_text(const api::ObjectMeta& metadata) {
    return metadata.name + "_" + metadata.namespace_ + "(" + metadata.uid + ")";
}

}  // namespace kubetab::node
