// Which nodes do, worked out one rule after the other.
#include <algorithm>
#include <set>

#include "tests/unit/scheduler/recomputed/plain.h"

namespace kubetab::scheduler::recomputed {
namespace {

bool holds(const Requirement& requirement, const Labels& labels) {
    const auto found = labels.find(requirement.key);
    const bool there = found != labels.end();
    const Names& values = requirement.values;
    const bool listed = there && std::find(values.begin(), values.end(), found->second) != values.end();
    if (requirement.op == "In") return listed;
    if (requirement.op == "NotIn") return !listed;
    if (requirement.op == "Exists") return there;
    if (requirement.op == "DoesNotExist") return !there;
    if (!there) return false;
    const int own = std::stoi(found->second);
    return requirement.op == "Gt" ? own > std::stoi(values[0]) : own < std::stoi(values[0]);
}

std::vector<const PlainPod*> pods_on(const PlainCluster& cluster, const PlainNode& node) {
    std::vector<const PlainPod*> pods;
    for (const PlainPod& pod : cluster.pods) {
        if (pod.node == node.name) pods.push_back(&pod);
    }
    return pods;
}

bool refuses_for_taints(const PlainPod& pod, const PlainNode& node) {
    return std::any_of(node.taints.begin(), node.taints.end(), [&](const PlainTaint& taint) {
        return taint.effect != "PreferNoSchedule" && !tolerates(pod, taint);
    });
}

// Every alternative names nodes: only those are looked at.
bool is_left_out(const PlainPod& pod, const PlainNode& node) {
    if (pod.nodes_required.empty()) return false;
    return std::all_of(pod.nodes_required.begin(), pod.nodes_required.end(), [&](const NodeTerm& term) {
        return !term.names.empty() && std::count(term.names.begin(), term.names.end(), node.name) == 0;
    });
}

bool clash(const PlainContainer& a, const PlainContainer& b) {
    if (a.host_port == 0 || a.host_port != b.host_port) return false;
    const auto is_any = [](const std::string& ip) { return ip.empty() || ip == "0.0.0.0"; };
    return is_any(a.host_ip) || is_any(b.host_ip) || a.host_ip == b.host_ip;
}

bool lacks_ports(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node) {
    for (const PlainPod* other : pods_on(cluster, node)) {
        for (const PlainContainer& theirs : other->containers) {
            for (const PlainContainer& ours : pod.containers) {
                if (clash(ours, theirs)) return true;
            }
        }
    }
    return false;
}

bool lacks_resources(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node) {
    std::int64_t milli_cpu = 0;
    std::int64_t mebibytes = 0;
    for (const PlainContainer& container : pod.containers) {
        milli_cpu += container.milli_cpu;
        mebibytes += container.mebibytes;
    }
    const bool wants_cpu = milli_cpu > 0;
    const bool wants_memory = mebibytes > 0;
    const std::vector<const PlainPod*> others = pods_on(cluster, node);
    for (const PlainPod* other : others) {
        for (const PlainContainer& container : other->containers) {
            milli_cpu += container.milli_cpu;
            mebibytes += container.mebibytes;
        }
    }
    return static_cast<std::int64_t>(others.size()) + 1 > node.pods ||
           (wants_cpu && milli_cpu > node.milli_cpu) || (wants_memory && mebibytes > node.mebibytes);
}

bool breaks_spread(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node) {
    std::vector<Spread> hard;
    std::copy_if(pod.spreads.begin(), pod.spreads.end(), std::back_inserter(hard),
                 [](const Spread& spread) { return spread.hard; });
    for (const Spread& spread : hard) {
        std::map<std::string, std::int64_t> in_domain;
        for (const PlainNode& other : cluster.nodes) {
            const bool has_all = std::all_of(hard.begin(), hard.end(), [&](const Spread& each) {
                return domain_of(other, each.topology_key).has_value();
            });
            if (!has_all || !counts_for(spread, pod, other)) continue;
            std::int64_t& number = in_domain[*domain_of(other, spread.topology_key)];
            for (const PlainPod* there : pods_on(cluster, other))
                number += there->space == pod.space && matches(spread.selector, there->labels);
        }
        const std::optional<std::string> own = domain_of(node, spread.topology_key);
        if (!own) return true;
        std::int64_t smallest = INT32_MAX;
        for (const auto& [domain, number] : in_domain) smallest = std::min(smallest, number);
        if (static_cast<std::int64_t>(in_domain.size()) < spread.domains_min.value_or(1)) smallest = 0;
        const std::int64_t here = in_domain.contains(*own) ? in_domain[*own] : 0;
        const std::int64_t itself = matches(spread.selector, pod.labels) ? 1 : 0;
        if (here + itself - smallest > spread.max_skew) return true;
    }
    return false;
}

// Whether a pod for which `wanted` holds runs in the node's domain.
template <class Wanted>
bool is_in_domain(const PlainCluster& cluster, const PlainNode& node, const std::string& topology_key,
                  const Wanted& wanted) {
    const std::optional<std::string> domain = domain_of(node, topology_key);
    return domain && std::any_of(cluster.pods.begin(), cluster.pods.end(), [&](const PlainPod& other) {
               return wanted(other) && domain_of(node_of(cluster, other), topology_key) == domain;
           });
}

bool misses_company(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node) {
    if (pod.near.empty()) return false;
    const auto meets_all = [&](const PlainPod& other) {
        return std::all_of(pod.near.begin(), pod.near.end(),
                           [&](const PodTerm& term) { return matches_pod_term(term, pod, other); });
    };
    bool company = true;
    bool anywhere = false;
    for (const PodTerm& term : pod.near) {
        if (!domain_of(node, term.topology_key)) return true;
        company = company && is_in_domain(cluster, node, term.topology_key, meets_all);
        for (const PlainNode& other : cluster.nodes)
            anywhere = anywhere || is_in_domain(cluster, other, term.topology_key, meets_all);
    }
    return !company && (anywhere || !meets_all(pod));
}

bool has_bad_company(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node) {
    for (const PodTerm& term : pod.apart) {
        const auto unwanted = [&](const PlainPod& other) { return matches_pod_term(term, pod, other); };
        if (is_in_domain(cluster, node, term.topology_key, unwanted)) return true;
    }
    for (const PlainPod& other : cluster.pods) {
        for (const PodTerm& term : other.apart) {
            if (!matches_pod_term(term, other, pod)) continue;
            const std::optional<std::string> theirs = domain_of(node_of(cluster, other), term.topology_key);
            if (theirs && theirs == domain_of(node, term.topology_key)) return true;
        }
    }
    return false;
}

}  // namespace

bool matches(const Selector& selector, const Labels& labels) {
    return std::all_of(selector.begin(), selector.end(),
                       [&](const Requirement& requirement) { return holds(requirement, labels); });
}

bool tolerates(const PlainPod& pod, const PlainTaint& taint) {
    return std::any_of(pod.tolerations.begin(), pod.tolerations.end(),
                       [&](const PlainToleration& toleration) {
                           if (!toleration.effect.empty() && toleration.effect != taint.effect) return false;
                           if (!toleration.key.empty() && toleration.key != taint.key) return false;
                           return toleration.op == "Exists" || toleration.value == taint.value;
                       });
}

bool matches_node_term(const NodeTerm& term, const PlainNode& node) {
    if (term.labels.empty() && term.names.empty()) return false;
    if (!term.names.empty() && std::count(term.names.begin(), term.names.end(), node.name) == 0) return false;
    return matches(term.labels, node.labels);
}

bool meets_required_nodes(const PlainPod& pod, const PlainNode& node) {
    for (const auto& [key, value] : pod.node_selector) {
        const auto found = node.labels.find(key);
        if (found == node.labels.end() || found->second != value) return false;
    }
    return pod.nodes_required.empty() ||
           std::any_of(pod.nodes_required.begin(), pod.nodes_required.end(),
                       [&](const NodeTerm& term) { return matches_node_term(term, node); });
}

bool matches_pod_term(const PodTerm& term, const PlainPod& owner, const PlainPod& other) {
    const Names spaces = term.namespaces.empty() ? Names{owner.space} : term.namespaces;
    return std::count(spaces.begin(), spaces.end(), other.space) > 0 && matches(term.selector, other.labels);
}

const PlainNode& node_of(const PlainCluster& cluster, const PlainPod& pod) {
    return *std::find_if(cluster.nodes.begin(), cluster.nodes.end(),
                         [&](const PlainNode& node) { return node.name == pod.node; });
}

std::optional<std::string> domain_of(const PlainNode& node, const std::string& topology_key) {
    const auto found = node.labels.find(topology_key);
    return found == node.labels.end() ? std::nullopt : std::optional(found->second);
}

bool counts_for(const Spread& spread, const PlainPod& pod, const PlainNode& node) {
    if (spread.honors_affinity && !meets_required_nodes(pod, node)) return false;
    return !spread.honors_taints || !refuses_for_taints(pod, node);
}

std::string first_refusal(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node) {
    if (is_left_out(pod, node)) return "NodeAffinity";
    const PlainTaint cordoned{"node.kubernetes.io/unschedulable", "", "NoSchedule"};
    if (node.unschedulable && !tolerates(pod, cordoned)) return "NodeUnschedulable";
    if (refuses_for_taints(pod, node)) return "TaintToleration";
    if (!meets_required_nodes(pod, node)) return "NodeAffinity";
    if (lacks_ports(cluster, pod, node)) return "NodePorts";
    if (lacks_resources(cluster, pod, node)) return "NodeResourcesFit";
    if (breaks_spread(cluster, pod, node)) return "PodTopologySpread";
    if (misses_company(cluster, pod, node) || has_bad_company(cluster, pod, node)) return "InterPodAffinity";
    return "";
}

}  // namespace kubetab::scheduler::recomputed
