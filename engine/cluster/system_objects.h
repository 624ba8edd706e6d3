// What the API server and the controller manager of a new cluster make for themselves, before anybody asks
// for it: priority levels and flow schemas, the services that answer for groups, accounts of controllers.
// upstream: pkg/registry/flowcontrol/rest, kube-aggregator autoregister, pkg/controlplane/apiserver
#pragma once

#include <string_view>

#include "engine/cluster/cluster_spec.h"
#include "engine/server/server.h"

namespace kubetab::cluster {

// `certificate` is what the cluster's certificates are checked with.
void place_system_objects(server::Server& server, const ClusterSpec& spec, std::string_view certificate);
// The priority levels and flow schemas, as documents in YAML.
std::string_view flow_control_text();

}  // namespace kubetab::cluster
