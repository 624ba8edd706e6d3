// What objects use of a namespace's quotas, for the server that enforces them and the controller that counts.
// upstream: pkg/quota/v1/evaluator/core, staging/src/k8s.io/apiserver/pkg/quota/v1
#pragma once

#include <string>

#include "engine/api/core/resource_quota.h"
#include "engine/api/object.h"
#include "engine/api/pod_resources.h"

namespace kubetab::api {

// Of the resources in `hard`, those that objects of the kind use.
Texts quota_resources(const Kind& kind, const ResourceList& hard);

// Whether the object is one of those that the quota's scopes ask for. Scopes know only pods.
bool in_quota_scopes(const ResourceQuota& quota, const Kind& kind, const Object& object);

// What the object uses at that time. A pod that has ended, or outlived its grace, uses nothing but its place.
ResourceList quota_usage(const Kind& kind, const Object& object, Time now);

// `must specify limits.cpu for: a,b; requests.cpu for: a`, or "" when every container of a pod sets what the
// resources need. upstream: podEvaluator.Constraints
std::string missing_for_quota(const Kind& kind, const Object& object, const Texts& resources);

// Only the entries of those names.
ResourceList masked(const ResourceList& amounts, const Texts& names);

}  // namespace kubetab::api
