// A count or a percentage of something. upstream: util/intstr [GetScaledValueFromIntOrPercent]
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>

#include "engine/api/values.h"

namespace kubetab::controllers {

enum class Rounding { Up, Down };

// Absent counts as 0.
inline std::int32_t scaled_amount(const std::optional<api::IntOrString>& value, std::int32_t total,
                                  Rounding rounding) {
    if (!value) return 0;
    if (!value->is_string) return value->number;
    std::int64_t percent = 0;
    std::from_chars(value->text.data(), value->text.data() + value->text.size(), percent);
    const std::int64_t product = percent * total;
    return static_cast<std::int32_t>(rounding == Rounding::Up ? (product + 99) / 100 : product / 100);
}

}  // namespace kubetab::controllers
