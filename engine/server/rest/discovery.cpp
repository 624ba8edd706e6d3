// Discovery: which groups, versions and resources there are.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/discovery

#include <algorithm>
#include <map>

#include "engine/api/metrics.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {
namespace {

using api::Kind;
using base::Json;

// Groups in upstream's order of preference.
constexpr std::string_view kGroupOrder[] = {
    "",
    "apiregistration.k8s.io",
    "apps",
    "events.k8s.io",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "networking.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "storage.k8s.io",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "scheduling.k8s.io",
    "coordination.k8s.io",
    "node.k8s.io",
    "discovery.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "metrics.k8s.io",
};

Json texts(const std::vector<std::string_view>& values) {
    Json list = Json::array();
    for (const std::string_view value : values) list.push_back(value);
    return list;
}

Json verbs_of(const Kind& kind) {
    if (api::is_review(kind)) return Json::array({"create"});
    if (api::is_made_when_asked(kind)) return Json::array({"get", "list"});
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

// Every other group has but one.
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

std::vector<const Kind*> served_in(std::string_view group) {
    std::vector<const Kind*> kinds;
    for (const std::span<const Kind* const> all :
         {api::all_kinds(), api::review_kinds(), api::served_kinds()}) {
        for (const Kind* kind : all) {
            if (kind->group == group) kinds.push_back(kind);
        }
    }
    return kinds;
}

// The preferred one first: that of the kinds that are stored.
std::vector<std::string_view> versions_of(std::string_view group) {
    std::vector<std::string_view> versions;
    for (const Kind* kind : served_in(group)) {
        if (std::find(versions.begin(), versions.end(), kind->version) == versions.end())
            versions.push_back(kind->version);
    }
    return versions;
}

std::vector<const Kind*> kinds_in(std::string_view group, std::string_view version) {
    std::map<std::string_view, const Kind*> by_plural;
    for (const Kind* kind : served_in(group)) {
        if (kind->version == version) by_plural.emplace(kind->plural, kind);
    }
    std::vector<const Kind*> kinds;
    for (const auto& [plural, kind] : by_plural) kinds.push_back(kind);
    return kinds;
}

enum class Freshness { Current, Stale };

// What is stale is named, and nobody knows what it holds.
Json aggregated_group(std::string_view group, Freshness freshness) {
    const bool current = freshness == Freshness::Current;
    Json versions = Json::array();
    for (const std::string_view version : versions_of(group)) {
        Json resources = Json::array();
        for (const Kind* kind : kinds_in(group, version)) {
            if (current) resources.push_back(aggregated_resource(*kind));
        }
        versions.push_back({{"version", version},
                            {"resources", std::move(resources)},
                            {"freshness", current ? "Current" : "Stale"}});
    }
    Json metadata = {{"creationTimestamp", nullptr}};
    if (!group.empty()) metadata["name"] = group;
    return {{"metadata", metadata}, {"versions", std::move(versions)}};
}

bool is_served(std::string_view group, MetricsApi::State metrics) {
    return group != api::kMetricsGroup || metrics != MetricsApi::State::Absent;
}

bool is_stale(std::string_view group, MetricsApi::State metrics) {
    return group == api::kMetricsGroup && metrics == MetricsApi::State::Unavailable;
}

// Behind the built-in groups: those of custom resources, each with its versions.
void add_custom_groups(const api::CustomKinds& custom, Json& items) {
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

Json aggregated(bool core, MetricsApi::State metrics, const api::CustomKinds& custom) {
    Json items = Json::array();
    for (const std::string_view group : kGroupOrder) {
        const bool stale = is_stale(group, metrics);
        if (group.empty() == core && is_served(group, metrics))
            items.push_back(aggregated_group(group, stale ? Freshness::Stale : Freshness::Current));
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

std::unique_ptr<api::Response> discover(const std::string& path, MetricsApi::State metrics,
                                        const api::CustomKinds& custom) {
    if (path == "/api")
        return std::make_unique<api::Response>(json_response(aggregated(true, metrics, custom)));
    if (path == "/apis")
        return std::make_unique<api::Response>(json_response(aggregated(false, metrics, custom)));
    for (const std::string_view group : kGroupOrder) {
        if (!is_served(group, metrics)) continue;
        for (const std::string_view version : versions_of(group)) {
            const std::string name = (group.empty() ? "" : std::string(group) + "/") + std::string(version);
            if (path != (group.empty() ? "/api/" : "/apis/") + name) continue;
            if (is_stale(group, metrics)) {
                return std::make_unique<api::Response>(
                    refuse(base::failure(base::Reason::ServiceUnavailable,
                                         "the server is currently unable to handle the request")));
            }
            return std::make_unique<api::Response>(
                json_response(resource_list(kinds_in(group, version), name)));
        }
    }
    std::vector<const Kind*> kinds;
    for (const Kind* kind : custom.established()) {
        if (path == "/apis/" + kind->api_version()) kinds.push_back(kind);
    }
    if (kinds.empty()) return nullptr;
    return std::make_unique<api::Response>(json_response(resource_list(kinds, kinds.front()->api_version())));
}

}  // namespace kubetab::server
