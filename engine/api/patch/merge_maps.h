// The one merge under strategic merge patches: of a patch into an object, or of two patches into one.
#pragma once

#include "engine/api/type.h"
#include "engine/base/json.h"
#include "engine/base/status.h"

namespace kubetab::api {

enum class MergeMode {
    Apply,    // directives are carried out, nulls delete
    Combine,  // both are patches: directives and nulls are kept
};

base::Result<base::Json> merge_maps(base::Json object, const base::Json& patch, const Type* type,
                                    MergeMode mode);

}  // namespace kubetab::api
