#include "engine/scheduler/logarithm.h"

#include "engine/base/ensure.h"

namespace kubetab::scheduler {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr int kBits = 40;                         // of the binary logarithm's fraction
constexpr std::uint64_t kLn2 = 2'977'044'472ULL;  // ln 2 in units of 2^-32

}  // namespace

// Squaring the mantissa doubles its binary logarithm: each overflow beyond 2 is the next binary digit.
std::int64_t natural_logarithm(std::int64_t number) {
    ENSURE(number > 0);
    int whole = 0;
    while ((number >> whole) > 1) ++whole;
    std::uint64_t mantissa = static_cast<std::uint64_t>(number) << (62 - whole);  // in [2^62, 2^63)
    std::uint64_t binary = static_cast<std::uint64_t>(whole);
    for (int i = 0; i < kBits; ++i) {
        mantissa = static_cast<std::uint64_t>(static_cast<Wide>(mantissa) * mantissa >> 62);
        binary <<= 1;
        if (mantissa >> 63 == 0) continue;
        mantissa >>= 1;
        binary |= 1;
    }
    return static_cast<std::int64_t>(static_cast<Wide>(binary) * kLn2 >> kBits);
}

}  // namespace kubetab::scheduler
