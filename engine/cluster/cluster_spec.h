// ClusterSpec: everything that decides how a cluster begins. Same spec, same cluster.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/api/cloud_choice.h"
#include "engine/api/former_kinds.h"
#include "engine/controllers/certificate_signer.h"
#include "engine/server/admission_choice.h"
#include "engine/server/authorization/tokens.h"
#include "engine/sim/time.h"

namespace kubetab::cluster {

// 2026-01-05T08:00:00Z, a Monday morning.
inline constexpr sim::Instant kDefaultStart{1'767'600'000LL * 1'000'000'000};

struct ClusterSpec {
    std::uint64_t seed = 7;
    int nodes = 3;            // workers, node-1 … node-N
    bool scheduler = true;    // otherwise pods wait until a client binds them
    bool system_pods = true;  // CoreDNS, kube-proxy and the control plane's pods, as kubeadm makes them
    std::optional<sim::Duration> pull{};  // how long every image takes, instead of by its size
    bool hollow_nodes = false;   // kubelets are real and containers only pretend, as kubemark's nodes
    std::string node_address{};  // of every worker, as nodes that are one process have; else each its own
    sim::Duration boot = sim::seconds(60);  // passes before anybody looks
    sim::Instant start = kDefaultStart;
    server::AdmissionChoice admission{};
    api::ServedApis apis = api::ServedApis::Today;
    api::CloudChoice
        cloud{};  // without one nobody makes load balancers, and machines are as many as are added
    std::string certificate{};  // PEM, of the authority that pods are told to trust; "" is a made-up one
    std::string token_key{};    // tokens are signed with it; "" is one that chance decides
    server::StaticTokens static_tokens{};
    std::uint16_t api_port = 6443;    // where the API server says that it listens
    controllers::SignRequest sign{};  // with the authority's key; empty: nobody has it
};

}  // namespace kubetab::cluster
