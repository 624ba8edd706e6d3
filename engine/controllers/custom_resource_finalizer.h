// Finalizer of custom resources: deletes the objects of a CustomResourceDefinition that is being deleted, and
// lets it go when none is left.
//
// watches:  customresourcedefinitions
// writes:   custom resources (delete); customresourcedefinitions/status
// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/controller/finalizer/crd_finalizer.go
#pragma once

#include "engine/api/custom_resource_definition.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class CustomResourceFinalizer : public client::Controller {
public:
    CustomResourceFinalizer(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    // How many objects are left.
    base::Result<std::size_t> delete_instances(const api::CustomResourceDefinition& definition);

    client::Informer<api::CustomResourceDefinition>& definitions_;
};

}  // namespace kubetab::controllers
