// What a new cluster contains before anybody acts.
// upstream: pkg/controlplane/controller/{systemnamespaces,kubernetesservice}; kubeadm's addons
#pragma once

#include <cstdint>
#include <string>

#include "engine/server/server.h"

namespace kubetab::cluster {

// Where an API server with that port is to be reached, as the cluster tells.
std::string api_server_address(std::uint16_t port);
// Namespaces and the `kubernetes` service with its endpoints, where the API server listens.
void create_system_objects(server::Server& server, std::uint16_t api_port);
// The same endpoints in a cluster that was kept, when its API server listens elsewhere now.
// upstream: pkg/controlplane/reconcilers
void move_api_server(server::Server& server, std::uint16_t api_port);
// CoreDNS and its service, as kubeadm installs them.
void create_addons(server::Server& server);

}  // namespace kubetab::cluster
