// IPv4 addresses and ranges as texts.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kubetab::cluster {

inline std::optional<std::uint32_t> ipv4_of(std::string_view text) {
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || number > 255) return std::nullopt;
        value = value << 8 | number;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (part == 3) return text.empty() ? std::optional(value) : std::nullopt;
        if (!text.starts_with('.')) return std::nullopt;
        text.remove_prefix(1);
    }
    return std::nullopt;
}

// Whether an address lies in a range such as "10.96.0.0/12"; false when either is no such text.
inline bool is_in_range(std::string_view address, std::string_view range) {
    const std::size_t slash = range.find('/');
    if (slash == std::string_view::npos) return false;
    const std::optional<std::uint32_t> base = ipv4_of(range.substr(0, slash));
    const std::optional<std::uint32_t> value = ipv4_of(address);
    const std::string_view text = range.substr(slash + 1);
    int bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (!base || !value || error != std::errc() || end != text.data() + text.size() || bits > 32)
        return false;
    return bits <= 0 || (*base ^ *value) >> (32 - bits) == 0;
}

}  // namespace kubetab::cluster
