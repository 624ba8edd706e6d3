#include "engine/rest/discovery.h"

#include "engine/rest/openapi.h"
#include "engine/rest/request.h"
#include "engine/server/rest/rest.h"

namespace kubetab::rest {

namespace {

constexpr std::string_view kAggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

HttpResponse aggregated(api::Transport& transport, const api::Request& request) {
    api::Response response = transport.send(request);
    response.content_type = kAggregated;
    HttpResponse http = write_response(response, {});
    for (auto& [name, value] : http.headers) {
        if (name == "Cache-Control") value = "public";
    }
    return http;
}

// Why this user may not see the path. The documents here are the same for everybody who may.
std::optional<HttpResponse> refused(api::Transport& transport, const api::Request& request) {
    if (request.token.empty() && request.user.empty()) return std::nullopt;
    const api::Response response = transport.send(request);
    if (response.code != 401 && response.code != 403) return std::nullopt;
    return write_response(response, {});
}

}  // namespace

std::optional<HttpResponse> discover(api::Transport& transport, const api::Request& request) {
    if (request.method != "GET") return std::nullopt;
    const bool top = request.path == "/api" || request.path == "/apis";
    if (top && request.aggregated) return aggregated(transport, request);
    std::optional<HttpResponse> found = open_api(transport, request);
    if (!found) return std::nullopt;
    if (std::optional<HttpResponse> refusal = refused(transport, request)) return refusal;
    return found;
}

}  // namespace kubetab::rest
