// Tables: the columns and cells that `kubectl get` prints, made by the server as upstream does.
// upstream: pkg/printers/internalversion/printers.go
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/base/json.h"
#include "engine/sim/time.h"

namespace kubetab::server {

struct TableOptions {
    sim::Instant now{};
    std::string include_object{};  // "", None, Metadata or Object
};

struct Column {
    std::string_view name{};
    std::string_view type = "string";
    std::string_view format{};
    int priority = 0;  // 1: only with -o wide
    std::string_view description{};
};

struct TableKind {
    std::vector<Column> columns{};
    // The cells of one object, in the order of the columns.
    base::Json (*cells)(const api::Object& object, sim::Instant now) = nullptr;
};

// The whole Table of some objects of a kind.
base::Json table_of(const api::Kind& kind, const std::vector<const api::Object*>& objects,
                    const TableOptions& options, const std::string& resource_version);

// Cells that several kinds share.
std::string age_cell(const api::Object& object, sim::Instant now);
std::string age_since(api::Time time, sim::Instant now);
// "a,b" or "<none>"
std::string joined_or_none(const std::vector<std::string>& values);
void container_cells(const api::PodSpec& spec, base::Json& cells);

// Of custom resources, whose columns stand in their definition.
base::Json custom_columns(const api::Kind& kind);
base::Json custom_cells(const api::Kind& kind, const api::Object& object, sim::Instant now);

// The kinds.
TableKind admission_policy_binding_table();
TableKind admission_policy_table();
TableKind api_service_table();
TableKind component_status_table();
TableKind config_map_table();
TableKind controller_revision_table();
TableKind daemon_set_table();
TableKind cron_job_table();
TableKind csi_driver_table();
TableKind csi_node_table();
TableKind definition_table();
TableKind deployment_table();
TableKind endpoint_slice_table();
TableKind endpoints_table();
TableKind event_table();
TableKind flow_schema_table();
TableKind horizontal_pod_autoscaler_table();
TableKind ingress_class_table();
TableKind ingress_table();
TableKind job_table();
TableKind lease_table();
TableKind limit_range_table();
TableKind mutating_webhooks_table();
TableKind namespace_table();
TableKind network_policy_table();
TableKind node_metrics_table();
TableKind node_table();
TableKind persistent_volume_claim_table();
TableKind persistent_volume_table();
TableKind pod_disruption_budget_table();
TableKind pod_metrics_table();
TableKind pod_table();
TableKind pod_template_table();
TableKind priority_class_table();
TableKind priority_level_table();
TableKind replica_set_table();
TableKind replication_controller_table();
TableKind role_binding_table();
TableKind role_table();
TableKind resource_quota_table();
TableKind runtime_class_table();
TableKind secret_table();
TableKind service_table();
TableKind service_account_table();
TableKind signing_request_table();
TableKind stateful_set_table();
TableKind storage_capacity_table();
TableKind storage_class_table();
TableKind validating_webhooks_table();
TableKind volume_attachment_table();

}  // namespace kubetab::server
