// JSON and Go values as text (engine/base/json_text.h) under the names that kubectl uses.
#pragma once

#include "engine/base/json_text.h"

namespace kubetab::kubectl {

using base::go_float;
using base::go_syntax;
using base::go_text;
using base::json_text;

}  // namespace kubetab::kubectl
