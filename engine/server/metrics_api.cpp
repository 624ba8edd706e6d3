#include "engine/server/metrics_api.h"

#include <algorithm>

#include "engine/api/api_service.h"
#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"

namespace kubetab::server {
namespace {

using api::Object;
using api::ObjectKey;
using api::Pod;
using api::Ref;
using base::Reason;
using base::Result;

constexpr sim::Duration kPeriod = sim::seconds(15);
constexpr sim::Duration kFirstSampleAge = sim::seconds(10);
constexpr const char* kWindow = "15s";
// What the kubelet, the container runtime and the system of a node use.
constexpr ContainerUsage kOutsideOfPods{60, std::int64_t{350} * 1024 * 1024};

base::FlatMap<api::Quantity> resources(const ContainerUsage& usage) {
    base::FlatMap<api::Quantity> result;
    result["cpu"] = api::Quantity::of_milli(usage.cpu_milli);
    result["memory"] = api::Quantity::of_units(usage.memory_bytes, api::Quantity::Format::BinarySI);
    return result;
}

template <class T>
const T* stored(const Server& server, const ObjectKey& key) {
    return static_cast<const T*>(server.store().get(api::kind_of<T>(), key).get());
}

// Those that may run: of sidecars and of containers.
std::vector<const api::ContainerStatus*> running_containers(const Pod& pod) {
    std::vector<const api::ContainerStatus*> result;
    for (const auto* statuses : {&pod.status.initContainerStatuses.all(), &pod.status.containerStatuses}) {
        for (const api::ContainerStatus& status : *statuses) {
            if (status.state.running) result.push_back(&status);
        }
    }
    return result;
}

}  // namespace

MetricsApi::State MetricsApi::state() const {
    const auto* service = stored<api::APIService>(server_, {"", "v1beta1.metrics.k8s.io"});
    if (service == nullptr) return State::Absent;
    for (const api::APIServiceCondition& condition : service->status.conditions) {
        const bool available = condition.type == "Available" && condition.status == "True";
        if (available && answering_pod() != nullptr) return State::Available;
    }
    return State::Unavailable;
}

base::Status MetricsApi::refusal(std::string_view what) const {
    const bool absent = state() == State::Absent;
    return base::failure(absent ? Reason::NotFound : Reason::ServiceUnavailable,
                         std::string(absent ? "the server could not find the requested resource"
                                            : "the server is currently unable to handle the request") +
                             " (" + std::string(what) + ")");
}

// The first pod of a metrics server behind the Service.
const Pod* MetricsApi::answering_pod() const {
    const auto* api_service = stored<api::APIService>(server_, {"", "v1beta1.metrics.k8s.io"});
    if (api_service == nullptr || !api_service->spec.service) return nullptr;
    const api::ServiceReference& service = *api_service->spec.service;
    const auto* endpoints = stored<api::Endpoints>(server_, {service.namespace_, service.name});
    if (endpoints == nullptr) return nullptr;
    for (const api::EndpointSubset& subset : endpoints->subsets) {
        for (const api::EndpointAddress& address : subset.addresses) {
            const auto* pod = stored<Pod>(server_, {service.namespace_, address.targetRef->name});
            if (pod != nullptr && api::is_metrics_server(*pod)) return pod;
        }
    }
    return nullptr;
}

std::optional<sim::Instant> MetricsApi::last_sample() const {
    const Pod* pod = answering_pod();
    if (pod == nullptr || pod->status.containerStatuses.empty()) return std::nullopt;
    const api::ContainerStatus& container = pod->status.containerStatuses.front();
    if (!container.state.running) return std::nullopt;
    const sim::Instant begin = container.state.running->startedAt.instant();
    const std::int64_t samples = (server_.simulation().now() - begin).ns / kPeriod.ns;
    if (samples < 1) return std::nullopt;
    return begin + sim::Duration{samples * kPeriod.ns};
}

// No more than its limit: the kernel does not give it more.
std::optional<ContainerUsage> MetricsApi::usage(const Pod& pod, const api::ContainerStatus& container) const {
    if (kubelets_ == nullptr) return std::nullopt;
    std::optional<ContainerUsage> used = kubelets_->usage(pod, container.name);
    if (!used) return used;
    for (const auto* containers : {&pod.spec->initContainers, &pod.spec->containers}) {
        for (const api::Container& spec : *containers) {
            const api::Quantity* limit = spec.resources.limits.get("cpu");
            if (spec.name == container.name && limit != nullptr)
                used->cpu_milli = std::min(used->cpu_milli, limit->milli());
        }
    }
    return used;
}

// Null when the pod cannot be told of yet.
Ref<api::PodMetrics> MetricsApi::measure(const Pod& pod, sim::Instant sample) const {
    auto metrics = std::make_shared<api::PodMetrics>();
    for (const api::ContainerStatus* container : running_containers(pod)) {
        if (container->state.running->startedAt.instant() + kFirstSampleAge > sample) return nullptr;
        const std::optional<ContainerUsage> used = usage(pod, *container);
        if (!used) return nullptr;
        metrics->containers.push_back({container->name, resources(*used)});
    }
    if (metrics->containers.empty()) return nullptr;
    metrics->metadata.name = pod.metadata.name;
    metrics->metadata.namespace_ = pod.metadata.namespace_;
    metrics->metadata.labels = pod.metadata.labels;
    metrics->metadata.creationTimestamp = server_.now();
    metrics->timestamp = api::Time(sample);
    metrics->window = kWindow;
    return metrics;
}

Ref<api::NodeMetrics> MetricsApi::measure(const api::Node& node, sim::Instant sample) const {
    ContainerUsage total = kOutsideOfPods;
    bool reached = false;
    for (const auto& [key, object] : server_.store().all(api::kind_of<Pod>())) {
        const auto& pod = static_cast<const Pod&>(*object);
        if (pod.spec->nodeName != node.metadata.name) continue;
        for (const api::ContainerStatus* container : running_containers(pod)) {
            const std::optional<ContainerUsage> used = usage(pod, *container);
            if (!used) return nullptr;
            reached = true;
            total.cpu_milli += used->cpu_milli;
            total.memory_bytes += used->memory_bytes;
        }
    }
    if (!reached && !api::is_condition_true(node.status.conditions, "Ready")) return nullptr;
    const api::Quantity* cpu = node.status.capacity.get("cpu");
    if (cpu != nullptr) total.cpu_milli = std::min(total.cpu_milli, cpu->milli());
    auto metrics = std::make_shared<api::NodeMetrics>();
    metrics->metadata.name = node.metadata.name;
    metrics->metadata.labels = node.metadata.labels;
    metrics->metadata.creationTimestamp = server_.now();
    metrics->timestamp = api::Time(sample);
    metrics->window = kWindow;
    metrics->usage = resources(total);
    return metrics;
}

std::vector<Ref<Object>> MetricsApi::list(const api::Kind& kind, const api::Text& in_namespace) const {
    std::vector<Ref<Object>> result;
    const std::optional<sim::Instant> sample = last_sample();
    if (!sample) return result;
    const bool of_pods = &kind == &api::kind_of<api::PodMetrics>();
    const api::Kind& measured = of_pods ? api::kind_of<Pod>() : api::kind_of<api::Node>();
    for (const auto& [key, object] : server_.store().all(measured)) {
        if (!in_namespace.empty() && key.namespace_ != in_namespace) continue;
        Ref<Object> metrics;
        if (of_pods) metrics = measure(static_cast<const Pod&>(*object), *sample);
        else metrics = measure(static_cast<const api::Node&>(*object), *sample);
        if (metrics) result.push_back(std::move(metrics));
    }
    return result;
}

// upstream: metrics-server pkg/api/{pod,node}.go Get
Result<Ref<Object>> MetricsApi::get(const api::Kind& kind, const ObjectKey& key) const {
    const bool of_pods = &kind == &api::kind_of<api::PodMetrics>();
    const api::Kind& measured = of_pods ? api::kind_of<Pod>() : api::kind_of<api::Node>();
    TRY(server_.get(measured, key));
    for (const Ref<Object>& metrics : list(kind, key.namespace_)) {
        if (metrics->metadata.name == key.name) return metrics;
    }
    const std::string resource = of_pods ? "podmetrics" : "nodemetrics";
    base::Status status = base::failure(
        Reason::NotFound, resource + "." + std::string(kind.group) + " \"" + key.text() + "\" not found");
    status.group = kind.group;
    status.kind = resource;
    status.name = key.text();
    return status;
}

Result<std::vector<Ref<api::PodMetrics>>> MetricsApi::pods_in(const api::Text& in_namespace) const {
    if (state() != State::Available) return refusal("get pods.metrics.k8s.io");
    std::vector<Ref<api::PodMetrics>> result;
    for (const Ref<Object>& object : list(api::kind_of<api::PodMetrics>(), in_namespace))
        result.push_back(api::cast<api::PodMetrics>(object));
    return result;
}

}  // namespace kubetab::server
