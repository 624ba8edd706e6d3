// Tables of the workloads that keep pods running.
// upstream: pkg/printers/internalversion/printers.go printDeployment, printReplicaSet, printDaemonSet, …

#include "engine/api/controller_revision.h"
#include "engine/api/core/pod_template.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/selectors.h"
#include "engine/api/stateful_set.h"
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

// "a=1,b=2", or "<none>".
std::string labels_cell(const base::StringMap& labels) {
    std::vector<std::string> terms;
    for (const auto& [key, value] : labels) terms.push_back(key + "=" + value);
    return joined_or_none(terms);
}

Json replication_controller_cells(const api::Object& object, sim::Instant now) {
    const auto& controller = static_cast<const api::ReplicationController&>(object);
    Json cells = {controller.metadata.name, controller.spec.replicas.value_or(0), controller.status.replicas,
                  controller.status.readyReplicas, age_cell(controller, now)};
    container_cells(*controller.spec.template_->spec, cells);
    cells.push_back(labels_cell(controller.spec.selector));
    return cells;
}

Json daemon_set_cells(const api::Object& object, sim::Instant now) {
    const auto& set = static_cast<const api::DaemonSet&>(object);
    const api::PodSpec& pod = *set.spec.template_->spec;
    Json cells = {set.metadata.name,
                  set.status.desiredNumberScheduled,
                  set.status.currentNumberScheduled,
                  set.status.numberReady,
                  set.status.updatedNumberScheduled,
                  set.status.numberAvailable,
                  labels_cell(pod.shared->nodeSelector),
                  age_cell(set, now)};
    container_cells(pod, cells);
    cells.push_back(api::format_label_selector(set.spec.selector));
    return cells;
}

Json stateful_set_cells(const api::Object& object, sim::Instant now) {
    const auto& set = static_cast<const api::StatefulSet&>(object);
    Json cells = {
        set.metadata.name,
        std::to_string(set.status.readyReplicas) + "/" + std::to_string(set.spec.replicas.value_or(0)),
        age_cell(set, now)};
    container_cells(*set.spec.template_->spec, cells);
    return cells;
}

Json controller_revision_cells(const api::Object& object, sim::Instant now) {
    const auto& revision = static_cast<const api::ControllerRevision&>(object);
    const api::OwnerReference* owner = api::controller_of(revision.metadata);
    std::string controller = "<none>";
    if (owner != nullptr) {
        const std::string& version = owner->apiVersion;
        std::string kind = owner->kind;
        for (char& c : kind) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        const std::size_t slash = version.find('/');
        const std::string group = slash == std::string::npos ? "" : "." + version.substr(0, slash);
        controller = kind + group + "/" + owner->name;
    }
    return {revision.metadata.name, controller, revision.revision, age_cell(revision, now)};
}

Json pod_template_cells(const api::Object& object, sim::Instant now) {
    const auto& named = static_cast<const api::PodTemplate&>(object);
    (void)now;
    Json cells = {named.metadata.name};
    container_cells(*named.template_->spec, cells);
    cells.push_back(labels_cell(named.template_->metadata.labels));
    return cells;
}

constexpr Column kName{"Name", "string", "name", 0, "The name, unique in its namespace."};
constexpr Column kAge{"Age", "string", "", 0, "Time since the object was created."};
constexpr Column kContainers{"Containers", "string", "", 1, "Names of the template's containers."};
constexpr Column kImages{"Images", "string", "", 1, "Images of the template's containers."};
constexpr Column kSelector{"Selector", "string", "", 1, "Which pods it counts."};
constexpr Column kDesired{"Desired", "integer", "", 0, "How many pods it should have."};
constexpr Column kCurrent{"Current", "integer", "", 0, "How many pods it has."};
constexpr Column kReady{"Ready", "integer", "", 0, "How many of them are ready."};

}  // namespace

TableKind replication_controller_table() {
    return {{kName, kDesired, kCurrent, kReady, kAge, kContainers, kImages, kSelector},
            &replication_controller_cells};
}

TableKind daemon_set_table() {
    return {{kName,
             {"Desired", "integer", "", 0, "On how many nodes it should run."},
             {"Current", "integer", "", 0, "On how many of them it runs."},
             {"Ready", "integer", "", 0, "On how many of them its pod is ready."},
             {"Up-to-date", "integer", "", 0, "On how many of them its pod is of the present template."},
             {"Available", "integer", "", 0, "On how many of them its pod has been ready long enough."},
             {"Node Selector", "string", "", 0, "The labels that a node must have."},
             kAge,
             kContainers,
             kImages,
             kSelector},
            &daemon_set_cells};
}

TableKind stateful_set_table() {
    return {
        {kName, {"Ready", "string", "", 0, "Ready pods of the desired number."}, kAge, kContainers, kImages},
        &stateful_set_cells};
}

TableKind controller_revision_table() {
    return {{kName,
             {"Controller", "string", "", 0, "Whose state it keeps."},
             {"Revision", "string", "", 0, "The number of the state."},
             kAge},
            &controller_revision_cells};
}

TableKind pod_template_table() {
    return {{kName,
             {"Containers", "string", "", 0, "Names of the template's containers."},
             {"Images", "string", "", 0, "Images of the template's containers."},
             {"Pod Labels", "string", "", 0, "Labels that a pod of it gets."}},
            &pod_template_cells};
}

TableKind deployment_table() {
    return {{kName,
             {"Ready", "string", "", 0, "Ready pods of the desired number."},
             {"Up-to-date", "string", "", 0, "Pods of the present template."},
             {"Available", "string", "", 0, "Pods that have been ready long enough."},
             kAge,
             kContainers,
             kImages,
             kSelector},
            &deployment_cells};
}

TableKind replica_set_table() {
    return {{kName, kDesired, kCurrent, kReady, kAge, kContainers, kImages, kSelector}, &replica_set_cells};
}

}  // namespace kubetab::server
