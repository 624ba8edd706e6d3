// Defaulting: fills what an object leaves out, as the API server does when it decodes.
//
// Plain defaults stand in the field tables (Field::preset); what depends on other fields is in
// engine/api/defaults/. Idempotent, and parts of an object that need nothing stay shared with the objects
// they were copied from. upstream: pkg/apis/core/v1/defaults.go, pkg/apis/apps/v1/defaults.go
#pragma once

#include "engine/api/object.h"

namespace kubetab::api {

void set_defaults(const Kind& kind, Object& object);

}  // namespace kubetab::api
