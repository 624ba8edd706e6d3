// ClusterRole aggregation controller: a cluster role with an aggregationRule has the rules of those it
// selects.
//
// watches:  clusterroles
// writes:   clusterroles
// upstream: pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go
#pragma once

#include "engine/api/rbac.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class ClusterRoleAggregation : public client::Controller {
public:
    ClusterRoleAggregation(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    void enqueue_all(std::int64_t revision);

    client::Informer<api::ClusterRole>& roles_;
};

}  // namespace kubetab::controllers
