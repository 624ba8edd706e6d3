// Discovery: which resources the server has, and how the user may name them.
//
// Read once per command from /api and /apis (aggregated discovery, JSON), and kept for the next command,
// which asks whether it has changed. Order is the server's: core first, then the groups in their order of
// preference; that order decides which resource a short name means. upstream:
// staging/src/k8s.io/client-go/restmapper
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/client/transport.h"

namespace kubetab::kubectl {

struct ApiResource {
    std::string group{};     // "" for core
    std::string version{};   // "v1"
    std::string kind{};      // "Deployment"
    std::string plural{};    // "deployments"
    std::string singular{};  // "deployment"
    std::vector<std::string> short_names{};
    std::vector<std::string> categories{};
    std::vector<std::string> verbs{};
    std::vector<std::string> subresources{};  // "status", "scale", "log"
    bool namespaced = true;
    bool preferred = true;  // the first version of its group

    // "v1", "apps/v1"
    std::string api_version() const;
    // Where today's servers have the kind: "apps" for a Deployment of "extensions".
    std::string todays_group() const;
    // "pods", "deployments.apps"
    std::string qualified_plural() const;
    // "pod", "deployment.apps": how results name it
    std::string qualified_singular() const;
    // "/api/v1/namespaces/ns/pods"; without a namespace the collection over all namespaces, or the cluster's.
    std::string collection_path(std::string_view in_namespace) const;
    std::string item_path(std::string_view in_namespace, std::string_view name) const;
    bool has_verb(std::string_view verb) const;
    bool has_subresource(std::string_view name) const;
};

class Discovery;

// What a kubectl keeps between commands, as the real one does below ~/.kube/cache.
struct DiscoveryCache {
    std::shared_ptr<const Discovery> known{};
    std::vector<std::string> etags{};  // of the documents that it was read from
};

class Discovery {
public:
    static base::Result<std::shared_ptr<const Discovery>> load(client::Transport& transport,
                                                               DiscoveryCache& cache);

    // Every version of every resource, in the server's order.
    const std::vector<ApiResource>& all() const { return resources_; }

    // By what a user types: "po", "pod", "pods", "Pod", "deployments.apps", "deployments.v1.apps".
    // Failure: `the server doesn't have a resource type "x"`.
    base::Result<ApiResource> find(std::string_view typed) const;
    // By apiVersion and kind; nullptr when the server lacks it.
    const ApiResource* find_kind(std::string_view api_version, std::string_view kind) const;
    // The preferred version of a kind in any group; nullptr when the server lacks it.
    const ApiResource* find_kind(std::string_view kind) const;
    // "all" → pods, services, …; empty when there is no such category.
    std::vector<ApiResource> in_category(std::string_view category) const;

private:
    std::vector<ApiResource> resources_{};
};

}  // namespace kubetab::kubectl
