#include "engine/kubectl/discovery.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/json.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

std::vector<std::string> texts(const base::Json& object, std::string_view key) {
    std::vector<std::string> result;
    const base::Json* list = base::find(object, key);
    if (list == nullptr || !list->is_array()) return result;
    for (const base::Json& item : *list) {
        if (item.is_string()) result.push_back(item.get<std::string>());
    }
    return result;
}

const base::Json& items_of(const base::Json& object, std::string_view key) {
    static const base::Json kNone = base::Json::array();
    const base::Json* list = base::find(object, key);
    return list != nullptr && list->is_array() ? *list : kNone;
}

// upstream: staging/src/k8s.io/api/apidiscovery/v2/types.go APIResourceDiscovery
ApiResource from_aggregated(const base::Json& resource, const std::string& group,
                            const std::string& version) {
    ApiResource result;
    result.group = group;
    result.version = version;
    result.kind = base::text_at(resource, {"responseKind", "kind"});
    result.plural = base::text_at(resource, {"resource"});
    result.singular = base::text_at(resource, {"singularResource"});
    result.namespaced = base::text_at(resource, {"scope"}) != "Cluster";
    result.short_names = texts(resource, "shortNames");
    result.categories = texts(resource, "categories");
    result.verbs = texts(resource, "verbs");
    for (const base::Json& sub : items_of(resource, "subresources")) {
        result.subresources.push_back(base::text_at(sub, {"subresource"}));
    }
    return result;
}

void add_aggregated(const base::Json& body, std::vector<ApiResource>& into) {
    for (const base::Json& group : items_of(body, "items")) {
        const std::string name = base::text_at(group, {"metadata", "name"});
        bool first = true;
        for (const base::Json& version : items_of(group, "versions")) {
            const std::string version_name = base::text_at(version, {"version"});
            for (const base::Json& resource : items_of(version, "resources")) {
                into.push_back(from_aggregated(resource, name, version_name));
                into.back().preferred = first;
            }
            first = false;
        }
    }
}

constexpr std::array<std::string_view, 2> kDocuments = {"/api", "/apis"};

base::Result<client::Response> fetch(client::Transport& transport, std::string_view path,
                                     const std::string& known) {
    client::Request request;
    request.path = path;
    request.aggregated = true;
    request.known = known;
    client::Response response = transport.send(request);
    if (response.code >= 400) return status_of(response);
    return response;
}

// Kubernetes' order: matches of group, version and name; a missing group or version matches any.
bool matches_name(const ApiResource& resource, const std::string& name) {
    return resource.plural == name || resource.singular == name ||
           std::find(resource.short_names.begin(), resource.short_names.end(), name) !=
               resource.short_names.end() ||
           lower(resource.kind) == name;
}

bool usable(const ApiResource& resource) {
    return resource.has_verb("get") || resource.has_verb("list") || resource.has_verb("create");
}

const ApiResource* first_match(const std::vector<ApiResource>& all, const std::string& name,
                               const std::string& group, const std::string& version, bool any_group,
                               bool group_prefix) {
    for (const ApiResource& resource : all) {
        if (!matches_name(resource, name) || !usable(resource)) continue;
        if (!version.empty() && resource.version != version) continue;
        const bool same_group =
            group_prefix ? resource.group.compare(0, group.size(), group) == 0 : resource.group == group;
        if (any_group || same_group) return &resource;
    }
    return nullptr;
}

}  // namespace

std::string ApiResource::api_version() const {
    return group.empty() ? version : group + "/" + version;
}

std::string ApiResource::todays_group() const {
    if (group != "extensions") return group;
    return kind == "Ingress" || kind == "NetworkPolicy" ? "networking.k8s.io" : "apps";
}

std::string ApiResource::qualified_plural() const {
    return group.empty() ? plural : plural + "." + group;
}

std::string ApiResource::qualified_singular() const {
    // upstream: kubectl/pkg/cmd/... name printer: the lower-cased kind, not the singular name.
    const std::string name = lower(kind);
    return group.empty() ? name : name + "." + group;
}

std::string ApiResource::collection_path(std::string_view in_namespace) const {
    std::string path = group.empty() ? "/api/" + version : "/apis/" + group + "/" + version;
    if (namespaced && !in_namespace.empty()) path += "/namespaces/" + std::string(in_namespace);
    return path + "/" + plural;
}

std::string ApiResource::item_path(std::string_view in_namespace, std::string_view name) const {
    return collection_path(in_namespace) + "/" + std::string(name);
}

bool ApiResource::has_verb(std::string_view verb) const {
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

bool ApiResource::has_subresource(std::string_view name) const {
    return std::find(subresources.begin(), subresources.end(), name) != subresources.end();
}

base::Result<std::shared_ptr<const Discovery>> Discovery::load(client::Transport& transport,
                                                               DiscoveryCache& cache) {
    bool same = cache.known != nullptr;
    for (std::size_t i = 0; same && i < kDocuments.size(); ++i)
        same = TRY(fetch(transport, kDocuments[i], cache.etags[i])).code == 304;
    if (same) return cache.known;
    auto result = std::make_shared<Discovery>();
    std::vector<std::string> etags;
    for (const std::string_view path : kDocuments) {
        const client::Response response = TRY(fetch(transport, path, ""));
        add_aggregated(TRY(base::parse_json(response.body)), result->resources_);
        etags.push_back(response.etag);
    }
    cache = {result, std::move(etags)};
    return cache.known;
}

// upstream: cli-runtime/pkg/resource/builder.go mappingFor; apimachinery/pkg/runtime/schema ParseResourceArg
base::Result<ApiResource> Discovery::find(std::string_view typed) const {
    const std::string text = lower(typed);
    const std::size_t dot = text.find('.');
    const std::string name = text.substr(0, dot);
    const std::string rest = dot == std::string::npos ? std::string() : text.substr(dot + 1);
    const ApiResource* match = nullptr;
    if (const std::size_t second = rest.find('.'); second != std::string::npos) {
        match = first_match(resources_, name, rest.substr(second + 1), rest.substr(0, second), false, false);
    }
    if (match == nullptr) match = first_match(resources_, name, rest, "", rest.empty(), false);
    if (match == nullptr && !rest.empty()) match = first_match(resources_, name, rest, "", false, true);
    if (match == nullptr) return client_error("the server doesn't have a resource type \"" + name + "\"");
    return *match;
}

const ApiResource* Discovery::find_kind(std::string_view api_version, std::string_view kind) const {
    for (const ApiResource& resource : resources_) {
        if (resource.kind == kind && resource.api_version() == api_version && usable(resource))
            return &resource;
    }
    return nullptr;
}

const ApiResource* Discovery::find_kind(std::string_view kind) const {
    for (const ApiResource& resource : resources_) {
        if (resource.kind == kind && usable(resource)) return &resource;
    }
    return nullptr;
}

std::vector<ApiResource> Discovery::in_category(std::string_view category) const {
    std::vector<ApiResource> result;
    for (const ApiResource& resource : resources_) {
        const bool member = std::find(resource.categories.begin(), resource.categories.end(), category) !=
                            resource.categories.end();
        const bool known = std::any_of(result.begin(), result.end(), [&](const ApiResource& other) {
            return other.qualified_plural() == resource.qualified_plural();
        });
        if (member && !known) result.push_back(resource);
    }
    return result;
}

}  // namespace kubetab::kubectl
