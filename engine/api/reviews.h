// Reviews: kinds that are questions, and bindings. They are created and answered at once, and never stored.
#pragma once

#include <span>

#include "engine/api/authentication.h"
#include "engine/api/authorization.h"
#include "engine/api/core/binding.h"

namespace kubetab::api {

// Those that have a resource of their own, ordered by group and kind. all_kinds() holds none of them.
std::span<const Kind* const> review_kinds();
bool is_review(const Kind& kind);

}  // namespace kubetab::api
