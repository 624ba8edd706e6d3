// Which of the nodes that do is best, worked out plugin by plugin.
#include <algorithm>
#include <cmath>
#include <set>

#include "tests/unit/scheduler/recomputed/plain.h"

namespace kubetab::scheduler::recomputed {
namespace {

constexpr std::int64_t kDefaultMilliCpu = 100;
constexpr std::int64_t kDefaultMebibytes = 200;
constexpr std::int64_t kMebibyte = 1024 * 1024;
constexpr const char* kHost = "kubernetes.io/hostname";
constexpr const char* kZone = "topology.kubernetes.io/zone";

struct Asked {
    std::int64_t milli_cpu = 0;
    std::int64_t mebibytes = 0;
};

// What the node's pods and this one ask for; `assumed`: those that ask for nothing are taken to need
// something.
Asked asked_on(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node, bool assumed) {
    Asked sum;
    const auto add = [&](const PlainPod& each) {
        for (const PlainContainer& container : each.containers) {
            sum.milli_cpu += container.milli_cpu == 0 && assumed ? kDefaultMilliCpu : container.milli_cpu;
            sum.mebibytes += container.mebibytes == 0 && assumed ? kDefaultMebibytes : container.mebibytes;
        }
    };
    add(pod);
    for (const PlainPod& other : cluster.pods) {
        if (other.node == node.name) add(other);
    }
    return sum;
}

std::int64_t free_percent(std::int64_t used, std::int64_t capacity) {
    return used > capacity ? 0 : (capacity - used) * 100 / capacity;
}

Scores least_allocated(const PlainCluster& cluster, const PlainPod& pod,
                       const std::vector<PlainNode>& nodes) {
    Scores scores;
    for (const PlainNode& node : nodes) {
        const Asked asked = asked_on(cluster, pod, node, true);
        scores.push_back(
            (free_percent(asked.milli_cpu, node.milli_cpu) + free_percent(asked.mebibytes, node.mebibytes)) /
            2);
    }
    return scores;
}

Scores balanced(const PlainCluster& cluster, const PlainPod& pod, const std::vector<PlainNode>& nodes) {
    const bool asks =
        std::any_of(pod.containers.begin(), pod.containers.end(),
                    [](const PlainContainer& each) { return each.milli_cpu > 0 || each.mebibytes > 0; });
    if (!asks) return {};
    Scores scores;
    for (const PlainNode& node : nodes) {
        const Asked asked = asked_on(cluster, pod, node, false);
        const std::int64_t cpu = std::min(asked.milli_cpu, node.milli_cpu);
        const std::int64_t memory = std::min(asked.mebibytes, node.mebibytes);
        // 100 - 50 · |cpu/all - memory/all|, rounded down.
        const std::int64_t whole = node.milli_cpu * node.mebibytes;
        const std::int64_t apart = std::abs(cpu * node.mebibytes - memory * node.milli_cpu);
        scores.push_back((100 * whole - 50 * apart) / whole);
    }
    return scores;
}

Scores images(const PlainCluster& cluster, const PlainPod& pod, const std::vector<PlainNode>& nodes) {
    Scores scores;
    const auto all = static_cast<std::int64_t>(cluster.nodes.size());
    for (const PlainNode& node : nodes) {
        std::int64_t sum = 0;
        for (const PlainContainer& container : pod.containers) {
            const auto here = node.images.find(container.image);
            if (here == node.images.end()) continue;
            const auto holders =
                std::count_if(cluster.nodes.begin(), cluster.nodes.end(),
                              [&](const PlainNode& other) { return other.images.contains(container.image); });
            sum += here->second * holders / all;
        }
        const std::int64_t least = 23 * kMebibyte;
        const std::int64_t most = 1000 * kMebibyte * static_cast<std::int64_t>(pod.containers.size());
        scores.push_back(100 * (std::clamp(sum, least, most) - least) / (most - least));
    }
    return scores;
}

Scores untainted(const PlainPod& pod, const std::vector<PlainNode>& nodes) {
    Scores scores;
    for (const PlainNode& node : nodes) {
        scores.push_back(std::count_if(node.taints.begin(), node.taints.end(), [&](const PlainTaint& taint) {
            return taint.effect == "PreferNoSchedule" && !tolerates(pod, taint);
        }));
    }
    const std::int64_t most = *std::max_element(scores.begin(), scores.end());
    for (std::int64_t& score : scores) score = most == 0 ? 100 : 100 - 100 * score / most;
    return scores;
}

Scores preferred_nodes(const PlainPod& pod, const std::vector<PlainNode>& nodes) {
    if (pod.nodes_preferred.empty()) return {};
    Scores scores;
    for (const PlainNode& node : nodes) {
        std::int64_t sum = 0;
        for (const NodeTerm& term : pod.nodes_preferred)
            sum += matches_node_term(term, node) ? term.weight : 0;
        scores.push_back(sum);
    }
    const std::int64_t most = *std::max_element(scores.begin(), scores.end());
    for (std::int64_t& score : scores) score = most == 0 ? 0 : 100 * score / most;
    return scores;
}

Scores preferred_company(const PlainCluster& cluster, const PlainPod& pod,
                         const std::vector<PlainNode>& nodes) {
    std::map<std::string, std::map<std::string, std::int64_t>> worth;  // by topology key and domain
    for (const PlainPod& other : cluster.pods) {
        const auto add = [&](const std::vector<PodTerm>& terms, const PlainPod& owner, const PlainPod& seen,
                             std::int64_t sign, std::int64_t fixed) {
            for (const PodTerm& term : terms) {
                const std::optional<std::string> domain =
                    domain_of(node_of(cluster, other), term.topology_key);
                if (!domain || !matches_pod_term(term, owner, seen)) continue;
                worth[term.topology_key][*domain] += sign * (fixed != 0 ? fixed : term.weight);
            }
        };
        add(pod.near_preferred, pod, other, 1, 0);
        add(pod.apart_preferred, pod, other, -1, 0);
        add(other.near, other, pod, 1, 1);
        add(other.near_preferred, other, pod, 1, 0);
        add(other.apart_preferred, other, pod, -1, 0);
    }
    if (worth.empty()) return {};
    Scores scores;
    for (const PlainNode& node : nodes) {
        std::int64_t sum = 0;
        for (auto& [key, by_domain] : worth) {
            if (const auto domain = domain_of(node, key)) sum += by_domain[*domain];
        }
        scores.push_back(sum);
    }
    const std::int64_t least = *std::min_element(scores.begin(), scores.end());
    const std::int64_t most = *std::max_element(scores.begin(), scores.end());
    for (std::int64_t& score : scores) score = most == least ? 0 : 100 * (score - least) / (most - least);
    return scores;
}

// Of a pod that says nothing itself, and belongs to services: over hosts and zones.
std::vector<Spread> soft_spreads(const PlainCluster& cluster, const PlainPod& pod) {
    std::vector<Spread> soft;
    if (!pod.spreads.empty()) {
        std::copy_if(pod.spreads.begin(), pod.spreads.end(), std::back_inserter(soft),
                     [](const Spread& spread) { return !spread.hard; });
        return soft;
    }
    Selector selector;
    for (const Labels& service : cluster.services) {
        Selector own;
        for (const auto& [key, value] : service) own.push_back({key, "In", {value}});
        if (pod.space == "default" && matches(own, pod.labels))
            selector.insert(selector.end(), own.begin(), own.end());
    }
    if (selector.empty()) return {};
    soft.push_back({.selector = selector, .topology_key = kHost, .max_skew = 3});
    soft.push_back({.selector = selector, .topology_key = kZone, .max_skew = 5});
    return soft;
}

std::int64_t similar_on(const PlainCluster& cluster, const PlainPod& pod, const Spread& spread,
                        const PlainNode& node) {
    return std::count_if(cluster.pods.begin(), cluster.pods.end(), [&](const PlainPod& other) {
        return other.node == node.name && other.space == pod.space && matches(spread.selector, other.labels);
    });
}

Scores spread_out(const PlainCluster& cluster, const PlainPod& pod, const std::vector<PlainNode>& nodes) {
    const std::vector<Spread> soft = soft_spreads(cluster, pod);
    if (soft.empty()) return {};
    const auto has_all = [&](const PlainNode& node) {
        return pod.spreads.empty() || std::all_of(soft.begin(), soft.end(), [&](const Spread& spread) {
                   return domain_of(node, spread.topology_key).has_value();
               });
    };
    std::vector<double> sums(nodes.size(), 0);
    for (const Spread& spread : soft) {
        std::set<std::string> domains;
        std::int64_t hosts = 0;
        for (const PlainNode& node : nodes) {
            if (!has_all(node)) continue;
            ++hosts;
            if (const auto domain = domain_of(node, spread.topology_key)) domains.insert(*domain);
        }
        const bool by_host = spread.topology_key == kHost;
        const double weight = std::log(static_cast<double>(by_host ? hosts : std::ssize(domains)) + 2);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const std::optional<std::string> domain = domain_of(nodes[i], spread.topology_key);
            if (!domain || !has_all(nodes[i])) continue;
            std::int64_t there = by_host ? similar_on(cluster, pod, spread, nodes[i]) : 0;
            for (const PlainNode& other : cluster.nodes) {
                if (by_host || domain_of(other, spread.topology_key) != domain) continue;
                if (!has_all(other) || !counts_for(spread, pod, other)) continue;
                there += similar_on(cluster, pod, spread, other);
            }
            sums[i] += static_cast<double>(there) * weight + static_cast<double>(spread.max_skew - 1);
        }
    }
    std::int64_t least = INT64_MAX;
    std::int64_t most = 0;
    Scores scores;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        scores.push_back(std::llround(sums[i]));
        if (!has_all(nodes[i])) continue;
        least = std::min(least, scores.back());
        most = std::max(most, scores.back());
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!has_all(nodes[i])) scores[i] = 0;
        else scores[i] = most == 0 ? 100 : 100 * (most + least - scores[i]) / most;
    }
    return scores;
}

}  // namespace

std::map<std::string, Scores> scores_by_plugin(const PlainCluster& cluster, const PlainPod& pod,
                                               const std::vector<PlainNode>& feasible) {
    return {{"TaintToleration", untainted(pod, feasible)},
            {"NodeAffinity", preferred_nodes(pod, feasible)},
            {"NodeResourcesFit", least_allocated(cluster, pod, feasible)},
            {"NodeResourcesBalancedAllocation", balanced(cluster, pod, feasible)},
            {"PodTopologySpread", spread_out(cluster, pod, feasible)},
            {"InterPodAffinity", preferred_company(cluster, pod, feasible)},
            {"ImageLocality", images(cluster, pod, feasible)}};
}

Expected recompute(const PlainCluster& cluster, const PlainPod& pod) {
    static const std::map<std::string, std::int64_t> kWeights{
        {"TaintToleration", 3},   {"NodeAffinity", 2},
        {"NodeResourcesFit", 1},  {"NodeResourcesBalancedAllocation", 1},
        {"PodTopologySpread", 2}, {"InterPodAffinity", 2},
        {"ImageLocality", 1}};
    Expected expected;
    std::vector<PlainNode> feasible;
    for (const PlainNode& node : cluster.nodes) {
        const std::string refusal = first_refusal(cluster, pod, node);
        if (refusal.empty()) feasible.push_back(node);
        else expected.refused_by[node.name] = refusal;
    }
    if (feasible.empty()) return expected;
    for (const auto& [plugin, scores] : scores_by_plugin(cluster, pod, feasible)) {
        for (std::size_t i = 0; i < scores.size(); ++i) {
            auto& of_node = expected.scores[feasible[i].name];
            if (scores[i] != 0) of_node[plugin] = scores[i] * kWeights.at(plugin);
        }
    }
    return expected;
}

}  // namespace kubetab::scheduler::recomputed
