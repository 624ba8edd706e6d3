#include "engine/server/rest/discovery_facts.h"

#include <algorithm>
#include <map>

#include "engine/api/metrics.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"

namespace kubetab::server {

using api::Kind;

namespace {

// Where it is served, unqualified names mean it: clients that know no other group go on working.
constexpr std::string_view kExtensions = "extensions";

constexpr std::string_view kGroupOrder[] = {
    "",
    "apiregistration.k8s.io",
    kExtensions,
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

// Every kind of a group, stored or not.
std::vector<const Kind*> served_in(std::string_view group, api::ServedApis apis) {
    std::vector<const Kind*> kinds;
    for (const std::span<const Kind* const> all :
         {api::all_kinds(), api::review_kinds(), api::served_kinds(),
          apis == api::ServedApis::Of2017 ? api::former_kinds() : std::span<const Kind* const>()}) {
        for (const Kind* kind : all) {
            if (kind->group == group) kinds.push_back(kind);
        }
    }
    return kinds;
}

std::vector<std::string_view> verbs_of_subresource(std::string_view name) {
    if (name == "log") return {"get"};
    if (name == "attach" || name == "exec" || name == "portforward") return {"create", "get"};
    if (name == "binding" || name == "eviction" || name == "token") return {"create"};
    if (name == "finalize") return {"update"};
    if (name == "proxy") return {"create", "delete", "get", "patch", "update"};
    return {"get", "patch", "update"};
}

std::string_view kind_of_subresource(const Kind& kind, std::string_view name) {
    if (name == "proxy") {
        if (kind.plural == "nodes") return "NodeProxyOptions";
        return kind.plural == "services" ? "ServiceProxyOptions" : "PodProxyOptions";
    }
    if (name == "scale") return "Scale";
    if (name == "binding") return "Binding";
    if (name == "eviction") return "Eviction";
    if (name == "token") return "TokenRequest";
    if (name == "attach") return "PodAttachOptions";
    if (name == "exec") return "PodExecOptions";
    if (name == "portforward") return "PodPortForwardOptions";
    return kind.kind;
}

std::string_view group_of_subresource(const Kind& kind, std::string_view name) {
    if (name == "scale") return api::is_former(kind) ? kind.group : "autoscaling";
    if (name == "token") return "authentication.k8s.io";
    return name == "eviction" ? "policy" : kind.group;
}

}  // namespace

std::vector<std::string_view> discovered_groups(MetricsApi::State metrics, api::ServedApis apis) {
    std::vector<std::string_view> groups;
    for (const std::string_view group : kGroupOrder) {
        const bool absent = (group == api::kMetricsGroup && metrics == MetricsApi::State::Absent) ||
                            (group == kExtensions && apis == api::ServedApis::Today);
        if (!absent) groups.push_back(group);
    }
    return groups;
}

bool is_stale_group(std::string_view group, MetricsApi::State metrics) {
    return group == api::kMetricsGroup && metrics == MetricsApi::State::Unavailable;
}

std::vector<std::string_view> versions_of_group(std::string_view group, api::ServedApis apis) {
    std::vector<std::string_view> versions;
    for (const Kind* kind : served_in(group, apis)) {
        if (std::find(versions.begin(), versions.end(), kind->version) == versions.end())
            versions.push_back(kind->version);
    }
    return versions;
}

std::vector<const Kind*> kinds_in_version(std::string_view group, std::string_view version,
                                          api::ServedApis apis) {
    std::map<std::string_view, const Kind*> by_plural;
    for (const Kind* kind : served_in(group, apis)) {
        if (kind->version == version) by_plural.emplace(kind->plural, kind);
    }
    std::vector<const Kind*> kinds;
    for (const auto& [plural, kind] : by_plural) kinds.push_back(kind);
    return kinds;
}

std::vector<std::string_view> verbs_of_resource(const Kind& kind) {
    if (api::is_review(kind)) return {"create"};
    if (api::is_made_when_asked(kind)) return {"get", "list"};
    // Namespaces go one by one: each has to be emptied first.
    if (kind.plural == "namespaces") return {"create", "delete", "get", "list", "patch", "update", "watch"};
    return {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
}

Subresource discovered_subresource(const Kind& kind, std::string_view name) {
    const std::string_view group = group_of_subresource(kind, name);
    // Every other group has but one version.
    return {group, group == kind.group ? kind.version : "v1", kind_of_subresource(kind, name),
            verbs_of_subresource(name)};
}

}  // namespace kubetab::server
