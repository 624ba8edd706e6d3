// Random: the only source of chance. Seeded, integer only, the same on every build (xoshiro256**, splitmix64
// seeding).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kubetab::sim {

class Random {
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t next();
    // Uniform in [0, limit); limit must be positive.
    std::uint64_t below(std::uint64_t limit);
    // `count` characters of Kubernetes' name alphabet (bcdfghjklmnpqrstvwxz2456789).
    std::string name_suffix(int count);
    // A random version 4 UUID in its usual spelling.
    std::string uuid();
    // `count` lower-case hexadecimal digits.
    std::string hex(int count);

private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace kubetab::sim
