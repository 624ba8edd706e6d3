#include "engine/node/pod_admission.h"

#include <algorithm>
#include <cstdint>

#include "engine/api/node_selection.h"
#include "engine/api/pod_resources.h"
#include "engine/api/tolerations.h"
#include "engine/node/eviction.h"

namespace kubetab::node {
namespace {

using Others = std::vector<api::Ref<api::Pod>>;

std::int64_t amount_of(std::string_view resource, const api::Quantity& quantity) {
    return resource == "cpu" ? quantity.milli() : quantity.units();
}

Rejection out_of(const std::string& resource, std::int64_t requested, std::int64_t used,
                 std::int64_t capacity) {
    return {"OutOf" + resource,
            "Node didn't have enough resource: " + resource + ", requested: " + std::to_string(requested) +
                ", used: " + std::to_string(used) + ", capacity: " + std::to_string(capacity)};
}

Rejection failed(const std::string& predicate, const std::string& why) {
    return {predicate, "Predicate " + predicate + " failed: " + why};
}

// Built-in resources first, in upstream's order, then the others by name.
std::vector<std::string> in_order(const api::ResourceList& requests) {
    std::vector<std::string> names;
    for (const char* name : {"cpu", "memory", "ephemeral-storage"}) {
        if (requests.contains(name)) names.emplace_back(name);
    }
    for (const auto& [name, quantity] : requests) {
        if (std::find(names.begin(), names.end(), name.str()) == names.end()) names.push_back(name);
    }
    return names;
}

// upstream: noderesources.Fits
std::optional<Rejection> lacks_resources(const api::Pod& pod, const api::Node& node, const Others& others) {
    const api::ResourceList& there = node.status.allocatable;
    const auto count = static_cast<std::int64_t>(others.size());
    const std::int64_t allowed = there.value_or("pods", {}).units();
    if (count + 1 > allowed) return out_of("pods", 1, count, allowed);
    const api::ResourceList requests = api::pod_requests(*pod.spec);
    if (requests.empty()) return std::nullopt;
    api::ResourceList used;
    for (const api::Ref<api::Pod>& other : others) used = api::sum(used, api::pod_requests(*other->spec));
    for (const std::string& name : in_order(requests)) {
        const std::int64_t requested = amount_of(name, requests.value_or(name, {}));
        const std::int64_t in_use = amount_of(name, used.value_or(name, {}));
        const std::int64_t capacity = amount_of(name, there.value_or(name, {}));
        if (requested > 0 && requested > capacity - in_use) return out_of(name, requested, in_use, capacity);
    }
    return std::nullopt;
}

bool is_any_address(const api::Text& ip) {
    return ip.empty() || ip == "0.0.0.0";
}

bool clash(const api::ContainerPort& a, const api::ContainerPort& b) {
    return a.hostPort == b.hostPort && a.protocol == b.protocol &&
           (is_any_address(a.hostIP) || is_any_address(b.hostIP) || a.hostIP == b.hostIP);
}

bool lacks_ports(const api::Pod& pod, const Others& others) {
    const std::vector<const api::ContainerPort*> wanted = api::host_ports(*pod.spec);
    if (wanted.empty()) return false;
    return std::any_of(others.begin(), others.end(), [&](const api::Ref<api::Pod>& other) {
        const std::vector<const api::ContainerPort*> used = api::host_ports(*other->spec);
        return std::any_of(used.begin(), used.end(), [&](const api::ContainerPort* theirs) {
            return std::any_of(wanted.begin(), wanted.end(),
                               [&](const api::ContainerPort* ours) { return clash(*ours, *theirs); });
        });
    });
}

bool is_static(const api::Pod& pod) {
    return pod.metadata.annotations.contains("kubernetes.io/config.mirror");
}

}  // namespace

// upstream: predicateAdmitHandler.Admit, generalFilter
std::optional<Rejection> reject_pod(const api::Pod& pod, const api::Node& node, const Others& others) {
    const bool critical = is_critical(pod);
    if (auto rejection = lacks_resources(pod, node, others); rejection && !critical) return rejection;
    if (!api::matches_required_affinity(*pod.spec, node.metadata.labels, node.metadata.name))
        return failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
    if (lacks_ports(pod, others))
        return failed("NodePorts", "node(s) didn't have free ports for the requested pod ports");
    if (is_static(pod)) return std::nullopt;
    for (const api::Taint& taint : node.spec.taints) {
        if (taint.effect == "NoExecute" && !api::tolerates(pod.spec->tolerations, taint))
            return failed("TaintToleration", "node(s) had taints that the pod didn't tolerate");
    }
    return std::nullopt;
}

}  // namespace kubetab::node
