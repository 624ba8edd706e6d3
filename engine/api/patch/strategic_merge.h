// Strategic merge patches: merging lists by key, as the field tables say.
//
// Directives: $patch (replace, delete), $setElementOrder/<list>, $deleteFromPrimitiveList/<list>,
// $retainKeys. upstream: apimachinery/pkg/util/strategicpatch/patch.go
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/api/type.h"
#include "engine/base/status.h"

namespace kubetab::api {

// The document after the patch. `type` describes the kind. BadRequest for a malformed patch.
base::Result<nlohmann::json> apply_strategic_merge(nlohmann::json document, const nlohmann::json& patch,
                                                   const Type& type);

// The patch from `original` to `modified`.
base::Result<nlohmann::json> create_two_way_strategic_patch(const nlohmann::json& original,
                                                            const nlohmann::json& modified, const Type& type);

// What turns `current` into `modified`, deleting what `original` (the last applied) had and `modified` lacks;
// what only the server set stays. An empty object when there is nothing to do.
base::Result<nlohmann::json> create_three_way_strategic_patch(const nlohmann::json& original,
                                                              const nlohmann::json& modified,
                                                              const nlohmann::json& current,
                                                              const Type& type);

}  // namespace kubetab::api
