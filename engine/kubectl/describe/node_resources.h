// What the pods of a node ask for, as `describe node` adds it up.
//
// upstream: staging/src/k8s.io/kubectl/pkg/util/resource PodRequestsAndLimits
#pragma once

#include <map>
#include <string>

#include "engine/api/quantity.h"
#include "engine/base/json.h"

namespace kubetab::kubectl::describe {

using ResourceSums = std::map<std::string, api::Quantity>;

struct RequestsAndLimits {
    ResourceSums requests{};
    ResourceSums limits{};
};

// The sums of a pod: its containers and sidecars, at least what each init container needs, and its overhead.
RequestsAndLimits pod_resources(const base::Json& pod);
void add_to(ResourceSums& sums, const ResourceSums& more);
// Whole percent of `amount` in `whole`, rounded down; 0 when there is no whole. CPU counts in milli-units.
std::int64_t percent(const std::string& resource, const api::Quantity& amount, const api::Quantity& whole);

}  // namespace kubetab::kubectl::describe
