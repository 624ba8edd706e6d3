// Fields that a write through an endpoint does not change, and therefore does not come to own.
// upstream: GetResetFields of pkg/registry/*/*/strategy.go
#pragma once

#include "engine/server/managed_fields/field_set.h"
#include "engine/server/server.h"

namespace kubetab::server {

FieldSet reset_fields(const api::Kind& kind, Endpoint endpoint);

// What no manager ever owns. upstream: managedfields/internal/stripmeta.go
const FieldSet& unowned_fields();

}  // namespace kubetab::server
