// What JSON numbers are like, whether they are written with a fraction or not.
//
// Works on binary fractions with the four basic operations only, whose results are the same on every build.
#pragma once

#include "engine/base/json.h"

namespace kubetab::base {

// A number without a fraction: 3 and 3.0, but no text.
bool is_whole_number(const Json& value);
// Whether one number is the other times a whole one, but for rounding. `of` is not 0.
bool is_multiple(const Json& value, const Json& of);

}  // namespace kubetab::base
