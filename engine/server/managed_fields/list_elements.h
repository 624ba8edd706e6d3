// How the elements of a list of many are told apart: by their keys, or by what they are.
// upstream: sigs.k8s.io/structured-merge-diff typed/helpers.go [listItemToPathElement]
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engine/base/status.h"
#include "engine/server/managed_fields/field_path.h"
#include "engine/server/managed_fields/merge_shape.h"

namespace kubetab::server {

// Of an element in a document; keys that are left out have their presets. Fails with why it has no name.
base::Result<FieldElement> element_of(const MergeShape& list, const api::Type& type,
                                      const nlohmann::json& item);
// Of an element of a decoded object.
FieldElement element_of(const MergeShape& list, const api::Type& type, const void* item);

}  // namespace kubetab::server
