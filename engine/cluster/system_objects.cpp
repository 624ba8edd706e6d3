#include "engine/cluster/system_objects.h"

#include <type_traits>
#include <utility>

#include "engine/api/api_service.h"
#include "engine/api/codec.h"
#include "engine/api/defaults.h"
#include "engine/api/flow_control.h"
#include "engine/base/digest.h"
#include "engine/base/ensure.h"
#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "engine/sim/random.h"

namespace kubetab::cluster {
namespace {

constexpr std::string_view kSystem = "kube-system";

// A group that the server itself answers for, in a version. upstream:
// pkg/controlplane/apiserver/aggregator.go
struct LocalGroup {
    std::string_view version;
    std::string_view group;
    std::int32_t group_priority;
    std::int32_t version_priority;
};

constexpr LocalGroup kLocalGroups[] = {
    {"v1", "", 18000, 1},
    {"v1", "admissionregistration.k8s.io", 16700, 15},
    {"v1", "apiextensions.k8s.io", 16700, 15},
    {"v1", "apps", 17800, 15},
    {"v1", "authentication.k8s.io", 17700, 15},
    {"v1", "authorization.k8s.io", 17600, 15},
    {"v1", "autoscaling", 17500, 15},
    {"v1", "batch", 17400, 15},
    {"v1", "certificates.k8s.io", 17300, 15},
    {"v1", "coordination.k8s.io", 16500, 15},
    {"v1", "discovery.k8s.io", 16200, 15},
    {"v1", "events.k8s.io", 17750, 15},
    {"v1", "flowcontrol.apiserver.k8s.io", 16100, 21},
    {"v1", "networking.k8s.io", 17200, 15},
    {"v1", "node.k8s.io", 16300, 15},
    {"v1", "policy", 17100, 15},
    {"v1", "rbac.authorization.k8s.io", 17000, 15},
    {"v1", "scheduling.k8s.io", 16600, 15},
    {"v1", "storage.k8s.io", 16800, 15},
    {"v2", "autoscaling", 17500, 30},
};

// Those of 2017. upstream: cmd/kube-apiserver/app/aggregator.go, as it was in v1.15
constexpr LocalGroup kFormerGroups[] = {
    {"v1alpha1", "rbac.authorization.k8s.io", 17000, 9},
    {"v1beta1", "apps", 17800, 1},
    {"v1beta1", "batch", 17400, 9},
    {"v1beta1", "certificates.k8s.io", 17300, 9},
    {"v1beta1", "extensions", 17900, 1},
    {"v1beta1", "networking.k8s.io", 17200, 9},
    {"v1beta1", "policy", 17100, 9},
    {"v1beta1", "rbac.authorization.k8s.io", 17000, 12},
    {"v1beta1", "storage.k8s.io", 16800, 9},
    {"v1beta2", "apps", 17800, 9},
    {"v2alpha1", "batch", 17400, 9},
};

// Those that the controllers work under.
constexpr std::string_view kAccounts[] = {
    "attachdetach-controller",
    "certificate-controller",
    "clusterrole-aggregation-controller",
    "cronjob-controller",
    "daemon-set-controller",
    "deployment-controller",
    "disruption-controller",
    "endpoint-controller",
    "endpointslice-controller",
    "endpointslicemirroring-controller",
    "ephemeral-volume-controller",
    "expand-controller",
    "generic-garbage-collector",
    "horizontal-pod-autoscaler",
    "job-controller",
    "legacy-service-account-token-cleaner",
    "namespace-controller",
    "node-controller",
    "persistent-volume-binder",
    "pod-garbage-collector",
    "pv-protection-controller",
    "pvc-protection-controller",
    "replicaset-controller",
    "replication-controller",
    "resourcequota-controller",
    "root-ca-cert-publisher",
    "service-account-controller",
    "statefulset-controller",
    "ttl-after-finished-controller",
    "ttl-controller",
    "validatingadmissionpolicy-status-controller",
};
// What kubeadm's clusters have besides.
constexpr std::string_view kKubeadmAccounts[] = {"bootstrap-signer", "coredns", "kube-proxy",
                                                 "token-cleaner"};

class Placing {
public:
    explicit Placing(server::Server& server) : server_(server), random_(own_seed(server)) {}

    template <class T>
    void place(std::shared_ptr<T> object, std::string_view actor = "kube-apiserver") {
        object->metadata.uid = random_.uuid();
        server_.place(api::kind_of<T>(), std::move(object),
                      {.actor = std::string(actor), .reason = "every cluster has it"});
    }

    void flow_control() {
        for (const std::string& text : base::split_yaml_documents(flow_control_text())) {
            const base::Result<base::Json> document = base::parse_yaml(text);
            ENSURE(document.ok());
            if (document->is_null()) continue;
            const bool schema = base::text_at(*document, {"kind"}) == "FlowSchema";
            schema ? flow<api::FlowSchema>(*document) : flow<api::PriorityLevelConfiguration>(*document);
        }
    }

    void api_service(const LocalGroup& local) {
        auto service = std::make_shared<api::APIService>();
        service->metadata.name = std::string(local.version).append(".").append(local.group);
        service->metadata.labels = {{"kube-aggregator.kubernetes.io/automanaged", "onstart"}};
        service->spec.group = local.group;
        service->spec.version = local.version;
        service->spec.groupPriorityMinimum = local.group_priority;
        service->spec.versionPriority = local.version_priority;
        api::APIServiceCondition& condition = service->status.conditions.emplace_back();
        condition.type = "Available";
        condition.status = "True";
        condition.reason = "Local";
        condition.message = "Local APIServices are always available";
        condition.lastTransitionTime = server_.now();
        place(std::move(service));
    }

    void account(std::string_view name) {
        auto account = std::make_shared<api::ServiceAccount>();
        account->metadata.name = name;
        account->metadata.namespace_ = kSystem;
        place(std::move(account), "kube-controller-manager");
    }

    void config_map(std::string_view name, std::string_view key, std::string_view value) {
        auto map = std::make_shared<api::ConfigMap>();
        map->metadata.name = name;
        map->metadata.namespace_ = kSystem;
        map->data[key] = value;
        place(std::move(map));
    }

private:
    template <class T>
    void flow(const base::Json& document) {
        const api::Kind& kind = api::kind_of<T>();
        base::Json whole = document;
        whole["apiVersion"] = kind.api_version();
        api::StrictIssues issues;
        const base::Result<std::shared_ptr<api::Object>> object = api::decode_object(kind, whole, issues);
        ENSURE(object.ok() && issues.empty());
        api::set_defaults(kind, **object);
        auto typed = std::static_pointer_cast<T>(*object);
        typed->metadata.annotations = {{"apf.kubernetes.io/autoupdate-spec", "true"}};
        typed->metadata.generation = 1;
        if constexpr (std::is_same_v<T, api::FlowSchema>) set_found(*typed);
        place(std::move(typed));
    }

    void set_found(api::FlowSchema& schema) {
        api::FlowSchemaCondition& condition = schema.status.conditions.emplace_back();
        condition.type = "Dangling";
        condition.status = "False";
        condition.reason = "Found";
        condition.message = "This FlowSchema references the PriorityLevelConfiguration object named \"" +
                            schema.spec.priorityLevelConfiguration.name + "\" and it exists";
        condition.lastTransitionTime = server_.now();
    }

    // Other clusters have other identities, although their chance is not asked.
    static std::uint64_t own_seed(const server::Server& server) {
        base::Digest digest;
        digest.add("system objects");
        for (const auto& [key, space] : server.store().all(api::kind_of<api::Namespace>()))
            digest.add(space->metadata.uid.str());
        return digest.value();
    }

    server::Server& server_;
    sim::Random random_;
};

}  // namespace

void place_system_objects(server::Server& server, const ClusterSpec& spec, std::string_view certificate) {
    Placing placing(server);
    placing.flow_control();
    for (const LocalGroup& group : kLocalGroups) placing.api_service(group);
    if (spec.apis == api::ServedApis::Of2017) {
        for (const LocalGroup& group : kFormerGroups) placing.api_service(group);
    }
    placing.config_map("extension-apiserver-authentication", "client-ca-file", certificate);
    placing.config_map("kube-apiserver-legacy-service-account-token-tracking", "since",
                       api::format_time(server.now().seconds).substr(0, 10));
    for (const std::string_view name : kAccounts) placing.account(name);
    if (!spec.system_pods) return;
    for (const std::string_view name : kKubeadmAccounts) placing.account(name);
}

}  // namespace kubetab::cluster
