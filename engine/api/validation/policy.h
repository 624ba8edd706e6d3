// Validation of PodDisruptionBudget. upstream: pkg/apis/policy/validation/validation.go
#pragma once

#include "engine/api/policy.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_pod_disruption_budget(const PodDisruptionBudget& object, Errors& errors);

}  // namespace kubetab::api
