#include "engine/server/rest/custom_open_api.h"

#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::Kind;
using base::Json;

namespace {

constexpr std::string_view kRoot = "/openapi/v3/";
constexpr const char* kMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

// "com.example.v1.Widget" of example.com/v1
std::string schema_name(const Kind& kind) {
    std::string reversed;
    std::string_view group = kind.group;
    while (!group.empty()) {
        const std::size_t dot = group.rfind('.');
        reversed += std::string(dot == std::string_view::npos ? group : group.substr(dot + 1)) + ".";
        group = dot == std::string_view::npos ? "" : group.substr(0, dot);
    }
    return reversed + std::string(kind.version) + "." + std::string(kind.kind);
}

Json identity(const Kind& kind) {
    return {{"group", kind.group}, {"kind", kind.kind}, {"version", kind.version}};
}

Json text_field(const char* sentence) {
    return {{"type", "string"}, {"description", sentence}};
}

Json schema_of(const Kind& kind) {
    Json schema = *kind.custom->schema;
    if (!schema.is_object()) schema = Json::object();
    schema["type"] = "object";
    schema["x-kubernetes-group-version-kind"] = Json::array({identity(kind)});
    Json& properties = schema["properties"];
    properties["apiVersion"] = text_field("Group and version of the API that this manifest is written for.");
    properties["kind"] = text_field("Which kind of object this is, in CamelCase; it cannot be changed.");
    properties["metadata"] = {
        {"allOf", Json::array({{{"$ref", std::string("#/components/schemas/") + kMeta}}})}};
    return schema;
}

Json operation(const Kind& kind, const char* action, bool writes) {
    Json result = {{"x-kubernetes-action", action}, {"x-kubernetes-group-version-kind", identity(kind)}};
    if (writes) {
        result["parameters"] =
            Json::array({{{"name", "fieldValidation"}, {"in", "query"}, {"schema", {{"type", "string"}}}}});
    }
    if (std::string_view(action) == "patch") {
        for (const char* type : {"application/apply-patch+yaml", "application/json-patch+json",
                                 "application/merge-patch+json"}) {
            result["requestBody"]["content"][type] = Json::object();
        }
    }
    return result;
}

void add_paths(Json& paths, const Kind& kind) {
    std::string collection = "/apis/" + kind.api_version() + "/";
    if (kind.namespaced) {
        paths[collection + std::string(kind.plural)] = {{"get", operation(kind, "list", false)}};
        collection += "namespaces/{namespace}/";
    }
    collection += kind.plural;
    paths[collection] = {{"get", operation(kind, "list", false)}, {"post", operation(kind, "post", true)}};
    paths[collection + "/{name}"] = {{"get", operation(kind, "get", false)},
                                     {"put", operation(kind, "put", true)},
                                     {"patch", operation(kind, "patch", true)},
                                     {"delete", operation(kind, "delete", false)}};
}

}  // namespace

std::unique_ptr<api::Response> custom_open_api(const std::string& path, const api::CustomKinds& custom) {
    if (!path.starts_with(kRoot)) return nullptr;
    Json paths = Json::object();
    Json schemas = Json::object();
    for (const Kind* kind : custom.established()) {
        if (path != std::string(kRoot) + "apis/" + kind->api_version()) continue;
        schemas[schema_name(*kind)] = schema_of(*kind);
        add_paths(paths, *kind);
    }
    if (schemas.empty()) return nullptr;
    schemas[kMeta] = {{"type", "object"}};
    return std::make_unique<api::Response>(
        json_response({{"openapi", "3.0.0"},
                       {"info", {{"title", "Kubernetes CRD Swagger"}, {"version", "v0.1.0"}}},
                       {"paths", paths},
                       {"components", {{"schemas", schemas}}}}));
}

}  // namespace kubetab::server
