#include "engine/server/allocators.h"

#include <optional>

namespace kubetab::server {
namespace {

constexpr std::uint32_t kNetwork = 10U << 24 | 96U << 16;  // 10.96.0.0
constexpr std::uint32_t kSize = 1U << 20;                  // a /12
// Dynamic allocation leaves the first 256 addresses and 86 ports to static requests.
constexpr std::uint32_t kStaticAddresses = 256;
constexpr std::int32_t kStaticPorts = 86;

std::string text_of(std::uint32_t address) {
    return std::to_string(address >> 24) + "." + std::to_string(address >> 16 & 255) + "." +
           std::to_string(address >> 8 & 255) + "." + std::to_string(address & 255);
}

std::optional<std::uint32_t> parse(const std::string& text) {
    std::uint32_t address = 0;
    std::size_t at = 0;
    for (int part = 0; part < 4; ++part) {
        std::uint32_t number = 0;
        std::size_t digits = 0;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
            number = number * 10 + static_cast<std::uint32_t>(text[at] - '0');
            if (number > 255) return std::nullopt;
        }
        if (digits == 0) return std::nullopt;
        address = address << 8 | number;
        if (part < 3 && (at >= text.size() || text[at++] != '.')) return std::nullopt;
    }
    return at == text.size() ? std::optional(address) : std::nullopt;
}

}  // namespace

bool ServiceAllocators::ip_in_range(const std::string& address) const {
    const std::optional<std::uint32_t> parsed = parse(address);
    return parsed && *parsed > kNetwork && *parsed < kNetwork + kSize - 1;
}

bool ServiceAllocators::reserve_ip(const std::string& address) {
    return ip_in_range(address) && addresses_.insert(*parse(address)).second;
}

std::string ServiceAllocators::allocate_ip(sim::Random& random) {
    for (;;) {
        const auto offset = static_cast<std::uint32_t>(random.below(kSize - kStaticAddresses - 1));
        const std::uint32_t address = kNetwork + kStaticAddresses + offset;
        if (addresses_.insert(address).second) return text_of(address);
    }
}

void ServiceAllocators::release_ip(const std::string& address) {
    if (const std::optional<std::uint32_t> parsed = parse(address)) addresses_.erase(*parsed);
}

bool ServiceAllocators::reserve_port(std::int32_t port) {
    return port_in_range(port) && ports_.insert(port).second;
}

std::int32_t ServiceAllocators::allocate_port(sim::Random& random) {
    for (;;) {
        const auto offset =
            static_cast<std::int32_t>(random.below(kLastPort - kFirstPort - kStaticPorts + 1));
        const std::int32_t port = kFirstPort + kStaticPorts + offset;
        if (ports_.insert(port).second) return port;
    }
}

void ServiceAllocators::release_port(std::int32_t port) {
    ports_.erase(port);
}

}  // namespace kubetab::server
