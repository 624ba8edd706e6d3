#include "engine/server/tables/table.h"

#include <map>

#include "engine/api/admission_registration.h"
#include "engine/api/api_service.h"
#include "engine/api/autoscaling.h"
#include "engine/api/batch.h"
#include "engine/api/certificates.h"
#include "engine/api/codec.h"
#include "engine/api/controller_revision.h"
#include "engine/api/core/component_status.h"
#include "engine/api/core/limit_range.h"
#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/core/pod_template.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/core/resource_quota.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/api/daemon_set.h"
#include "engine/api/flow_control.h"
#include "engine/api/ingress.h"
#include "engine/api/metrics.h"
#include "engine/api/network_policy.h"
#include "engine/api/policy.h"
#include "engine/api/rbac.h"
#include "engine/api/runtime_class.h"
#include "engine/api/scheduling.h"
#include "engine/api/stateful_set.h"
#include "engine/api/storage.h"
#include "engine/api/storage_capacity.h"
#include "engine/base/human_duration.h"

namespace kubetab::server {
namespace {

using api::Kind;
using api::Object;
using base::Json;

const TableKind& table_kind(const Kind& kind) {
    // Looked up by address, never iterated.
    static const std::map<const Kind*, TableKind> tables{
        {&api::kind_of<api::APIService>(), api_service_table()},
        {&api::kind_of<api::ClusterRole>(), role_table()},
        {&api::kind_of<api::ClusterRoleBinding>(), role_binding_table()},
        {&api::kind_of<api::ConfigMap>(), config_map_table()},
        {&api::kind_of<api::ControllerRevision>(), controller_revision_table()},
        {&api::kind_of<api::DaemonSet>(), daemon_set_table()},
        {&api::kind_of<api::CronJob>(), cron_job_table()},
        {&api::kind_of<api::CSIDriver>(), csi_driver_table()},
        {&api::kind_of<api::CSINode>(), csi_node_table()},
        {&api::kind_of<api::CustomResourceDefinition>(), definition_table()},
        {&api::kind_of<api::Deployment>(), deployment_table()},
        {&api::kind_of<api::EndpointSlice>(), endpoint_slice_table()},
        {&api::kind_of<api::Endpoints>(), endpoints_table()},
        {&api::kind_of<api::Event>(), event_table()},
        {&api::kind_of<api::HorizontalPodAutoscaler>(), horizontal_pod_autoscaler_table()},
        {&api::kind_of<api::Ingress>(), ingress_table()},
        {&api::kind_of<api::IngressClass>(), ingress_class_table()},
        {&api::kind_of<api::Job>(), job_table()},
        {&api::kind_of<api::Lease>(), lease_table()},
        {&api::kind_of<api::LimitRange>(), limit_range_table()},
        {&api::kind_of<api::Namespace>(), namespace_table()},
        {&api::kind_of<api::NetworkPolicy>(), network_policy_table()},
        {&api::kind_of<api::Node>(), node_table()},
        {&api::kind_of<api::NodeMetrics>(), node_metrics_table()},
        {&api::kind_of<api::PersistentVolume>(), persistent_volume_table()},
        {&api::kind_of<api::PersistentVolumeClaim>(), persistent_volume_claim_table()},
        {&api::kind_of<api::Pod>(), pod_table()},
        {&api::kind_of<api::PodMetrics>(), pod_metrics_table()},
        {&api::kind_of<api::PodDisruptionBudget>(), pod_disruption_budget_table()},
        {&api::kind_of<api::PodTemplate>(), pod_template_table()},
        {&api::kind_of<api::PriorityClass>(), priority_class_table()},
        {&api::kind_of<api::ReplicaSet>(), replica_set_table()},
        {&api::kind_of<api::ReplicationController>(), replication_controller_table()},
        {&api::kind_of<api::Role>(), role_table()},
        {&api::kind_of<api::RoleBinding>(), role_binding_table()},
        {&api::kind_of<api::ResourceQuota>(), resource_quota_table()},
        {&api::kind_of<api::Secret>(), secret_table()},
        {&api::kind_of<api::Service>(), service_table()},
        {&api::kind_of<api::ServiceAccount>(), service_account_table()},
        {&api::kind_of<api::StatefulSet>(), stateful_set_table()},
        {&api::kind_of<api::StorageClass>(), storage_class_table()},
        {&api::kind_of<api::CertificateSigningRequest>(), signing_request_table()},
        {&api::kind_of<api::ComponentStatus>(), component_status_table()},
        {&api::kind_of<api::CSIStorageCapacity>(), storage_capacity_table()},
        {&api::kind_of<api::FlowSchema>(), flow_schema_table()},
        {&api::kind_of<api::MutatingWebhookConfiguration>(), mutating_webhooks_table()},
        {&api::kind_of<api::PriorityLevelConfiguration>(), priority_level_table()},
        {&api::kind_of<api::RuntimeClass>(), runtime_class_table()},
        {&api::kind_of<api::ValidatingAdmissionPolicy>(), admission_policy_table()},
        {&api::kind_of<api::ValidatingAdmissionPolicyBinding>(), admission_policy_binding_table()},
        {&api::kind_of<api::ValidatingWebhookConfiguration>(), validating_webhooks_table()},
        {&api::kind_of<api::VolumeAttachment>(), volume_attachment_table()},
    };
    const auto it = tables.find(&kind);
    ENSURE(it != tables.end());
    return it->second;
}

Json column_document(const Column& column) {
    return {{"name", column.name},
            {"type", column.type},
            {"format", column.format},
            {"description", column.description},
            {"priority", column.priority}};
}

Json partial(const Object& object) {
    return {{"kind", "PartialObjectMetadata"},
            {"apiVersion", "meta.k8s.io/v1"},
            {"metadata", api::to_json(api::type_of<api::ObjectMeta>(), &object.metadata)}};
}

}  // namespace

Json table_of(const Kind& kind, const std::vector<const Object*>& objects, const TableOptions& options,
              const std::string& resource_version) {
    const TableKind* table = kind.custom == nullptr ? &table_kind(kind) : nullptr;
    Json columns = table != nullptr ? Json::array() : custom_columns(kind);
    if (table != nullptr) {
        for (const Column& column : table->columns) columns.push_back(column_document(column));
    }
    Json rows = Json::array();
    for (const Object* object : objects) {
        Json row = {{"cells", table != nullptr ? table->cells(*object, options.now)
                                               : custom_cells(kind, *object, options.now)}};
        if (options.include_object == "Object") {
            row["object"] = api::to_json(kind, *object);
        } else {
            row["object"] = options.include_object == "None" ? Json() : partial(*object);
        }
        rows.push_back(std::move(row));
    }
    return {{"kind", "Table"},
            {"apiVersion", "meta.k8s.io/v1"},
            {"metadata", {{"resourceVersion", resource_version}}},
            {"columnDefinitions", columns},
            {"rows", rows}};
}

std::string age_since(api::Time time, sim::Instant now) {
    if (!time.is_set()) return "<unknown>";
    return base::human_duration((now - time.instant()).ns);
}

std::string age_cell(const Object& object, sim::Instant now) {
    return age_since(object.metadata.creationTimestamp, now);
}

std::string joined_or_none(const std::vector<std::string>& values) {
    std::string text;
    for (const std::string& value : values) text.append(text.empty() ? "" : ",").append(value);
    return text.empty() ? "<none>" : text;
}

void container_cells(const api::PodSpec& spec, Json& cells) {
    std::vector<std::string> names;
    std::vector<std::string> images;
    for (const api::Container& container : spec.containers) {
        names.push_back(container.name);
        images.push_back(container.image);
    }
    const auto joined = [](const std::vector<std::string>& values) {
        std::string text;
        for (const std::string& value : values) text.append(text.empty() ? "" : ",").append(value);
        return text;
    };
    cells.push_back(joined(names));
    cells.push_back(joined(images));
}

}  // namespace kubetab::server
