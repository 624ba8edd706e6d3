// ProbeManager: asks containers whether they have started, live and are ready, each at its own rhythm.
//
// A probe ticks only while its container runs, and an answer that changes nothing writes nothing. Its result
// counts after as many equal answers as its threshold says; then the listener is told.
//
// upstream: pkg/kubelet/prober/{worker,prober,prober_manager}.go
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/node/exec_runner.h"
#include "engine/node/node_context.h"

namespace kubetab::node {

enum class ProbeKind : std::uint8_t { Startup, Liveness, Readiness };
enum class ProbeResult : std::uint8_t { Unknown, Success, Failure };

// What a probe needs to know of its pod. Implemented by the pod worker.
class ProbedPod {
public:
    virtual ~ProbedPod() = default;
    virtual std::int64_t probed_id() const = 0;
    virtual const api::Pod& probed_pod() const = 0;
    // The running container of that name; null when it does not run.
    virtual runtime::Container* probed_container(const std::string& name) = 0;
    virtual const std::string& probed_address() const = 0;
    // Some running container of the pod listens there. Null when none does.
    virtual runtime::Container* listener(std::int32_t port) = 0;
    virtual bool is_deleting() const = 0;
    virtual void probe_changed(const std::string& container, ProbeKind kind, ProbeResult result) = 0;
};

class ProbeManager {
public:
    explicit ProbeManager(NodeContext& context) : context_(context) {}

    // Begins with all probes of the pod; those that are known go on. upstream: AddPod
    void add(ProbedPod& pod);
    void remove(std::int64_t pod);
    // A container of the pod runs: its probes tick. `immediately` runs readiness now if it is not ready.
    void container_runs(ProbedPod& pod, const std::string& container, bool immediately);
    // upstream: StopLivenessAndStartup
    void stop_liveness(std::int64_t pod);
    // All timers are gone, as after a power cut; the probes stay.
    void halt();

    // The present result; a container without such a probe has Success.
    ProbeResult result(std::int64_t pod, const std::string& container, ProbeKind kind) const;
    bool has(std::int64_t pod, const std::string& container, ProbeKind kind) const;

    void tick(std::int64_t probe);
    void exec_finished(const ExecOutcome& outcome);
    // Nobody has answered a probe within its time.
    void timed_out(std::int64_t number);

private:
    struct Probe {
        ProbedPod* pod = nullptr;
        std::string container{};
        ProbeKind kind = ProbeKind::Readiness;
        api::Box<api::Probe> spec{};
        bool init = false;
        sim::Instant base{};                // ticks are at base + n · period
        std::int64_t container_number = 0;  // the run that the result is about
        ProbeResult result = ProbeResult::Unknown;
        ProbeResult last = ProbeResult::Unknown;
        std::int32_t run = 0;  // equal answers in a row
        bool on_hold = false;
        bool stopped = false;
        bool asking = false;
        sim::EventId event = 0;
    };
    struct Answer {
        ProbeResult result = ProbeResult::Unknown;
        std::string output{};
        bool error = false;  // not counted
    };
    using Key = std::tuple<std::int64_t, std::string, ProbeKind>;

    void add_one(ProbedPod& pod, const api::Container& container, ProbeKind kind, bool init);
    void schedule_tick(std::int64_t number, Probe& probe);
    void ask(std::int64_t number, Probe& probe);
    void count(Probe& probe, const Answer& answer);
    void report(const Probe& probe, const Answer& answer) const;
    void execute(std::int64_t number, Probe& probe, runtime::Container& container);
    Answer hollow(const Probe& probe) const;
    Answer http(const Probe& probe) const;
    Answer silence(const Probe& probe) const;
    std::string address_of(const Probe& probe) const;
    Answer tcp(const Probe& probe) const;
    std::optional<std::int32_t> port(const Probe& probe, const api::IntOrString& port) const;
    const Probe* find(std::int64_t pod, const std::string& container, ProbeKind kind) const;

    NodeContext& context_;
    std::int64_t last_number_ = 0;
    std::map<std::int64_t, Probe> probes_{};
    std::map<Key, std::int64_t> numbers_{};
};

}  // namespace kubetab::node
