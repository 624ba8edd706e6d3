// CloudProvider: what a cloud does for the controllers of a cloud-controller-manager.
//
// Making and deleting take time. Whoever asks is told how long it still takes and asks again then; asking
// early changes nothing. A failure is the cloud's own answer and may be asked again.
//
// upstream: staging/src/k8s.io/cloud-provider/cloud.go [LoadBalancer, InstancesV2]
#pragma once

#include <string>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/base/status.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

class CloudProvider {
public:
    struct Progress {
        sim::Duration left{};   // 0: done
        std::string address{};  // of the load balancer, once it is done
    };
    enum class Machine : std::uint8_t { Running, Off, Gone };
    using Hosts = std::vector<std::string>;  // names of nodes

    virtual ~CloudProvider() = default;

    // Makes the service's load balancer over these nodes, or brings it up to date.
    virtual base::Result<Progress> ensure_load_balancer(const api::Service& service, const Hosts& hosts) = 0;
    virtual base::Result<void> update_load_balancer(const api::Service& service, const Hosts& hosts) = 0;
    virtual base::Result<bool> has_load_balancer(const api::Service& service) const = 0;
    virtual base::Result<Progress> remove_load_balancer(const api::Service& service) = 0;
    virtual base::Result<Machine> machine_of(const api::Node& node) const = 0;
};

}  // namespace kubetab::controllers
