// The controllers of the control plane, in one list.
//
// They share the informers, are blind to each other, and reach the world only through the API server.
// Informers and simulation must outlive them.
//
// upstream: cmd/kube-controller-manager/app/controllermanager.go [NewControllerDescriptors]
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/api/metrics_access.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"
#include "engine/controllers/certificate_signer.h"
#include "engine/controllers/cloud_provider.h"
#include "engine/controllers/node_ipam.h"
#include "engine/controllers/service_account_tokens.h"
#include "engine/sim/simulation.h"

namespace kubetab::controllers {

struct Options {
    std::string ca_certificate{};  // PEM text of the cluster's certificate authority, for kube-root-ca.crt
    const api::ResourceMetrics* metrics = nullptr;  // outlives the controllers; without it nothing is scaled
    SignRequest sign{};                             // of certificates; empty: nobody can
    NodeRanges node_ranges{};
    TokenMaker* tokens = nullptr;    // outlives the controllers; without it no secret gets a token
    CloudProvider* cloud = nullptr;  // outlives the controllers; without it nothing is done for services
};

// All controllers, started: each has queued what exists already.
std::vector<std::unique_ptr<client::Controller>> make_controllers(sim::Simulation& simulation,
                                                                  client::InformerFactory& informers,
                                                                  const Options& options);

}  // namespace kubetab::controllers
