#include "engine/api/validation/addresses.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace kubetab::api {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::optional<unsigned> number(std::string_view text, int base, unsigned limit, std::size_t digits) {
    unsigned value = 0;
    if (text.empty() || text.size() > digits) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || value > limit) return std::nullopt;
    return value;
}

std::optional<Address> parse_v4(std::string_view text) {
    Address address;
    const std::vector<std::string_view> parts = split(text, '.');
    if (parts.size() != 4) return std::nullopt;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::optional<unsigned> value = number(parts[i], 10, 255, 16);
        if (!value) return std::nullopt;
        address.bytes[i] = static_cast<std::uint8_t>(*value);
    }
    return address;
}

// The groups of one side of "::".
std::optional<std::vector<std::uint8_t>> groups(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    if (text.empty()) return bytes;
    const std::vector<std::string_view> parts = split(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i + 1 == parts.size() && parts[i].find('.') != std::string_view::npos) {
            const std::optional<Address> tail = parse_v4(parts[i]);
            if (!tail) return std::nullopt;
            bytes.insert(bytes.end(), tail->bytes.begin(), tail->bytes.begin() + 4);
            continue;
        }
        const std::optional<unsigned> value = number(parts[i], 16, 0xffff, 4);
        if (!value) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(*value >> 8));
        bytes.push_back(static_cast<std::uint8_t>(*value & 0xff));
    }
    return bytes;
}

std::optional<Address> parse_v6(std::string_view text) {
    Address address;
    address.is_v6 = true;
    const std::size_t gap = text.find("::");
    const auto head = groups(text.substr(0, gap));
    if (!head) return std::nullopt;
    if (gap == std::string_view::npos) {
        if (head->size() != 16) return std::nullopt;
        std::copy(head->begin(), head->end(), address.bytes.begin());
        return address;
    }
    const auto tail = groups(text.substr(gap + 2));
    if (!tail || head->size() + tail->size() > 14) return std::nullopt;
    std::copy(head->begin(), head->end(), address.bytes.begin());
    std::copy_backward(tail->begin(), tail->end(), address.bytes.end());
    return address;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    return text.find(':') == std::string_view::npos ? parse_v4(text) : parse_v6(text);
}

Complaints ip_address(std::string_view text) {
    if (parse_address(text)) return {};
    return {"must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"};
}

Complaints ipv4_address(std::string_view text) {
    const std::optional<Address> address = parse_address(text);
    if (address && !address->is_v6) return {};
    return {"must be a valid IPv4 address"};
}

Complaints ipv6_address(std::string_view text) {
    const std::optional<Address> address = parse_address(text);
    if (address && address->is_v6) return {};
    return {"must be a valid IPv6 address"};
}

Complaints ip_range(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::optional<Address> address = parse_address(text.substr(0, slash));
    const bool has_length = slash != std::string_view::npos;
    if (address && has_length && number(text.substr(slash + 1), 10, address->is_v6 ? 128 : 32, 3)) return {};
    return {"must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"};
}

Complaints ordinary_ip(std::string_view text) {
    const std::optional<Address> address = parse_address(text);
    if (!address) return {"must be a valid IP address"};
    const auto& b = address->bytes;
    const bool v6 = address->is_v6;
    const bool zeros = std::all_of(b.begin(), b.begin() + 15, [](std::uint8_t byte) { return byte == 0; });
    Complaints complaints;
    if (zeros && b[15] == 0) complaints.emplace_back("may not be unspecified (0.0.0.0)");
    if (v6 ? zeros && b[15] == 1 : b[0] == 127) {
        complaints.emplace_back("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (v6 ? b[0] == 0xfe && (b[1] & 0xc0) == 0x80 : b[0] == 169 && b[1] == 254) {
        complaints.emplace_back("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if (v6 ? b[0] == 0xff && (b[1] & 0x0f) == 2 : b[0] == 224 && b[1] == 0 && b[2] == 0) {
        complaints.emplace_back("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
    return complaints;
}

}  // namespace kubetab::api
