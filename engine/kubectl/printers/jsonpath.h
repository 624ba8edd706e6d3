// JsonPath (engine/base/json_path.h) under the name that kubectl uses.
#pragma once

#include "engine/base/json_path.h"

namespace kubetab::kubectl {

using base::JsonPath;
using base::relaxed_path;

}  // namespace kubetab::kubectl
