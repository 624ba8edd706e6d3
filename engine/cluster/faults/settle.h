// What several faults decide together.
#pragma once

#include <string>

namespace kubetab::cluster {

class Cluster;

// Whether a node and the control plane reach each other.
void settle_connection(Cluster& cluster, const std::string& node);
// What is wrong with the ways to the API server.
void settle_doors(Cluster& cluster);
// Whether the controllers run.
void settle_controllers(Cluster& cluster);

}  // namespace kubetab::cluster
