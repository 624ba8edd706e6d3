// PodWorker: brings one pod to what its spec says: volumes, sandbox, init containers, containers, restarts,
// probes, termination, and the status that tells of it.
//
// sync() is level-driven: it reports what is, then starts or kills what differs from the spec, and it may be
// called at any time. What takes time (mounting, pulling, hooks, a kill) suspends it; it goes on when the
// kubelet's timer or the runtime says so, and a sync asked for meanwhile follows afterwards. syncing →
// terminating → terminated, never back.
//
// upstream: pkg/kubelet/pod_workers.go, kuberuntime/kuberuntime_manager.go, kuberuntime_container.go
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/node/back_off.h"
#include "engine/node/image_manager.h"
#include "engine/node/node_context.h"
#include "engine/node/probe_manager.h"
#include "engine/node/volumes.h"

namespace kubetab::node {

class PodWorker;

// What a worker asks of its kubelet.
class WorkerHost {
public:
    virtual ~WorkerHost() = default;
    // A container has changed: look at the pod at the next relist. upstream: PLEG
    virtual void mark_changed(PodWorker& worker) = 0;
    // The next instant at which changes are looked for, and the next tick of the sync loop after that long.
    virtual sim::Duration until_relist() const = 0;
    virtual sim::Duration until_tick_after(sim::Duration wait) const = 0;
    // An address of the pod network; "" when there is none left.
    virtual std::string allocate_address() = 0;
};

// A run of a container that is over.
struct LastRun {
    api::Text url{};
    std::int32_t exit_code = 0;
    api::Text reason{};
    api::Text message{};
    sim::Instant started{};
    sim::Instant finished{};
    std::shared_ptr<runtime::ContainerLog> log{};
};

// What most containers never have.
struct Trouble {
    BackOff back_off{};
    api::Text waiting_reason{};  // why the latest attempt to start it failed; "" when it did not
    api::Text waiting_message{};
    sim::EventId grace_event = 0;  // its SIGKILL
    sim::EventId hook_event = 0;   // the end of a hook that sleeps
};

// One container of the spec, through all its runs.
struct ContainerSlot {
    api::Text name{};
    std::int64_t current = 0;  // number of its latest run in the runtime; 0: none yet
    api::Box<LastRun> last{};
    api::Text image_reference{};  // of the latest run
    api::Text image_id{};
    api::Text spec_image{};      // what the spec said then
    std::int64_t attempted = 0;  // the sync that has dealt with it
    api::Box<Trouble> trouble{};
    std::int32_t restarts = 0;
    bool init : 1 = false;
    bool sidecar : 1 = false;
    bool ephemeral : 1 = false;  // started once, whatever the others do, and never again
    bool starting : 1 = false;   // past the back-off, waiting for its image
    bool killing : 1 = false;
    bool its_turn_next : 1 = false;  // a sidecar that has only the others' end to wait for before its own
    bool again : 1 = false;          // its sandbox is gone: run it again although it had ended
    enum class Hook : std::uint8_t { None, Running, Done } post_start = Hook::None;
};

class PodWorker final : public ProbedPod {
public:
    enum class State : std::uint8_t {
        Syncing,
        Terminating,
        Ended,  // of its containers, by being deleted; the runtime's view is awaited
        Terminated,
    };

    PodWorker(NodeContext& context, WorkerHost& host, std::int64_t id, api::Ref<api::Pod> pod);
    ~PodWorker() override;
    PodWorker(const PodWorker&) = delete;
    PodWorker& operator=(const PodWorker&) = delete;

    std::int64_t id() const { return id_; }
    const api::Ref<api::Pod>& pod() const { return pod_; }
    api::ObjectKey key() const { return api::ObjectKey::of(pod_->metadata); }
    State state() const { return state_; }
    const std::string& address() const { return address_; }
    bool gone() const { return gone_; }
    const std::vector<ContainerSlot>& slots() const { return slots_; }
    const ContainerSlot* slot(const std::string& name) const;
    runtime::Container* container(const ContainerSlot& slot) const {
        return context_.runtime->find(slot.current);
    }

    // The API server's pod has changed, at that revision.
    void update(api::Ref<api::Pod> pod, std::int64_t revision);
    // It is no longer there.
    void pod_removed();
    void sync();
    // Continuations of a sync that waits.
    void volumes_due();
    void pull_done();
    void hook_due(std::int64_t container);
    void exec_finished(const ExecOutcome& outcome);
    void container_exited(runtime::Container& container);
    void grace_over(std::int64_t container);
    void deadline_over();
    // The node ends it, because something runs short there. upstream: evictPod
    void evict(const std::string& message);
    // The node does not take it at all. upstream: rejectPod
    void reject(const std::string& reason, const std::string& message);
    void finish();
    void status_due();
    // Somebody else may have changed its status: looks again with the status manager's next tick.
    void check_status_soon();
    // The kubelet's process ends: what it was doing is forgotten, and containers run on.
    void process_lost();
    // The machine stops: its containers are lost too.
    void power_lost();
    // The kubelet is there again, after either.
    void process_back();
    // Writes the status if it differs from what the API server has.
    void write_status(const std::string& reason);

    std::int64_t probed_id() const override { return id_; }
    const api::Pod& probed_pod() const override { return *pod_; }
    runtime::Container* probed_container(const std::string& name) override;
    const std::string& probed_address() const override { return address_; }
    runtime::Container* listener(std::int32_t port) override;
    bool is_deleting() const override { return state_ != State::Syncing; }
    void probe_changed(const std::string& container, ProbeKind kind, ProbeResult result) override;

private:
    enum class Step : std::uint8_t { Idle, Volumes, Pulling, Killing, Hook };
    enum class Outcome : std::uint8_t { Done, Failed, Waiting };
    // What most pods never have, or not for long.
    struct Rare {
        sim::EventId deadline_event = 0;
        sim::EventId status_event = 0;
        std::optional<sim::Instant> attach_wait{};  // since when nothing but an attachment is missing
        std::optional<sim::Instant> kill_at{};
        api::Text failed_reason{};  // e.g. DeadlineExceeded
        api::Text failed_message{};
        int mount_failures = 0;  // in a row
        bool evicted = false;
        bool rejected = false;
        std::vector<api::Container> ephemeral{};
    };

    // pod_worker.cpp
    const api::Container& spec_of(const ContainerSlot& slot) const;
    static std::string field_path_of(const ContainerSlot& slot);
    void learn_ephemeral();
    void advance();
    bool ensure_volumes();
    void await_attachment(const std::vector<PodVolumes::Problem>& problems);
    bool ensure_sandbox();
    bool kill_what_must_restart();
    Outcome start_ephemeral_containers();
    Outcome start_init_containers(bool& initialized);
    Outcome start_main_containers();
    bool should_start(const ContainerSlot& slot) const;
    void finish_sync(Outcome outcome);
    void schedule_sync(sim::Duration after, sim::Cadence cadence);
    bool init_failed() const;

    // pod_start.cpp
    Outcome start(ContainerSlot& slot);
    bool in_back_off(ContainerSlot& slot);
    Outcome fail_start(ContainerSlot& slot, std::string reason, std::string message, std::string event = {});
    Outcome run(ContainerSlot& slot, const ImageAnswer& image);
    std::string user_problem(const api::Container& container, const runtime::Image& image) const;
    std::string target_problem(const ContainerSlot& slot) const;
    Outcome post_start(ContainerSlot& slot, runtime::Container& container);
    Outcome post_start_over(ContainerSlot& slot, const std::string& problem);
    std::string hook_and_place(const ContainerSlot& slot, const std::string& hook) const;
    std::string problem_of_hook(const ContainerSlot& slot, const ExecOutcome& outcome) const;
    std::string unanswered_hook(const ContainerSlot& slot) const;
    void keep_last_run(ContainerSlot& slot);

    // pod_termination.cpp
    void begin_termination(const std::string& reason);
    void stop_containers();
    void terminate(ContainerSlot& slot, sim::Duration grace, const std::string& message);
    void pre_stop(ContainerSlot& slot, runtime::Container& container, sim::Duration grace);
    void signal(ContainerSlot& slot, runtime::Container& run);
    void signal_next_sidecar();
    bool have_gates_moved(const api::PodStatus& before, const api::PodStatus& now) const;
    bool waits_for_others(const ContainerSlot& slot) const;
    bool any_running(bool sidecars) const;
    sim::Duration grace() const;
    void killed();

    // pod_status.cpp
    api::PodStatus make_status(const api::PodStatus& stored) const;
    std::string make_phase(const std::vector<api::ContainerStatus>& init,
                           const std::vector<api::ContainerStatus>& main) const;
    std::string init_phase(const std::vector<api::ContainerStatus>& init, bool main_started) const;
    std::string main_phase(const std::vector<api::ContainerStatus>& main) const;
    void add_conditions(api::PodStatus& status, const api::PodStatus& stored, const std::string& phase) const;
    api::ContainerStatus make_container_status(const ContainerSlot& slot) const;
    void add_waiting(const ContainerSlot& slot, api::ContainerStatus& status) const;
    bool is_started(const ContainerSlot& slot) const;
    bool is_ready(const ContainerSlot& slot) const;
    bool has_main_started() const;
    std::string describe_change(const api::PodStatus& before, const api::PodStatus& after) const;

    NodeContext& context_;
    WorkerHost& host_;
    std::int64_t id_;
    api::Ref<api::Pod> pod_;
    std::int64_t revision_ = 0;  // of the latest change seen
    sim::EventId timer_ = 0;     // the step's, or the next sync
    std::int64_t sync_number_ = 0;
    sim::Instant first_seen_{};
    State state_ = State::Syncing;
    Step step_ = Step::Idle;
    bool again_ = false;  // a sync was asked for during a sync
    bool gone_ = false;
    bool volumes_mounted_ = false;
    bool sandbox_ = false;
    bool had_sandbox_ = false;
    api::Text address_{};
    api::Box<Rare> rare_{};
    api::Text image_story_{};  // how the images got here, for causes
    // Init containers first, in order; ephemeral ones last, as they came.
    std::vector<ContainerSlot> slots_{};
    std::unique_ptr<PodVolumes> volumes_{};
};

}  // namespace kubetab::node
