#include "engine/api/metrics_access.h"

#include <algorithm>

namespace kubetab::api {

bool is_metrics_server(const Pod& pod) {
    const std::vector<Container>& containers = pod.spec->containers;
    return std::any_of(containers.begin(), containers.end(), [](const Container& container) {
        return container.image.str().find("metrics-server") != std::string::npos;
    });
}

}  // namespace kubetab::api
