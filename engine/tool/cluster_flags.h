// Flags that say which cluster a command of the tool works on.
#pragma once

#include <string_view>

#include "engine/cluster/cluster_spec.h"

namespace kubetab::tool {

// --no-system-pods, --quick-pulls, --hollow-nodes, --apis=2017, --cloud, --cloud=MIN:MAX or
// --node-address=IP. False, and nothing changed, when it is none of them.
bool read_cluster_flag(std::string_view word, cluster::ClusterSpec& spec);

}  // namespace kubetab::tool
