// Endpoints controller: the older list of the pods behind each service with a selector, one object per
// service.
//
// watches:  services; pods by the services' selectors; endpoints
// writes:   endpoints; events
// upstream: pkg/controller/endpoint/endpoints_controller.go
#pragma once

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/last_write.h"
#include "engine/controllers/service_endpoints.h"

namespace kubetab::controllers {

class EndpointsController : public client::Controller {
public:
    EndpointsController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    base::Result<void> remove(const api::ObjectKey& key);
    base::Result<void> write(const api::Service& service, api::Endpoints wanted, bool exists);

    client::Informer<api::Service>& services_;
    client::Informer<api::Pod>& pods_;
    client::Informer<api::Endpoints>& endpoints_;
    client::EventRecorder events_;
    TriggerTimes trigger_times_{};
    LastWrite last_write_{};
};

}  // namespace kubetab::controllers
