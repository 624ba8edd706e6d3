// At rest a Deployment is complete, or only waits for pods of its newest revision to become available, or
// says that its progress took too long. A paused one is left as it is.
//
// One with strategy Recreate stands still when several of its ReplicaSets have replicas and one was sized for another
// number than is asked for now, as when somebody scales an old set while the controller is down: the controller takes
// that for a scaling, and scales proportionally only with RollingUpdate. upstream: deployment/sync.go [scale]

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/cluster/checkers/checkers.h"
#include "engine/controllers/deployment_util.h"

namespace kubetab::cluster {
namespace {

constexpr std::int64_t kSlackSeconds = 5;

class DeploymentsChecker : public Checker {
public:
    std::string_view invariant() const override { return "deployments complete or say why not"; }

    Violation look_settled(const store::Store& store, sim::Instant now) override {
        for (const auto& [key, object] : store.all(api::kind_of<api::Deployment>())) {
            const auto& deployment = static_cast<const api::Deployment&>(*object);
            if (api::is_terminating(deployment)) continue;
            if (stands_still(store, deployment)) continue;
            if (Violation violation = check(deployment, now))
                return "deployment " + key.text() + " " + *violation;
        }
        return {};
    }

private:
    static bool stands_still(const store::Store& store, const api::Deployment& deployment) {
        if (deployment.spec.strategy.type != "Recreate") return false;
        const std::string wanted = std::to_string(deployment.spec.replicas.value_or(1));
        int active = 0;
        bool sized_otherwise = false;
        for (const auto& [key, object] : store.all(api::kind_of<api::ReplicaSet>())) {
            const auto& set = static_cast<const api::ReplicaSet&>(*object);
            const api::OwnerReference* owner = api::controller_of(set.metadata);
            if (owner == nullptr || owner->uid != deployment.metadata.uid) continue;
            if (set.spec.replicas.value_or(1) == 0) continue;
            ++active;
            if (set.metadata.annotations.value_or(controllers::kDesiredReplicas, wanted) != wanted)
                sized_otherwise = true;
        }
        return active > 1 && sized_otherwise;
    }

    static Violation check(const api::Deployment& deployment, sim::Instant now) {
        const api::DeploymentStatus& status = deployment.status;
        if (status.observedGeneration != deployment.metadata.generation) return "was not observed";
        if (deployment.spec.paused) return {};
        const std::int32_t wanted = deployment.spec.replicas.value_or(1);
        const bool rolled_out = status.updatedReplicas == wanted && status.replicas == wanted;
        if (rolled_out && status.availableReplicas == wanted) return {};
        const api::DeploymentCondition* progress = api::find_condition(status.conditions, "Progressing");
        if (progress == nullptr) return "is not complete and says nothing of its progress";
        if (progress->reason == "NewReplicaSetAvailable") {
            return rolled_out ? Violation{} : "says it is complete and is not";
        }
        if (progress->status == "False") {
            return progress->reason.empty() || progress->message.empty() ? "failed for no reason"
                                                                         : Violation{};
        }
        const std::int64_t deadline = deployment.spec.progressDeadlineSeconds.value_or(600);
        const std::int64_t waited = now.unix_seconds() - progress->lastUpdateTime.seconds;
        if (waited <= deadline + kSlackSeconds) return {};  // It does go on, if slowly.
        return "has made no progress for " + std::to_string(waited) + " s and does not say so";
    }
};

}  // namespace

std::unique_ptr<Checker> make_deployments_checker() {
    return std::make_unique<DeploymentsChecker>();
}

}  // namespace kubetab::cluster
