// Manifests that learners fetch from the network, which there is none of here: they come with the program.
#pragma once

#include <string_view>

namespace kubetab::kubectl {

// The text of assets/metrics-server.yaml.
std::string_view metrics_server_manifest();

// The manifest at a URL; "" for one that is not known.
std::string_view known_manifest(std::string_view url);

}  // namespace kubetab::kubectl
