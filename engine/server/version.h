// The version of Kubernetes that the server says it is.
#pragma once

#include <string_view>

#include "engine/base/json.h"

namespace kubetab::server {

inline constexpr std::string_view kVersion = "v1.32.13";

// The body of GET /version.
base::Json version_document();

}  // namespace kubetab::server
