// Kubelet: runs the pods that are bound to one node, and reports on them and on the node.
//
// watches:  pods of its node
// writes:   pods/status; pods (delete, once they have ended); its Node and Lease; mirror pods; events
//
// Sees the world only through its API server, from which it can be cut off; then pods run on and nothing is
// reported. A kubelet that is down leaves its containers running; a machine that is off has none.
//
// upstream: pkg/kubelet/kubelet.go
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/status.h"
#include "engine/node/eviction.h"
#include "engine/node/exec_runner.h"
#include "engine/node/image_manager.h"
#include "engine/node/node_context.h"
#include "engine/node/node_spec.h"
#include "engine/node/node_status.h"
#include "engine/node/pod_admission.h"
#include "engine/node/pod_worker.h"
#include "engine/node/probe_manager.h"
#include "engine/node/service_variables.h"

namespace kubetab::node {

struct LogRequest {
    std::string container{};  // "" is the only or first one
    bool previous = false;
    std::optional<std::int64_t> tail_lines{};
    std::optional<std::int64_t> limit_bytes{};
    std::optional<std::int64_t> since_seconds{};
    std::optional<sim::Instant> since{};
    bool timestamps = false;
    std::int64_t from = 0;  // number of the first line, to follow a log
};

struct LogView {
    std::string text{};
    std::int64_t next = 0;  // `from` of the next call when following
    std::string run{};      // the container's name at the runtime: a follower ends when it changes
    bool ended = false;     // the container has ended; nothing more comes
};

enum class Power : std::uint8_t {
    On,
    KubeletDown,  // the containers run on
    Off,          // nothing runs
};

class Kubelet final : public sim::Component,
                      private WorkerHost,
                      private EvictionManager::Host,
                      private runtime::ContainerRuntime::Listener {
public:
    // Starts at once. `services` gives containers their service variables and may be null.
    Kubelet(sim::Simulation& simulation, client::ApiServer& server, runtime::Platform& platform,
            NodeSpec spec, const client::Informer<api::Service>* services = nullptr);
    ~Kubelet() override;
    Kubelet(const Kubelet&) = delete;
    Kubelet& operator=(const Kubelet&) = delete;

    const NodeSpec& spec() const { return spec_; }
    Power power() const { return power_; }
    bool connected() const { return context_.reachable; }
    bool paused() const { return context_.faults.paused; }
    // Whoever asks it something gets an answer.
    bool answers() const { return power_ == Power::On && connected() && !paused(); }

    // Faults. Each does nothing when the state is that already.
    void crash();  // the kubelet's process ends; containers run on
    void stop();   // the machine is switched off
    void start();  // machine and kubelet are up again
    void set_connected(bool connected);
    base::Result<void> crash_container(const api::ObjectKey& pod, const std::string& container,
                                       std::int32_t exit_code = 137, const std::string& reason = {});
    // Machine and containers stand still, or go on where they were.
    void set_paused(bool paused);
    // What else is wrong with it. After a change of what is left: resources_changed().
    NodeFaults& faults() { return context_.faults; }
    void resources_changed() {
        if (power_ == Power::On) evictions_.resources_changed();
    }
    // The version that its kubelet says from the next start on.
    void set_version(const std::string& version) { spec_.kubelet_version = version; }
    // A running pod's uid; "" when it does not run here.
    api::Text uid_of(const api::ObjectKey& pod) const;
    // Whether a container of the pod runs, and since when.
    std::optional<sim::Instant> running_since(const api::ObjectKey& pod, const std::string& container) const;
    // Forgets the images that no container uses. Bytes.
    std::int64_t remove_unused_images();

    // upstream: GetContainerLogs; the failures are its own texts
    base::Result<LogView> logs(const api::ObjectKey& pod, const LogRequest& request) const;
    // A command in a running container; the caller polls it. `container` may be "".
    base::Result<std::unique_ptr<sim::Process>> exec(const api::ObjectKey& pod, const std::string& container,
                                                     const std::vector<std::string>& command);
    // The first process of a running container; the caller polls it.
    base::Result<std::unique_ptr<sim::Process>> attach(const api::ObjectKey& pod,
                                                       const std::string& container,
                                                       const runtime::AttachOptions& options);
    // One request to a pod's address. nullopt: the connection is refused, or no HTTP is spoken.
    std::optional<runtime::HttpResponse> request(const api::ObjectKey& pod,
                                                 const runtime::HttpRequest& request);
    bool listens_on(const api::ObjectKey& pod, std::int32_t port);
    // Grows with each end of its process: with it go the connections that led through it.
    std::int64_t lives() const { return lives_; }
    // The pod that listens there in the node's own network; nothing when none does.
    std::optional<api::ObjectKey> host_listener(std::int32_t port);
    // Its pods, in the order in which they came.
    std::vector<api::Ref<api::Pod>> pods() const;
    // What its own HTTP server answers.
    runtime::HttpResponse own_answer(const runtime::HttpRequest& request) const;
    // What a container uses now; nothing when it does not run.
    runtime::Usage usage(const api::ObjectKey& pod, const std::string& container) const;

    void handle(const sim::Event& event) override;

private:
    void mark_changed(PodWorker& worker) override;
    sim::Duration until_relist() const override;
    sim::Duration until_tick_after(sim::Duration wait) const override;
    std::string allocate_address() override;
    void container_exited(runtime::Container& container) override;
    std::vector<PodWorker*> pods_to_evict() override;

    void pod_changed(const client::Change& change);
    void see_pod(const api::Ref<api::Pod>& pod, std::int64_t revision);
    // Why the node does not take a pod that it sees for the first time.
    std::optional<Rejection> rejection_of(const api::Pod& pod);
    std::vector<api::Ref<api::Pod>> pods_besides(const api::Pod& pod) const;
    void forget_pod(const api::Object& pod);
    // Makes the workers those of the pods in the cache, after a time of not looking.
    void take_stock();
    void tell_of_pods();
    void run();
    void relist();
    sim::Duration relist_phase() const;
    void dispatch_exec(const ExecOutcome& outcome);
    void create_static_pods();
    // What the kubelet's process keeps in memory only.
    void lose_process();
    PodWorker* worker(std::int64_t id);
    PodWorker* worker_of_uid(const api::Text& uid) const;
    PodWorker* worker(const api::ObjectKey& pod) const;
    PodWorker* worker_of_container(std::int64_t number);
    base::Result<runtime::Container*> running_container(const api::ObjectKey& pod,
                                                        const std::string& name) const;

    NodeSpec spec_;
    client::Client client_;
    client::EventRecorder recorder_;
    NodeContext context_;
    std::optional<ServiceVariables> services_{};
    runtime::ContainerRuntime runtime_;
    ImageManager images_;
    ProbeManager probes_;
    ExecRunner execs_;
    EvictionManager evictions_;
    NodeReporter reporter_;
    Power power_ = Power::On;
    std::int64_t lives_ = 0;
    sim::Instant booted_{};
    std::int64_t last_worker_ = 0;
    // By number. There are at most some hundred, so whoever looks for another property looks at all.
    std::vector<std::unique_ptr<PodWorker>> workers_{};
    std::set<std::int64_t> changed_{};  // workers to look at with the next relist
    sim::EventId relist_event_ = 0;
    std::vector<sim::Event> held_{};  // fell due while it was paused
    std::int64_t last_address_ = 1;
    client::Informer<api::Pod> pods_;
};

}  // namespace kubetab::node
