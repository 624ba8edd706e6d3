// Conflicts: fields that an applier wants otherwise than another manager has set them.
// upstream: staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/conflict.go
#pragma once

#include "engine/base/status.h"
#include "engine/server/managed_fields/owners.h"

namespace kubetab::server {

// The owners with the fields that they would lose, ordered by their identifiers. Not empty.
base::Status conflict_status(const std::vector<Owner>& losers);

}  // namespace kubetab::server
