#include "engine/kubectl/known_manifests.h"

namespace kubetab::kubectl {

std::string_view known_manifest(std::string_view url) {
    static constexpr std::string_view kReleases =
        "https://github.com/kubernetes-sigs/metrics-server/releases/";
    const bool metrics_server = url.starts_with(kReleases) && url.ends_with("/components.yaml");
    return metrics_server ? metrics_server_manifest() : std::string_view();
}

}  // namespace kubetab::kubectl
