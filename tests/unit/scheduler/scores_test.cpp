#include <catch2/catch_test_macros.hpp>

#include "tests/unit/scheduler/world.h"

using namespace kubetab;
using namespace kubetab::scheduler;

namespace {

using Scores = std::vector<std::int64_t>;

constexpr std::int64_t kMi = std::int64_t{1} << 20;

api::Pod spread_softly(api::Pod pod, std::int32_t max_skew) {
    api::TopologySpreadConstraint constraint;
    constraint.maxSkew = max_skew;
    constraint.topologyKey = "topology.kubernetes.io/zone";
    constraint.whenUnsatisfiable = "ScheduleAnyway";
    constraint.labelSelector.edit().matchLabels["app"] = "web";
    pod.spec.edit().shared.edit().topologySpreadConstraints.push_back(constraint);
    return pod;
}

// Two zones of a node each; two pods of the app run in the first.
void two_zones(PluginWorld& world) {
    world.add(with_zone(make_node("node-1"), "a"));
    world.add(with_zone(make_node("node-2"), "b"));
    for (const char* name : {"web-1", "web-2"}) {
        world.add(with_label(on_node(make_pod(name), "node-1"), "app", "web"));
    }
}

}  // namespace

// shows: scheduler.weights
TEST_CASE("Scores are weighed as upstream weighs them by default", "[scheduler]") {
    PluginWorld world;
    std::vector<std::pair<std::string, std::int64_t>> weights;
    for (const auto& plugin : default_plugins(world.surroundings())) {
        if (plugin->weight() > 0) weights.emplace_back(plugin->name(), plugin->weight());
    }
    CHECK(weights == std::vector<std::pair<std::string, std::int64_t>>{{"TaintToleration", 3},
                                                                       {"NodeAffinity", 2},
                                                                       {"NodeResourcesFit", 1},
                                                                       {"PodTopologySpread", 2},
                                                                       {"InterPodAffinity", 2},
                                                                       {"NodeResourcesBalancedAllocation", 1},
                                                                       {"ImageLocality", 1}});
}

// shows: scheduler.score-least-allocated, scheduler.score-default-requests
TEST_CASE("The freer node scores higher, and who asks for nothing counts as asking for a little",
          "[scheduler]") {
    PluginWorld world;
    world.add(make_node("node-1"));
    world.add(make_node("node-2"));
    world.add(on_node(make_pod("there", 2000, 4 * kGi), "node-2"));
    const auto plugin = make_node_resources_fit();
    CHECK(world.scores(*plugin, make_pod("web", 1000, 2 * kGi)) == Scores{75, 25});
    CHECK(world.scores(*plugin, make_pod("bare")) == Scores{97, 47});  // 100m of 4, 200Mi of 8Gi
}

// shows: scheduler.score-balanced
TEST_CASE("A node scores lower the further its shares of cpu and memory are apart", "[scheduler]") {
    PluginWorld world;
    world.add(make_node("node-1"));
    world.add(make_node("node-2"));
    world.add(on_node(make_pod("there", 1000), "node-2"));
    const auto plugin = make_node_resources_balanced();
    // 25 % and 50 %: half the difference is lost. 50 % and 50 %: nothing is.
    CHECK(world.scores(*plugin, make_pod("web", 1000, 4 * kGi)) == Scores{87, 100});
}

// shows: scheduler.score-taints
TEST_CASE("Each taint that a pod would rather avoid costs a node", "[scheduler]") {
    PluginWorld world;
    world.add(make_node("node-1"));
    world.add(with_taint(make_node("node-2"), "a", "1", "PreferNoSchedule"));
    world.add(with_taint(with_taint(make_node("node-3"), "a", "1", "PreferNoSchedule"), "b", "1",
                         "PreferNoSchedule"));
    const auto plugin = make_taint_toleration(world.surroundings());
    CHECK(world.scores(*plugin, make_pod("web")) == Scores{100, 50, 0});
}

// shows: scheduler.score-node-affinity
TEST_CASE("A node scores by the weights of the preferences that it meets", "[scheduler]") {
    PluginWorld world;
    for (const char* name : {"node-1", "node-2", "node-3"}) {
        api::Node node = make_node(name);
        if (node.metadata.name != "node-3") node.metadata.labels["disk"] = "ssd";
        if (node.metadata.name == "node-1") node.metadata.labels["gpu"] = "yes";
        world.add(node);
    }
    api::Pod pod = make_pod("web");
    const auto prefer = [&pod](std::int32_t weight, const std::string& key, const std::string& value) {
        api::PreferredSchedulingTerm term;
        term.weight = weight;
        term.preference.matchExpressions.push_back({.key = key, .operator_ = "In", .values = {value}});
        pod.spec.edit()
            .shared.edit()
            .affinity.edit()
            .nodeAffinity.edit()
            .preferredDuringSchedulingIgnoredDuringExecution.push_back(term);
    };
    prefer(10, "disk", "ssd");
    prefer(30, "gpu", "yes");
    CHECK(world.scores(*make_node_affinity(), pod) == Scores{100, 25, 0});
}

// shows: scheduler.score-images
TEST_CASE("A node that has the image scores by its size and by how many nodes have it", "[scheduler]") {
    PluginWorld world;
    api::Node node = make_node("node-1");
    node.status.images.push_back({.names = {"nginx:1.25"}, .sizeBytes = 500 * kMi});
    world.add(node);
    world.add(make_node("node-2"));
    const auto plugin = make_image_locality(world.surroundings());
    CHECK(world.scores(*plugin, make_pod("web")) == Scores{23, 0});  // (500/2 - 23) of (1000 - 23)
}

// shows: scheduler.score-pod-affinity
TEST_CASE("Company that a pod prefers counts, and company that others prefer or need", "[scheduler]") {
    PluginWorld world;
    world.add(make_node("node-1"));
    world.add(make_node("node-2"));
    const auto plugin = make_inter_pod_affinity(world.surroundings());
    SECTION("its own preference") {
        for (const char* name : {"db-1", "db-2"}) {
            world.add(with_label(on_node(make_pod(name), "node-1"), "app", "db"));
        }
        world.add(with_label(on_node(make_pod("db-3"), "node-2"), "app", "db"));
        api::Pod pod = make_pod("web");
        api::WeightedPodAffinityTerm term;
        term.weight = 10;
        term.podAffinityTerm = affinity_to("app", "db");
        pod.spec.edit()
            .shared.edit()
            .affinity.edit()
            .podAffinity.edit()
            .preferredDuringSchedulingIgnoredDuringExecution.push_back(term);
        CHECK(world.scores(*plugin, pod) == Scores{100, 0});
    }
    SECTION("what another one requires") {
        world.add(with_affinity(on_node(make_pod("friend"), "node-2"), affinity_to("app", "web")));
        CHECK(world.scores(*plugin, with_label(make_pod("web"), "app", "web")) == Scores{0, 100});
    }
}

// shows: scheduler.score-spread
TEST_CASE("A domain scores lower the more pods it has, and less so with more skew allowed", "[scheduler]") {
    PluginWorld world;
    two_zones(world);
    const auto plugin = make_pod_topology_spread(world.surroundings());
    const api::Pod pod = with_label(make_pod("web-3"), "app", "web");
    CHECK(world.scores(*plugin, spread_softly(pod, 1)) == Scores{0, 100});   // 2·ln 4 = 3 against 0
    CHECK(world.scores(*plugin, spread_softly(pod, 3)) == Scores{40, 100});  // 3 + 2 against 2
    const api::Pod other = with_label(make_pod("db"), "app", "db");
    CHECK(world.scores(*plugin, other).empty());
}

// shows: scheduler.score-spread-by-default
TEST_CASE("Pods of a service are spread a little without being told", "[scheduler]") {
    PluginWorld world;
    api::Service service;
    service.metadata.name = "web";
    service.metadata.namespace_ = "default";
    service.spec.selector["app"] = "web";
    world.server().put(service);
    two_zones(world);
    const auto plugin = make_pod_topology_spread(world.surroundings());
    // Hosts: 2·ln 4 + 2 against 2; zones: 2·ln 4 + 4 against 4; together 12 against 6.
    CHECK(world.scores(*plugin, with_label(make_pod("web-3"), "app", "web")) == Scores{50, 100});
}
