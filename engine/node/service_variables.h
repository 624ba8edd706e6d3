// ServiceVariables: the variables that tell containers where the services of their namespace are.
//
// They are worked out once for each namespace, until a service changes.
//
// upstream: pkg/kubelet/kubelet_pods.go getServiceEnvVarMap, pkg/kubelet/envvars
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/client/informer.h"
#include "engine/runtime/environments.h"

namespace kubetab::node {

class ServiceVariables {
public:
    // `services` outlives this.
    explicit ServiceVariables(const client::Informer<api::Service>& services) : services_(services) {}

    // Valid until the next call.
    const runtime::Environment& of(const api::Pod& pod);

private:
    const client::Informer<api::Service>& services_;
    std::int64_t revision_ = 0;  // of the services that are known
    // By namespace, and whether the pod wants more than the API server's service.
    std::map<std::pair<api::Text, bool>, runtime::Environment> known_{};
};

}  // namespace kubetab::node
