// Discovery: the documents that tell a client what there is, in the forms that only real clients ask for.
//
// The API server gives the aggregated form (one document for all groups); here are the older form, a document
// for each group, and OpenAPI. upstream: staging/src/k8s.io/apiserver/pkg/endpoints/discovery, kube-openapi
// handler3
#pragma once

#include <optional>

#include "engine/api/transport.h"
#include "engine/rest/http.h"
#include "engine/rest/media_types.h"

namespace kubetab::rest {

// Nothing when the request is for something else.
std::optional<HttpResponse> discover(api::Transport& transport, const api::Request& request,
                                     const Wanted& wanted);

}  // namespace kubetab::rest
