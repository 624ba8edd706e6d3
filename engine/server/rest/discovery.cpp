// Discovery in its present form: one document for all groups.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/discovery/aggregated

#include <fmt/format.h>

#include "engine/base/digest.h"
#include "engine/server/rest/discovery_facts.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {
namespace {

using api::Kind;
using base::Json;

Json texts(const std::vector<std::string_view>& values) {
    Json list = Json::array();
    for (const std::string_view value : values) list.push_back(value);
    return list;
}

Json kind_reference(std::string_view group, std::string_view version, std::string_view kind) {
    return {{"group", group}, {"version", version}, {"kind", kind}};
}

// Built-in kinds leave out of which group and version they are when it is the one around them.
// upstream: endpoints/installer.go, whose reference to the kind has nothing else
Json kind_in(const Kind& kind, std::string_view group, std::string_view version, std::string_view name) {
    const bool around = kind.custom == nullptr && group == kind.group && version == kind.version;
    return around ? kind_reference("", "", name) : kind_reference(group, version, name);
}

Json aggregated_resource(const Kind& kind) {
    Json entry = {{"resource", kind.plural},
                  {"responseKind", kind_in(kind, kind.group, kind.version, kind.kind)},
                  {"scope", kind.namespaced ? "Namespaced" : "Cluster"},
                  {"singularResource", kind.singular},
                  {"verbs", texts(verbs_of_resource(kind))}};
    if (!kind.short_names.empty()) entry["shortNames"] = texts(kind.short_names);
    if (!kind.categories.empty()) entry["categories"] = texts(kind.categories);
    for (const std::string_view name : kind.subresources) {
        const Subresource sub = discovered_subresource(kind, name);
        entry["subresources"].push_back({{"subresource", name},
                                         {"responseKind", kind_in(kind, sub.group, sub.version, sub.kind)},
                                         {"verbs", texts(sub.verbs)}});
    }
    return entry;
}

enum class Freshness { Current, Stale };

// What is stale is named, and nobody knows what it holds.
Json aggregated_group(std::string_view group, api::ServedApis apis, Freshness freshness) {
    const bool current = freshness == Freshness::Current;
    Json versions = Json::array();
    for (const std::string_view version : versions_of_group(group, apis)) {
        Json resources = Json::array();
        for (const Kind* kind : kinds_in_version(group, version, apis)) {
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

Json aggregated(bool core, MetricsApi::State metrics, const Server& server) {
    Json items = Json::array();
    for (const std::string_view group : discovered_groups(metrics, server.apis())) {
        const bool stale = is_stale_group(group, metrics);
        if (group.empty() == core)
            items.push_back(
                aggregated_group(group, server.apis(), stale ? Freshness::Stale : Freshness::Current));
    }
    if (!core) add_custom_groups(server.custom_resources(), items);
    return {{"kind", "APIGroupDiscoveryList"},
            {"apiVersion", "apidiscovery.k8s.io/v2"},
            {"metadata", Json::object()},
            {"items", items}};
}

std::string etag_of(std::string_view text) {
    base::Digest digest;
    digest.add(text);
    return fmt::format("\"{:016X}\"", digest.value());
}

}  // namespace

// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/discovery/aggregated/etag.go [ServeHTTPWithETag]
api::Response DiscoveryDocuments::answer(const api::Request& request, MetricsApi::State metrics,
                                         const Server& server) {
    const bool core = request.path == "/api";
    Document& document = core ? core_ : groups_;
    const std::int64_t revision = server.custom_resources().revision();
    if (document.custom_revision != revision || document.metrics != metrics) {
        std::string text = aggregated(core, metrics, server).dump();
        std::string etag = etag_of(text);
        document = {metrics, revision, std::move(text), std::move(etag)};
    }
    api::Response response;
    response.etag = document.etag;
    if (request.known == document.etag) {
        response.code = 304;
    } else {
        response.body = document.text;
    }
    return response;
}

}  // namespace kubetab::server
