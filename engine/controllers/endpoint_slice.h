// EndpointSlice controller: lists the pods behind each service with a selector, at most a hundred per slice.
//
// watches:  services; pods by the services' selectors; endpointslices; nodes (for the zone)
// writes:   endpointslices; events
// upstream: pkg/controller/endpointslice/endpointslice_controller.go, staging/src/k8s.io/endpointslice
// differs:  one address family (IPv4), because the simulated network has one.
#pragma once

#include <vector>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/endpoint_slice_packing.h"
#include "engine/controllers/last_write.h"
#include "engine/controllers/service_endpoints.h"

namespace kubetab::controllers {

class EndpointSliceController : public client::Controller {
public:
    EndpointSliceController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    struct Desired {
        std::vector<EndpointGroup> groups{};
        std::size_t unknown_nodes = 0;  // pods left out because their node is not known
    };

    Desired desired_of(const api::Service& service, const std::vector<api::Ref<api::Pod>>& pods) const;
    base::Result<void> carry_out(const api::Service& service, SlicePlan plan, api::Time trigger_time);
    void slice_changed(const client::Change& change);

    client::Informer<api::Service>& services_;
    client::Informer<api::Pod>& pods_;
    client::Informer<api::EndpointSlice>& slices_;
    client::Informer<api::Node>& nodes_;
    client::EventRecorder events_;
    TriggerTimes trigger_times_{};
    LastWrite last_write_{};
};

}  // namespace kubetab::controllers
