// Deployment controller: replaces pods of an old template by pods of a new one, step by step, through
// ReplicaSets.
//
// watches:  deployments; replicasets, through their controlling owner reference; deletions of pods (for
// Recreate) writes:   replicasets (create, scale, annotate, adopt, release, delete old ones);
// deployments/status with the
//           revision annotation; events
// upstream: pkg/controller/deployment/deployment_controller.go
// differs:  the annotation deprecated.deployment.rollback.to is not acted on, because nothing has written it
// since
//           extensions/v1beta1; `kubectl rollout undo` writes the template.
//
// The parts: deployment.cpp what to do, deployment_sync.cpp ReplicaSets and scaling, deployment_rolling.cpp
// and deployment_recreate.cpp the two strategies, deployment_progress.h the status, deployment_util.h the
// arithmetic.
#pragma once

#include <cstdint>
#include <string>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/deployment_util.h"

namespace kubetab::controllers {

class DeploymentController : public client::Controller {
public:
    DeploymentController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    // One reconcile's view. The ReplicaSets stay as they were at its beginning: resizing one shows in the
    // next.
    struct Rollout {
        api::Deployment deployment{};         // as last stored
        ReplicaSetList owned{};               // all of its ReplicaSets
        ReplicaSetList old{};                 // those with another template
        api::Ref<api::ReplicaSet> current{};  // the one with its template; may be null

        ReplicaSetList all() const { return with_new(old, current); }
    };
    enum class WhenMissing { LeaveOut, Create };

    // deployment.cpp
    base::Result<client::Requeue> act(Rollout& rollout);
    base::Result<ReplicaSetList> claimed_replica_sets(const api::Deployment& deployment);
    base::Result<void> refuse_empty_selector(Rollout& rollout);
    base::Result<void> note_pausing(Rollout& rollout);
    base::Result<bool> is_scaling(Rollout& rollout);
    void deployment_changed(const client::Change& change);
    void replica_set_changed(const client::Change& change);
    void pod_deleted(const api::Pod& pod, std::int64_t revision);
    api::Ref<api::Deployment> controller_of(const api::ObjectMeta& replica_set) const;
    void enqueue_those_matching(const api::ReplicaSet& orphan, std::int64_t revision);

    // deployment_sync.cpp
    base::Result<void> sort_out(Rollout& rollout, WhenMissing when_missing);
    base::Result<void> keep_new(Rollout& rollout, std::int64_t revision);
    base::Result<void> create_new(Rollout& rollout, std::int64_t revision);
    base::Result<void> creation_failed(Rollout& rollout, const api::ReplicaSet& wanted,
                                       const base::Status& failure);
    base::Result<void> after_creation(Rollout& rollout, const std::string& revision);
    base::Result<void> scale(Rollout& rollout);
    base::Result<void> scale_proportionally(Rollout& rollout);
    base::Result<void> clean_up(Rollout& rollout);
    // Sets size and size annotations; records ScalingReplicaSet. Gives the ReplicaSet as it is stored then.
    base::Result<api::Ref<api::ReplicaSet>> resize(Rollout& rollout,
                                                   const api::Ref<api::ReplicaSet>& replica_set,
                                                   std::int32_t size, const std::string& why);
    base::Result<void> write_status(Rollout& rollout, const std::string& why);
    base::Result<void> sync_status(Rollout& rollout);
    base::Result<client::Requeue> sync_rollout_status(Rollout& rollout);
    base::Result<client::Requeue> sync_scale_and_status(Rollout& rollout);

    // deployment_rolling.cpp
    base::Result<client::Requeue> roll(Rollout& rollout);
    base::Result<bool> scale_up_new(Rollout& rollout);
    base::Result<bool> scale_down_old(Rollout& rollout);
    base::Result<std::int32_t> scale_down_unhealthy(Rollout& rollout, ReplicaSetList& old,
                                                    std::int32_t limit);
    base::Result<std::int32_t> scale_down_available(Rollout& rollout, ReplicaSetList& old);

    // deployment_recreate.cpp
    base::Result<client::Requeue> recreate(Rollout& rollout);
    bool old_pods_run(const Rollout& rollout) const;

    client::Informer<api::Deployment>& deployments_;
    client::Informer<api::ReplicaSet>& replica_sets_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
};

}  // namespace kubetab::controllers
