// JSON patches (RFC 6902): a list of add, remove, replace, move, copy and test.
//
// All or nothing: a failure leaves nothing behind.
// upstream: github.com/evanphx/json-patch v4
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/base/status.h"

namespace kubetab::api {

// The document after the patch. BadRequest when the patch itself is malformed, Invalid when it does not fit
// the document.
base::Result<nlohmann::json> apply_json_patch(nlohmann::json document, const nlohmann::json& patch);

}  // namespace kubetab::api
