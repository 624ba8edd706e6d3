// Validation of Service, Endpoints and EndpointSlice.
// upstream: pkg/apis/core/validation/validation.go, pkg/apis/discovery/validation/validation.go
#pragma once

#include "engine/api/core/endpoints.h"
#include "engine/api/core/service.h"
#include "engine/api/discovery.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_service(const Service& object, Errors& errors);
void validate_service_update(const Service& now, const Service& old, Errors& errors);
void validate_endpoints(const Endpoints& object, Errors& errors);
void validate_endpoint_slice(const EndpointSlice& object, Errors& errors);
void validate_endpoint_slice_update(const EndpointSlice& now, const EndpointSlice& old, Errors& errors);

}  // namespace kubetab::api
