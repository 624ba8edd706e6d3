// Forwarded ports: what `[LOCAL:]REMOTE` means for a pod or a service, and on which addresses to listen.
//
// upstream: kubectl/pkg/cmd/portforward/portforward.go, client-go/tools/portforward/portforward.go
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

struct ForwardedPort {
    std::int32_t local = 0;  // 0: any free one
    std::int32_t remote = 0;
};

struct ListenAddress {
    std::string address{};      // "127.0.0.1", "::1"
    bool of_localhost = false;  // then one of its two addresses is enough
    bool is_v6() const { return address.find(':') != std::string::npos; }
};

// The words with names of ports, and ports of a service, turned into numbers of the pod's ports.
base::Result<std::vector<std::string>> ports_of_pod(const std::vector<std::string>& words, const Info& info,
                                                    const base::Json& pod);
base::Result<std::vector<ForwardedPort>> parse_forwarded(const std::vector<std::string>& words);
base::Result<std::vector<ListenAddress>> parse_addresses(const std::vector<std::string>& words);

// "127.0.0.1:8080", "[::1]:8080".
std::string host_and_port(const ListenAddress& address, std::int32_t port);

}  // namespace kubetab::kubectl
