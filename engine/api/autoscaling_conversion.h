// How a HorizontalPodAutoscaler of one version becomes one of the other. What v1 has no field for stands in
// annotations there; fields that neither version knows stay where they are.
// upstream: pkg/apis/autoscaling/v1/conversion.go
#pragma once

#include <array>

#include "engine/base/json.h"

namespace kubetab::api {

// What v1 keeps in annotations. A v2 object never carries one of them.
inline constexpr std::array kAutoscalerAnnotations = {
    "autoscaling.alpha.kubernetes.io/behavior",
    "autoscaling.alpha.kubernetes.io/conditions",
    "autoscaling.alpha.kubernetes.io/current-metrics",
    "autoscaling.alpha.kubernetes.io/metrics",
};

base::Json autoscaler_to_v1(base::Json v2);
base::Json autoscaler_from_v1(base::Json v1);

}  // namespace kubetab::api
