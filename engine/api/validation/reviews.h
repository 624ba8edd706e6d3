// Validation of reviews and token requests, which have no names and no life of their own.
// upstream: pkg/apis/authorization/validation/validation.go; pkg/apis/authentication/validation/validation.go
#pragma once

#include <vector>

#include "engine/api/reviews.h"
#include "engine/api/validation.h"

namespace kubetab::api {

// All errors of a review of one of review_kinds(), or of a TokenRequest.
std::vector<FieldError> validate_review(const Kind& kind, const Object& object);

}  // namespace kubetab::api
