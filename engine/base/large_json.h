// Reading JSON that kubetab itself wrote, and that may be larger than what an API server accepts.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::base {

// As parse_json(), with another limit of size.
Result<nlohmann::json> parse_large_json(std::string_view text, std::size_t max_bytes);

}  // namespace kubetab::base
