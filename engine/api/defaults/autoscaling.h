// Conditional defaults of HorizontalPodAutoscaler. Plain ones stand in the field tables.
// upstream: pkg/apis/autoscaling/v2/defaults.go
#pragma once

#include "engine/api/autoscaling.h"

namespace kubetab::api {

// Also drops the annotations that only the version v1 uses.
void default_horizontal_pod_autoscaler(HorizontalPodAutoscaler& object);

}  // namespace kubetab::api
