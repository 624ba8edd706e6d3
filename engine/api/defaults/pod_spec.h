// Conditional defaults of a pod's spec, in a Pod or in a template. Plain ones stand in the field tables.
//
// Every function both asks and acts: given a const value it tells whether something is missing; given a
// mutable one it fills it in. So a shared part is copied only when it must change. upstream:
// pkg/apis/core/v1/defaults.go
#pragma once

#include "engine/api/core/pod_spec.h"

namespace kubetab::api {

// Defaults that hold wherever a pod is described. `spec` stays shared when it lacks nothing.
void default_pod_spec(Box<PodSpec>& spec);
// Those of a Pod alone: requests from limits, host ports, service links.
void default_pod_only(Box<PodSpec>& spec);
void default_template(Box<PodTemplateSpec>& pod_template);

// Always when the image has no tag or the tag "latest", else IfNotPresent. upstream: SetDefaults_Container
std::string default_pull_policy(std::string_view image);
// Rounds every quantity up to a thousandth; true when one is (or would be) changed.
bool round_quantities(const base::FlatMap<Quantity>& quantities);
bool round_quantities(base::FlatMap<Quantity>& quantities);

}  // namespace kubetab::api
