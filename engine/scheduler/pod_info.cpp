#include "engine/scheduler/pod_info.h"

#include <algorithm>
#include <utility>

namespace kubetab::scheduler {
namespace {

// upstream: pkg/scheduler/util/pod_resources.go DefaultMilliCPURequest, DefaultMemoryRequest
constexpr std::int64_t kScoringMilliCpu = 100;
constexpr std::int64_t kScoringMemory = 200 * 1024 * 1024;

bool is_sidecar(const api::Container& container) {
    return container.shared->restartPolicy.has_value() && *container.shared->restartPolicy == "Always";
}

void add_ports(const api::Container& container, base::List<HostPort>& ports) {
    for (const api::ContainerPort& port : container.ports) {
        if (port.hostPort <= 0) continue;
        const std::string protocol = port.protocol.empty() ? "TCP" : port.protocol;
        ports.push_back({port.hostIP == "0.0.0.0" ? "" : port.hostIP, protocol, port.hostPort});
    }
}

// What one container asks for, and the same with defaults for scoring.
struct ContainerRequest {
    Amounts requested{};
    std::int64_t scoring_milli_cpu = 0;
    std::int64_t scoring_memory = 0;

    explicit ContainerRequest(const api::Container& container)
        : requested(amounts_of(container.resources.requests)),
          scoring_milli_cpu(requested.milli_cpu),
          scoring_memory(requested.memory) {
        if (!container.resources.requests.contains("cpu")) scoring_milli_cpu = kScoringMilliCpu;
        if (!container.resources.requests.contains("memory")) scoring_memory = kScoringMemory;
    }
};

// Containers run together; an init container runs after the sidecars before it have started.
// upstream: staging/src/k8s.io/component-helpers/resource/helpers.go PodRequests
void add_requests(const api::PodSpec& spec, PodInfo& info) {
    for (const api::Container& container : spec.containers) {
        const ContainerRequest request(container);
        info.requested.add(request.requested);
        info.scoring_milli_cpu += request.scoring_milli_cpu;
        info.scoring_memory += request.scoring_memory;
    }
    Amounts sidecars;
    std::int64_t sidecars_cpu = 0;
    std::int64_t sidecars_memory = 0;
    Amounts starting;
    std::int64_t starting_cpu = 0;
    std::int64_t starting_memory = 0;
    for (const api::Container& container : spec.initContainers) {
        const ContainerRequest request(container);
        Amounts now = request.requested;
        now.add(sidecars);
        starting.raise_to(now);
        starting_cpu = std::max(starting_cpu, request.scoring_milli_cpu + sidecars_cpu);
        starting_memory = std::max(starting_memory, request.scoring_memory + sidecars_memory);
        if (!is_sidecar(container)) continue;
        sidecars.add(request.requested);
        sidecars_cpu += request.scoring_milli_cpu;
        sidecars_memory += request.scoring_memory;
    }
    info.requested.add(sidecars);
    info.requested.raise_to(starting);
    info.scoring_milli_cpu = std::max(info.scoring_milli_cpu + sidecars_cpu, starting_cpu);
    info.scoring_memory = std::max(info.scoring_memory + sidecars_memory, starting_memory);
    if (spec.shared->overhead.empty()) return;
    const Amounts overhead = amounts_of(spec.shared->overhead);
    info.requested.add(overhead);
    info.scoring_milli_cpu += overhead.milli_cpu;
    info.scoring_memory += overhead.memory;
}

// upstream: pkg/scheduler/framework/types.go newAffinityTerm
AffinityTerm compile(const api::Pod& pod, const api::PodAffinityTerm& term, std::int64_t weight) {
    AffinityTerm compiled;
    compiled.namespaces = term.namespaces;
    compiled.has_namespace_selector = term.namespaceSelector.has_value();
    if (compiled.namespaces.empty() && !compiled.has_namespace_selector) {
        compiled.namespaces.push_back(pod.metadata.namespace_);
    }
    std::sort(compiled.namespaces.begin(), compiled.namespaces.end());
    if (compiled.has_namespace_selector)
        compiled.namespace_selector = CompiledSelector(*term.namespaceSelector);
    compiled.selector = CompiledSelector(term.labelSelector);
    for (const std::string& key : term.matchLabelKeys) {
        if (const api::Text* value = pod.metadata.labels.get(key))
            compiled.selector.require_equal(key, *value);
    }
    for (const std::string& key : term.mismatchLabelKeys) {
        if (const api::Text* value = pod.metadata.labels.get(key)) {
            compiled.selector.require({key, SelectorOperator::NotIn, {*value}});
        }
    }
    compiled.topology_key = term.topologyKey;
    compiled.weight = weight;
    return compiled;
}

template <class PodAffinityOrAnti>
void compile_all(const api::Pod& pod, const PodAffinityOrAnti& affinity, std::vector<AffinityTerm>& required,
                 std::vector<AffinityTerm>& preferred) {
    for (const api::PodAffinityTerm& term : affinity.requiredDuringSchedulingIgnoredDuringExecution) {
        required.push_back(compile(pod, term, 0));
    }
    for (const api::WeightedPodAffinityTerm& term :
         affinity.preferredDuringSchedulingIgnoredDuringExecution) {
        preferred.push_back(compile(pod, term.podAffinityTerm, term.weight));
    }
}

std::shared_ptr<const PodAffinities> affinities_of(const api::Pod& pod) {
    const api::Box<api::Affinity>& affinity = pod.spec->shared->affinity;
    if (!affinity || (!affinity->podAffinity && !affinity->podAntiAffinity)) return nullptr;
    auto result = std::make_shared<PodAffinities>();
    compile_all(pod, *affinity->podAffinity, result->required, result->preferred);
    compile_all(pod, *affinity->podAntiAffinity, result->required_anti, result->preferred_anti);
    const bool empty = result->required.empty() && result->preferred.empty() &&
                       result->required_anti.empty() && result->preferred_anti.empty();
    return empty ? nullptr : result;
}

}  // namespace

void Amounts::add(const Amounts& other) {
    milli_cpu += other.milli_cpu;
    memory += other.memory;
    ephemeral_storage += other.ephemeral_storage;
    for (const auto& [name, amount] : other.others) others[name] += amount;
}

void Amounts::subtract(const Amounts& other) {
    milli_cpu -= other.milli_cpu;
    memory -= other.memory;
    ephemeral_storage -= other.ephemeral_storage;
    for (const auto& [name, amount] : other.others) others[name] -= amount;
}

void Amounts::raise_to(const Amounts& other) {
    milli_cpu = std::max(milli_cpu, other.milli_cpu);
    memory = std::max(memory, other.memory);
    ephemeral_storage = std::max(ephemeral_storage, other.ephemeral_storage);
    for (const auto& [name, amount] : other.others) others[name] = std::max(others.value_or(name, 0), amount);
}

bool Amounts::is_zero() const {
    if (milli_cpu != 0 || memory != 0 || ephemeral_storage != 0) return false;
    return std::all_of(others.begin(), others.end(), [](const auto& entry) { return entry.second == 0; });
}

Amounts amounts_of(const base::FlatMap<api::Quantity>& resources) {
    Amounts amounts;
    for (const auto& [name, quantity] : resources) {
        if (name == "cpu") {
            amounts.milli_cpu = quantity.milli();
        } else if (name == "memory") {
            amounts.memory = quantity.units();
        } else if (name == "ephemeral-storage") {
            amounts.ephemeral_storage = quantity.units();
        } else if (name != "pods") {
            amounts.others[name] = quantity.units();
        }
    }
    return amounts;
}

bool HostPort::conflicts_with(const HostPort& other) const {
    return port == other.port && protocol == other.protocol &&
           (ip.empty() || other.ip.empty() || ip == other.ip);
}

bool AffinityTerm::matches(const api::Pod& pod, const base::StringMap* namespace_labels) const {
    const bool in_namespace =
        std::binary_search(namespaces.begin(), namespaces.end(), pod.metadata.namespace_) ||
        (has_namespace_selector &&
         (namespace_selector.matches_everything() ||
          (namespace_labels != nullptr && namespace_selector.matches(*namespace_labels))));
    return in_namespace && selector.matches(pod.metadata.labels);
}

std::string AffinityTerm::text() const {
    std::string text = topology_key + ";" + selector.text() + ";";
    if (has_namespace_selector) text += "~" + namespace_selector.text();
    for (const std::string& name : namespaces) text.append(";").append(name);
    return text;
}

PodInfo::PodInfo(api::Ref<api::Pod> which) : pod(std::move(which)), identity_(identity_of(pod->metadata)) {
    const api::PodSpec& spec = *pod->spec;
    add_requests(spec, *this);
    priority = spec.priority.value_or(0);
    for (const api::Container& container : spec.containers) add_ports(container, ports);
    for (const api::Container& container : spec.initContainers) {
        if (is_sidecar(container)) add_ports(container, ports);
    }
    affinities = affinities_of(*pod);
}

api::Text identity_of(const api::ObjectMeta& metadata) {
    return metadata.uid.empty() ? api::Text(metadata.namespace_ + "/" + metadata.name) : metadata.uid;
}

bool counts_the_same(const api::Pod& a, const api::Pod& b) {
    return a.metadata.deletionTimestamp == b.metadata.deletionTimestamp &&
           a.metadata.labels == b.metadata.labels;
}

bool is_terminal(const api::Pod& pod) {
    return pod.status.phase == "Succeeded" || pod.status.phase == "Failed";
}

}  // namespace kubetab::scheduler
