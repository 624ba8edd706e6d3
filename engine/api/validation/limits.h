// Validation of LimitRange and ResourceQuota. upstream: pkg/apis/core/validation/validation.go
#pragma once

#include "engine/api/core/limit_range.h"
#include "engine/api/core/resource_quota.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_limit_range(const LimitRange& object, Errors& errors);

void validate_resource_quota(const ResourceQuota& object, Errors& errors);
void validate_resource_quota_update(const ResourceQuota& now, const ResourceQuota& old, Errors& errors);
void validate_resource_quota_status(const ResourceQuota& now, const ResourceQuota& old, Errors& errors);

}  // namespace kubetab::api
