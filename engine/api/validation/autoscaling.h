// Validation of HorizontalPodAutoscaler and APIService.
// upstream: pkg/apis/autoscaling/validation/validation.go,
//           staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration/validation/validation.go
#pragma once

#include "engine/api/api_service.h"
#include "engine/api/autoscaling.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_horizontal_pod_autoscaler(const HorizontalPodAutoscaler& object, Errors& errors);
void validate_horizontal_pod_autoscaler_status(const HorizontalPodAutoscaler& object, Errors& errors);
void validate_api_service(const APIService& object, Errors& errors);

}  // namespace kubetab::api
