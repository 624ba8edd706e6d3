// NodeSpec: what a machine brings along when its kubelet starts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/core/node.h"
#include "engine/api/core/pod.h"

namespace kubetab::node {

inline constexpr std::string_view kKubeletVersion = "v1.32.13";

struct NodeSpec {
    std::string name{};
    std::string address{};   // InternalIP
    std::string pod_cidr{};  // of its pods' addresses, as long as its Node object names none
    std::int64_t cpu_milli = 4000;
    std::int64_t memory_bytes = std::int64_t{16} * 1024 * 1024 * 1024;
    std::int64_t storage_bytes = std::int64_t{100} * 1024 * 1024 * 1024;
    std::int64_t max_pods = 110;
    base::StringMap labels{};  // besides the well-known ones
    base::StringMap annotations{};
    std::vector<api::Taint> taints{};
    std::string provider_id{};
    std::string machine_id{};             // 32 hexadecimal digits; "" is one that chance decides
    std::int32_t port = 10'250;           // where the kubelet listens
    bool controller_attaches = true;      // volumes are attached by the control plane, not by the kubelet
    std::vector<std::string> images{};    // present from the start, e.g. "nginx:1.25"
    std::vector<api::Pod> static_pods{};  // without the node's name in theirs
    std::string cluster_dns = "10.96.0.10";
    std::string cluster_domain = "cluster.local";
    std::string kubelet_version{kKubeletVersion};
};

}  // namespace kubetab::node
