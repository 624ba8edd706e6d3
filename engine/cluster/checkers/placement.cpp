// No pod without wishes waits for a node while one that it tolerates has room.

#include <map>

#include "engine/api/kinds.h"
#include "engine/api/pod_resources.h"
#include "engine/api/pod_status.h"
#include "engine/api/tolerations.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

// Only its requests decide where it may run.
bool has_no_wishes(const api::PodSpec& spec) {
    return spec.shared->nodeSelector.empty() && !spec.shared->affinity &&
           spec.shared->topologySpreadConstraints.empty() && spec.volumes.size() <= 1 &&
           spec.shared->schedulingGates.empty() && api::host_ports(spec).empty();
}

bool takes(const api::Node& node, const api::Pod& pod) {
    if (node.spec.unschedulable || !api::is_condition_true(node.status.conditions, "Ready")) return false;
    for (const api::Taint& taint : node.spec.taints) {
        if (taint.effect != "PreferNoSchedule" && !api::tolerates(pod.spec->tolerations, taint)) return false;
    }
    return true;
}

bool fits(const api::ResourceList& used, const api::ResourceList& wanted, const api::ResourceList& has) {
    for (const auto& [resource, quantity] : wanted) {
        if (quantity.is_zero()) continue;
        if (has.value_or(resource, {}) < used.value_or(resource, {}) + quantity) return false;
    }
    return true;
}

class PlacementChecker : public Checker {
public:
    std::string_view invariant() const override { return "a pod that fits gets a node"; }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        std::map<std::string, api::ResourceList> used;
        std::vector<const api::Pod*> waiting;
        for (const auto& [key, object] : store.all(api::kind_of<api::Pod>())) {
            const auto& pod = static_cast<const api::Pod&>(*object);
            if (api::is_pod_finished(pod)) continue;
            if (!pod.spec->nodeName.empty()) {
                used[pod.spec->nodeName] = api::sum(used[pod.spec->nodeName], requests_of(pod));
            } else if (!api::is_terminating(pod) && has_no_wishes(*pod.spec)) {
                waiting.push_back(&pod);
            }
        }
        for (const api::Pod* pod : waiting) {
            for (const auto& [key, object] : store.all(api::kind_of<api::Node>())) {
                const auto& node = static_cast<const api::Node&>(*object);
                if (!takes(node, *pod) || !fits(used[key.name], requests_of(*pod), node.status.allocatable))
                    continue;
                return api::ObjectKey::of(pod->metadata).text() + " waits though " + key.name +
                       " has room for it";
            }
        }
        return {};
    }

private:
    static api::ResourceList requests_of(const api::Pod& pod) {
        api::ResourceList requests = api::pod_requests(*pod.spec);
        requests["pods"] = api::Quantity::of_units(1);
        return requests;
    }
};

}  // namespace

std::unique_ptr<Checker> make_placement_checker() {
    return std::make_unique<PlacementChecker>();
}

}  // namespace kubetab::cluster
