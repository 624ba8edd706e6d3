// Cloud node lifecycle controller: a node that is not ready because its machine was deleted in the cloud is
// deleted too; one whose machine is off is tainted until it is ready again. Looks every five seconds.
//
// watches:  nodes
// writes:   nodes (delete, taints), events
// upstream: staging/src/k8s.io/cloud-provider/controllers/nodelifecycle/node_lifecycle_controller.go
#pragma once

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/cloud_provider.h"

namespace kubetab::controllers {

class CloudNodeLifecycleController : public client::Controller {
public:
    // The cloud outlives it.
    CloudNodeLifecycleController(sim::Simulation& simulation, client::InformerFactory& informers,
                                 const CloudProvider& cloud);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    void look_again();

    client::Informer<api::Node>& nodes_;
    const CloudProvider& cloud_;
    client::EventRecorder events_;
};

}  // namespace kubetab::controllers
