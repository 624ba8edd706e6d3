// JSON and Go values as text, the way Go prints them.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/json.h"

namespace kubetab::base {

// encoding/json: `<`, `>` and `&` escaped as \u003c…; indented by four spaces, or compact when `indent` is 0.
// Ends without a newline.
std::string json_text(const Json& value, int indent = 4);

// fmt.Sprint: strings as they are, map[a:b], [x y], <nil>.
std::string go_text(const Json& value);

// fmt's %#v: map[string]interface {}{"a":1}.
std::string go_syntax(const Json& value);

// A float64 as encoding/json and %v print it.
std::string go_float(double value);

}  // namespace kubetab::base
