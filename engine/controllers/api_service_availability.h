// APIService availability: finds out, for each APIService, whether somebody answers behind its Service.
//
// watches:  apiservices; services; endpoints
// writes:   apiservices/status
// upstream: staging/src/k8s.io/kube-aggregator/pkg/controllers/status/
// differs:  nobody is asked over the network: a metrics server is the one extension that can answer, and it
// does
//           once its pod is ready.
#pragma once

#include "engine/api/api_service.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class ApiServiceAvailability : public client::Controller {
public:
    ApiServiceAvailability(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    api::APIServiceCondition condition_of(const api::APIService& service) const;
    // Why the Service does not answer; the reason is empty when it does.
    api::APIServiceCondition problem_of(const api::APIServiceSpec& spec) const;
    bool answers(const api::APIServiceSpec& spec, const api::EndpointAddress& address) const;

    client::Informer<api::APIService>& api_services_;
    client::Informer<api::Service>& services_;
    client::Informer<api::Endpoints>& endpoints_;
    client::Informer<api::Pod>& pods_;
};

}  // namespace kubetab::controllers
