// Validation of PriorityClass. upstream: pkg/apis/scheduling/validation/validation.go
#pragma once

#include "engine/api/scheduling.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_priority_class(const PriorityClass& object, Errors& errors);
void validate_priority_class_update(const PriorityClass& now, const PriorityClass& old, Errors& errors);

}  // namespace kubetab::api
