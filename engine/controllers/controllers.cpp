#include "engine/controllers/controllers.h"

#include "engine/controllers/deployment.h"
#include "engine/controllers/replica_set.h"
#include "engine/controllers/root_ca_publisher.h"
#include "engine/controllers/service_account.h"

namespace kubetab::controllers {
namespace {

using Controllers = std::vector<std::unique_ptr<client::Controller>>;

template <class... Types>
Controllers make(sim::Simulation& simulation, client::InformerFactory& informers) {
    Controllers controllers;
    (controllers.push_back(std::make_unique<Types>(simulation, informers)), ...);
    return controllers;
}

}  // namespace

Controllers make_controllers(sim::Simulation& simulation, client::InformerFactory& informers) {
    return make<ServiceAccountController,  //
                RootCaPublisher,           //
                ReplicaSetController,      //
                DeploymentController>(simulation, informers);
}

}  // namespace kubetab::controllers
