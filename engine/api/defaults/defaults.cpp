#include "engine/api/defaults.h"

#include <limits>

#include "engine/api/batch.h"
#include "engine/api/codec.h"
#include "engine/api/core/limit_range.h"
#include "engine/api/core/resource_quota.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/api/defaults/autoscaling.h"
#include "engine/api/defaults/pod_spec.h"
#include "engine/api/defaults/workload_sets.h"
#include "engine/api/flow_control.h"
#include "engine/api/kinds.h"
#include "engine/api/network_policy.h"
#include "engine/api/rbac.h"

namespace kubetab::api {
namespace {

// upstream: SetDefaults_Pod; pkg/apis/core/v1/conversion.go for the addresses
void default_pod(Pod& pod) {
    default_pod_spec(pod.spec);
    default_pod_only(pod.spec);
    PodStatus& status = pod.status;
    if (status.podIP.empty() && !status.podIPs.empty()) status.podIP = status.podIPs.front().ip;
    if (!status.podIP.empty() && (status.podIPs.empty() || status.podIPs.front().ip != status.podIP)) {
        status.podIPs = {PodIP{status.podIP}};
    }
}

// upstream: SetDefaults_NodeStatus
void default_node(Node& node) {
    NodeStatus& status = node.status;
    if (status.allocatable.empty()) status.allocatable = status.capacity;
    round_quantities(status.capacity);
    round_quantities(status.allocatable);
    NodeSpec& spec = node.spec;
    if (spec.podCIDR.empty() && !spec.podCIDRs.empty()) spec.podCIDR = spec.podCIDRs.front();
    if (!spec.podCIDR.empty() && (spec.podCIDRs.empty() || spec.podCIDRs.front() != spec.podCIDR)) {
        spec.podCIDRs = {spec.podCIDR};
    }
}

// upstream: SetDefaults_Namespace
void default_namespace(Namespace& object) {
    if (object.metadata.name.empty()) return;
    object.metadata.labels["kubernetes.io/metadata.name"] = object.metadata.name;
}

// upstream: pkg/apis/core/v1/conversion.go [Convert_v1_Secret_To_core_Secret]
void default_secret(Secret& secret) {
    for (const auto& [key, text] : secret.stringData) secret.data[key] = Bytes{text};
    secret.stringData.clear();
}

void default_session_affinity(ServiceSpec& spec) {
    if (spec.sessionAffinity.empty() || spec.sessionAffinity == "None") spec.sessionAffinityConfig.reset();
    if (spec.sessionAffinity != "ClientIP") return;
    if (spec.sessionAffinityConfig->clientIP->timeoutSeconds) return;
    spec.sessionAffinityConfig.edit().clientIP.edit().timeoutSeconds = 10800;
}

// upstream: SetDefaults_Service
void default_service(Service& service) {
    ServiceSpec& spec = service.spec;
    default_session_affinity(spec);
    const std::string type = spec.type.empty() ? "ClusterIP" : spec.type;
    for (ServicePort& port : spec.ports) {
        if (port.targetPort == IntOrString() || port.targetPort == IntOrString(std::string())) {
            port.targetPort = IntOrString(port.port);
        }
    }
    const bool balanced = type == "LoadBalancer";
    const bool from_outside =
        type == "NodePort" || balanced || (type == "ClusterIP" && !spec.externalIPs.empty());
    if (from_outside && spec.externalTrafficPolicy.empty()) spec.externalTrafficPolicy = "Cluster";
    const bool inside = type == "ClusterIP" || type == "NodePort" || balanced;
    if (inside && !spec.internalTrafficPolicy) spec.internalTrafficPolicy = "Cluster";
    if (!balanced) return;
    if (!spec.allocateLoadBalancerNodePorts) spec.allocateLoadBalancerNodePorts = true;
    for (LoadBalancerIngress& ingress : service.status.loadBalancer.ingress) {
        if (!ingress.ip.empty() && !ingress.ipMode) ingress.ipMode = "VIP";
    }
}

// upstream: SetDefaults_LimitRangeItem
void default_limit_range(LimitRange& range) {
    const auto fill = [](base::FlatMap<Quantity>& to, const base::FlatMap<Quantity>& from) {
        for (const auto& [name, quantity] : from) {
            if (!to.contains(name)) to[name] = quantity;
        }
    };
    for (LimitRangeItem& item : range.spec.limits) {
        for (base::FlatMap<Quantity>* amounts :
             {&item.max, &item.min, &item.default_, &item.defaultRequest, &item.maxLimitRequestRatio}) {
            round_quantities(*amounts);
        }
        if (item.type != "Container") continue;
        fill(item.default_, item.max);
        fill(item.defaultRequest, item.default_);
        fill(item.defaultRequest, item.min);
    }
}

void default_resource_quota(ResourceQuota& quota) {
    for (base::FlatMap<Quantity>* amounts : {&quota.spec.hard, &quota.status.hard, &quota.status.used})
        round_quantities(*amounts);
}

// upstream: SetDefaults_Deployment
void default_deployment(Deployment& deployment) {
    default_template(deployment.spec.template_);
    DeploymentStrategy& strategy = deployment.spec.strategy;
    if (!strategy.type.empty() && strategy.type != "RollingUpdate") return;
    const RollingUpdateDeployment& now = *strategy.rollingUpdate;
    if (now.maxUnavailable && now.maxSurge) return;
    RollingUpdateDeployment& rolling = strategy.rollingUpdate.edit();
    if (!rolling.maxUnavailable) rolling.maxUnavailable = IntOrString("25%");
    if (!rolling.maxSurge) rolling.maxSurge = IntOrString("25%");
}

// upstream: SetDefaults_NetworkPolicy
void default_network_policy(NetworkPolicy& policy) {
    if (!policy.spec.policyTypes.empty()) return;
    policy.spec.policyTypes = {"Ingress"};
    if (!policy.spec.egress.empty()) policy.spec.policyTypes.emplace_back("Egress");
}

template <class T, class V>
void default_to(std::optional<T>& field, V value) {
    if (!field) field = T(value);
}

// Not in the field table, because the jobs in a CronJob are left as they are. upstream: SetDefaults_Job
void default_job(Job& job) {
    JobSpec& spec = job.spec;
    default_template(spec.template_);
    if (!spec.completions && !spec.parallelism) spec.completions = 1;
    default_to(spec.parallelism, 1);
    default_to(spec.backoffLimit, spec.backoffLimitPerIndex ? std::numeric_limits<std::int32_t>::max() : 6);
    if (job.metadata.labels.empty()) job.metadata.labels = spec.template_->metadata.labels;
    default_to(spec.completionMode, "NonIndexed");
    default_to(spec.suspend, false);
    default_to(spec.manualSelector, false);
    default_to(spec.podReplacementPolicy, spec.podFailurePolicy ? "Failed" : "TerminatingOrFailed");
    const PodFailurePolicy& policy = *spec.podFailurePolicy;
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        for (std::size_t j = 0; j < policy.rules[i].onPodConditions.size(); ++j) {
            if (!policy.rules[i].onPodConditions[j].status.empty()) continue;
            spec.podFailurePolicy.edit().rules[i].onPodConditions[j].status = "True";
        }
    }
}

// upstream: SetDefaults_CronJob, and those of the pod template
void default_cron_job(CronJob& cron_job) {
    default_template(cron_job.spec.jobTemplate.spec.template_);
}

// upstream: pkg/apis/rbac/v1/defaults.go
void default_binding(RoleBinding& binding) {
    if (binding.roleRef.apiGroup.empty()) binding.roleRef.apiGroup = kRbacGroup;
    for (Subject& subject : binding.subjects) {
        const bool named = subject.kind == "User" || subject.kind == "Group";
        if (subject.apiGroup.empty() && named) subject.apiGroup = kRbacGroup;
    }
}

// upstream: pkg/apis/flowcontrol/v1/defaults.go
void default_flow_schema(FlowSchema& schema) {
    constexpr std::int32_t kPrecedence = 1000;
    if (schema.spec.matchingPrecedence == 0) schema.spec.matchingPrecedence = kPrecedence;
}

void default_priority_level(PriorityLevelConfiguration& level) {
    if (!level.spec.limited || !level.spec.limited->limitResponse.queuing) return;
    QueuingConfiguration& queuing = level.spec.limited.edit().limitResponse.queuing.edit();
    if (queuing.queues == 0) queuing.queues = 64;
    if (queuing.handSize == 0) queuing.handSize = 8;
    if (queuing.queueLengthLimit == 0) queuing.queueLengthLimit = 50;
}

// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go
void default_definition(CustomResourceDefinition& definition) {
    CustomResourceDefinitionSpec& spec = definition.spec;
    CustomResourceDefinitionNames& names = spec.names;
    if (names.singular.empty()) {
        std::string singular = names.kind;
        for (char& c : singular) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        names.singular = singular;
    }
    if (names.listKind.empty() && !names.kind.empty()) names.listKind = names.kind + "List";
    if (!spec.conversion) spec.conversion.edit().strategy = "None";
}

template <class T>
void call_if(const Kind& kind, Object& object, void (*function)(T&)) {
    if (&kind == &kind_of<T>()) function(static_cast<T&>(object));
}

}  // namespace

void set_defaults(const Kind& kind, Object& object) {
    call_if<Pod>(kind, object, default_pod);
    call_if<Node>(kind, object, default_node);
    call_if<Namespace>(kind, object, default_namespace);
    call_if<Secret>(kind, object, default_secret);
    call_if<Service>(kind, object, default_service);
    call_if<LimitRange>(kind, object, default_limit_range);
    call_if<ResourceQuota>(kind, object, default_resource_quota);
    call_if<Deployment>(kind, object, default_deployment);
    call_if<HorizontalPodAutoscaler>(kind, object, default_horizontal_pod_autoscaler);
    call_if<CronJob>(kind, object, default_cron_job);
    call_if<Job>(kind, object, default_job);
    call_if<ReplicaSet>(kind, object, [](ReplicaSet& set) { default_template(set.spec.template_); });
    call_if<DaemonSet>(kind, object, default_daemon_set);
    call_if<StatefulSet>(kind, object, default_stateful_set);
    call_if<ReplicationController>(kind, object, default_replication_controller);
    call_if<PodTemplate>(kind, object, default_pod_template);
    call_if<FlowSchema>(kind, object, default_flow_schema);
    call_if<PriorityLevelConfiguration>(kind, object, default_priority_level);
    call_if<NetworkPolicy>(kind, object, default_network_policy);
    call_if<CustomResourceDefinition>(kind, object, default_definition);
    call_if<RoleBinding>(kind, object, default_binding);
    call_if<ClusterRoleBinding>(kind, object, [](ClusterRoleBinding& each) { default_binding(each); });
    apply_presets(*kind.type, &object);
}

}  // namespace kubetab::api
