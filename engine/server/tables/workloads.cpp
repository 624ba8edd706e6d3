// Tables of Deployment and ReplicaSet.
// upstream: pkg/printers/internalversion/printers.go printDeployment, printReplicaSet

#include "engine/api/selectors.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

Json deployment_cells(const api::Object& object, sim::Instant now) {
    const auto& deployment = static_cast<const api::Deployment&>(object);
    const std::int32_t desired = deployment.spec.replicas.value_or(0);
    Json cells = {deployment.metadata.name,
                  std::to_string(deployment.status.readyReplicas) + "/" + std::to_string(desired),
                  deployment.status.updatedReplicas, deployment.status.availableReplicas,
                  age_cell(deployment, now)};
    container_cells(*deployment.spec.template_->spec, cells);
    cells.push_back(api::format_label_selector(deployment.spec.selector));
    return cells;
}

Json replica_set_cells(const api::Object& object, sim::Instant now) {
    const auto& set = static_cast<const api::ReplicaSet&>(object);
    Json cells = {set.metadata.name, set.spec.replicas.value_or(0), set.status.replicas,
                  set.status.readyReplicas, age_cell(set, now)};
    container_cells(*set.spec.template_->spec, cells);
    cells.push_back(api::format_label_selector(set.spec.selector));
    return cells;
}

}  // namespace

TableKind deployment_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"Ready", "string", "", 0, "Ready pods of the desired number."},
             {"Up-to-date", "string", "", 0, "Pods of the present template."},
             {"Available", "string", "", 0, "Pods that have been ready long enough."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"Containers", "string", "", 1, "Names of the template's containers."},
             {"Images", "string", "", 1, "Images of the template's containers."},
             {"Selector", "string", "", 1, "Which pods it counts."}},
            &deployment_cells};
}

TableKind replica_set_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"Desired", "integer", "", 0, "How many pods it should have."},
             {"Current", "integer", "", 0, "How many pods it has."},
             {"Ready", "integer", "", 0, "How many of them are ready."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"Containers", "string", "", 1, "Names of the template's containers."},
             {"Images", "string", "", 1, "Images of the template's containers."},
             {"Selector", "string", "", 1, "Which pods it counts."}},
            &replica_set_cells};
}

}  // namespace kubetab::server
