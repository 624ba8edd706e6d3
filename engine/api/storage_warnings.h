// Warnings about volumes and claims: what is deprecated, or surely not meant.
// upstream: pkg/api/persistentvolume/util.go, pkg/api/persistentvolumeclaim/util.go
#pragma once

#include <string>
#include <vector>

#include "engine/api/object.h"

namespace kubetab::api {

// Empty for objects of other kinds.
std::vector<std::string> storage_warnings(const Kind& kind, const Object& object);

}  // namespace kubetab::api
