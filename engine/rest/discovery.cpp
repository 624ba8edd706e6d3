#include "engine/rest/discovery.h"

#include "engine/base/json.h"
#include "engine/rest/openapi.h"
#include "engine/rest/request.h"
#include "engine/server/rest/rest.h"

namespace kubetab::rest {

using base::Json;

namespace {

constexpr std::string_view kAggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
// What a client of old checks against its own address to find the nearest server.
constexpr std::string_view kEverybody = "0.0.0.0/0";

HttpResponse aggregated(api::Transport& transport, const api::Request& request) {
    api::Response response = transport.send(request);
    response.content_type = kAggregated;
    HttpResponse http = write_response(response, {});
    for (auto& [name, value] : http.headers) {
        if (name == "Cache-Control") value = "public";
    }
    return http;
}

Json group_version(const std::string& group, const std::string& version) {
    return {{"groupVersion", group + "/" + version}, {"version", version}};
}

// An APIGroup of a group's part of the aggregated form.
Json api_group(const Json& group) {
    const std::string name = base::text_at(group, {"metadata", "name"});
    Json versions = Json::array();
    for (const Json& version : group.value("versions", Json::array()))
        versions.push_back(group_version(name, base::text_at(version, {"version"})));
    return {{"name", name}, {"versions", versions}, {"preferredVersion", versions.front()}};
}

Json aggregated_groups(api::Transport& transport) {
    api::Request request;
    request.path = "/apis";
    const base::Result<Json> document = base::parse_json(transport.send(request).body);
    return document.ok() ? document->value("items", Json::array()) : Json::array();
}

std::optional<Json> older_form(api::Transport& transport, const api::Request& request) {
    if (request.path == "/api" || request.path == "/api/") {
        const Json address = {{"clientCIDR", kEverybody}, {"serverAddress", "127.0.0.1"}};
        return Json{{"kind", "APIVersions"},
                    {"versions", Json::array({"v1"})},
                    {"serverAddressByClientCIDRs", Json::array({address})}};
    }
    if (!request.path.starts_with("/apis")) return std::nullopt;
    Json groups = Json::array();
    for (const Json& group : aggregated_groups(transport)) {
        Json older = api_group(group);
        if (request.path == "/apis/" + base::text_at(older, {"name"})) {
            older["kind"] = "APIGroup";
            older["apiVersion"] = "v1";
            return older;
        }
        groups.push_back(std::move(older));
    }
    if (request.path != "/apis" && request.path != "/apis/") return std::nullopt;
    return Json{{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", groups}};
}

// Why this user may not see the path. The documents here are the same for everybody who may.
std::optional<HttpResponse> refused(api::Transport& transport, const api::Request& request) {
    if (request.token.empty() && request.user.empty()) return std::nullopt;
    const api::Response response = transport.send(request);
    if (response.code != 401 && response.code != 403) return std::nullopt;
    return write_response(response, {});
}

}  // namespace

std::optional<HttpResponse> discover(api::Transport& transport, const api::Request& request,
                                     const Wanted& wanted) {
    if (request.method != "GET") return std::nullopt;
    const bool top = request.path == "/api" || request.path == "/apis";
    if (top && wanted.view == Wanted::View::Discovery) return aggregated(transport, request);
    std::optional<HttpResponse> found = open_api(transport, request);
    if (!found) {
        const std::optional<Json> document = older_form(transport, request);
        if (!document) return std::nullopt;
        found = write_response(server::json_response(*document), wanted);
    }
    if (std::optional<HttpResponse> refusal = refused(transport, request)) return refusal;
    return found;
}

}  // namespace kubetab::rest
