// Whether the API server is well, check by check. It runs in one piece: while it answers, every check holds.
// upstream: staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go; pkg/controlplane (the checks' names)

#include "engine/server/rest/rest.h"

namespace kubetab::server {
namespace {

struct Check {
    std::string_view name;
    bool live = true;   // /livez and /healthz
    bool ready = true;  // /readyz
};

constexpr Check kChecks[] = {
    {"ping"},
    {"log"},
    {"etcd", true, false},
    {"informer-sync", false, true},
    {"poststarthook/start-apiserver-admission-initializer"},
    {"poststarthook/generic-apiserver-start-informers"},
    {"poststarthook/priority-and-fairness-config-consumer"},
    {"poststarthook/priority-and-fairness-filter"},
    {"poststarthook/storage-object-count-tracker-hook"},
    {"poststarthook/start-apiextensions-informers"},
    {"poststarthook/start-apiextensions-controllers"},
    {"poststarthook/crd-informer-synced"},
    {"poststarthook/start-system-namespaces-controller"},
    {"poststarthook/start-cluster-authentication-info-controller"},
    {"poststarthook/start-kube-apiserver-identity-lease-controller"},
    {"poststarthook/start-kube-apiserver-identity-lease-garbage-collector"},
    {"poststarthook/start-legacy-token-tracking-controller"},
    {"poststarthook/start-service-ip-repair-controllers"},
    {"poststarthook/rbac/bootstrap-roles"},
    {"poststarthook/scheduling/bootstrap-system-priority-classes"},
    {"poststarthook/priority-and-fairness-config-producer"},
    {"poststarthook/bootstrap-controller"},
    {"poststarthook/start-kube-aggregator-informers"},
    {"poststarthook/apiservice-status-local-available-controller"},
    {"poststarthook/apiservice-status-remote-available-controller"},
    {"poststarthook/apiservice-registration-controller"},
    {"poststarthook/apiservice-wait-for-first-sync"},
    {"poststarthook/apiservice-discovery-controller"},
    {"poststarthook/kube-apiserver-autoregistration"},
    {"autoregister-completion"},
    {"poststarthook/apiservice-openapi-controller"},
    {"poststarthook/apiservice-openapiv3-controller"},
    {"shutdown", false, true},
};

bool asks_for_each(const api::Request& request) {
    for (const auto& [name, value] : request.query) {
        if (name == "verbose") return true;
    }
    return false;
}

}  // namespace

std::unique_ptr<api::Response> health(const api::Request& request) {
    const std::string& path = request.path;
    if (path != "/healthz" && path != "/livez" && path != "/readyz") return nullptr;
    auto response = std::make_unique<api::Response>();
    response->content_type = "text/plain";
    response->body = "ok";
    if (!asks_for_each(request)) return response;
    response->body.clear();
    for (const Check& check : kChecks) {
        if (path == "/readyz" ? check.ready : check.live)
            response->body += std::string("[+]").append(check.name).append(" ok\n");
    }
    response->body += path.substr(1) + " check passed\n";
    return response;
}

}  // namespace kubetab::server
