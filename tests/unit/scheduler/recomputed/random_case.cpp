// Clusters and pods by chance: few names and values, so that rules meet often.
#include <random>

#include "tests/unit/scheduler/recomputed/plain.h"

namespace kubetab::scheduler::recomputed {
namespace {

constexpr const char* kHostKey = "kubernetes.io/hostname";
constexpr const char* kZoneKey = "topology.kubernetes.io/zone";
constexpr std::int64_t kMegabyte = 1'000'000;

class Chance {
public:
    explicit Chance(std::uint32_t seed) : source_(seed) {}

    // From 0 on, below the limit.
    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(source_() % static_cast<std::uint32_t>(limit));
    }
    bool percent(std::int64_t number) { return below(100) < number; }
    std::string one_of(const Names& names) {
        return names[static_cast<std::size_t>(below(static_cast<std::int64_t>(names.size())))];
    }

private:
    std::mt19937 source_;  // the same numbers everywhere, as the standard says
};

Names some_of(Chance& chance, const Names& names) {
    Names some;
    for (const std::string& name : names) {
        if (chance.percent(50)) some.push_back(name);
    }
    if (some.empty()) some.push_back(names.front());
    return some;
}

Requirement pod_requirement(Chance& chance) {
    const bool app = chance.percent(70);
    const Names values = app ? Names{"web", "db", "cache"} : Names{"gold", "iron"};
    const std::string op = chance.percent(60) ? "In" : chance.one_of({"NotIn", "Exists", "DoesNotExist"});
    const bool listed = op == "In" || op == "NotIn";
    return {app ? "app" : "tier", op, listed ? some_of(chance, values) : Names{}};
}

Selector pod_selector(Chance& chance) {
    Selector selector{pod_requirement(chance)};
    if (chance.percent(20)) selector.push_back(pod_requirement(chance));
    return selector;
}

Selector node_selector(Chance& chance) {
    const std::string op = chance.one_of({"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"});
    if (op == "Gt" || op == "Lt") return {{"rank", op, {std::to_string(chance.below(6))}}};
    const bool disk = chance.percent(50);
    const Names values = disk ? Names{"ssd", "hdd"} : Names{"a", "b", "c"};
    const bool listed = op == "In" || op == "NotIn";
    return {{disk ? "disk" : kZoneKey, op, listed ? some_of(chance, values) : Names{}}};
}

std::string topology_key(Chance& chance) {
    return chance.one_of({kHostKey, kZoneKey, "disk"});
}

std::vector<PodTerm> pod_terms(Chance& chance, std::int64_t percent, bool preferred) {
    std::vector<PodTerm> terms;
    while (terms.size() < 2 && chance.percent(percent)) {
        PodTerm term{pod_selector(chance), topology_key(chance), {}, preferred ? 1 + chance.below(100) : 0};
        if (chance.percent(20)) term.namespaces = some_of(chance, {"default", "other"});
        terms.push_back(term);
    }
    return terms;
}

PlainNode random_node(Chance& chance, std::int64_t number) {
    PlainNode node;
    node.name = "node-" + std::to_string(number);
    node.labels[kHostKey] = node.name;
    if (chance.percent(85)) node.labels[kZoneKey] = chance.one_of({"a", "b", "c"});
    if (chance.percent(70)) node.labels["disk"] = chance.one_of({"ssd", "hdd"});
    if (chance.percent(70)) node.labels["rank"] = std::to_string(chance.below(6));
    while (node.taints.size() < 3 && chance.percent(25)) {
        const std::string key = "key-" + std::to_string(node.taints.size());
        node.taints.push_back(
            {key, chance.one_of({"x", "y"}),
             chance.one_of({"NoSchedule", "NoExecute", "PreferNoSchedule", "PreferNoSchedule"})});
    }
    node.unschedulable = chance.percent(6);
    node.milli_cpu = 500 * (1 + chance.below(16));
    node.mebibytes = 512 * (1 + chance.below(24)) + chance.below(100);
    node.pods = chance.percent(10) ? 2 : 110;
    for (const auto& [image, size] :
         std::map<std::string, std::int64_t>{{"big:1", 900}, {"middle:2", 300}, {"small:3", 20}}) {
        if (chance.percent(40)) node.images[image] = size * kMegabyte;
    }
    return node;
}

PlainPod random_pod(Chance& chance, const std::string& name) {
    PlainPod pod;
    pod.name = name;
    pod.space = chance.percent(85) ? "default" : "other";
    if (chance.percent(85)) pod.labels["app"] = chance.one_of({"web", "db", "cache"});
    if (chance.percent(50)) pod.labels["tier"] = chance.one_of({"gold", "iron"});
    do {
        PlainContainer container{.image = chance.one_of({"big:1", "middle:2", "small:3", "unknown:4"})};
        if (chance.percent(70)) container.milli_cpu = 50 * (1 + chance.below(20));
        if (chance.percent(70)) container.mebibytes = 32 * (1 + chance.below(20));
        pod.containers.push_back(container);
    } while (pod.containers.size() < 3 && chance.percent(25));
    if (chance.percent(10)) {
        pod.containers[0].host_port = 8080 + chance.below(2);
        pod.containers[0].host_ip = chance.one_of({"", "0.0.0.0", "10.0.0.1", "10.0.0.2"});
    }
    pod.near = pod_terms(chance, 10, false);
    pod.apart = pod_terms(chance, 10, false);
    pod.near_preferred = pod_terms(chance, 20, true);
    pod.apart_preferred = pod_terms(chance, 20, true);
    return pod;
}

// What only counts for a pod that waits.
void add_wishes(Chance& chance, PlainPod& pod, std::int64_t nodes) {
    while (pod.tolerations.size() < 3 && chance.percent(40)) {
        const bool exists = chance.percent(50);
        pod.tolerations.push_back({"key-" + std::to_string(pod.tolerations.size()),
                                   exists ? "Exists" : "Equal", exists ? "" : chance.one_of({"x", "y"}),
                                   chance.one_of({"", "NoSchedule", "NoExecute", "PreferNoSchedule"})});
    }
    if (chance.percent(5)) pod.tolerations.push_back({"", "Exists", "", ""});
    if (chance.percent(15)) pod.node_selector["disk"] = chance.one_of({"ssd", "hdd"});
    while (pod.nodes_required.size() < 3 && chance.percent(20)) {
        NodeTerm term{.labels = node_selector(chance)};
        if (chance.percent(30)) term.names = {"node-" + std::to_string(chance.below(nodes))};
        pod.nodes_required.push_back(term);
    }
    while (pod.nodes_preferred.size() < 3 && chance.percent(40))
        pod.nodes_preferred.push_back({node_selector(chance), {}, 1 + chance.below(100)});
    for (const char* key : {kHostKey, kZoneKey, "disk"}) {
        if (!chance.percent(20)) continue;
        Spread spread{.selector = pod_selector(chance), .topology_key = key, .max_skew = 1 + chance.below(3)};
        spread.hard = chance.percent(50);
        if (spread.hard && chance.percent(30)) spread.domains_min = 1 + chance.below(4);
        spread.honors_affinity = chance.percent(70);
        spread.honors_taints = chance.percent(30);
        pod.spreads.push_back(spread);
    }
}

}  // namespace

Case random_case(std::uint32_t seed) {
    Chance chance(seed);
    Case result;
    const std::int64_t nodes = 2 + chance.below(10);
    for (std::int64_t i = 0; i < nodes; ++i) result.cluster.nodes.push_back(random_node(chance, i));
    const std::int64_t pods = chance.below(25);
    for (std::int64_t i = 0; i < pods; ++i) {
        PlainPod pod = random_pod(chance, "pod-" + std::to_string(i));
        pod.node = "node-" + std::to_string(chance.below(nodes));
        result.cluster.pods.push_back(pod);
    }
    if (chance.percent(50)) result.cluster.services.push_back({{"app", chance.one_of({"web", "db"})}});
    if (chance.percent(30)) result.cluster.services.push_back({{"tier", "gold"}});
    result.pod = random_pod(chance, "waits");
    add_wishes(chance, result.pod, nodes);
    return result;
}

}  // namespace kubetab::scheduler::recomputed
