// The natural logarithm of small whole numbers, as an integer in units of 2^-32, the same on every build.
#pragma once

#include <cstdint>

namespace kubetab::scheduler {

// `number` must be positive.
std::int64_t natural_logarithm(std::int64_t number);

}  // namespace kubetab::scheduler
