// What discovery tells of: the groups in order, their versions and resources, and what can be done with
// those. upstream: staging/src/k8s.io/apiserver/pkg/endpoints/discovery, installer.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/former_kinds.h"
#include "engine/api/transport.h"
#include "engine/server/metrics_api.h"
#include "engine/server/server.h"

namespace kubetab::server {

// In upstream's order of preference, the core group first.
std::vector<std::string_view> discovered_groups(MetricsApi::State metrics, api::ServedApis apis);
// Known, and nobody answers for it at present.
bool is_stale_group(std::string_view group, MetricsApi::State metrics);
// The preferred one first: that of the kinds that are stored.
std::vector<std::string_view> versions_of_group(std::string_view group, api::ServedApis apis);
// By plural.
std::vector<const api::Kind*> kinds_in_version(std::string_view group, std::string_view version,
                                               api::ServedApis apis);

std::vector<std::string_view> verbs_of_resource(const api::Kind& kind);

struct Subresource {
    std::string_view group{};
    std::string_view version{};
    std::string_view kind{};
    std::vector<std::string_view> verbs{};
};
Subresource discovered_subresource(const api::Kind& kind, std::string_view name);

// The older form: a document for each group and version, with its members in the order that real servers
// write. `address` is where the server says that it listens. Null when the path is none of discovery's.
std::unique_ptr<api::Response> discover_plainly(const std::string& path, MetricsApi::State metrics,
                                                const Server& server, const std::string& address);

}  // namespace kubetab::server
