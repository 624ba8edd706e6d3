// Root CA publisher: every active namespace has the ConfigMap kube-root-ca.crt, which pods mount beside their
// token.
//
// watches:  namespaces; configmaps
// writes:   configmaps (create, update)
// upstream: pkg/controller/certificates/rootcacertpublisher/publisher.go
#pragma once

#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class RootCaPublisher : public client::Controller {
public:
    // `certificate`: the PEM text that every namespace gets.
    RootCaPublisher(sim::Simulation& simulation, client::InformerFactory& informers, std::string certificate);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    client::Informer<api::Namespace>& namespaces_;
    client::Informer<api::ConfigMap>& maps_;
    std::string certificate_;
};

}  // namespace kubetab::controllers
