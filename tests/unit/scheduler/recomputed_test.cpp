// The scheduler against formulas written down a second time.
#include <algorithm>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/scheduler/recomputed/plain.h"
#include "tests/unit/scheduler/world.h"

using namespace kubetab;
using namespace kubetab::scheduler;

namespace {

constexpr std::uint32_t kCases = 1000;

using ByPlugin = std::map<std::string, std::int64_t>;

std::map<std::string, std::string> refusals_in(const Decision& decision) {
    std::map<std::string, std::string> refusals;
    for (const std::string& name : *decision.node_names) {
        const Decision::Reason* reason = decision.refusal_of(name);
        if (reason != nullptr) refusals[name] = std::string(reason->plugin);
    }
    return refusals;
}

std::map<std::string, ByPlugin> scores_in(const Decision& decision) {
    std::map<std::string, ByPlugin> scores;
    for (std::size_t i = 0; i < decision.scored.size(); ++i) {
        ByPlugin& own = scores[(*decision.node_names)[static_cast<std::size_t>(decision.scored[i])]];
        for (std::size_t plugin = 0; plugin < decision.plugins.size(); ++plugin) {
            if (const std::int32_t score = decision.score(plugin, i); score != 0)
                own[std::string(decision.plugins[plugin])] = score;
        }
    }
    return scores;
}

std::set<std::string> best_of(const std::map<std::string, ByPlugin>& scores) {
    std::map<std::int64_t, std::set<std::string>> by_total;
    for (const auto& [node, by_plugin] : scores) {
        std::int64_t total = 0;
        for (const auto& [plugin, score] : by_plugin) total += score;
        by_total[total].insert(node);
    }
    return by_total.empty() ? std::set<std::string>{} : by_total.rbegin()->second;
}

void put_all(World& world, const recomputed::PlainCluster& cluster) {
    for (const char* name : {"default", "other"}) {
        api::Namespace space;
        space.metadata.name = name;
        world.server.put(space);
    }
    for (const recomputed::PlainNode& node : cluster.nodes) world.server.put(recomputed::node_object(node));
    for (std::size_t i = 0; i < cluster.services.size(); ++i)
        world.server.put(recomputed::service_object(cluster.services[i], i));
    for (const recomputed::PlainPod& pod : cluster.pods) world.server.put(recomputed::pod_object(pod));
}

}  // namespace

TEST_CASE("Nodes are refused, scored and chosen as formulas written down anew say", "[scheduler]") {
    std::size_t chosen = 0;
    std::map<std::string, std::size_t> refused;
    std::map<std::string, std::size_t> told_apart;
    for (std::uint32_t seed = 1; seed <= kCases; ++seed) {
        CAPTURE(seed);
        const recomputed::Case made = recomputed::random_case(seed);
        const recomputed::Expected expected = recomputed::recompute(made.cluster, made.pod);
        World world(seed);
        put_all(world, made.cluster);
        world.start();
        world.server.put(recomputed::pod_object(made.pod));
        world.server.run(sim::milliseconds(500));

        const Decision* decision = world.scheduler->decisions().last_for({made.pod.space, made.pod.name});
        REQUIRE(decision != nullptr);
        CHECK(refusals_in(*decision) == expected.refused_by);
        for (const auto& [node, plugin] : expected.refused_by) ++refused[plugin];
        if (expected.scores.size() > 1) CHECK(scores_in(*decision) == expected.scores);
        if (expected.scores.empty()) {
            CHECK(decision->node.empty());
            continue;
        }
        ++chosen;
        CHECK(best_of(expected.scores).contains(decision->node));
        for (const auto& [plugin, score] : expected.scores.begin()->second) {
            const bool all =
                std::all_of(expected.scores.begin(), expected.scores.end(), [&](const auto& other) {
                    return other.second.contains(plugin) && other.second.at(plugin) == score;
                });
            if (!all) ++told_apart[plugin];
        }
    }
    // The cases are worth something: most pods find a node, every rule refuses and every score tells nodes
    // apart.
    CHECK(chosen > kCases / 2);
    for (const char* plugin : {"NodeUnschedulable", "TaintToleration", "NodeAffinity", "NodePorts",
                               "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity"}) {
        CAPTURE(plugin);
        CHECK(refused[plugin] >= 20);
    }
    for (const char* plugin : {"TaintToleration", "NodeAffinity", "NodeResourcesFit", "ImageLocality",
                               "NodeResourcesBalancedAllocation", "PodTopologySpread", "InterPodAffinity"}) {
        CAPTURE(plugin);
        CHECK(told_apart[plugin] >= 20);
    }
}
