// ResourceMetrics: how a component asks what pods use, as a client of the metrics API does.
#pragma once

#include <vector>

#include "engine/api/core/pod.h"
#include "engine/api/metrics.h"
#include "engine/base/status.h"

namespace kubetab::api {

class ResourceMetrics {
public:
    virtual ~ResourceMetrics() = default;
    // Of the pods of a namespace that have been measured, ordered by name. Fails as a client's request does
    // where nobody answers for metrics.k8s.io.
    virtual base::Result<std::vector<Ref<PodMetrics>>> pods_in(const Text& in_namespace) const = 0;
};

// True when a container of the pod runs a metrics server.
bool is_metrics_server(const Pod& pod);

}  // namespace kubetab::api
