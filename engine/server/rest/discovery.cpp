// Discovery: which groups, versions and resources there are.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/discovery

#include <map>

#include "engine/api/reviews.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {
namespace {

using api::Kind;
using base::Json;

// Groups in upstream's order of preference.
constexpr std::string_view kGroupOrder[] = {
    "",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "networking.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "storage.k8s.io",
    "apiextensions.k8s.io",
    "scheduling.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
};

Json texts(const std::vector<std::string_view>& values) {
    Json list = Json::array();
    for (const std::string_view value : values) list.push_back(value);
    return list;
}

Json verbs_of(const Kind& kind) {
    if (api::is_review(kind)) return Json::array({"create"});
    // Namespaces go one by one: each has to be emptied first.
    if (kind.plural == "namespaces") return {"create", "delete", "get", "list", "patch", "update", "watch"};
    return {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
}

Json verbs_of_subresource(std::string_view name) {
    if (name == "log") return {"get"};
    if (name == "attach" || name == "exec") return {"create", "get"};
    if (name == "binding" || name == "eviction" || name == "token") return {"create"};
    if (name == "finalize") return {"update"};
    return {"get", "patch", "update"};
}

std::string_view kind_of_subresource(const Kind& kind, std::string_view name) {
    if (name == "scale") return "Scale";
    if (name == "binding") return "Binding";
    if (name == "eviction") return "Eviction";
    if (name == "token") return "TokenRequest";
    if (name == "attach") return "PodAttachOptions";
    if (name == "exec") return "PodExecOptions";
    return kind.kind;
}

std::string_view group_of_subresource(const Kind& kind, std::string_view name) {
    if (name == "scale") return "autoscaling";
    if (name == "token") return "authentication.k8s.io";
    return name == "eviction" ? "policy" : kind.group;
}

std::string_view version_of_subresource(const Kind& kind, std::string_view name) {
    return group_of_subresource(kind, name) == kind.group ? kind.version : "v1";
}

Json kind_reference(std::string_view group, std::string_view version, std::string_view kind) {
    return {{"group", group}, {"version", version}, {"kind", kind}};
}

Json aggregated_resource(const Kind& kind) {
    Json entry = {{"resource", kind.plural},
                  {"responseKind", kind_reference("", "", kind.kind)},
                  {"scope", kind.namespaced ? "Namespaced" : "Cluster"},
                  {"singularResource", kind.singular},
                  {"verbs", verbs_of(kind)}};
    entry["responseKind"]["group"] = kind.group;
    entry["responseKind"]["version"] = kind.version;
    if (!kind.short_names.empty()) entry["shortNames"] = texts(kind.short_names);
    if (!kind.categories.empty()) entry["categories"] = texts(kind.categories);
    for (const std::string_view name : kind.subresources) {
        entry["subresources"].push_back({{"subresource", name},
                                         {"responseKind", kind_reference(group_of_subresource(kind, name),
                                                                         version_of_subresource(kind, name),
                                                                         kind_of_subresource(kind, name))},
                                         {"verbs", verbs_of_subresource(name)}});
    }
    return entry;
}

std::vector<const Kind*> kinds_in(std::string_view group) {
    std::map<std::string_view, const Kind*> by_plural;
    for (const std::span<const Kind* const> all : {api::all_kinds(), api::review_kinds()}) {
        for (const Kind* kind : all) {
            if (kind->group == group) by_plural.emplace(kind->plural, kind);
        }
    }
    std::vector<const Kind*> kinds;
    for (const auto& [plural, kind] : by_plural) kinds.push_back(kind);
    return kinds;
}

Json aggregated_group(std::string_view group) {
    Json resources = Json::array();
    for (const Kind* kind : kinds_in(group)) resources.push_back(aggregated_resource(*kind));
    Json metadata = {{"creationTimestamp", nullptr}};
    if (!group.empty()) metadata["name"] = group;
    return {{"metadata", metadata},
            {"versions", {{{"version", "v1"}, {"resources", resources}, {"freshness", "Current"}}}}};
}

// Behind the built-in groups: those of custom resources, each with its versions.
void add_custom_groups(const CustomKinds& custom, Json& items) {
    for (const Kind* kind : custom.established()) {
        const bool new_group =
            items.empty() || base::text_at(items.back(), {"metadata", "name"}) != kind->group;
        if (new_group) {
            items.push_back({{"metadata", {{"creationTimestamp", nullptr}, {"name", kind->group}}},
                             {"versions", Json::array()}});
        }
        Json& versions = items.back()["versions"];
        if (versions.empty() || base::text_at(versions.back(), {"version"}) != kind->version) {
            versions.push_back(
                {{"version", kind->version}, {"resources", Json::array()}, {"freshness", "Current"}});
        }
        versions.back()["resources"].push_back(aggregated_resource(*kind));
    }
}

Json aggregated(bool core, const CustomKinds& custom) {
    Json items = Json::array();
    for (const std::string_view group : kGroupOrder) {
        if (group.empty() == core) items.push_back(aggregated_group(group));
    }
    if (!core) add_custom_groups(custom, items);
    return {{"kind", "APIGroupDiscoveryList"},
            {"apiVersion", "apidiscovery.k8s.io/v2"},
            {"metadata", Json::object()},
            {"items", items}};
}

Json resource_list(const std::vector<const Kind*>& kinds, const std::string& version) {
    Json resources = Json::array();
    for (const Kind* kind : kinds) {
        Json entry = {{"name", kind->plural},
                      {"singularName", kind->singular},
                      {"namespaced", kind->namespaced},
                      {"kind", kind->kind},
                      {"verbs", verbs_of(*kind)}};
        if (!kind->short_names.empty()) entry["shortNames"] = texts(kind->short_names);
        if (!kind->categories.empty()) entry["categories"] = texts(kind->categories);
        resources.push_back(entry);
        for (const std::string_view name : kind->subresources) {
            Json sub = {{"name", std::string(kind->plural) + "/" + std::string(name)},
                        {"singularName", ""},
                        {"namespaced", kind->namespaced},
                        {"kind", kind_of_subresource(*kind, name)},
                        {"verbs", verbs_of_subresource(name)}};
            // Only where it is not the resource's own; drain finds out so whether it can evict.
            if (const std::string_view other = group_of_subresource(*kind, name); other != kind->group) {
                sub["group"] = other;
                sub["version"] = "v1";
            }
            resources.push_back(std::move(sub));
        }
    }
    return {{"kind", "APIResourceList"},
            {"apiVersion", "v1"},
            {"groupVersion", version},
            {"resources", resources}};
}

}  // namespace

std::unique_ptr<api::Response> discover(const std::string& path, const CustomKinds& custom) {
    if (path == "/api") return std::make_unique<api::Response>(json_response(aggregated(true, custom)));
    if (path == "/apis") return std::make_unique<api::Response>(json_response(aggregated(false, custom)));
    for (const std::string_view group : kGroupOrder) {
        const std::string base = group.empty() ? "/api/v1" : "/apis/" + std::string(group) + "/v1";
        const std::string version = group.empty() ? "v1" : std::string(group) + "/v1";
        if (path == base)
            return std::make_unique<api::Response>(json_response(resource_list(kinds_in(group), version)));
    }
    std::vector<const Kind*> kinds;
    for (const Kind* kind : custom.established()) {
        if (path == "/apis/" + kind->api_version()) kinds.push_back(kind);
    }
    if (kinds.empty()) return nullptr;
    return std::make_unique<api::Response>(json_response(resource_list(kinds, kinds.front()->api_version())));
}

}  // namespace kubetab::server
