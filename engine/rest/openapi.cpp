#include "engine/rest/openapi.h"

#include <fmt/format.h>

#include <initializer_list>
#include <map>
#include <string>

#include "engine/api/former_kinds.h"
#include "engine/api/json_schema.h"
#include "engine/api/kinds.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/rest/request.h"
#include "engine/server/managed_fields/merge_shape.h"
#include "engine/server/rest/rest.h"

namespace kubetab::rest {

using api::Form;
using api::Kind;
using api::Type;
using base::Json;

namespace {

constexpr std::string_view kRoot = "/openapi/v3";
constexpr std::string_view kMachinery = "io.k8s.apimachinery.pkg.";
constexpr std::string_view kV2Asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
// With a dot: the "@" that is asked with is no part of a media type.
constexpr std::string_view kV2Given = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
// In protobuf: swagger "2.0", info with title "Kubernetes" and version "v".
constexpr std::string_view kV2Document =
    "\x0a\x03"
    "2.0"
    "\x12\x0f"
    "\x0a\x0a"
    "Kubernetes"
    "\x12\x01"
    "v";
constexpr std::string_view kReference = "#/components/schemas/";

// "" of v1, "apps" of apps/v1, "discovery" of discovery.k8s.io/v1.
std::string package_of(const Kind& kind) {
    return kind.group.empty() ? "core" : std::string(kind.group.substr(0, kind.group.find('.')));
}

Json kind_name(const Kind& kind) {
    return {{"group", kind.group}, {"kind", kind.kind}, {"version", kind.version}};
}

// The schemas of one document: the kinds, and what they are made of.
class Schemas {
public:
    // `package` is that of a group and version: "apps.v1".
    explicit Schemas(std::string package) : package_(std::move(package)) {}

    void add_kind(const Kind& kind) {
        const std::string name = add(*kind.type);
        Json& schema = schemas_[name];
        schema["x-kubernetes-group-version-kind"] = Json::array({kind_name(kind)});
        schema["properties"]["apiVersion"] = {
            {"type", "string"},
            {"description", "Group and version of the API that this manifest is written for."}};
        schema["properties"]["kind"] = {
            {"type", "string"},
            {"description", "Which kind of object this is, in CamelCase; it cannot be changed."}};
    }

    Json take() { return std::move(schemas_); }

private:
    std::string name_of(const Type& type) const {
        const std::string name(type.name);
        static constexpr std::string_view kMeta[] = {"ObjectMeta", "OwnerReference", "ManagedFieldsEntry",
                                                     "LabelSelector", "LabelSelectorRequirement"};
        for (const std::string_view meta : kMeta) {
            if (name == meta) return std::string(kMachinery) + "apis.meta.v1." + name;
        }
        std::string_view home = "io.k8s.api.";
        if (package_.starts_with("apiregistration.")) home = "io.k8s.kube-aggregator.pkg.apis.";
        if (package_.starts_with("apiextensions.")) home = "io.k8s.apiextensions-apiserver.pkg.apis.";
        return std::string(home) + package_ + "." + name;
    }

    // Adds what a struct is, if it is not there yet, and returns its name.
    std::string add(const Type& type) {
        std::string name = name_of(type);
        if (schemas_.contains(name)) return name;
        schemas_[name] = {{"type", "object"}};  // there before its fields, which may lead back to it
        Json schema = {{"type", "object"}, {"properties", Json::object()}};
        if (!type.doc.empty()) schema["description"] = type.doc;
        add_fields(schema, type);
        if (server::shape_of(type).form == server::MergeShape::Form::Atomic)
            schema["x-kubernetes-map-type"] = "atomic";
        schemas_[name] = std::move(schema);
        return name;
    }

    void add_fields(Json& schema, const Type& type) {
        for (const api::Field& field : type.fields()) {
            if (field.is_inline) {
                add_fields(schema, api::value_type(field.type()));
                continue;
            }
            schema["properties"][std::string(field.name)] = property(type, field);
            if (field.is_required) schema["required"].push_back(field.name);
        }
    }

    Json property(const Type& owner, const api::Field& field) {
        Json schema = schema_of(field.type(), field.name);
        if (schema.contains("$ref")) schema = {{"allOf", Json::array({schema})}};
        if (!field.doc.empty()) schema["description"] = field.doc;
        std::string strategy = field.is_merge ? "merge" : "";
        if (field.is_retain_keys) strategy += strategy.empty() ? "retainKeys" : ",retainKeys";
        if (!strategy.empty()) schema["x-kubernetes-patch-strategy"] = strategy;
        if (!field.merge_key_name.empty()) schema["x-kubernetes-patch-merge-key"] = field.merge_key_name;
        add_shape(schema, field, server::shape_of(owner, field));
        for (std::string_view choices = field.choices; !choices.empty();) {
            const std::size_t bar = choices.find('|');
            schema["enum"].push_back(choices.substr(0, bar));
            choices = bar == std::string_view::npos ? "" : choices.substr(bar + 1);
        }
        return schema;
    }

    // What server-side apply treats as one thing or as many.
    static void add_shape(Json& schema, const api::Field& field, const server::MergeShape& shape) {
        using Form = server::MergeShape::Form;
        const Type& type = api::value_type(field.type());
        if (type.form == api::Form::List) {
            if (shape.form == Form::Atomic) schema["x-kubernetes-list-type"] = "atomic";
            if (shape.form == Form::Set) schema["x-kubernetes-list-type"] = "set";
            if (shape.form != Form::Keyed) return;
            schema["x-kubernetes-list-type"] = "map";
            for (const std::string_view key : shape.keys) {
                if (!key.empty()) schema["x-kubernetes-list-map-keys"].push_back(key);
            }
        } else if (shape.form != server::shape_of(type).form) {
            schema["x-kubernetes-map-type"] = shape.form == Form::Atomic ? "atomic" : "granular";
        }
    }

    // JSON of several forms, under the name of its Go type.
    Json open_value(const Type& type) {
        const std::string name = name_of(type);
        schemas_[name] = {{"description", std::string(type.name) + " is JSON of several forms."}};
        return {{"$ref", std::string(kReference) + name}};
    }

    Json shared(const std::string& name, Json schema, const char* sentence) {
        schema["description"] = sentence;
        schemas_[name] = std::move(schema);
        return {{"$ref", std::string(kReference) + name}};
    }

    // Of a field of that name.
    Json schema_of(const Type& outer, std::string_view field = {}) {
        const Type& type = api::value_type(outer);
        const std::string machinery(kMachinery);
        switch (type.form) {
            case Form::Bool: return {{"type", "boolean"}};
            case Form::Int32: return {{"type", "integer"}, {"format", "int32"}};
            case Form::Int64: return {{"type", "integer"}, {"format", "int64"}};
            case Form::Bytes: return {{"type", "string"}, {"format", "byte"}};
            case Form::List: return {{"type", "array"}, {"items", schema_of(type.element(), field)}};
            case Form::Map:
                return {{"type", "object"}, {"additionalProperties", schema_of(type.element(), field)}};
            case Form::Struct: return {{"$ref", std::string(kReference) + add(type)}};
            case Form::Quantity:
                return shared(machinery + "api.resource.Quantity",
                              {{"oneOf", {{{"type", "string"}}, {{"type", "number"}}}}},
                              "Quantity is a number with a suffix: 500m is half of one, 2k is 2000, 1Mi is "
                              "1024 times 1024, and 1e3 works too.");
            case Form::IntOrString:
                return shared(
                    machinery + "util.intstr.IntOrString",
                    {{"format", "int-or-string"}, {"oneOf", {{{"type", "integer"}}, {{"type", "string"}}}}},
                    "IntOrString is a number, or text such as a port's name or a percentage.");
            case Form::Time:
                return shared(machinery + "apis.meta.v1.Time", {{"type", "string"}, {"format", "date-time"}},
                              "Time is written as in 2030-12-31T23:59:59Z.");
            case Form::MicroTime:
                return shared(machinery + "apis.meta.v1.MicroTime",
                              {{"type", "string"}, {"format", "date-time"}},
                              "MicroTime is written as in 2030-12-31T23:59:59.000000Z.");
            case Form::Raw:
                if (type.name == api::JsonNumber::kName) return {{"type", "number"}};
                if (&type != &api::type_of<api::Raw>()) return open_value(type);
                if (field != "fieldsV1") {
                    return shared(machinery + "runtime.RawExtension", {{"type", "object"}},
                                  "RawExtension is any JSON object, kept as it is.");
                }
                return shared(machinery + "apis.meta.v1.FieldsV1", {{"type", "object"}},
                              "FieldsV1 is a tree of the fields that one manager has set.");
            default: return {{"type", "string"}};
        }
    }

    std::string package_;
    Json schemas_ = Json::object();
};

Json operation(const Kind& kind, std::string_view action) {
    Json result = {{"x-kubernetes-action", action}, {"x-kubernetes-group-version-kind", kind_name(kind)}};
    if (action == "get" || action == "list" || action == "delete") return result;
    const Json validation = {{"name", "fieldValidation"}, {"in", "query"}, {"schema", {{"type", "string"}}}};
    result["parameters"] = Json::array({validation});
    return result;
}

void add_paths(Json& paths, const Kind& kind) {
    std::string collection = kind.group.empty() ? "/api/" : "/apis/" + std::string(kind.group) + "/";
    collection += std::string(kind.version) + "/";
    if (kind.namespaced) {
        if (!api::is_review(kind))
            paths[collection + std::string(kind.plural)] = {{"get", operation(kind, "list")}};
        collection += "namespaces/{namespace}/";
    }
    collection += std::string(kind.plural);
    if (api::is_review(kind)) {
        paths[collection] = {{"post", operation(kind, "post")}};
        return;
    }
    paths[collection] = {{"get", operation(kind, "list")}, {"post", operation(kind, "post")}};
    paths[collection + "/{name}"] = {{"get", operation(kind, "get")},
                                     {"put", operation(kind, "put")},
                                     {"patch", operation(kind, "patch")},
                                     {"delete", operation(kind, "delete")}};
}

// The document of the kinds of one group and version ("apis/apps/v1").
std::string document_of(const std::vector<const Kind*>& kinds) {
    Schemas schemas(package_of(*kinds.front()) + "." + std::string(kinds.front()->version));
    Json paths = Json::object();
    for (const Kind* kind : kinds) {
        schemas.add_kind(*kind);
        add_paths(paths, *kind);
    }
    const Json document = {{"openapi", "3.0.0"},
                           {"info", {{"title", "Kubernetes"}, {"version", "unversioned"}}},
                           {"paths", paths},
                           {"components", {{"schemas", schemas.take()}}}};
    return document.dump();
}

// By path below /openapi/v3/.
using Documents = std::map<std::string, std::string>;

Documents documents_of(std::initializer_list<std::span<const Kind* const>> all) {
    std::map<std::string, std::vector<const Kind*>> kinds;
    for (const std::span<const Kind* const> served : all) {
        for (const Kind* kind : served) {
            if (api::is_metrics(*kind)) continue;  // Only while a metrics server runs.
            const std::string prefix = kind->group.empty() ? "api/" : "apis/";
            kinds[prefix + kind->api_version()].push_back(kind);
        }
    }
    Documents texts;
    for (const auto& [path, group] : kinds) texts[path] = document_of(group);
    return texts;
}

const Documents& documents() {
    static const Documents all = documents_of({api::all_kinds(), api::review_kinds(), api::served_kinds()});
    return all;
}

// Of versions that only some servers answer for.
const Documents& former_documents() {
    static const Documents all = documents_of({api::former_kinds()});
    return all;
}

std::optional<std::string> answer_of(api::Transport& transport, const std::string& path) {
    api::Request request;
    request.path = path;
    api::Response response = transport.send(request);
    if (response.code != 200) return std::nullopt;
    return std::move(response.body);
}

// What not every server has: of the groups of custom resources it tells itself.
std::optional<std::string> other_document(api::Transport& transport, const std::string& path) {
    const auto former = former_documents().find(path);
    if (former == former_documents().end()) return answer_of(transport, fmt::format("{}/{}", kRoot, path));
    if (!answer_of(transport, "/" + path)) return std::nullopt;
    return former->second;
}

void add_root_path(Json& paths, const std::string& path, const std::string& text) {
    base::Digest digest;
    digest.add(text);
    paths[path] = {{"serverRelativeURL", fmt::format("{}/{}?hash={:016X}", kRoot, path, digest.value())}};
}

Json root(api::Transport& transport) {
    Json paths = Json::object();
    for (const auto& [path, text] : documents()) add_root_path(paths, path, text);
    api::Request request;
    request.path = "/apis";
    request.aggregated = true;
    const base::Result<Json> groups = base::parse_json(transport.send(request).body);
    const Json* items = groups.ok() ? base::find(*groups, "items") : nullptr;
    for (const Json& group : items != nullptr ? *items : Json::array()) {
        for (const Json& version : group.value("versions", Json::array())) {
            const std::string path = "apis/" + base::text_at(group, {"metadata", "name"}) + "/" +
                                     base::text_at(version, {"version"});
            if (paths.contains(path)) continue;
            if (const auto text = other_document(transport, path)) add_root_path(paths, path, *text);
        }
    }
    return {{"paths", paths}};
}

}  // namespace

std::optional<HttpResponse> open_api(api::Transport& transport, const api::Request& request) {
    if (request.path == kRoot) {
        api::Response response = server::json_response(root(transport));
        response.content_type = "text/plain; charset=utf-8";
        return write_response(response, {});
    }
    const std::string prefix = std::string(kRoot) + "/";
    if (!request.path.starts_with(prefix)) return std::nullopt;
    const auto found = documents().find(request.path.substr(prefix.size()));
    if (found == documents().end()) {
        const std::optional<std::string> other =
            other_document(transport, request.path.substr(prefix.size()));
        if (!other) return std::nullopt;
        api::Response response;
        response.body = *other;
        return write_response(response, {});
    }
    api::Response response;
    response.body = found->second;
    return write_response(response, {});
}

std::optional<HttpResponse> open_api_v2(std::string_view path, std::string_view accept) {
    if (path != "/openapi/v2" || accept.find(kV2Asked) == std::string_view::npos) return std::nullopt;
    api::Response response;
    response.content_type = std::string(kV2Given);
    response.body = std::string(kV2Document);
    return write_response(response, {});
}

}  // namespace kubetab::rest
