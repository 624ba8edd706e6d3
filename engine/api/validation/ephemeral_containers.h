// What is wrong with replacing `old` by `now` through pods/ephemeralcontainers: containers may be added, and
// none may be changed or removed. Static pods take none.
// upstream: pkg/apis/core/validation/validation.go ValidatePodEphemeralContainersUpdate
#pragma once

#include <vector>

#include "engine/api/core/pod.h"
#include "engine/api/validation.h"

namespace kubetab::api {

std::vector<FieldError> validate_ephemeral_containers(const Pod& now, const Pod& old);

}  // namespace kubetab::api
