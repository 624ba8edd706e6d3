// At rest a Deployment is complete, or only waits for pods of its newest revision to become available, or
// says that its progress took too long. A paused one is left as it is.
//
// One stands still when a ReplicaSet of it was sized for another number than is asked for now, and was then
// given that number by hand, or is not alone under strategy Recreate, as when somebody scales sets while the
// controller is down: the controller takes that for a scaling, and finds nothing that it would scale.
// upstream: deployment/sync.go [scale]
//
// Nor does one say anything of a new ReplicaSet when the write fails that would tell of its creation, and
// none of its pods gets on: then it still speaks of the set before.
// upstream: deployment/sync.go [getNewReplicaSet], util/deployment_util.go [DeploymentProgressing]

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
            const bool old_news = speaks_of_another(newest(store, deployment), deployment);
            if (Violation violation = check(deployment, now, old_news))
                return "deployment " + key.text() + " " + *violation;
        }
        return {};
    }

private:
    static bool stands_still(const store::Store& store, const api::Deployment& deployment) {
        const std::int32_t wanted = deployment.spec.replicas.value_or(1);
        const std::string size = std::to_string(wanted);
        int active = 0;
        bool sized_otherwise = false;
        bool has_number = false;
        for (const auto& [key, object] : store.all(api::kind_of<api::ReplicaSet>())) {
            const auto& set = static_cast<const api::ReplicaSet&>(*object);
            const api::OwnerReference* owner = api::controller_of(set.metadata);
            if (owner == nullptr || owner->uid != deployment.metadata.uid) continue;
            const std::int32_t replicas = set.spec.replicas.value_or(1);
            if (replicas == 0) continue;
            ++active;
            has_number = replicas == wanted;
            if (set.metadata.annotations.value_or(controllers::kDesiredReplicas, size) != size)
                sized_otherwise = true;
        }
        if (active == 1) return sized_otherwise && has_number;
        return sized_otherwise && active > 1 && deployment.spec.strategy.type == "Recreate";
    }

    // The ReplicaSet of the deployment's revision; "" without one.
    static std::string newest(const store::Store& store, const api::Deployment& deployment) {
        const std::string revision = deployment.metadata.annotations.value_or(controllers::kRevision, "");
        for (const auto& [key, set] : store.all(api::kind_of<api::ReplicaSet>())) {
            const api::OwnerReference* owner = api::controller_of(set->metadata);
            if (owner == nullptr || owner->uid != deployment.metadata.uid) continue;
            if (set->metadata.annotations.value_or(controllers::kRevision, "") == revision) return key.name;
        }
        return {};
    }

    static bool speaks_of_another(const std::string& newest, const api::Deployment& deployment) {
        const api::DeploymentCondition* progress =
            api::find_condition(deployment.status.conditions, "Progressing");
        return progress != nullptr && !newest.empty() &&
               progress->message.view().find('"' + newest + '"') == std::string_view::npos;
    }

    static Violation check(const api::Deployment& deployment, sim::Instant now, bool old_news) {
        const api::DeploymentStatus& status = deployment.status;
        if (status.observedGeneration != deployment.metadata.generation) return "was not observed";
        if (deployment.spec.paused) return {};
        const std::int32_t wanted = deployment.spec.replicas.value_or(1);
        const bool rolled_out = status.updatedReplicas == wanted && status.replicas == wanted;
        if (rolled_out && status.availableReplicas == wanted) return {};
        const api::DeploymentCondition* progress = api::find_condition(status.conditions, "Progressing");
        if (progress == nullptr) return "is not complete and says nothing of its progress";
        if (progress->reason == "NewReplicaSetAvailable") {
            return rolled_out || old_news ? Violation{} : "says it is complete and is not";
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
