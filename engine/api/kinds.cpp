#include "engine/api/kinds.h"

#include <algorithm>
#include <array>

#include "engine/api/admission_registration.h"
#include "engine/api/api_service.h"
#include "engine/api/autoscaling_v1.h"
#include "engine/api/batch.h"
#include "engine/api/certificates.h"
#include "engine/api/controller_revision.h"
#include "engine/api/core/binding.h"
#include "engine/api/core/component_status.h"
#include "engine/api/core/limit_range.h"
#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/core/pod_template.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/core/resource_quota.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/api/daemon_set.h"
#include "engine/api/events.h"
#include "engine/api/flow_control.h"
#include "engine/api/former_kinds.h"
#include "engine/api/ingress.h"
#include "engine/api/metrics.h"
#include "engine/api/network_policy.h"
#include "engine/api/policy.h"
#include "engine/api/rbac.h"
#include "engine/api/reviews.h"
#include "engine/api/runtime_class.h"
#include "engine/api/scheduling.h"
#include "engine/api/served_kinds.h"
#include "engine/api/stateful_set.h"
#include "engine/api/storage.h"
#include "engine/api/storage_capacity.h"

namespace kubetab::api {
namespace {

enum class Scope { Cluster, Namespaced };

struct Names {
    std::string_view group;
    std::string_view kind;
    std::string_view plural;
    std::string_view singular;
    Scope scope;
    std::string_view version = "v1";
};

template <class T>
Kind describe(const Names& names, std::vector<std::string_view> short_names,
              std::vector<std::string_view> categories, std::vector<std::string_view> subresources) {
    Kind kind;
    kind.group = names.group;
    kind.version = names.version;
    kind.kind = names.kind;
    kind.plural = names.plural;
    kind.singular = names.singular;
    kind.namespaced = names.scope == Scope::Namespaced;
    kind.short_names = std::move(short_names);
    kind.categories = std::move(categories);
    kind.subresources = std::move(subresources);
    kind.type = &type_of<T>();
    kind.make = []() -> std::shared_ptr<Object> { return std::make_shared<T>(); };
    kind.copy = [](const Object& object) -> std::shared_ptr<Object> {
        return std::make_shared<T>(static_cast<const T&>(object));
    };
    return kind;
}

// The first kind that is as asked for, of those that are stored and those that are not.
template <class Matches>
const Kind* find_among_all(const Matches& matches) {
    for (const std::span<const Kind* const> kinds : {all_kinds(), review_kinds(), served_kinds()}) {
        for (const Kind* candidate : kinds) {
            if (matches(*candidate)) return candidate;
        }
    }
    return nullptr;
}

}  // namespace

// clang-format off
#define KUBETAB_KIND(T, ...) \
    template <> \
    const Kind& kind_of<T>() { \
        static const Kind kind = describe<T>(__VA_ARGS__); \
        return kind; \
    }

KUBETAB_KIND(Binding, {"", "Binding", "bindings", "binding", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(ConfigMap, {"", "ConfigMap", "configmaps", "configmap", Scope::Namespaced}, {"cm"}, {}, {})
KUBETAB_KIND(Endpoints, {"", "Endpoints", "endpoints", "endpoints", Scope::Namespaced}, {"ep"}, {}, {})
KUBETAB_KIND(Event, {"", "Event", "events", "event", Scope::Namespaced}, {"ev"}, {}, {})
KUBETAB_KIND(LimitRange, {"", "LimitRange", "limitranges", "limitrange", Scope::Namespaced}, {"limits"}, {}, {})
KUBETAB_KIND(Namespace, {"", "Namespace", "namespaces", "namespace", Scope::Cluster}, {"ns"}, {}, {"finalize", "status"})
KUBETAB_KIND(Node, {"", "Node", "nodes", "node", Scope::Cluster}, {"no"}, {}, {"proxy", "status"})
KUBETAB_KIND(PersistentVolume, {"", "PersistentVolume", "persistentvolumes", "persistentvolume", Scope::Cluster}, {"pv"}, {}, {"status"})
KUBETAB_KIND(PersistentVolumeClaim, {"", "PersistentVolumeClaim", "persistentvolumeclaims", "persistentvolumeclaim", Scope::Namespaced}, {"pvc"}, {}, {"status"})
KUBETAB_KIND(Pod, {"", "Pod", "pods", "pod", Scope::Namespaced}, {"po"}, {"all"}, {"attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "status"})
KUBETAB_KIND(PodTemplate, {"", "PodTemplate", "podtemplates", "podtemplate", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(ReplicationController, {"", "ReplicationController", "replicationcontrollers", "replicationcontroller", Scope::Namespaced}, {"rc"}, {"all"}, {"scale", "status"})
KUBETAB_KIND(ResourceQuota, {"", "ResourceQuota", "resourcequotas", "resourcequota", Scope::Namespaced}, {"quota"}, {}, {"status"})
KUBETAB_KIND(Secret, {"", "Secret", "secrets", "secret", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(Service, {"", "Service", "services", "service", Scope::Namespaced}, {"svc"}, {"all"}, {"proxy", "status"})
KUBETAB_KIND(ServiceAccount, {"", "ServiceAccount", "serviceaccounts", "serviceaccount", Scope::Namespaced}, {"sa"}, {}, {"token"})
KUBETAB_KIND(ComponentStatus, {"", "ComponentStatus", "componentstatuses", "componentstatus", Scope::Cluster}, {"cs"}, {}, {})
KUBETAB_KIND(MutatingWebhookConfiguration, {kAdmissionGroup, "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", "mutatingwebhookconfiguration", Scope::Cluster}, {}, {"api-extensions"}, {})
KUBETAB_KIND(ValidatingAdmissionPolicy, {kAdmissionGroup, "ValidatingAdmissionPolicy", "validatingadmissionpolicies", "validatingadmissionpolicy", Scope::Cluster}, {}, {"api-extensions"}, {"status"})
KUBETAB_KIND(ValidatingAdmissionPolicyBinding, {kAdmissionGroup, "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", "validatingadmissionpolicybinding", Scope::Cluster}, {}, {"api-extensions"}, {})
KUBETAB_KIND(ValidatingWebhookConfiguration, {kAdmissionGroup, "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", "validatingwebhookconfiguration", Scope::Cluster}, {}, {"api-extensions"}, {})
KUBETAB_KIND(APIService, {"apiregistration.k8s.io", "APIService", "apiservices", "apiservice", Scope::Cluster}, {}, {"api-extensions"}, {"status"})
KUBETAB_KIND(ControllerRevision, {"apps", "ControllerRevision", "controllerrevisions", "controllerrevision", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(DaemonSet, {"apps", "DaemonSet", "daemonsets", "daemonset", Scope::Namespaced}, {"ds"}, {"all"}, {"status"})
KUBETAB_KIND(Deployment, {"apps", "Deployment", "deployments", "deployment", Scope::Namespaced}, {"deploy"}, {"all"}, {"scale", "status"})
KUBETAB_KIND(ReplicaSet, {"apps", "ReplicaSet", "replicasets", "replicaset", Scope::Namespaced}, {"rs"}, {"all"}, {"scale", "status"})
KUBETAB_KIND(StatefulSet, {"apps", "StatefulSet", "statefulsets", "statefulset", Scope::Namespaced}, {"sts"}, {"all"}, {"scale", "status"})
KUBETAB_KIND(HorizontalPodAutoscaler, {"autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "horizontalpodautoscaler", Scope::Namespaced, "v2"}, {"hpa"}, {"all"}, {"status"})
KUBETAB_KIND(HorizontalPodAutoscalerV1, {"autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "horizontalpodautoscaler", Scope::Namespaced}, {"hpa"}, {"all"}, {"status"})
KUBETAB_KIND(CronJob, {"batch", "CronJob", "cronjobs", "cronjob", Scope::Namespaced}, {"cj"}, {"all"}, {"status"})
KUBETAB_KIND(Job, {"batch", "Job", "jobs", "job", Scope::Namespaced}, {}, {"all"}, {"status"})
KUBETAB_KIND(CertificateSigningRequest, {"certificates.k8s.io", "CertificateSigningRequest", "certificatesigningrequests", "certificatesigningrequest", Scope::Cluster}, {"csr"}, {}, {"approval", "status"})
KUBETAB_KIND(EventsEvent, {kEventsGroup, "Event", "events", "event", Scope::Namespaced}, {"ev"}, {}, {})
KUBETAB_KIND(FlowSchema, {kFlowControlGroup, "FlowSchema", "flowschemas", "flowschema", Scope::Cluster}, {}, {}, {"status"})
KUBETAB_KIND(PriorityLevelConfiguration, {kFlowControlGroup, "PriorityLevelConfiguration", "prioritylevelconfigurations", "prioritylevelconfiguration", Scope::Cluster}, {}, {}, {"status"})
KUBETAB_KIND(RuntimeClass, {"node.k8s.io", "RuntimeClass", "runtimeclasses", "runtimeclass", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(Ingress, {"networking.k8s.io", "Ingress", "ingresses", "ingress", Scope::Namespaced}, {"ing"}, {}, {"status"})
KUBETAB_KIND(IngressClass, {"networking.k8s.io", "IngressClass", "ingressclasses", "ingressclass", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(NetworkPolicy, {"networking.k8s.io", "NetworkPolicy", "networkpolicies", "networkpolicy", Scope::Namespaced}, {"netpol"}, {}, {})
KUBETAB_KIND(Lease, {"coordination.k8s.io", "Lease", "leases", "lease", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(EndpointSlice, {"discovery.k8s.io", "EndpointSlice", "endpointslices", "endpointslice", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(PodDisruptionBudget, {"policy", "PodDisruptionBudget", "poddisruptionbudgets", "poddisruptionbudget", Scope::Namespaced}, {"pdb"}, {}, {"status"})
KUBETAB_KIND(CustomResourceDefinition, {"apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", "customresourcedefinition", Scope::Cluster}, {"crd", "crds"}, {"api-extensions"}, {"status"})
KUBETAB_KIND(Role, {kRbacGroup, "Role", "roles", "role", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(ClusterRole, {kRbacGroup, "ClusterRole", "clusterroles", "clusterrole", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(RoleBinding, {kRbacGroup, "RoleBinding", "rolebindings", "rolebinding", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(ClusterRoleBinding, {kRbacGroup, "ClusterRoleBinding", "clusterrolebindings", "clusterrolebinding", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(SelfSubjectReview, {"authentication.k8s.io", "SelfSubjectReview", "selfsubjectreviews", "selfsubjectreview", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(TokenReview, {"authentication.k8s.io", "TokenReview", "tokenreviews", "tokenreview", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(TokenRequest, {"authentication.k8s.io", "TokenRequest", "", "", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(LocalSubjectAccessReview, {"authorization.k8s.io", "LocalSubjectAccessReview", "localsubjectaccessreviews", "localsubjectaccessreview", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(SelfSubjectAccessReview, {"authorization.k8s.io", "SelfSubjectAccessReview", "selfsubjectaccessreviews", "selfsubjectaccessreview", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(SelfSubjectRulesReview, {"authorization.k8s.io", "SelfSubjectRulesReview", "selfsubjectrulesreviews", "selfsubjectrulesreview", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(SubjectAccessReview, {"authorization.k8s.io", "SubjectAccessReview", "subjectaccessreviews", "subjectaccessreview", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(NodeMetrics, {kMetricsGroup, "NodeMetrics", "nodes", "", Scope::Cluster, "v1beta1"}, {}, {}, {})
KUBETAB_KIND(PodMetrics, {kMetricsGroup, "PodMetrics", "pods", "", Scope::Namespaced, "v1beta1"}, {}, {}, {})
KUBETAB_KIND(PriorityClass, {"scheduling.k8s.io", "PriorityClass", "priorityclasses", "priorityclass", Scope::Cluster}, {"pc"}, {}, {})
KUBETAB_KIND(CSIDriver, {"storage.k8s.io", "CSIDriver", "csidrivers", "csidriver", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(CSINode, {"storage.k8s.io", "CSINode", "csinodes", "csinode", Scope::Cluster}, {}, {}, {})
KUBETAB_KIND(CSIStorageCapacity, {"storage.k8s.io", "CSIStorageCapacity", "csistoragecapacities", "csistoragecapacity", Scope::Namespaced}, {}, {}, {})
KUBETAB_KIND(StorageClass, {"storage.k8s.io", "StorageClass", "storageclasses", "storageclass", Scope::Cluster}, {"sc"}, {}, {})
KUBETAB_KIND(VolumeAttachment, {"storage.k8s.io", "VolumeAttachment", "volumeattachments", "volumeattachment", Scope::Cluster}, {}, {}, {"status"})
#undef KUBETAB_KIND
// clang-format on

std::span<const Kind* const> all_kinds() {
    static const std::array kinds{
        &kind_of<ConfigMap>(),
        &kind_of<Endpoints>(),
        &kind_of<Event>(),
        &kind_of<LimitRange>(),
        &kind_of<Namespace>(),
        &kind_of<Node>(),
        &kind_of<Pod>(),
        &kind_of<PodTemplate>(),
        &kind_of<ReplicationController>(),
        &kind_of<ResourceQuota>(),
        &kind_of<Secret>(),
        &kind_of<Service>(),
        &kind_of<ServiceAccount>(),
        &kind_of<MutatingWebhookConfiguration>(),
        &kind_of<ValidatingAdmissionPolicy>(),
        &kind_of<ValidatingAdmissionPolicyBinding>(),
        &kind_of<ValidatingWebhookConfiguration>(),
        &kind_of<APIService>(),
        &kind_of<CustomResourceDefinition>(),
        &kind_of<ControllerRevision>(),
        &kind_of<DaemonSet>(),
        &kind_of<Deployment>(),
        &kind_of<ReplicaSet>(),
        &kind_of<StatefulSet>(),
        &kind_of<HorizontalPodAutoscaler>(),
        &kind_of<CronJob>(),
        &kind_of<Job>(),
        &kind_of<CertificateSigningRequest>(),
        &kind_of<Lease>(),
        &kind_of<EndpointSlice>(),
        &kind_of<FlowSchema>(),
        &kind_of<PriorityLevelConfiguration>(),
        &kind_of<RuntimeClass>(),
        &kind_of<PodDisruptionBudget>(),
        &kind_of<ClusterRole>(),
        &kind_of<ClusterRoleBinding>(),
        &kind_of<Role>(),
        &kind_of<RoleBinding>(),
        &kind_of<PriorityClass>(),
        &kind_of<PersistentVolume>(),
        &kind_of<PersistentVolumeClaim>(),
        &kind_of<Ingress>(),
        &kind_of<IngressClass>(),
        &kind_of<NetworkPolicy>(),
        &kind_of<CSIDriver>(),
        &kind_of<CSINode>(),
        &kind_of<CSIStorageCapacity>(),
        &kind_of<StorageClass>(),
        &kind_of<VolumeAttachment>(),
    };
    return kinds;
}

std::span<const Kind* const> served_kinds() {
    static const std::array kinds{
        &kind_of<ComponentStatus>(), &kind_of<HorizontalPodAutoscalerV1>(),
        &kind_of<EventsEvent>(),     &kind_of<NodeMetrics>(),
        &kind_of<PodMetrics>(),
    };
    return kinds;
}

const Kind& stored_kind(const Kind& served) {
    if (is_former(served)) return served.stored();
    if (&served == &kind_of<HorizontalPodAutoscalerV1>()) return kind_of<HorizontalPodAutoscaler>();
    return &served == &kind_of<EventsEvent>() ? kind_of<Event>() : served;
}

bool is_metrics(const Kind& kind) {
    return kind.group == kMetricsGroup;
}

bool is_made_when_asked(const Kind& kind) {
    return is_metrics(kind) || &kind == &kind_of<ComponentStatus>();
}

std::span<const Kind* const> review_kinds() {
    static const std::array kinds{
        &kind_of<Binding>(),
        &kind_of<SelfSubjectReview>(),
        &kind_of<TokenReview>(),
        &kind_of<LocalSubjectAccessReview>(),
        &kind_of<SelfSubjectAccessReview>(),
        &kind_of<SelfSubjectRulesReview>(),
        &kind_of<SubjectAccessReview>(),
    };
    return kinds;
}

bool is_review(const Kind& kind) {
    const std::span<const Kind* const> reviews = review_kinds();
    return std::find(reviews.begin(), reviews.end(), &kind) != reviews.end();
}

const Kind* find_kind(std::string_view group, std::string_view version, std::string_view kind) {
    return find_among_all([&](const Kind& candidate) {
        return candidate.group == group && candidate.version == version && candidate.kind == kind;
    });
}

const Kind* find_kind_by_plural(std::string_view group, std::string_view version, std::string_view plural) {
    return find_among_all([&](const Kind& candidate) {
        return candidate.group == group && candidate.version == version && candidate.plural == plural;
    });
}

std::string Kind::api_version() const {
    return group.empty() ? std::string(version) : std::string(group).append("/").append(version);
}

std::string Kind::resource() const {
    return group.empty() ? std::string(plural) : std::string(plural).append(".").append(group);
}

std::string Kind::qualified_kind() const {
    return group.empty() ? std::string(kind) : std::string(kind).append(".").append(group);
}

std::string Kind::list_name() const {
    return list_kind.empty() ? std::string(kind).append("List") : std::string(list_kind);
}

bool Kind::has_subresource(std::string_view name) const {
    return std::find(subresources.begin(), subresources.end(), name) != subresources.end();
}

ObjectKey ObjectKey::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return {"", std::string(text)};
    return {std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

const OwnerReference* controller_of(const ObjectMeta& metadata) {
    for (const OwnerReference& owner : metadata.ownerReferences) {
        if (owner.controller.value_or(false)) return &owner;
    }
    return nullptr;
}

}  // namespace kubetab::api
