#include "engine/controllers/pod_garbage_collector.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/api/pod_status.h"
#include "engine/controllers/node_taints.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;

namespace {

// Without nodes that do anything: pods stay as they are put.
struct Fixture {
    sim::Simulation simulation{7, testing::kStart};
    testing::FakeApiServer server{simulation};
    client::InformerFactory informers{server};
    client::Client user{server, "kubectl"};
    controllers::PodGarbageCollector collector{simulation, informers};

    void run(sim::Duration duration) { server.run(duration); }
    void add_node(const std::string& name) {
        api::Node node;
        node.metadata.name = name;
        api::NodeCondition ready;
        ready.type = "Ready";
        ready.status = "True";
        node.status.conditions.push_back(ready);
        server.put(node);
    }
    void add_pod(const std::string& name, const std::string& node, const std::string& phase = "Running") {
        api::Pod pod;
        pod.metadata.name = name;
        pod.metadata.namespace_ = "default";
        pod.spec.edit().nodeName = node;
        pod.spec.edit().shared.edit().terminationGracePeriodSeconds = 30;
        pod.status.phase = phase;
        server.put(pod);
    }
    // As a delete does whose pod nobody ends.
    void begin_deletion(const std::string& name) {
        server.change<api::Pod>("default", name, [this](api::Pod& pod) {
            pod.metadata.deletionTimestamp = api::Time(simulation.now() + sim::seconds(30));
            pod.metadata.deletionGracePeriodSeconds = 30;
        });
    }
    bool exists(const std::string& name) const { return server.find<api::Pod>("default", name) != nullptr; }
};

}  // namespace

// shows: podgc.node-gone
TEST_CASE("pods of a node that is gone are failed and removed after 40 s") {
    Fixture world;
    world.add_node("a");
    world.add_node("b");
    world.add_pod("p", "a");
    world.add_pod("q", "b");
    world.run(sim::seconds(5));
    world.server.erase<api::Node>("", "a");
    world.run(sim::seconds(40));
    REQUIRE(world.exists("p"));
    // Kept by a finalizer, so that its last state can be looked at.
    world.server.change<api::Pod>("default", "p",
                                  [](api::Pod& pod) { pod.metadata.finalizers = {"example.com/hold"}; });
    world.run(sim::seconds(25));
    const auto pod = world.server.find<api::Pod>("default", "p");
    REQUIRE(pod);
    CHECK(pod->metadata.deletionTimestamp.is_set());
    CHECK(pod->status.phase == "Failed");
    const api::PodCondition* condition = api::find_condition(pod->status.conditions, "DisruptionTarget");
    REQUIRE(condition != nullptr);
    CHECK(condition->status == "True");
    CHECK(condition->reason == "DeletionByPodGC");
    CHECK(condition->message == "PodGC: node no longer exists");
    CHECK(world.exists("q"));
}

TEST_CASE("pods of a node that comes back in time are kept") {
    Fixture world;
    world.add_node("a");
    world.add_pod("p", "a");
    world.run(sim::seconds(5));
    world.server.erase<api::Node>("", "a");
    world.run(sim::seconds(30));
    world.add_node("a");
    world.run(sim::minutes(5));
    CHECK(world.exists("p"));
}

TEST_CASE("a pod that was bound to a node that never existed is removed") {
    Fixture world;
    world.add_pod("p", "nowhere");
    world.run(sim::seconds(65));
    CHECK_FALSE(world.exists("p"));
}

// shows: podgc.without-node
TEST_CASE("a pod that is being deleted and has no node is removed with the next pass") {
    Fixture world;
    world.add_pod("p", "", "Pending");
    world.add_pod("q", "", "Pending");
    world.begin_deletion("p");
    world.run(sim::seconds(21));
    CHECK_FALSE(world.exists("p"));
    CHECK(world.exists("q"));
}

// shows: podgc.out-of-service
TEST_CASE("pods being deleted on a node out of service are removed once it is not ready") {
    Fixture world;
    world.add_node("a");
    world.add_pod("p", "a");
    world.add_pod("q", "a");
    world.begin_deletion("p");
    world.run(sim::minutes(2));
    REQUIRE(world.exists("p"));
    world.server.change<api::Node>("", "a", [&](api::Node& node) {
        controllers::add_taint(node.spec.taints, controllers::kOutOfServiceTaint, "NoExecute",
                               api::Time(world.simulation.now()));
    });
    world.run(sim::minutes(1));
    REQUIRE(world.exists("p"));
    world.server.change<api::Node>("", "a",
                                   [](api::Node& node) { node.status.conditions[0].status = "Unknown"; });
    world.run(sim::seconds(21));
    CHECK_FALSE(world.exists("p"));
    CHECK(world.exists("q"));
}

// shows: podgc.too-many-ended
TEST_CASE("of too many finished pods the evicted ones go first, then the oldest") {
    Fixture world;
    world.add_node("a");
    constexpr std::size_t kKept = controllers::PodGarbageCollector::kFinishedKept;
    world.add_pod("oldest", "a", "Succeeded");
    world.run(sim::seconds(1));
    world.add_pod("second", "a", "Failed");
    world.run(sim::seconds(1));
    for (std::size_t i = 0; i + 1 < kKept; ++i) world.add_pod("p" + std::to_string(i), "a", "Succeeded");
    world.add_pod("evicted", "a", "Failed");
    world.server.change<api::Pod>("default", "evicted", [](api::Pod& pod) { pod.status.reason = "Evicted"; });
    world.add_pod("running", "a");
    world.run(sim::seconds(21));
    CHECK(world.server.all<api::Pod>().size() == kKept + 1);
    CHECK_FALSE(world.exists("evicted"));
    CHECK_FALSE(world.exists("oldest"));
    CHECK(world.exists("second"));
    CHECK(world.exists("running"));
}
