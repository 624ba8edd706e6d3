// ServiceAllocators: hands out cluster IPs and node ports.
//
// Allocation is random among the free ones, as upstream's is; the lowest band is left to static requests
// first. upstream: pkg/registry/core/service/{ipallocator,portallocator}
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "engine/sim/random.h"

namespace kubetab::server {

class ServiceAllocators {
public:
    // A free cluster IP; marks it used.
    std::string allocate_ip(sim::Random& random);
    // False when it is not in the range or taken.
    bool reserve_ip(const std::string& address);
    bool ip_in_range(const std::string& address) const;
    void release_ip(const std::string& address);

    std::int32_t allocate_port(sim::Random& random);
    bool reserve_port(std::int32_t port);
    bool port_in_range(std::int32_t port) const { return port >= kFirstPort && port <= kLastPort; }
    void release_port(std::int32_t port);

    static constexpr std::string_view kIpRange = "10.96.0.0/12";
    static constexpr std::int32_t kFirstPort = 30000;
    static constexpr std::int32_t kLastPort = 32767;

private:
    std::set<std::uint32_t> addresses_{};
    std::set<std::int32_t> ports_{};
};

}  // namespace kubetab::server
