// ServiceAccount controller: every active namespace has a ServiceAccount `default`.
//
// watches:  namespaces; serviceaccounts
// writes:   serviceaccounts (create)
// upstream: pkg/controller/serviceaccount/serviceaccounts_controller.go
#pragma once

#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class ServiceAccountController : public client::Controller {
public:
    ServiceAccountController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    client::Informer<api::Namespace>& namespaces_;
    client::Informer<api::ServiceAccount>& accounts_;
};

}  // namespace kubetab::controllers
