// Which validators a kind has.
#include "engine/api/validation.h"

#include "engine/api/custom/custom_resource.h"
#include "engine/api/kinds.h"
#include "engine/api/validation/autoscaling.h"
#include "engine/api/validation/batch.h"
#include "engine/api/validation/config.h"
#include "engine/api/validation/control_plane.h"
#include "engine/api/validation/custom_resource_definition.h"
#include "engine/api/validation/ephemeral_containers.h"
#include "engine/api/validation/errors.h"
#include "engine/api/validation/ingress.h"
#include "engine/api/validation/limits.h"
#include "engine/api/validation/metadata.h"
#include "engine/api/validation/network.h"
#include "engine/api/validation/network_policy.h"
#include "engine/api/validation/persistent_volume.h"
#include "engine/api/validation/pod.h"
#include "engine/api/validation/policy.h"
#include "engine/api/validation/rbac.h"
#include "engine/api/validation/scheduling_class.h"
#include "engine/api/validation/storage.h"
#include "engine/api/validation/workload_sets.h"
#include "engine/api/validation/workloads.h"

namespace kubetab::api {
namespace {

// The validators of one kind; null where nothing but the metadata is checked.
struct Validators {
    void (*create)(const Object&, Errors&) = nullptr;
    void (*update)(const Object& now, const Object& old, Errors&) = nullptr;  // instead of create
    void (*status)(const Object& now, const Object& old, Errors&) = nullptr;
};

template <auto Function, class T>
void one(const Object& object, Errors& errors) {
    Function(static_cast<const T&>(object), errors);
}
template <auto Function, class T>
void one_of_two(const Object& now, const Object&, Errors& errors) {
    Function(static_cast<const T&>(now), errors);
}
template <auto Function, class T>
void two(const Object& now, const Object& old, Errors& errors) {
    Function(static_cast<const T&>(now), static_cast<const T&>(old), errors);
}

Validators storage_validators(const Kind& kind) {
    if (&kind == &kind_of<PersistentVolume>()) {
        return {one<validate_persistent_volume, PersistentVolume>,
                two<validate_persistent_volume_update, PersistentVolume>, nullptr};
    }
    if (&kind == &kind_of<PersistentVolumeClaim>()) {
        return {one<validate_claim, PersistentVolumeClaim>, two<validate_claim_update, PersistentVolumeClaim>,
                nullptr};
    }
    if (&kind == &kind_of<StorageClass>()) {
        return {one<validate_storage_class, StorageClass>, two<validate_storage_class_update, StorageClass>,
                nullptr};
    }
    if (&kind == &kind_of<VolumeAttachment>()) {
        return {one<validate_volume_attachment, VolumeAttachment>,
                two<validate_volume_attachment_update, VolumeAttachment>, nullptr};
    }
    if (&kind == &kind_of<CSIDriver>()) {
        return {one<validate_csi_driver, CSIDriver>, two<validate_csi_driver_update, CSIDriver>, nullptr};
    }
    if (&kind == &kind_of<CSINode>()) return {one<validate_csi_node, CSINode>, nullptr, nullptr};
    if (&kind == &kind_of<CSIStorageCapacity>())
        return {one<validate_storage_capacity, CSIStorageCapacity>, nullptr, nullptr};
    return {};
}

// Of what configures the control plane.
Validators control_plane_validators(const Kind& kind) {
    if (&kind == &kind_of<MutatingWebhookConfiguration>())
        return {one<validate_mutating_webhooks, MutatingWebhookConfiguration>, nullptr, nullptr};
    if (&kind == &kind_of<ValidatingWebhookConfiguration>())
        return {one<validate_validating_webhooks, ValidatingWebhookConfiguration>, nullptr, nullptr};
    if (&kind == &kind_of<ValidatingAdmissionPolicy>())
        return {one<validate_admission_policy, ValidatingAdmissionPolicy>, nullptr, nullptr};
    if (&kind == &kind_of<ValidatingAdmissionPolicyBinding>())
        return {one<validate_admission_policy_binding, ValidatingAdmissionPolicyBinding>, nullptr, nullptr};
    if (&kind == &kind_of<CertificateSigningRequest>()) {
        return {one<validate_signing_request, CertificateSigningRequest>,
                two<validate_signing_request_update, CertificateSigningRequest>,
                two<validate_signing_request_update, CertificateSigningRequest>};
    }
    if (&kind == &kind_of<FlowSchema>()) return {one<validate_flow_schema, FlowSchema>, nullptr, nullptr};
    if (&kind == &kind_of<PriorityLevelConfiguration>())
        return {one<validate_priority_level, PriorityLevelConfiguration>, nullptr, nullptr};
    if (&kind == &kind_of<RuntimeClass>()) {
        return {one<validate_runtime_class, RuntimeClass>, two<validate_runtime_class_update, RuntimeClass>,
                nullptr};
    }
    return {};
}

Validators rbac_validators_of(const Kind& kind) {
    if (&kind == &kind_of<Role>()) return {one<validate_role, Role>, nullptr, nullptr};
    if (&kind == &kind_of<ClusterRole>()) return {one<validate_cluster_role, ClusterRole>, nullptr, nullptr};
    if (&kind == &kind_of<RoleBinding>()) {
        return {one<validate_role_binding, RoleBinding>, two<validate_role_binding_update, RoleBinding>,
                nullptr};
    }
    return {one<validate_cluster_role_binding, ClusterRoleBinding>,
            two<validate_cluster_role_binding_update, ClusterRoleBinding>, nullptr};
}

// Of what bounds a namespace or makes pods.
Validators workload_validators_of(const Kind& kind) {
    if (&kind == &kind_of<LimitRange>()) return {one<validate_limit_range, LimitRange>, nullptr, nullptr};
    if (&kind == &kind_of<ResourceQuota>()) {
        return {one<validate_resource_quota, ResourceQuota>,
                two<validate_resource_quota_update, ResourceQuota>,
                two<validate_resource_quota_status, ResourceQuota>};
    }
    if (&kind == &kind_of<Deployment>()) {
        return {one<validate_deployment, Deployment>, two<validate_deployment_update, Deployment>,
                two<validate_deployment_status, Deployment>};
    }
    if (&kind == &kind_of<ReplicaSet>()) {
        return {one<validate_replica_set, ReplicaSet>, two<validate_replica_set_update, ReplicaSet>,
                two<validate_replica_set_status, ReplicaSet>};
    }
    if (&kind == &kind_of<DaemonSet>()) {
        return {one<validate_daemon_set, DaemonSet>, two<validate_daemon_set_update, DaemonSet>,
                two<validate_daemon_set_status, DaemonSet>};
    }
    if (&kind == &kind_of<StatefulSet>()) {
        return {one<validate_stateful_set, StatefulSet>, two<validate_stateful_set_update, StatefulSet>,
                two<validate_stateful_set_status, StatefulSet>};
    }
    if (&kind == &kind_of<ControllerRevision>()) {
        return {one<validate_controller_revision, ControllerRevision>,
                two<validate_controller_revision_update, ControllerRevision>, nullptr};
    }
    if (&kind == &kind_of<ReplicationController>()) {
        return {one<validate_replication_controller, ReplicationController>, nullptr,
                two<validate_replication_controller_status, ReplicationController>};
    }
    if (&kind == &kind_of<PodTemplate>()) {
        return {one<validate_pod_template_object, PodTemplate>, nullptr, nullptr};
    }
    if (&kind == &kind_of<CronJob>()) {
        return {one<validate_cron_job, CronJob>, two<validate_cron_job_update, CronJob>, nullptr};
    }
    if (&kind == &kind_of<Job>()) {
        return {one<validate_job, Job>, two<validate_job_update, Job>, two<validate_job_status, Job>};
    }
    if (&kind == &kind_of<HorizontalPodAutoscaler>()) {
        return {one<validate_horizontal_pod_autoscaler, HorizontalPodAutoscaler>, nullptr,
                one_of_two<validate_horizontal_pod_autoscaler_status, HorizontalPodAutoscaler>};
    }
    if (&kind == &kind_of<APIService>()) return {one<validate_api_service, APIService>, nullptr, nullptr};
    return {};
}

Validators validators_of(const Kind& kind) {
    // Most writes are of these.
    if (&kind == &kind_of<Event>()) return {};
    if (&kind == &kind_of<Pod>()) {
        return {one<validate_pod, Pod>, two<validate_pod_update, Pod>, two<validate_pod_status, Pod>};
    }
    if (&kind == &kind_of<Lease>()) return {one<validate_lease, Lease>, nullptr, nullptr};
    if (&kind == &kind_of<ConfigMap>()) {
        return {one<validate_config_map, ConfigMap>, two<validate_config_map_update, ConfigMap>, nullptr};
    }
    if (&kind == &kind_of<Secret>()) {
        return {one<validate_secret, Secret>, two<validate_secret_update, Secret>, nullptr};
    }
    if (&kind == &kind_of<Namespace>()) {
        return {one<validate_namespace, Namespace>, nullptr,
                one_of_two<validate_namespace_status, Namespace>};
    }
    if (&kind == &kind_of<Node>())
        return {one<validate_node, Node>, two<validate_node_update, Node>, nullptr};
    if (&kind == &kind_of<Service>()) {
        return {one<validate_service, Service>, two<validate_service_update, Service>, nullptr};
    }
    if (&kind == &kind_of<Endpoints>()) return {one<validate_endpoints, Endpoints>, nullptr, nullptr};
    if (&kind == &kind_of<EndpointSlice>()) {
        return {one<validate_endpoint_slice, EndpointSlice>,
                two<validate_endpoint_slice_update, EndpointSlice>, nullptr};
    }
    if (&kind == &kind_of<Ingress>()) {
        return {one<validate_ingress, Ingress>, two<validate_ingress_update, Ingress>, nullptr};
    }
    if (&kind == &kind_of<IngressClass>()) {
        return {one<validate_ingress_class, IngressClass>, two<validate_ingress_class_update, IngressClass>,
                nullptr};
    }
    if (&kind == &kind_of<NetworkPolicy>()) {
        return {one<validate_network_policy, NetworkPolicy>, nullptr, nullptr};
    }
    if (&kind == &kind_of<PodDisruptionBudget>())
        return {one<validate_pod_disruption_budget, PodDisruptionBudget>, nullptr, nullptr};
    if (&kind == &kind_of<CustomResourceDefinition>()) {
        return {one<validate_definition, CustomResourceDefinition>,
                two<validate_definition_update, CustomResourceDefinition>,
                two<validate_definition_status, CustomResourceDefinition>};
    }
    if (kind.group == kRbacGroup) return rbac_validators_of(kind);
    if (&kind == &kind_of<PriorityClass>()) {
        return {one<validate_priority_class, PriorityClass>,
                two<validate_priority_class_update, PriorityClass>, nullptr};
    }
    for (const auto group : {&workload_validators_of, &control_plane_validators, &storage_validators}) {
        if (const Validators validators = group(kind); validators.create != nullptr) return validators;
    }
    return {};
}

// Adds what the definition of a custom resource finds wrong.
void add_custom(const Kind& kind, const Object& object, const Object* old, Errors& errors) {
    if (kind.custom == nullptr) return;
    for (FieldError& error : validate_custom(kind, object, old)) errors.add(std::move(error));
}

}  // namespace

std::vector<FieldError> validate(const Kind& kind, const Object& object) {
    Errors errors;
    validate_metadata(kind, object.metadata, errors);
    const Validators validators = validators_of(kind);
    if (validators.create != nullptr) validators.create(object, errors);
    add_custom(kind, object, nullptr, errors);
    return errors.take();
}

std::vector<FieldError> validate_update(const Kind& kind, const Object& now, const Object& old) {
    Errors errors;
    validate_metadata_update(kind, now.metadata, old.metadata, errors);
    const Validators validators = validators_of(kind);
    if (validators.update != nullptr) {
        validators.update(now, old, errors);
    } else if (validators.create != nullptr) {
        validators.create(now, errors);
    }
    add_custom(kind, now, &old, errors);
    return errors.take();
}

std::vector<FieldError> validate_ephemeral_containers(const Pod& now, const Pod& old) {
    if (old.metadata.annotations.contains("kubernetes.io/config.mirror"))
        return {{FieldErrorType::Forbidden, "[]", {}, "static pods do not support ephemeral containers"}};
    Errors errors;
    validate_metadata_update(kind_of<Pod>(), now.metadata, old.metadata, errors);
    validate_pod_ephemeral(now, old, errors);
    return errors.take();
}

std::vector<FieldError> validate_status_update(const Kind& kind, const Object& now, const Object& old) {
    Errors errors;
    validate_metadata_update(kind, now.metadata, old.metadata, errors);
    const Validators validators = validators_of(kind);
    if (validators.status != nullptr) validators.status(now, old, errors);
    add_custom(kind, now, &old, errors);
    return errors.take();
}

}  // namespace kubetab::api
