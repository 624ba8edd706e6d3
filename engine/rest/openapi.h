// OpenAPI: the published description of the API, made from the kinds' field tables.
//
// A document for each group and version, as /openapi/v3 lists them. kubectl takes from them which fields
// there are (explain), how lists are merged (apply) and whether the server checks fields itself. They hold
// what those need: the kinds' schemas and, for each resource, its operations without their parameters but
// fieldValidation. upstream: kube-openapi pkg/handler3, staging/src/k8s.io/apiserver/pkg/endpoints/openapi
#pragma once

#include <optional>
#include <string_view>

#include "engine/api/transport.h"
#include "engine/rest/http.h"

namespace kubetab::rest {

// Nothing when the request is for something else.
std::optional<HttpResponse> open_api(api::Transport& transport, const api::Request& request);

// The older document of the whole API, which kubectl asks for where the present ones do not know a kind. It
// names no kind either, so that the client leaves the checking to the server. differs: without definitions,
// because explain's older form is the only use of them. Nothing when another path is asked for, or another
// form than the one that kubectl takes (protobuf).
std::optional<HttpResponse> open_api_v2(std::string_view path, std::string_view accept);

}  // namespace kubetab::rest
