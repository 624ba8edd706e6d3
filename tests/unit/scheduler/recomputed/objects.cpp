// The plain world as objects of the API.
#include "tests/unit/scheduler/recomputed/plain.h"
#include "tests/unit/scheduler/world.h"

namespace kubetab::scheduler::recomputed {
namespace {

constexpr std::int64_t kMebibyte = 1024 * 1024;

void fill(api::LabelSelector& into, const Selector& selector) {
    for (const Requirement& requirement : selector) {
        into.matchExpressions.push_back({.key = requirement.key, .operator_ = requirement.op});
        for (const std::string& value : requirement.values)
            into.matchExpressions.back().values.emplace_back(value);
    }
}

api::NodeSelectorTerm term_object(const NodeTerm& term) {
    api::NodeSelectorTerm result;
    for (const Requirement& requirement : term.labels) {
        result.matchExpressions.push_back({.key = requirement.key, .operator_ = requirement.op});
        for (const std::string& value : requirement.values)
            result.matchExpressions.back().values.emplace_back(value);
    }
    for (const std::string& name : term.names)
        result.matchFields.push_back({.key = "metadata.name", .operator_ = "In", .values = {name}});
    return result;
}

api::PodAffinityTerm term_object(const PodTerm& term) {
    api::PodAffinityTerm result;
    fill(result.labelSelector.edit(), term.selector);
    result.topologyKey = term.topology_key;
    for (const std::string& name : term.namespaces) result.namespaces.emplace_back(name);
    return result;
}

// Required and preferred terms, of either kind of affinity.
template <class Affinity>
void fill_terms(Affinity& into, const std::vector<PodTerm>& required, const std::vector<PodTerm>& preferred) {
    for (const PodTerm& term : required)
        into.requiredDuringSchedulingIgnoredDuringExecution.push_back(term_object(term));
    for (const PodTerm& term : preferred) {
        into.preferredDuringSchedulingIgnoredDuringExecution.push_back(
            {.podAffinityTerm = term_object(term), .weight = static_cast<std::int32_t>(term.weight)});
    }
}

void fill_affinity(api::Affinity& into, const PlainPod& pod) {
    fill_terms(into.podAffinity.edit(), pod.near, pod.near_preferred);
    fill_terms(into.podAntiAffinity.edit(), pod.apart, pod.apart_preferred);
    api::NodeAffinity& nodes = into.nodeAffinity.edit();
    for (const NodeTerm& term : pod.nodes_required) {
        nodes.requiredDuringSchedulingIgnoredDuringExecution.edit().nodeSelectorTerms.push_back(
            term_object(term));
    }
    for (const NodeTerm& term : pod.nodes_preferred) {
        nodes.preferredDuringSchedulingIgnoredDuringExecution.push_back(
            {.preference = term_object(term), .weight = static_cast<std::int32_t>(term.weight)});
    }
}

api::TopologySpreadConstraint spread_object(const Spread& spread) {
    api::TopologySpreadConstraint result;
    fill(result.labelSelector.edit(), spread.selector);
    result.maxSkew = static_cast<std::int32_t>(spread.max_skew);
    result.topologyKey = spread.topology_key;
    result.whenUnsatisfiable = spread.hard ? "DoNotSchedule" : "ScheduleAnyway";
    if (spread.domains_min) result.minDomains = static_cast<std::int32_t>(*spread.domains_min);
    result.nodeAffinityPolicy = spread.honors_affinity ? "Honor" : "Ignore";
    result.nodeTaintsPolicy = spread.honors_taints ? "Honor" : "Ignore";
    return result;
}

api::Container container_object(const PlainContainer& container, std::size_t number) {
    api::Container result;
    result.name = "main-" + std::to_string(number);
    result.image = container.image;
    if (container.milli_cpu > 0)
        result.resources.requests["cpu"] = api::Quantity::of_milli(container.milli_cpu);
    if (container.mebibytes > 0) {
        result.resources.requests["memory"] =
            api::Quantity::of_units(container.mebibytes * kMebibyte, api::Quantity::Format::BinarySI);
    }
    if (container.host_port > 0) {
        result.ports.push_back({.containerPort = 80,
                                .hostIP = container.host_ip,
                                .hostPort = static_cast<std::int32_t>(container.host_port),
                                .protocol = "TCP"});
    }
    return result;
}

}  // namespace

api::Node node_object(const PlainNode& node) {
    api::Node result = make_node(node.name, node.milli_cpu, node.mebibytes * kMebibyte, node.pods);
    for (const auto& [key, value] : node.labels) result.metadata.labels[key] = value;
    for (const PlainTaint& taint : node.taints)
        result = with_taint(std::move(result), taint.key, taint.value, taint.effect);
    result.spec.unschedulable = node.unschedulable;
    for (const auto& [image, size] : node.images) {
        result.status.images.push_back({.names = {image}, .sizeBytes = size});
    }
    return result;
}

api::Pod pod_object(const PlainPod& pod) {
    api::Pod result = make_pod(pod.name);
    result.metadata.namespace_ = pod.space;
    for (const auto& [key, value] : pod.labels) result.metadata.labels[key] = value;
    api::PodSpec& spec = result.spec.edit();
    spec.nodeName = pod.node;
    spec.containers.clear();
    for (const PlainContainer& container : pod.containers)
        spec.containers.push_back(container_object(container, spec.containers.size()));
    for (const PlainToleration& toleration : pod.tolerations) {
        spec.tolerations.edit().push_back({.effect = toleration.effect,
                                           .key = toleration.key,
                                           .operator_ = toleration.op,
                                           .value = toleration.value});
    }
    api::PodSpecShared& shared = spec.shared.edit();
    for (const auto& [key, value] : pod.node_selector) shared.nodeSelector[key] = value;
    fill_affinity(shared.affinity.edit(), pod);
    for (const Spread& spread : pod.spreads)
        shared.topologySpreadConstraints.push_back(spread_object(spread));
    return result;
}

api::Service service_object(const Labels& selector, std::size_t number) {
    api::Service service;
    service.metadata.name = "service-" + std::to_string(number);
    service.metadata.namespace_ = "default";
    for (const auto& [key, value] : selector) service.spec.selector[key] = value;
    return service;
}

}  // namespace kubetab::scheduler::recomputed
