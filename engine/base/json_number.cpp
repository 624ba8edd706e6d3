#include "engine/base/json_number.h"

#include <cmath>

namespace kubetab::base {

bool is_whole_number(const Json& value) {
    if (!value.is_number_float()) return value.is_number_integer();
    const double number = value.get<double>();
    return std::floor(number) == number;
}

bool is_multiple(const Json& value, const Json& of) {
    constexpr double kRounding = 1e-9;
    const double ratio = value.get<double>() / of.get<double>();
    return std::abs(ratio - std::round(ratio)) < kRounding;
}

}  // namespace kubetab::base
