// IP addresses and ranges, as far as validation must understand them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/api/validation/name_rules.h"

namespace kubetab::api {

struct Address {
    bool is_v6 = false;
    std::array<std::uint8_t, 16> bytes{};  // the first four of an IPv4 address
};

std::optional<Address> parse_address(std::string_view text);

Complaints ip_address(std::string_view text);
Complaints ipv4_address(std::string_view text);
Complaints ipv6_address(std::string_view text);
Complaints ip_range(std::string_view text);  // 10.0.0.0/8
// Not an address that only means something on its own machine or link. upstream: ValidateNonSpecialIP
Complaints ordinary_ip(std::string_view text);

}  // namespace kubetab::api
