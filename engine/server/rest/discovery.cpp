// Discovery: which groups, versions and resources there are.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/discovery

#include <map>

#include "engine/server/rest/rest.h"

namespace kubetab::server {
namespace {

using api::Kind;
using base::Json;

// Groups in upstream's order of preference.
constexpr std::string_view kGroupOrder[] = {"",
                                            "apps",
                                            "networking.k8s.io",
                                            "policy",
                                            "scheduling.k8s.io",
                                            "coordination.k8s.io",
                                            "discovery.k8s.io"};

Json texts(const std::vector<std::string_view>& values) {
    Json list = Json::array();
    for (const std::string_view value : values) list.push_back(value);
    return list;
}

Json verbs_of(const Kind& kind) {
    // Namespaces go one by one: each has to be emptied first.
    if (kind.plural == "namespaces") return {"create", "delete", "get", "list", "patch", "update", "watch"};
    return {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
}

Json verbs_of_subresource(std::string_view name) {
    if (name == "log") return {"get"};
    if (name == "attach" || name == "exec") return {"create", "get"};
    if (name == "binding" || name == "eviction") return {"create"};
    if (name == "finalize") return {"update"};
    return {"get", "patch", "update"};
}

std::string_view kind_of_subresource(const Kind& kind, std::string_view name) {
    if (name == "scale") return "Scale";
    if (name == "binding") return "Binding";
    if (name == "eviction") return "Eviction";
    if (name == "attach") return "PodAttachOptions";
    if (name == "exec") return "PodExecOptions";
    return kind.kind;
}

std::string_view group_of_subresource(const Kind& kind, std::string_view name) {
    if (name == "scale") return "autoscaling";
    return name == "eviction" ? "policy" : kind.group;
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
        entry["subresources"].push_back(
            {{"subresource", name},
             {"responseKind",
              kind_reference(group_of_subresource(kind, name), "v1", kind_of_subresource(kind, name))},
             {"verbs", verbs_of_subresource(name)}});
    }
    return entry;
}

std::vector<const Kind*> kinds_in(std::string_view group) {
    std::map<std::string_view, const Kind*> by_plural;
    for (const Kind* kind : api::all_kinds()) {
        if (kind->group == group) by_plural.emplace(kind->plural, kind);
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

Json aggregated(bool core) {
    Json items = Json::array();
    for (const std::string_view group : kGroupOrder) {
        if (group.empty() == core) items.push_back(aggregated_group(group));
    }
    return {{"kind", "APIGroupDiscoveryList"},
            {"apiVersion", "apidiscovery.k8s.io/v2"},
            {"metadata", Json::object()},
            {"items", items}};
}

Json resource_list(std::string_view group) {
    Json resources = Json::array();
    for (const Kind* kind : kinds_in(group)) {
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
    const std::string version = group.empty() ? "v1" : std::string(group) + "/v1";
    return {{"kind", "APIResourceList"},
            {"apiVersion", "v1"},
            {"groupVersion", version},
            {"resources", resources}};
}

}  // namespace

std::unique_ptr<api::Response> discover(const std::string& path) {
    if (path == "/api") return std::make_unique<api::Response>(json_response(aggregated(true)));
    if (path == "/apis") return std::make_unique<api::Response>(json_response(aggregated(false)));
    for (const std::string_view group : kGroupOrder) {
        const std::string base = group.empty() ? "/api/v1" : "/apis/" + std::string(group) + "/v1";
        if (path == base) return std::make_unique<api::Response>(json_response(resource_list(group)));
    }
    return nullptr;
}

}  // namespace kubetab::server
