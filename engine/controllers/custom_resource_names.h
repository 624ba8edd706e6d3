// Naming of custom resources: accepts the names that a CustomResourceDefinition asks for, unless another of
// its group has them, and then establishes it.
//
// watches:  customresourcedefinitions
// writes:   customresourcedefinitions/status
// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/controller/{status/naming_controller,
// establish/establishing_controller,apiapproval/apiapproval_controller}.go
#pragma once

#include "engine/api/custom_resource_definition.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class CustomResourceNames : public client::Controller {
public:
    CustomResourceNames(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    void consider(const api::CustomResourceDefinition& definition, std::int64_t revision);
    // The condition NamesAccepted; accepts in `next` what is free.
    api::CustomResourceDefinitionCondition accept_names(api::CustomResourceDefinition& next);

    client::Informer<api::CustomResourceDefinition>& definitions_;
};

}  // namespace kubetab::controllers
