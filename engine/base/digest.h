// Digest: a 64-bit FNV-1a over bytes, the same on every build. Not for security.
#pragma once

#include <cstdint>
#include <string_view>

namespace kubetab::base {

class Digest {
public:
    void add(std::string_view bytes) {
        for (const char c : bytes) {
            value_ ^= static_cast<unsigned char>(c);
            value_ *= 0x100000001b3U;
        }
        // Ends the piece, so that "ab","c" and "a","bc" differ.
        value_ ^= 0xff;
        value_ *= 0x100000001b3U;
    }
    void add(std::int64_t number) {
        for (int shift = 0; shift < 64; shift += 8) {
            value_ ^= static_cast<std::uint64_t>(number) >> shift & 0xff;
            value_ *= 0x100000001b3U;
        }
    }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325U;
};

}  // namespace kubetab::base
