// Validation of NetworkPolicy. upstream: pkg/apis/networking/validation/validation.go
#pragma once

#include "engine/api/network_policy.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_network_policy(const NetworkPolicy& object, Errors& errors);

}  // namespace kubetab::api
