// Tables of autoscalers, and of what they go by. upstream: pkg/printers/internalversion/printers.go;
// kube-aggregator/pkg/registry/apiservice/etcd/etcd.go; metrics-server pkg/api/table.go

#include "engine/api/autoscaling.h"
#include "engine/api/api_service.h"
#include "engine/api/metrics.h"
#include "engine/api/pod_status.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using api::MetricStatus;
using base::Json;

constexpr std::size_t kShownMetrics = 2;
constexpr Column kNameColumn{"Name", "string", "name", 0, "Its name."};
constexpr Column kAgeColumn{"Age", "string", "", 0, "Time since it was made."};

std::string quantity(const std::optional<api::Quantity>& value) {
    return value ? value->text() : "<unknown>";
}

std::string percent(const std::optional<std::int32_t>& value, std::string_view otherwise) {
    return value ? std::to_string(*value) + "%" : std::string(otherwise);
}

// What a resource is now, and should be.
std::string of_resource(const api::Text& name, const api::MetricTarget& target,
                        const api::MetricValueStatus& current) {
    if (target.averageValue)
        return name + ": " + quantity(current.averageValue) + "/" + target.averageValue->text();
    return name + ": " + percent(current.averageUtilization, "<unknown>") + "/" +
           percent(target.averageUtilization, "<auto>");
}

// The same for what is counted as a whole, or for each pod.
std::string of_amount(const api::MetricTarget& target, const api::MetricValueStatus& current) {
    if (target.averageValue)
        return quantity(current.averageValue) + "/" + target.averageValue->text() + " (avg)";
    return quantity(current.value) + "/" + quantity(target.value);
}

std::string of_metric(const api::MetricSpec& spec, const MetricStatus& status) {
    if (spec.type == "External") return of_amount(spec.external->target, status.external->current);
    if (spec.type == "Object") return of_amount(spec.object->target, status.object->current);
    if (spec.type == "Pods") {
        return quantity(status.pods->current.averageValue) + "/" + quantity(spec.pods->target.averageValue);
    }
    if (spec.type == "Resource")
        return of_resource(spec.resource->name, spec.resource->target, status.resource->current);
    if (spec.type != "ContainerResource") return "<unknown type>";
    return of_resource(spec.containerResource->name, spec.containerResource->target,
                       status.containerResource->current);
}

// upstream: formatHPAMetrics
std::string targets(const api::HorizontalPodAutoscaler& autoscaler) {
    const std::vector<api::MetricSpec>& specs = autoscaler.spec.metrics;
    const std::vector<MetricStatus>& statuses = autoscaler.status.currentMetrics;
    if (specs.empty()) return "<none>";
    std::string text;
    for (std::size_t i = 0; i < specs.size() && i < kShownMetrics; ++i) {
        if (i > 0) text += ", ";
        text += of_metric(specs[i], i < statuses.size() ? statuses[i] : MetricStatus());
    }
    if (specs.size() <= kShownMetrics) return text;
    return text + " + " + std::to_string(specs.size() - kShownMetrics) + " more...";
}

Json autoscaler_cells(const api::Object& object, sim::Instant now) {
    const auto& autoscaler = static_cast<const api::HorizontalPodAutoscaler&>(object);
    const api::HorizontalPodAutoscalerSpec& spec = autoscaler.spec;
    const std::string least = spec.minReplicas ? std::to_string(*spec.minReplicas) : "<unset>";
    return {autoscaler.metadata.name, spec.scaleTargetRef.kind + "/" + spec.scaleTargetRef.name,
            targets(autoscaler),      least,
            spec.maxReplicas,         autoscaler.status.currentReplicas,
            age_cell(autoscaler, now)};
}

Json api_service_cells(const api::Object& object, sim::Instant now) {
    const auto& service = static_cast<const api::APIService&>(object);
    std::string answering = "Local";
    if (service.spec.service) answering = service.spec.service->namespace_ + "/" + service.spec.service->name;
    const auto* available = api::find_condition(service.status.conditions, "Available");
    std::string status = available == nullptr ? "Unknown" : available->status.str();
    if (available != nullptr && available->status != "True") status += " (" + available->reason + ")";
    return {service.metadata.name, answering, status, age_cell(service, now)};
}

Json usage_cells(const api::Text& name, const base::FlatMap<api::Quantity>& usage, const api::Text& window) {
    return {name, usage.value_or("cpu", {}).text(), usage.value_or("memory", {}).text(), window};
}

Json node_metrics_cells(const api::Object& object, sim::Instant) {
    const auto& metrics = static_cast<const api::NodeMetrics&>(object);
    return usage_cells(metrics.metadata.name, metrics.usage, metrics.window);
}

Json pod_metrics_cells(const api::Object& object, sim::Instant) {
    const auto& metrics = static_cast<const api::PodMetrics&>(object);
    base::FlatMap<api::Quantity> total;
    for (const api::ContainerMetrics& container : metrics.containers) {
        for (const auto& [resource, amount] : container.usage)
            total[resource] = amount + total.value_or(resource, {});
    }
    return usage_cells(metrics.metadata.name, total, metrics.window);
}

std::vector<Column> usage_columns() {
    return {kNameColumn,
            {"CPU", "string", "quantity", 0, "The use of cpu."},
            {"Memory", "string", "quantity", 0, "The use of memory."},
            {"Window", "string", "duration", 0, "How long was measured."}};
}

}  // namespace

TableKind horizontal_pod_autoscaler_table() {
    return {{kNameColumn,
             {"Reference", "string", "", 0, "What is scaled."},
             {"Targets", "string", "", 0, "What its metrics are, and what they should be."},
             {"MinPods", "string", "", 0, "The fewest pods."},
             {"MaxPods", "string", "", 0, "The most pods."},
             {"Replicas", "string", "", 0, "How many pods there are."},
             kAgeColumn},
            &autoscaler_cells};
}

TableKind api_service_table() {
    return {{kNameColumn,
             {"Service", "string", "", 0, "The Service that answers; Local is the API server itself."},
             {"Available", "string", "", 0, "Whether somebody answers, and why not."},
             kAgeColumn},
            &api_service_cells};
}

TableKind node_metrics_table() {
    return {usage_columns(), &node_metrics_cells};
}

TableKind pod_metrics_table() {
    return {usage_columns(), &pod_metrics_cells};
}

}  // namespace kubetab::server
