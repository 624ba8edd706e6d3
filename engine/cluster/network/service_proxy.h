// ServiceProxy: which endpoint a connection to a service reaches, as kube-proxy decides it on every node.
//
// upstream: pkg/proxy/iptables, pkg/proxy/topology.go, pkg/proxy/serviceport.go
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/cluster/network/policy_rules.h"
#include "engine/sim/random.h"
#include "engine/sim/time.h"
#include "engine/store/store.h"

namespace kubetab::cluster {

class ServiceProxy {
public:
    // Who is asked for: by the cluster's own address, or from outside, through a node's port or an external
    // address.
    enum class Way : std::uint8_t { Internal, External };

    struct Port {
        api::Ref<api::Service> service{};
        api::ServicePort port{};
        Way way = Way::Internal;
    };
    struct Backend {
        // Dropped: a traffic policy wants an endpoint on this node, and there is none.
        enum class Fate : std::uint8_t { Chosen, NoEndpoints, Dropped } fate = Fate::NoEndpoints;
        std::string address{};
        std::int32_t port = 0;
    };

    // The store outlives it. Choices by chance follow from the seed.
    ServiceProxy(const store::Store& store, std::uint64_t seed) : store_(store), random_(seed) {}

    // The service that has this address inside the cluster, whatever its ports; null when none has.
    api::Ref<api::Service> at_address(std::string_view address) const;
    // Its port of that number and protocol.
    std::optional<Port> port_of(const api::Ref<api::Service>& service, std::string_view address,
                                std::int32_t port, std::string_view protocol) const;
    std::optional<Port> at_node_port(std::int32_t port, std::string_view protocol) const;

    // `node` is where the proxy is that decides; `client` the address that it sees.
    Backend choose(const Port& port, const std::string& node, const std::string& client, sim::Instant now);

private:
    struct Candidate {
        std::string address{};
        std::int32_t port = 0;
        std::string node{};
        bool ready = false;
        bool serving = false;
        bool terminating = false;
        std::vector<std::string> zones{};  // that it is meant for; empty is all
    };
    struct Sticky {
        std::string address{};
        sim::Instant until{};
    };

    std::vector<Candidate> candidates_of(const Port& port) const;
    std::string zone_of(const std::string& node) const;
    void keep_near(std::vector<Candidate>& candidates, const std::string& node) const;

    const store::Store& store_;
    sim::Random random_;
    std::map<std::pair<std::string, std::string>, Sticky> sticky_{};  // by service uid and client
};

}  // namespace kubetab::cluster
