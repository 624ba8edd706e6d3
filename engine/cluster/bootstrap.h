// What a new cluster contains before anybody acts.
// upstream: pkg/controlplane/controller/{systemnamespaces,kubernetesservice}; kubeadm's addons
#pragma once

#include "engine/server/server.h"

namespace kubetab::cluster {

// Namespaces and the `kubernetes` service with its endpoints.
void create_system_objects(server::Server& server);
// CoreDNS and its service, as kubeadm installs them.
void create_addons(server::Server& server);

}  // namespace kubetab::cluster
