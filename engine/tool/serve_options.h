// What `kubetab serve` is asked for on its command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cluster/cluster_spec.h"

namespace kubetab::tool {

struct ServeOptions {
    cluster::ClusterSpec spec{};
    std::uint16_t port = 0;
    std::int64_t speed = 1;
    bool tls = false;
    std::string data{};  // the folder that keeps the cluster; "" is none
    bool kubelets = true;
    bool nodes_given = false;  // otherwise a kept cluster has as many as it had
};

// Says on stderr what is wrong, and gives nothing.
std::optional<ServeOptions> read_serve_options(const std::vector<std::string>& words);

}  // namespace kubetab::tool
