// Discovery on the wire: the documents about the API that only real clients ask for (OpenAPI), and the
// headers of the aggregated form, which caches may keep. upstream: kube-openapi handler3,
// staging/src/k8s.io/apiserver/pkg/endpoints/discovery/aggregated
#pragma once

#include <optional>

#include "engine/api/transport.h"
#include "engine/rest/http.h"

namespace kubetab::rest {

// Nothing when the request is for something else.
std::optional<HttpResponse> discover(api::Transport& transport, const api::Request& request);

}  // namespace kubetab::rest
