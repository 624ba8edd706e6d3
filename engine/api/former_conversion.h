// How documents of kinds whose former versions say things otherwise become today's, and back. Only what
// differs changes; apiVersion stays as it is.
#pragma once

#include "engine/base/json.h"

namespace kubetab::api {

// upstream: pkg/apis/networking/v1beta1/conversion.go
base::Json ingress_to_former(base::Json today);
base::Json ingress_from_former(base::Json former);

// An empty selector selected nothing then, and everything now. upstream:
// pkg/apis/policy/v1beta1/conversion.go
base::Json budget_to_former(base::Json today);
base::Json budget_from_former(base::Json former);

}  // namespace kubetab::api
