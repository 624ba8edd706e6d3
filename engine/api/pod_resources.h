// What a pod asks of a node, and its class of service.
// upstream: pkg/api/v1/resource/helpers.go, pkg/apis/core/v1/helper/qos/qos.go
#pragma once

#include <string>
#include <string_view>

#include "engine/api/core/pod.h"

namespace kubetab::api {

using ResourceList = base::FlatMap<Quantity>;

// An init container that keeps running beside the others (restartPolicy Always).
bool is_sidecar(const Container& init_container);

// Per resource: the larger of all containers with sidecars, and each init container with the sidecars before
// it; plus the overhead. What a container does not request counts as zero.
ResourceList pod_requests(const PodSpec& spec);
// The same of limits; the overhead is added only to resources that have a limit.
ResourceList pod_limits(const PodSpec& spec);
// The sum of two lists, resource by resource.
ResourceList sum(const ResourceList& a, const ResourceList& b);

// Guaranteed, Burstable or BestEffort.
std::string_view qos_class(const PodSpec& spec);

// Ports of the node that the pod occupies, from its containers and sidecars.
std::vector<const ContainerPort*> host_ports(const PodSpec& spec);

}  // namespace kubetab::api
