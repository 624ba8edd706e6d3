// How many times one quantity is another, without floating point.
#pragma once

#include <string>

#include "engine/api/quantity.h"

namespace kubetab::api {

// `part` / `whole` with six decimals, as Go's %f prints it. `whole` is not zero.
std::string ratio_text(const Quantity& part, const Quantity& whole);
// Whether `a` times `b` is more than `bound`.
bool is_product_more(const Quantity& a, const Quantity& b, const Quantity& bound);
// Whether `part` is more than `times` times `whole`.
bool is_more_than(const Quantity& part, const Quantity& times, const Quantity& whole);

}  // namespace kubetab::api
