// The controllers of the controller manager, in the order in which they start.
// upstream: cmd/kube-controller-manager/app/controllermanager.go
#pragma once

#include <memory>
#include <vector>

#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

// They share the informers, which outlive them.
std::vector<std::unique_ptr<client::Controller>> make_controllers(sim::Simulation& simulation,
                                                                  client::InformerFactory& informers);

}  // namespace kubetab::controllers
