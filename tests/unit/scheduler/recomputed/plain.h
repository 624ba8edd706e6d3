// A small world in plain data, and what the scheduler should make of it, worked out anew: formulas of
// Kubernetes 1.32 written down straightforwardly, without caches and without any of the engine's code.
// Shares are compared as whole fractions, rounded down.
//
// upstream: pkg/scheduler/framework/plugins
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/kinds.h"

namespace kubetab::scheduler::recomputed {

using Labels = std::map<std::string, std::string>;
using Names = std::vector<std::string>;

struct Requirement {
    std::string key{};
    std::string op{};  // In, NotIn, Exists, DoesNotExist; of nodes also Gt and Lt
    Names values{};
};
using Selector = std::vector<Requirement>;  // all of them hold

struct PlainTaint {
    std::string key{};
    std::string value{};
    std::string effect{};
};
struct PlainToleration {
    std::string key{};
    std::string op{};  // Exists, Equal
    std::string value{};
    std::string effect{};  // "": any
};
struct PlainNode {
    std::string name{};
    Labels labels{};
    std::vector<PlainTaint> taints{};
    bool unschedulable = false;
    std::int64_t milli_cpu = 0;
    std::int64_t mebibytes = 0;
    std::int64_t pods = 0;
    std::map<std::string, std::int64_t> images{};  // bytes
};

struct NodeTerm {
    Selector labels{};
    Names names{};            // matchFields metadata.name In; empty: any
    std::int64_t weight = 0;  // of a preference
};
struct PodTerm {
    Selector selector{};
    std::string topology_key{};
    Names namespaces{};       // empty: the pod's own
    std::int64_t weight = 0;  // of a preference
};
struct Spread {
    Selector selector{};
    std::string topology_key{};
    std::int64_t max_skew = 1;
    bool hard = false;
    std::optional<std::int64_t> domains_min{};
    bool honors_affinity = true;
    bool honors_taints = false;
};
struct PlainContainer {
    std::string image{};
    std::int64_t milli_cpu = 0;  // 0: asks for none
    std::int64_t mebibytes = 0;
    std::int64_t host_port = 0;
    std::string host_ip{};
};
struct PlainPod {
    std::string name{};
    std::string space = "default";
    std::string node{};  // "" while it waits
    Labels labels{};
    std::vector<PlainContainer> containers{};
    std::vector<PlainToleration> tolerations{};
    Labels node_selector{};
    std::vector<NodeTerm> nodes_required{};  // alternatives; empty: any
    std::vector<NodeTerm> nodes_preferred{};
    std::vector<PodTerm> near{};
    std::vector<PodTerm> apart{};
    std::vector<PodTerm> near_preferred{};
    std::vector<PodTerm> apart_preferred{};
    std::vector<Spread> spreads{};
};

struct PlainCluster {
    std::vector<PlainNode> nodes{};
    std::vector<PlainPod> pods{};    // all have a node
    std::vector<Labels> services{};  // selectors, in the namespace "default"
};

// What becomes of a pod, by name of node.
struct Expected {
    std::map<std::string, std::string> refused_by{};  // the first plugin in order; absent: it fits
    std::map<std::string, std::map<std::string, std::int64_t>>
        scores{};  // weighted, by plugin; those above 0
};
Expected recompute(const PlainCluster& cluster, const PlainPod& pod);

// --- the parts of it ---

bool matches(const Selector& selector, const Labels& labels);
bool tolerates(const PlainPod& pod, const PlainTaint& taint);
bool meets_required_nodes(const PlainPod& pod, const PlainNode& node);
bool matches_node_term(const NodeTerm& term, const PlainNode& node);
bool matches_pod_term(const PodTerm& term, const PlainPod& owner, const PlainPod& other);
const PlainNode& node_of(const PlainCluster& cluster, const PlainPod& pod);
std::optional<std::string> domain_of(const PlainNode& node, const std::string& topology_key);
bool counts_for(const Spread& spread, const PlainPod& pod, const PlainNode& node);
// "" when the node does.
std::string first_refusal(const PlainCluster& cluster, const PlainPod& pod, const PlainNode& node);
// What the plugin gives each of the nodes, 0 to 100, without its weight.
using Scores = std::vector<std::int64_t>;
std::map<std::string, Scores> scores_by_plugin(const PlainCluster& cluster, const PlainPod& pod,
                                               const std::vector<PlainNode>& feasible);

// --- chance, and the engine's own kind of objects ---

struct Case {
    PlainCluster cluster{};
    PlainPod pod{};
};
Case random_case(std::uint32_t seed);
api::Node node_object(const PlainNode& node);
api::Pod pod_object(const PlainPod& pod);
api::Service service_object(const Labels& selector, std::size_t number);

}  // namespace kubetab::scheduler::recomputed
