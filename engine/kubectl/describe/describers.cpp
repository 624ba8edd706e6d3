#include "engine/kubectl/describe/describers.h"

#include "engine/kubectl/describe/policy_describers.h"

namespace kubetab::kubectl::describe {
namespace {

struct Entry {
    std::string_view group;
    std::string_view kind;
    DescribeFunction function;
};

constexpr Entry kDescribers[] = {
    {"", "Pod", describe_pod},
    {"", "Service", describe_service},
    {"", "Node", describe_node},
    {"", "Namespace", describe_namespace},
    {"", "ConfigMap", describe_config_map},
    {"", "Secret", describe_secret},
    {"", "ServiceAccount", describe_service_account},
    {"", "Endpoints", describe_endpoints},
    {"", "LimitRange", describe_limit_range},
    {"", "ResourceQuota", describe_resource_quota},
    {"", "ReplicationController", describe_replication_controller},
    {"", "PersistentVolume", describe_persistent_volume},
    {"", "PersistentVolumeClaim", describe_persistent_volume_claim},
    {"apps", "Deployment", describe_deployment},
    {"apps", "ReplicaSet", describe_replica_set},
    {"apps", "DaemonSet", describe_daemon_set},
    {"apps", "StatefulSet", describe_stateful_set},
    {"autoscaling", "HorizontalPodAutoscaler", describe_horizontal_pod_autoscaler},
    {"batch", "Job", describe_job},
    {"batch", "CronJob", describe_cron_job},
    {"discovery.k8s.io", "EndpointSlice", describe_endpoint_slice},
    {"networking.k8s.io", "Ingress", describe_ingress},
    {"networking.k8s.io", "IngressClass", describe_ingress_class},
    {"networking.k8s.io", "NetworkPolicy", describe_network_policy},
    {"rbac.authorization.k8s.io", "Role", describe_role},
    {"rbac.authorization.k8s.io", "ClusterRole", describe_role},
    {"rbac.authorization.k8s.io", "RoleBinding", describe_role_binding},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", describe_role_binding},
    {"policy", "PodDisruptionBudget", describe_pod_disruption_budget},
    {"scheduling.k8s.io", "PriorityClass", describe_priority_class},
    {"storage.k8s.io", "StorageClass", describe_storage_class},
    {"storage.k8s.io", "CSINode", describe_csi_node},
};

}  // namespace

DescribeFunction find_describer(std::string_view group, std::string_view kind) {
    for (const Entry& entry : kDescribers) {
        if (entry.group == group && entry.kind == kind) return entry.function;
    }
    return describe_generic;
}

std::string describe(const Subject& subject, std::string_view group, std::string_view kind) {
    Writer writer;
    find_describer(group, kind)(subject, writer);
    return writer.take();
}

}  // namespace kubetab::kubectl::describe
