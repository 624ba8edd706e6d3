// ReplicaSet controller: keeps as many pods as spec.replicas asks for. The same for ReplicationControllers,
// which differ in how they select.
//
// watches:  replicasets or replicationcontrollers; pods, through their controlling owner reference
// writes:   pods (create, delete, adopt, release); the status of the former; events
// upstream: pkg/controller/replicaset/replica_set.go
// differs:  a sync makes or deletes 50 pods at most, not 500, because one event of the simulation has to be
// short; the
//           next 50 follow as soon as the cache shows these.
#pragma once

#include <optional>
#include <vector>

#include "engine/api/core/replication_controller.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/expectations.h"
#include "engine/client/informer.h"
#include "engine/controllers/pod_control.h"
#include "engine/controllers/replica_counts.h"

namespace kubetab::controllers {

// `Set` is ReplicaSet or ReplicationController.
template <class Set>
class ReplicaController : public client::Controller {
public:
    ReplicaController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    using PodList = std::vector<api::Ref<api::Pod>>;

    base::Result<PodList> claimed_pods(const Set& replica_set);
    base::Result<client::Requeue> reconcile_pods(const Set& replica_set, bool may_manage);
    std::optional<base::Status> create_missing(const Set& replica_set, std::int32_t existing);
    std::optional<base::Status> delete_surplus(const Set& replica_set, const PodList& active);
    std::optional<base::Status> create_pods(const Set& replica_set, std::int32_t count);
    std::optional<base::Status> delete_pods(const Set& replica_set, const PodList& pods);
    PodList related_pods(const Set& replica_set) const;
    // `failure` is what managing the pods failed with, if it did; it is the result then.
    base::Result<void> write_status(const Set& replica_set, const ReplicaCounts& counts,
                                    const std::optional<base::Status>& failure);
    base::Result<void> store_status(const Set& replica_set, const StatusOf<Set>& status);

    void replica_set_changed(const client::Change& change);
    void pod_changed(const client::Change& change);
    // After pods may have come and gone unseen; upstream would wait five minutes.
    void expect_nothing();
    void pod_deleted(const api::Pod& pod, std::int64_t revision);
    void pod_updated(const api::Pod& before, const api::Pod& after, std::int64_t revision);
    // The ReplicaSet that the reference names, or null when it is another one of that name, or none.
    api::Ref<Set> controller_of(const api::Pod& pod) const;
    void enqueue_those_matching(const api::Pod& orphan, std::int64_t revision);

    client::Informer<Set>& replica_sets_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    PodControl pod_control_;
    client::Expectations expectations_{};
    ReplicaTally tally_;
};

using ReplicaSetController = ReplicaController<api::ReplicaSet>;
using ReplicationControllerController = ReplicaController<api::ReplicationController>;

}  // namespace kubetab::controllers
