// A pod on a node reports on each of its containers: it runs, has ended, or waits for a stated reason. Its
// phase and its readiness agree with that.

#include <algorithm>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class PodStatusChecker : public Checker {
public:
    std::string_view invariant() const override { return "pods say how they are"; }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        for (const auto& [key, object] : store.all(api::kind_of<api::Pod>())) {
            const auto& pod = static_cast<const api::Pod&>(*object);
            if (pod.spec->nodeName.empty() || api::is_pod_finished(pod) || api::is_terminating(pod)) continue;
            if (Violation violation = check(pod)) return "pod " + key.text() + " " + *violation;
        }
        return {};
    }

private:
    static Violation check(const api::Pod& pod) {
        const std::vector<api::ContainerStatus>& statuses = pod.status.containerStatuses;
        if (statuses.size() != pod.spec->containers.size()) return "does not report on all containers";
        bool all_ready = true;
        bool one_runs = false;
        for (const api::ContainerStatus& container : statuses) {
            const api::ContainerState& state = container.state;
            if (state.waiting && state.waiting->reason.empty())
                return "has a container that waits for no reason";
            if (state.waiting && state.waiting->reason == "ContainerCreating")
                return "is being made for ever";
            if (!state.waiting && !state.running && !state.terminated)
                return "has a container without a state";
            one_runs = one_runs || state.running;
            all_ready = all_ready && container.ready;
        }
        if (one_runs && pod.status.phase != "Running" && pod.status.phase != "Pending") {
            return "is in phase " + pod.status.phase + " though a container runs";
        }
        const bool plain = pod.spec->shared->readinessGates.empty();
        if (plain && api::is_pod_ready(pod) != all_ready) return "is not as ready as its containers";
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_pod_status_checker() {
    return std::make_unique<PodStatusChecker>();
}

}  // namespace kubetab::cluster
