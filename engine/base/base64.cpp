#include "engine/base/base64.h"

#include <cstdint>

namespace kubetab::base {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64_encode(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        }
        out += kAlphabet[group >> 18 & 63];
        out += kAlphabet[group >> 12 & 63];
        out += i + 1 < bytes.size() ? kAlphabet[group >> 6 & 63] : '=';
        out += i + 2 < bytes.size() ? kAlphabet[group & 63] : '=';
    }
    return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t group = 0;
        std::size_t padding = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const char c = text[i + j];
            if (c == '=' && i + 4 == text.size() && j >= 2) {
                ++padding;
                group <<= 6;
                continue;
            }
            const std::size_t digit = kAlphabet.find(c);
            if (digit == std::string_view::npos || padding > 0) return std::nullopt;
            group = group << 6 | static_cast<std::uint32_t>(digit);
        }
        out += static_cast<char>(group >> 16 & 255);
        if (padding < 2) out += static_cast<char>(group >> 8 & 255);
        if (padding < 1) out += static_cast<char>(group & 255);
    }
    return out;
}

std::size_t base64_mistake(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (kAlphabet.find(text[i]) != std::string_view::npos) continue;
        const std::size_t place = i % 4;
        if (text[i] != '=' || place < 2) return i;
        if (place == 3) return i + 1;  // What follows the padding.
        if (i + 1 == text.size()) return text.size();
        return text[i + 1] == '=' ? i + 2 : i;
    }
    return text.size() - text.size() % 4;
}

}  // namespace kubetab::base
