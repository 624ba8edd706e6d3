// At rest a ReplicaSet has as many pods as it asks for, or says why not; it has adopted what it may, and its
// status counts what there is.

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

struct Count {
    std::int32_t active = 0;
    std::int32_t ready = 0;
    std::string orphan{};  // a pod that nobody owns and that it selects
};

Count count_pods(const store::Store& store, const api::ReplicaSet& set) {
    Count count;
    const base::Result<api::Selector> selector = api::Selector::of(set.spec.selector);
    for (const auto& [key, object] : store.all(api::kind_of<api::Pod>())) {
        const auto& pod = static_cast<const api::Pod&>(*object);
        if (key.namespace_ != set.metadata.namespace_ || !api::is_pod_active(pod)) continue;
        const api::OwnerReference* owner = api::controller_of(pod.metadata);
        if (owner == nullptr && selector.ok() && selector->matches(pod.metadata.labels))
            count.orphan = key.name;
        if (owner == nullptr || owner->uid != set.metadata.uid) continue;
        ++count.active;
        if (api::is_pod_ready(pod)) ++count.ready;
    }
    return count;
}

class ReplicaSetsChecker : public Checker {
public:
    std::string_view invariant() const override { return "replica sets have their pods"; }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        for (const auto& [key, object] : store.all(api::kind_of<api::ReplicaSet>())) {
            const auto& set = static_cast<const api::ReplicaSet&>(*object);
            if (api::is_terminating(set)) continue;
            if (Violation violation = check(store, set))
                return "replica set " + key.text() + " " + *violation;
        }
        return {};
    }

private:
    static Violation check(const store::Store& store, const api::ReplicaSet& set) {
        const Count count = count_pods(store, set);
        const std::int32_t wanted = set.spec.replicas.value_or(1);
        const bool excused = api::is_condition_true(set.status.conditions, "ReplicaFailure");
        if (count.active != wanted && !excused) {
            return "has " + std::to_string(count.active) + " pods and wants " + std::to_string(wanted);
        }
        if (!count.orphan.empty()) return "did not adopt pod " + count.orphan;
        if (set.status.observedGeneration != set.metadata.generation) return "was not observed";
        if (set.status.replicas != count.active) {
            return "says it has " + std::to_string(set.status.replicas) + " pods and has " +
                   std::to_string(count.active);
        }
        if (set.status.readyReplicas == count.ready) return {};
        return "says that " + std::to_string(set.status.readyReplicas) + " pods are ready, and " +
               std::to_string(count.ready) + " are";
    }
};

}  // namespace

std::unique_ptr<Checker> make_replica_sets_checker() {
    return std::make_unique<ReplicaSetsChecker>();
}

}  // namespace kubetab::cluster
