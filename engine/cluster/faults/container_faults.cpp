// Faults of one pod's containers.
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::cluster {
namespace {

constexpr sim::Duration kShortLife = sim::seconds(1);

base::Result<node::Kubelet*> machine_of_pod(FaultUse& use) {
    const api::Ref<api::Pod> pod =
        api::cast<api::Pod>(use.cluster.store().get(api::kind_of<api::Pod>(), use.key()));
    node::Kubelet* machine = pod ? use.cluster.kubelet(pod->spec->nodeName) : nullptr;
    if (machine != nullptr) return machine;
    return base::failure(base::Reason::BadRequest, "pod \"" + use.key().name + "\" runs on no node yet");
}

base::Result<void> crash_once(FaultUse& use) {
    node::Kubelet* machine = TRY(machine_of_pod(use));
    return machine->crash_container(use.key(), use.value("container"),
                                    static_cast<std::int32_t>(use.number("code") % 256));
}

// What the kernel does to a process whose cgroup is full.
base::Result<void> run_out_of_memory(FaultUse& use) {
    node::Kubelet* machine = TRY(machine_of_pod(use));
    return machine->crash_container(use.key(), use.value("container"), 137, "OOMKilled");
}

base::Result<void> begin_crash_loop(FaultUse& use) {
    TRY(crash_once(use));
    use.note = TRY(machine_of_pod(use))->uid_of(use.key()).str();
    return {};
}

// Lets a container live for a second. Over when the pod is gone.
bool crash_again(FaultUse& use) {
    const base::Result<node::Kubelet*> machine = machine_of_pod(use);
    if (!machine.ok() || (*machine)->uid_of(use.key()) != use.note) return false;
    const std::optional<sim::Instant> since = (*machine)->running_since(use.key(), use.value("container"));
    if (!since || use.cluster.now() - *since < kShortLife || (*machine)->paused()) return true;
    (void)crash_once(use);  // What does not run any more is as good.
    return true;
}
void end_crash_loop(FaultUse&) {}

base::Result<void> silence_probes(FaultUse& use) {
    node::Kubelet* machine = TRY(machine_of_pod(use));
    const api::Text uid = machine->uid_of(use.key());
    if (uid.empty())
        return base::failure(base::Reason::BadRequest, "pod \"" + use.key().name + "\" does not run");
    machine->faults().silent_pods.insert(uid);
    use.note = uid.str();
    return {};
}
bool still_silent(FaultUse& use) {
    const base::Result<node::Kubelet*> machine = machine_of_pod(use);
    return machine.ok() && (*machine)->uid_of(use.key()) == use.note;
}
void answer_probes(FaultUse& use) {
    for (const std::string& name : use.cluster.machines())
        use.cluster.kubelet(name)->faults().silent_pods.erase(use.note);
}

const FaultParameter kContainer{"container", "", "which one; the first when nothing is said"};

}  // namespace

void add_container_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "container-crash",
                      .acts_on = ActsOn::Pod,
                      .help = "a container of the pod ends",
                      .begin = crash_once,
                      .parameters = {kContainer, {"code", "137", "its exit code"}}});
    faults.push_back({.name = "container-oom",
                      .acts_on = ActsOn::Pod,
                      .help = "a container of the pod uses more memory than it may and is killed",
                      .begin = run_out_of_memory,
                      .parameters = {kContainer}});
    faults.push_back({.name = "crash-loop",
                      .acts_on = ActsOn::Pod,
                      .help = "a container of the pod ends a second after each start",
                      .begin = begin_crash_loop,
                      .end = end_crash_loop,
                      .step = crash_again,
                      .parameters = {kContainer, {"code", "1", "its exit code"}}});
    faults.push_back({.name = "probe-timeout",
                      .acts_on = ActsOn::Pod,
                      .help = "the pod does not answer its probes in time",
                      .begin = silence_probes,
                      .end = answer_probes,
                      .step = still_silent});
}

}  // namespace kubetab::cluster
