// Not run by default: prints how long large and long runs take. Run with "[.speed]".
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdio>

#include "tests/unit/node/test_node.h"

using namespace kubetab;
using node::testing::kStart;
using node::testing::TestNode;

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Nodes {
    explicit Nodes(int count) {
        for (int i = 0; i < count; ++i) {
            node::NodeSpec spec = TestNode::default_spec();
            spec.name = "node-" + std::to_string(i);
            spec.pod_cidr = "10." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".0/24";
            kubelets.push_back(
                std::make_unique<node::Kubelet>(simulation, server, platform, std::move(spec)));
        }
    }
    sim::Simulation simulation{7, kStart};
    kubetab::testing::FakeApiServer server{simulation};
    runtime::Platform platform{};
    std::vector<std::unique_ptr<node::Kubelet>> kubelets{};
};

}  // namespace

TEST_CASE("Ten thousand pods on a thousand nodes", "[.speed]") {
    Nodes nodes(1000);
    nodes.server.run(sim::seconds(1));
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 10'000; ++i) {
        api::Pod pod = TestNode::pod("web-" + std::to_string(i), "nginx:1.25");
        pod.spec.edit().nodeName = "node-" + std::to_string(i % 1000);
        pod.status.phase = "Pending";
        nodes.server.put(pod);
    }
    const double put = seconds_since(start);
    nodes.server.run(sim::seconds(3));
    const double all = seconds_since(start);
    int ready = 0;
    for (const auto& pod : nodes.server.all<api::Pod>()) ready += api::is_pod_ready(*pod) ? 1 : 0;
    CHECK(ready == 10'000);
    std::printf("10,000 pods: put %.2f s, then %.2f s, %.0f pods/s\n", put, all - put, 10'000 / (all - put));
}

TEST_CASE("A day of five nodes and fifty pods with probes", "[.speed]") {
    Nodes nodes(5);
    for (int i = 0; i < 50; ++i) {
        api::Pod pod = TestNode::pod("web-" + std::to_string(i), "nginx:1.25");
        pod.spec.edit().nodeName = "node-" + std::to_string(i % 5);
        pod.spec.edit().containers[0].shared.edit().readinessProbe = TestNode::http_probe("/", 80);
        pod.spec.edit().containers[0].shared.edit().livenessProbe = TestNode::http_probe("/", 80);
        pod.status.phase = "Pending";
        nodes.server.put(pod);
    }
    const auto start = std::chrono::steady_clock::now();
    nodes.server.run(sim::hours(24));
    std::printf("a day: %.2f s, %llu events\n", seconds_since(start),
                static_cast<unsigned long long>(nodes.simulation.events_run()));
}
