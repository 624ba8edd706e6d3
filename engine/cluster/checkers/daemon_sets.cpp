// At rest a daemon set has at most one pod on a node, and says how many it has.

#include <set>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class DaemonSetsChecker : public Checker {
public:
    std::string_view invariant() const override { return "a daemon set has one pod on a node"; }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        std::set<std::pair<std::string, std::string>> taken;  // uid of the set, node
        for (const auto& [key, object] : store.all(api::kind_of<api::Pod>())) {
            const auto& pod = static_cast<const api::Pod&>(*object);
            const api::OwnerReference* owner = api::controller_of(pod.metadata);
            if (owner == nullptr || owner->kind != "DaemonSet" || pod.spec->nodeName.empty()) continue;
            if (api::is_pod_finished(pod) || pod.metadata.deletionTimestamp.is_set()) continue;
            if (!taken.emplace(owner->uid, pod.spec->nodeName).second)
                return owner->name + " has more than one pod on " + pod.spec->nodeName;
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_daemon_sets_checker() {
    return std::make_unique<DaemonSetsChecker>();
}

}  // namespace kubetab::cluster
