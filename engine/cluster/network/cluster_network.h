// ClusterNetwork: the network of a cluster's pods, nodes and load balancers, and the way in from outside.
//
// The learner's machine reaches the nodes and the load balancers, as on a machine where the nodes are
// containers; pods and the services' own addresses are reached from inside only. Nothing answers in the world
// outside. TCP and DNS only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/cluster/network/name_service.h"
#include "engine/cluster/network/policy_rules.h"
#include "engine/cluster/network/service_proxy.h"
#include "engine/node/kubelet.h"
#include "engine/runtime/network.h"

namespace kubetab::cluster {

class Cluster;

class ClusterNetwork final : public runtime::Network {
public:
    // The cluster outlives it.
    explicit ClusterNetwork(Cluster& cluster);

    runtime::DnsAnswer ask(const runtime::Container* from, std::string_view server, std::string_view name,
                           runtime::RecordType type) override;
    runtime::Dial dial(const runtime::Container* from, std::string_view address, std::int32_t port) override;
    runtime::HttpOutcome call(const runtime::Container* from, std::string_view address,
                              runtime::HttpRequest request) override;
    bool answers_ping(const runtime::Container* from, std::string_view address) override;

private:
    // Who answers in the end.
    struct Route {
        runtime::Dial dial = runtime::Dial::TimedOut;
        enum class Listener : std::uint8_t { None, Pod, Kubelet, ApiServer } listener = Listener::None;
        node::Kubelet* machine = nullptr;
        api::ObjectKey pod{};
        std::int32_t port = 0;
        std::string client{};  // the address that who answers sees
    };

    const store::Store& store() const;
    NetworkEnd end_of(const runtime::Container* container) const;
    NetworkEnd end_at(std::string_view address) const;
    api::Ref<api::Pod> pod_at(std::string_view address) const;
    node::Kubelet* node_at(std::string_view address) const;

    Route route(const NetworkEnd& from, std::string_view address, std::int32_t port,
                std::string_view protocol);
    Route to_service(const NetworkEnd& from, const ServiceProxy::Port& port, const std::string& node,
                     std::string_view protocol);
    Route to_load_balancer(const NetworkEnd& from, std::string_view address, std::int32_t port,
                           std::string_view protocol);
    Route to_node(const NetworkEnd& from, node::Kubelet& machine, std::int32_t port,
                  std::string_view protocol);
    Route to_address(const NetworkEnd& from, std::string_view address, std::int32_t port,
                     std::string_view protocol);
    Route to_pod(const NetworkEnd& from, const api::Ref<api::Pod>& pod, std::int32_t port,
                 std::string_view protocol);

    Cluster& cluster_;
    NameService names_;
    ServiceProxy services_;
    std::int32_t connections_ = 0;  // that were opened; their client ports follow from it
};

}  // namespace kubetab::cluster
