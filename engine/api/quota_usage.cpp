#include "engine/api/quota_usage.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/api/resource_names.h"

namespace kubetab::api {
namespace {

constexpr std::string_view kRequests = "requests.";
constexpr std::string_view kLimits = "limits.";
constexpr std::string_view kHugePages = "hugepages-";
constexpr std::string_view kOfClass = ".storageclass.storage.k8s.io/";
constexpr std::string_view kCompute[] = {"cpu", "memory", "ephemeral-storage"};

const Quantity kOne = Quantity::of_units(1);

bool is_pod(const Kind& kind) {
    return &kind == &kind_of<Pod>();
}

bool is_claim(const Kind& kind) {
    return &kind == &kind_of<PersistentVolumeClaim>();
}

std::string count_name(const Kind& kind) {
    return "count/" + kind.resource();
}

// Kinds that are counted by their plain plural, too. upstream: legacyObjectCountAliases
bool has_plain_name(const Kind& kind) {
    static constexpr std::string_view kPlain[] = {
        "configmaps", "persistentvolumeclaims", "pods", "replicationcontrollers", "resourcequotas", "secrets",
        "services"};
    return kind.group.empty() &&
           std::find(std::begin(kPlain), std::end(kPlain), kind.plural) != std::end(kPlain);
}

bool is_of_pods(std::string_view name) {
    std::string_view base = name;
    if (name.starts_with(kRequests)) base = name.substr(kRequests.size());
    else if (name.starts_with(kLimits)) base = name.substr(kLimits.size());
    if (std::find(std::begin(kCompute), std::end(kCompute), base) != std::end(kCompute)) return true;
    const bool requested = name.starts_with(kRequests);
    return (base.starts_with(kHugePages) && !name.starts_with(kLimits)) ||
           (requested && !is_native_resource(name));
}

bool is_of_claims(std::string_view name) {
    return name == "requests.storage" || name.ends_with(std::string(kOfClass) + "requests.storage") ||
           name.ends_with(std::string(kOfClass) + "persistentvolumeclaims");
}

// upstream: the evaluators' MatchingResources
bool uses(const Kind& kind, std::string_view name) {
    if (name == count_name(kind) || (has_plain_name(kind) && name == kind.plural)) return true;
    if (is_pod(kind)) return is_of_pods(name);
    if (is_claim(kind)) return is_of_claims(name);
    return &kind == &kind_of<Service>() && (name == "services.loadbalancers" || name == "services.nodeports");
}

// upstream: podComputeUsageHelper
ResourceList compute_usage(const ResourceList& requests, const ResourceList& limits) {
    ResourceList usage;
    for (const std::string_view name : kCompute) {
        if (const Quantity* request = requests.get(name)) {
            usage[name] = *request;
            usage[std::string(kRequests).append(name)] = *request;
        }
        if (const Quantity* limit = limits.get(name)) usage[std::string(kLimits).append(name)] = *limit;
    }
    for (const auto& [name, request] : requests) {
        const bool huge = name.starts_with(kHugePages);
        if (huge) usage[name] = request;
        if (huge || is_extended_resource(name)) usage[std::string(kRequests).append(name)] = request;
    }
    return usage;
}

// upstream: QuotaV1Pod
bool is_counted(const Pod& pod, Time now) {
    if (is_pod_finished(pod)) return false;
    const ObjectMeta& metadata = pod.metadata;
    if (!metadata.deletionTimestamp.is_set() || !metadata.deletionGracePeriodSeconds) return true;
    return now.seconds <= metadata.deletionTimestamp.seconds + *metadata.deletionGracePeriodSeconds;
}

ResourceList pod_usage(const Pod& pod, Time now) {
    if (!is_counted(pod, now)) return {};
    ResourceList usage = compute_usage(pod_requests(*pod.spec), pod_limits(*pod.spec));
    usage["pods"] = kOne;
    return usage;
}

// upstream: serviceEvaluator.Usage
ResourceList service_usage(const Service& service) {
    const ServiceSpec& spec = service.spec;
    const bool balanced = spec.type == "LoadBalancer";
    const bool given = balanced && !spec.allocateLoadBalancerNodePorts.value_or(true);
    std::int64_t ports = 0;
    for (const ServicePort& port : spec.ports) {
        if (!given || port.nodePort != 0) ++ports;
    }
    const bool from_outside = balanced || spec.type == "NodePort";
    return {{"services", kOne},
            {"services.loadbalancers", Quantity::of_units(balanced ? 1 : 0)},
            {"services.nodeports", Quantity::of_units(from_outside ? ports : 0)}};
}

// upstream: pvcEvaluator.Usage
ResourceList claim_usage(const PersistentVolumeClaim& claim) {
    const std::string storage_class = claim.metadata.annotations.value_or(
        "volume.beta.kubernetes.io/storage-class", claim.spec.storageClassName.value_or(""));
    ResourceList usage{{"persistentvolumeclaims", kOne}};
    const std::string prefix = storage_class + std::string(kOfClass);
    if (!storage_class.empty()) usage[prefix + "persistentvolumeclaims"] = kOne;
    const Quantity* storage = claim.spec.resources.requests.get("storage");
    if (storage == nullptr) return usage;
    usage["requests.storage"] = *storage;
    if (!storage_class.empty()) usage[prefix + "requests.storage"] = *storage;
    return usage;
}

template <class Terms>
bool crosses_namespaces(const Terms& terms) {
    return std::any_of(terms.begin(), terms.end(), [](const PodAffinityTerm& term) {
        return !term.namespaces.empty() || term.namespaceSelector;
    });
}

template <class Affinity>
bool reaches_out(const Affinity& affinity) {
    return crosses_namespaces(affinity.requiredDuringSchedulingIgnoredDuringExecution) ||
           std::any_of(affinity.preferredDuringSchedulingIgnoredDuringExecution.begin(),
                       affinity.preferredDuringSchedulingIgnoredDuringExecution.end(),
                       [](const WeightedPodAffinityTerm& term) {
                           return crosses_namespaces(std::vector<PodAffinityTerm>{term.podAffinityTerm});
                       });
}

bool has_class(const Pod& pod, const ScopedResourceSelectorRequirement& wanted) {
    const Text& name = pod.spec->shared->priorityClassName;
    const bool among = std::find(wanted.values.begin(), wanted.values.end(), name) != wanted.values.end();
    if (wanted.operator_ == "Exists") return !name.empty();
    if (wanted.operator_ == "DoesNotExist") return name.empty();
    return wanted.operator_ == "In" ? !name.empty() && among : name.empty() || !among;
}

// upstream: podMatchesScopeFunc
bool in_scope(const Pod& pod, const ScopedResourceSelectorRequirement& wanted) {
    const std::string_view scope = wanted.scopeName;
    const PodSpec& spec = *pod.spec;
    if (scope == "Terminating") return spec.shared->activeDeadlineSeconds.value_or(-1) >= 0;
    if (scope == "NotTerminating") return spec.shared->activeDeadlineSeconds.value_or(-1) < 0;
    if (scope == "BestEffort") return qos_class(spec) == "BestEffort";
    if (scope == "NotBestEffort") return qos_class(spec) != "BestEffort";
    if (scope == "PriorityClass") return has_class(pod, wanted);
    return scope == "CrossNamespacePodAffinity" && spec.shared->affinity &&
           (reaches_out(*spec.shared->affinity->podAffinity) ||
            reaches_out(*spec.shared->affinity->podAntiAffinity));
}

}  // namespace

Texts quota_resources(const Kind& kind, const ResourceList& hard) {
    Texts names;
    for (const auto& [name, quantity] : hard) {
        if (uses(kind, name)) names.push_back(name);
    }
    return names;
}

bool in_quota_scopes(const ResourceQuota& quota, const Kind& kind, const Object& object) {
    std::vector<ScopedResourceSelectorRequirement> scopes = quota.spec.scopeSelector->matchExpressions;
    for (const Text& scope : quota.spec.scopes) scopes.push_back({.operator_ = "Exists", .scopeName = scope});
    if (scopes.empty()) return true;
    return is_pod(kind) && std::all_of(scopes.begin(), scopes.end(), [&](const auto& scope) {
               return in_scope(static_cast<const Pod&>(object), scope);
           });
}

ResourceList quota_usage(const Kind& kind, const Object& object, Time now) {
    ResourceList usage;
    if (is_pod(kind)) usage = pod_usage(static_cast<const Pod&>(object), now);
    else if (&kind == &kind_of<Service>()) usage = service_usage(static_cast<const Service&>(object));
    else if (is_claim(kind)) usage = claim_usage(static_cast<const PersistentVolumeClaim&>(object));
    else if (has_plain_name(kind)) usage[kind.plural] = kOne;
    usage[count_name(kind)] = kOne;
    return usage;
}

std::string missing_for_quota(const Kind& kind, const Object& object, const Texts& resources) {
    if (!is_pod(kind)) return {};
    static constexpr std::string_view kChecked[] = {"cpu",    "limits.cpu",   "limits.memory",
                                                    "memory", "requests.cpu", "requests.memory"};
    std::map<std::string, std::set<std::string>> missing;  // containers by resource
    const auto check = [&](const std::vector<Container>& containers) {
        for (const Container& container : containers) {
            const ResourceList set = compute_usage(container.resources.requests, container.resources.limits);
            for (const std::string_view name : kChecked) {
                const bool bounded = std::find(resources.begin(), resources.end(), name) != resources.end();
                if (bounded && !set.contains(name)) missing[std::string(name)].insert(container.name);
            }
        }
    };
    const PodSpec& spec = *static_cast<const Pod&>(object).spec;
    check(spec.containers);
    check(spec.initContainers);
    std::string text;
    for (const auto& [name, containers] : missing) {
        text += text.empty() ? "must specify " : "; ";
        text += name + " for: ";
        for (const std::string& container : containers)
            text += (container == *containers.begin() ? "" : ",") + container;
    }
    return text;
}

ResourceList masked(const ResourceList& amounts, const Texts& names) {
    ResourceList result;
    for (const Text& name : names) {
        if (const Quantity* quantity = amounts.get(name)) result[name] = *quantity;
    }
    return result;
}

}  // namespace kubetab::api
