// OpenAPI: the published description of the API, made from the kinds' field tables.
//
// A document for each group and version, as /openapi/v3 lists them. kubectl takes from them which fields
// there are (explain), how lists are merged (apply) and whether the server checks fields itself. They hold
// what those need: the kinds' schemas and, for each resource, its operations without their parameters but
// fieldValidation. upstream: kube-openapi pkg/handler3, staging/src/k8s.io/apiserver/pkg/endpoints/openapi
#pragma once

#include <optional>

#include "engine/api/transport.h"
#include "engine/rest/http.h"

namespace kubetab::rest {

// Nothing when the request is for something else.
std::optional<HttpResponse> open_api(const api::Request& request);

}  // namespace kubetab::rest
