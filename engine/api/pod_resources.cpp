#include "engine/api/pod_resources.h"

#include <algorithm>

namespace kubetab::api {
namespace {

using Part = ResourceList ResourceRequirements::*;

void add(ResourceList& total, const ResourceList& more) {
    for (const auto& [name, quantity] : more) total[name] = total[name] + quantity;
}

void raise_to(ResourceList& total, const ResourceList& at_least) {
    for (const auto& [name, quantity] : at_least) {
        const Quantity* now = total.get(name);
        if (now == nullptr || *now < quantity) total[name] = quantity;
    }
}

// upstream: PodRequests, PodLimits without the overhead
ResourceList of_containers(const PodSpec& spec, Part part) {
    ResourceList total;
    for (const Container& container : spec.containers) add(total, container.resources.*part);
    ResourceList sidecars;
    ResourceList starting;  // the most that any init container needs
    for (const Container& container : spec.initContainers) {
        if (is_sidecar(container)) {
            add(total, container.resources.*part);
            add(sidecars, container.resources.*part);
            raise_to(starting, sidecars);
        } else {
            raise_to(starting, sum(container.resources.*part, sidecars));
        }
    }
    raise_to(total, starting);
    return total;
}

// Of cpu and memory, those above zero.
ResourceList compute_only(const ResourceList& resources) {
    ResourceList result;
    for (const std::string_view name : {"cpu", "memory"}) {
        const Quantity* quantity = resources.get(name);
        if (quantity != nullptr && quantity->sign() > 0) result[name] = *quantity;
    }
    return result;
}

}  // namespace

bool is_sidecar(const Container& init_container) {
    return init_container.shared->restartPolicy.value_or("") == "Always";
}

ResourceList sum(const ResourceList& a, const ResourceList& b) {
    ResourceList result = a;
    add(result, b);
    return result;
}

ResourceList pod_requests(const PodSpec& spec) {
    ResourceList total = of_containers(spec, &ResourceRequirements::requests);
    add(total, spec.shared->overhead);
    return total;
}

ResourceList pod_limits(const PodSpec& spec) {
    ResourceList total = of_containers(spec, &ResourceRequirements::limits);
    for (const auto& [name, quantity] : spec.shared->overhead) {
        const Quantity* limit = total.get(name);
        if (limit != nullptr && !limit->is_zero()) total[name] = *limit + quantity;
    }
    return total;
}

// upstream: ComputePodQOS
std::string_view qos_class(const PodSpec& spec) {
    ResourceList requests;
    ResourceList limits;
    bool all_limited = true;
    const auto count = [&](const Container& container) {
        add(requests, compute_only(container.resources.requests));
        const ResourceList own = compute_only(container.resources.limits);
        add(limits, own);
        all_limited = all_limited && own.size() == 2;
    };
    std::for_each(spec.containers.begin(), spec.containers.end(), count);
    std::for_each(spec.initContainers.begin(), spec.initContainers.end(), count);
    if (requests.empty() && limits.empty()) return "BestEffort";
    return all_limited && requests == limits ? "Guaranteed" : "Burstable";
}

std::vector<const ContainerPort*> host_ports(const PodSpec& spec) {
    std::vector<const ContainerPort*> ports;
    const auto collect = [&](const Container& container) {
        for (const ContainerPort& port : container.ports) {
            if (port.hostPort != 0) ports.push_back(&port);
        }
    };
    std::for_each(spec.containers.begin(), spec.containers.end(), collect);
    for (const Container& container : spec.initContainers) {
        if (is_sidecar(container)) collect(container);
    }
    return ports;
}

}  // namespace kubetab::api
