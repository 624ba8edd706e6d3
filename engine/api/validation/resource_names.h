// Validation of the names of resources. upstream: pkg/apis/core/validation/validation.go
#pragma once

#include <string>

#include "engine/api/validation/errors.h"

namespace kubetab::api {

// What a container may ask for. upstream: validateContainerResourceName
void validate_container_resource_name(const std::string& name, const Path& path, Errors& errors);
// What anything may name. upstream: validateResourceName
void validate_resource_name(const std::string& name, const Path& path, Errors& errors);
// What a quota may bound. upstream: ValidateResourceQuotaResourceName
void validate_quota_resource_name(const std::string& name, const Path& path, Errors& errors);

}  // namespace kubetab::api
