#include "engine/scheduler/preemption.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/scheduler/world.h"

using namespace kubetab;
using namespace kubetab::scheduler;

namespace {

// A pod that runs since `start` seconds.
api::Pod running(api::Pod pod, std::int64_t start) {
    pod.status.phase = "Running";
    pod.status.startTime = api::Time::of_seconds(kStart.unix_seconds() - 1000 + start);
    return pod;
}

std::vector<std::string> removed(const World& world) {
    std::vector<std::string> names;
    for (const auto& write : world.server.writes()) {
        if (write.verb == "remove") names.push_back(write.key.name);
    }
    return names;
}

bool has_event(const World& world, const std::string& wanted) {
    for (const std::string& text : world.server.events()) {
        if (text == wanted) return true;
    }
    return false;
}

}  // namespace

// shows: scheduler.preemption-marks-victims, scheduler.preemption-nominates
// shows: scheduler.nominated-room-is-kept, scheduler.preemptor-queues-again
TEST_CASE("A pod of higher priority has others deleted, waits for them, and gets their node", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(running(with_priority(on_node(make_pod("low", 900), "node-1"), 1), 0));
    world.start();
    world.server.put(with_priority(make_pod("high", 500), 100));
    world.server.run(sim::seconds(1));

    CHECK(removed(world) == std::vector<std::string>{"low"});
    CHECK(has_event(world, "Normal Preempted Preempted by pod uid-high on node node-1"));
    CHECK(has_event(world, "Warning FailedScheduling 0/1 nodes are available: 1 Insufficient cpu."));
    const api::PodCondition* target = world.condition_of("low", "DisruptionTarget");
    REQUIRE(target != nullptr);
    CHECK(target->reason == "PreemptionByScheduler");
    CHECK(target->message == "default-scheduler: preempting to accommodate a higher priority pod");
    CHECK(world.server.find<api::Pod>("default", "high")->status.nominatedNodeName == "node-1");

    // A newcomer of lower priority may not slip into the promised room.
    world.server.erase<api::Pod>("default", "low");
    world.server.put(with_priority(make_pod("cheeky", 600), 1));
    world.server.run(sim::seconds(3));
    CHECK(world.node_of("high") == "node-1");
    CHECK(world.node_of("cheeky").empty());
}

// shows: scheduler.preemption-once
TEST_CASE("While a victim is going the preemptor does not preempt again", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(running(with_priority(on_node(make_pod("low", 900), "node-1"), 1), 0));
    world.start();
    world.server.put(with_priority(make_pod("high", 500), 100));
    world.server.run(sim::seconds(1));
    world.server.put(on_node(make_pod("short", 0), "node-1"));
    world.server.run(sim::milliseconds(100));
    world.server.erase<api::Pod>("default", "short");  // Wakes the preemptor, in vain.
    world.server.run(sim::seconds(5));
    CHECK(removed(world).size() == 1);
    CHECK(world.message_of("high") ==
          "0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to a terminating pod on "
          "the "
          "nominated node.");
    CHECK(world.server.find<api::Pod>("default", "high")->status.nominatedNodeName == "node-1");
}

// shows: scheduler.preemption-never
TEST_CASE("preemptionPolicy Never is respected", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(with_priority(on_node(make_pod("low", 900), "node-1"), 1));
    world.start();
    api::Pod polite = with_priority(make_pod("polite", 500), 100);
    polite.spec.edit().preemptionPolicy = "Never";
    world.server.put(polite);
    world.server.run(sim::seconds(1));
    CHECK(removed(world).empty());
    CHECK(world.message_of("polite") ==
          "0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to "
          "preemptionPolicy=Never.");
}

// shows: scheduler.preemption-cheapest-node
TEST_CASE("The cheapest node is chosen: lowest victims' priority, then their sum, number and age",
          "[scheduler]") {
    struct Case {
        const char* what;
        std::vector<api::Pod> pods;
        const char* victim;
    };
    const auto low = [](const char* name, const char* node, std::int32_t priority, std::int64_t cpu,
                        std::int64_t start) {
        return running(with_priority(on_node(make_pod(name, cpu), node), priority), start);
    };
    const std::vector<Case> cases{
        {"priority", {low("a", "node-1", 5, 1000, 0), low("b", "node-2", 3, 1000, 0)}, "b"},
        {"number",
         {low("a", "node-1", 5, 500, 0), low("b", "node-1", 5, 500, 0), low("c", "node-2", 5, 1000, 0)},
         "c"},
        {"age", {low("a", "node-1", 5, 1000, 10), low("b", "node-2", 5, 1000, 20)}, "b"},
    };
    for (const Case& each : cases) {
        INFO(each.what);
        World world;
        world.server.put(make_node("node-1", 1000));
        world.server.put(make_node("node-2", 1000));
        for (const api::Pod& pod : each.pods) world.server.put(pod);
        world.start();
        world.server.put(with_priority(make_pod("high", 1000), 100));
        world.server.run(sim::seconds(1));
        CHECK(removed(world) == std::vector<std::string>{each.victim});
    }
}

// shows: scheduler.preemption-spares-most
TEST_CASE("Only as many pods go as must, the most important stay", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(running(with_priority(on_node(make_pod("old", 300), "node-1"), 1), 0));
    world.server.put(running(with_priority(on_node(make_pod("new", 300), "node-1"), 1), 50));
    world.server.put(running(with_priority(on_node(make_pod("better", 300), "node-1"), 2), 50));
    world.start();
    world.server.put(with_priority(make_pod("high", 400), 100));
    world.server.run(sim::seconds(1));
    CHECK(removed(world) == std::vector<std::string>{"new"});
    CHECK(world.scheduler->cache().find_node("node-1")->requested.milli_cpu == 900);
}

TEST_CASE("Anti-affinity is resolved by preemption too", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1"));
    world.server.put(
        running(with_label(with_priority(on_node(make_pod("low"), "node-1"), 1), "app", "db"), 0));
    world.start();
    world.server.put(with_priority(with_anti_affinity(make_pod("high"), affinity_to("app", "db")), 100));
    world.server.run(sim::seconds(1));
    CHECK(removed(world) == std::vector<std::string>{"low"});
}
