// The environment of a container: its own variables, those it takes from objects, and the services of its
// namespace.
//
// upstream: pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
#pragma once

#include <map>
#include <string>

#include "engine/base/status.h"
#include "engine/node/node_context.h"

namespace kubetab::node {

using Environment = runtime::Environment;

// A missing object or key that is not optional is a failure, e.g. `configmap "c" not found`.
base::Result<Environment> make_environment(const NodeContext& context, const api::Pod& pod,
                                           const api::Container& container, const std::string& pod_ip);

// A ConfigMap or Secret of the pod's namespace, with the kubelet's text when it is missing: `configmap "c"
// not found`.
base::Result<api::Ref<api::ConfigMap>> find_config_map(const NodeContext& context, const api::Pod& pod,
                                                       const std::string& name);
base::Result<api::Ref<api::Secret>> find_secret(const NodeContext& context, const api::Pod& pod,
                                                const std::string& name);

// $(NAME) replaced by its value; $$ is a dollar. Unknown names stay as they are.
// upstream: third_party/forked/golang/expansion
std::string expand_variables(const std::string& text, const Environment& environment);

// The value of a fieldRef, e.g. metadata.labels['app'] or status.podIP.
base::Result<std::string> field_value(const NodeContext& context, const api::Pod& pod,
                                      const std::string& path, const std::string& pod_ip);
// The value of a resourceFieldRef, e.g. limits.cpu.
base::Result<std::string> resource_value(const NodeContext& context, const api::Container& container,
                                         const api::ResourceFieldSelector& selector);

}  // namespace kubetab::node
