#include "engine/scheduler/scheduler.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/scheduler/world.h"

using namespace kubetab;
using namespace kubetab::scheduler;

namespace {

using Texts = std::vector<std::string>;

std::size_t failures(const World& world) {
    std::size_t count = 0;
    for (const std::string& text : world.server.events())
        count += text.find("FailedScheduling") != std::string::npos;
    return count;
}

std::size_t binds(const World& world) {
    std::size_t count = 0;
    for (const auto& write : world.server.writes()) count += write.verb == "bind";
    return count;
}

}  // namespace

// shows: scheduler.single-node-unscored, scheduler.scheduled-event
TEST_CASE("A pod is bound to the node that has room, and an event says so", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 500));
    world.server.put(make_node("node-2", 4000));
    world.server.put(with_taint(make_node("node-3"), "gpu", "yes"));
    world.start();
    world.server.put(make_pod("web", 1000));
    world.server.run(sim::seconds(1));

    CHECK(world.node_of("web") == "node-2");
    CHECK(world.server.events() == Texts{"Normal Scheduled Successfully assigned default/web to node-2"});
    const Decision* decision = world.scheduler->decisions().last_for({"default", "web"});
    REQUIRE(decision != nullptr);
    CHECK(decision->node == "node-2");
    CHECK(decision->refusal_of("node-1")->plugin == "NodeResourcesFit");
    CHECK(decision->refusal_of("node-1")->text == "Insufficient cpu");
    CHECK(decision->refusal_of("node-3")->text == "node(s) had untolerated taint {gpu: yes}");
    CHECK(decision->refusal_of("node-2") == nullptr);
    CHECK(decision->message ==
          "node-2 alone fits; node-1: Insufficient cpu; node-3: untolerated taint {gpu: yes}");
    CHECK(world.server.writes().back().verb == "create");
    CHECK(world.server.writes()[world.server.writes().size() - 2].cause.reason == decision->message);
    CHECK(world.simulation.settled());
}

// shows: scheduler.adds-weighted-scores
TEST_CASE("Scores decide between nodes and are kept", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1"));
    world.server.put(make_node("node-2"));
    world.server.put(on_node(make_pod("busy", 3000, 4 * kGi), "node-1"));
    world.start();
    world.server.put(make_pod("web", 500, kGi));
    world.server.run(sim::seconds(1));

    CHECK(world.node_of("web") == "node-2");
    const Decision* decision = world.scheduler->decisions().last_for({"default", "web"});
    REQUIRE(decision != nullptr);
    // TaintToleration 3·100, least allocated (87+87)/2, balanced 100.
    CHECK(decision->total_of("node-2") == 300 + 87 + 100);
    CHECK(decision->total_of("node-1") == 300 + (12 + 37) / 2 + 100 - 13);
    CHECK(decision->message == "node-2 487, node-1 411");
}

// shows: scheduler.failure-text, scheduler.failed-event, scheduler.preemption-not-helpful
TEST_CASE("A pod that fits nowhere says why on its condition and in an event", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(with_taint(make_node("node-2"), "k", "v"));
    world.server.put(with_taint(make_node("node-3"), "k", "v"));
    world.start();
    world.server.put(make_pod("big", 2000));
    world.server.run(sim::seconds(2));

    const std::string message =
        "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {k: v}. preemption: "
        "0/3 nodes "
        "are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for "
        "scheduling.";
    CHECK(world.server.events() == Texts{"Warning FailedScheduling " + message});
    const api::PodCondition* condition = world.condition_of("big", "PodScheduled");
    REQUIRE(condition != nullptr);
    CHECK(condition->status == "False");
    CHECK(condition->reason == "Unschedulable");
    CHECK(condition->message == message);
    CHECK(world.simulation.settled());
    CHECK(world.scheduler->queue().count(Place::Pool) == 1);
}

TEST_CASE("Without nodes pods wait for the first", "[scheduler]") {
    World world;
    world.start();
    world.server.put(make_pod("web"));
    world.server.run(sim::seconds(30));
    CHECK(world.message_of("web") == "no nodes available to schedule pods");
    CHECK(failures(world) == 1);
    world.server.put(make_node("node-1"));
    world.server.run(sim::seconds(12));
    CHECK(world.node_of("web") == "node-1");
}

// shows: scheduler.claims-first
TEST_CASE("A missing claim keeps a pod from every node", "[scheduler]") {
    World world;
    for (const char* name : {"node-1", "node-2", "node-3"}) world.server.put(make_node(name));
    world.start();
    api::Pod pod = make_pod("needs-pvc");
    api::Volume volume;
    volume.name = "v";
    volume.source.edit().persistentVolumeClaim.edit().claimName = "no-such-claim";
    pod.spec.edit().volumes.push_back(volume);
    world.server.put(pod);
    world.server.run(sim::seconds(1));
    CHECK(world.message_of("needs-pvc") ==
          "0/3 nodes are available: persistentvolumeclaim \"no-such-claim\" not found. preemption: 0/3 nodes "
          "are "
          "available: 3 Preemption is not helpful for scheduling.");
}

TEST_CASE("A pod that names no possible node says so", "[scheduler]") {
    World world;
    for (const char* name : {"node-1", "node-2"}) world.server.put(make_node(name));
    world.start();
    api::Pod pod = make_pod("daemon");
    api::NodeSelectorTerm term;
    term.matchFields.push_back({.key = "metadata.name", .operator_ = "In", .values = {"node-2"}});
    pod.spec.edit()
        .shared.edit()
        .affinity.edit()
        .nodeAffinity.edit()
        .requiredDuringSchedulingIgnoredDuringExecution.edit()
        .nodeSelectorTerms.push_back(term);
    world.server.put(pod);
    api::Pod other = pod;
    other.metadata.name = "late";
    other.metadata.uid = "uid-late";
    other.spec.edit().containers[0].resources.requests["cpu"] = api::Quantity::of_milli(9000);
    world.server.put(other);
    world.server.run(sim::seconds(1));
    CHECK(world.node_of("daemon") == "node-2");
    CHECK(world.message_of("late") ==
          "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]. "
          "preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption "
          "is not "
          "helpful for scheduling.");
}

// shows: scheduler.useful-event-wakes
TEST_CASE("A useful event wakes a waiting pod after its back-off; others do not", "[scheduler]") {
    World world;
    world.server.put(with_taint(make_node("node-1"), "k", "v"));
    world.start();
    world.server.put(make_pod("web"));
    world.server.run(sim::milliseconds(500));
    REQUIRE(failures(world) == 1);
    world.server.change<api::Node>("", "node-1", [](api::Node& node) { node.metadata.labels["a"] = "b"; });
    world.server.run(sim::seconds(20));
    CHECK(failures(world) == 1);
    CHECK(world.scheduler->queue().count(Place::Pool) == 1);
    world.server.change<api::Node>("", "node-1", [](api::Node& node) { node.spec.taints.clear(); });
    world.server.run(sim::milliseconds(100));  // Its back-off of 1 s has long passed.
    CHECK(world.node_of("web") == "node-1");
}

// shows: scheduler.back-off-doubles
TEST_CASE("Back-off doubles with each failure and is checked each second", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(on_node(make_pod("full", 1000), "node-1"));
    world.start();
    world.server.put(make_pod("web", 500));
    world.server.run(sim::milliseconds(100));
    std::vector<std::int64_t> attempts;
    for (int i = 0; i < 60; ++i) {  // Something is removed all the time, but never enough.
        world.server.put(on_node(make_pod("small"), "node-1"));
        world.server.run(sim::milliseconds(50));
        world.server.erase<api::Pod>("default", "small");
        const std::size_t before = world.scheduler->decisions().all().size();
        world.server.run(sim::milliseconds(950));
        if (world.scheduler->decisions().all().size() > before) attempts.push_back(i);
    }
    REQUIRE(attempts.size() >= 6);
    CHECK(attempts[1] - attempts[0] == 2);
    CHECK(attempts[2] - attempts[1] == 4);
    CHECK(attempts[3] - attempts[2] == 8);
    CHECK(attempts[4] - attempts[3] == 10);
    CHECK(attempts[5] - attempts[4] == 10);
}

// The first failure changes the pod, and an event is of one version of its object.
// shows: scheduler.pool-five-minutes
TEST_CASE(
    "A pod that nothing helps is tried again every five minutes; from the third time on events are counted",
    "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.start();
    world.server.put(make_pod("big", 2000));
    world.server.run(sim::minutes(4));
    CHECK(world.scheduler->decisions().all().size() == 1);
    world.server.run(sim::minutes(2));
    CHECK(world.scheduler->decisions().all().size() == 2);
    CHECK(world.server.all<api::Event>().size() == 2);
    world.server.run(sim::minutes(5));
    CHECK(world.scheduler->decisions().all().size() == 3);
    const std::vector<api::Ref<api::Event>> events = world.server.all<api::Event>();
    REQUIRE(events.size() == 2);
    const auto series = std::count_if(events.begin(), events.end(), [](const api::Ref<api::Event>& event) {
        return event->series && event->series->count == 2;
    });
    CHECK(series == 1);
    for (const api::Ref<api::Event>& event : events) {
        CHECK(event->reportingComponent == "default-scheduler");
        CHECK(event->action == "Scheduling");
    }
}

// shows: scheduler.priority-first
TEST_CASE("Higher priority goes first", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(with_priority(make_pod("low", 800), 1));
    world.server.put(with_priority(make_pod("high", 800), 5));
    world.start();
    CHECK(world.node_of("high") == "node-1");
    CHECK(world.node_of("low").empty());
}

// shows: scheduler.gates-hold
TEST_CASE("Gated pods wait until their gates are gone", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1"));
    world.start();
    api::Pod pod = make_pod("web");
    pod.spec.edit().shared.edit().schedulingGates.push_back({"wait"});
    world.server.put(pod);
    world.server.run(sim::seconds(5));
    CHECK(world.node_of("web").empty());
    CHECK(world.scheduler->queue().count(Place::Gated) == 1);
    world.server.change<api::Pod>("default", "web",
                                  [](api::Pod& p) { p.spec.edit().shared.edit().schedulingGates.clear(); });
    world.server.run(sim::milliseconds(100));
    CHECK(world.node_of("web") == "node-1");
}

TEST_CASE("A stopped scheduler binds nothing and catches up when started", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1"));
    world.start();
    world.scheduler->set_running(false);
    world.server.put(make_pod("web"));
    world.server.run(sim::minutes(10));
    CHECK(world.node_of("web").empty());
    CHECK(world.simulation.idle());
    world.scheduler->set_running(true);
    world.server.run(sim::milliseconds(10));
    CHECK(world.node_of("web") == "node-1");
}

TEST_CASE("Pods of other schedulers are counted but not bound", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.start();
    api::Pod other = make_pod("other", 100);
    other.spec.edit().shared.edit().schedulerName = "mine";
    world.server.put(other);
    world.server.put(on_node(make_pod("there", 900), "node-1"));
    world.server.run(sim::milliseconds(100));
    world.server.put(make_pod("web", 200));
    world.server.run(sim::milliseconds(100));
    CHECK(world.node_of("other").empty());
    CHECK(world.node_of("web").empty());
}

TEST_CASE("Finished and deleted pods give their room back", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1", 1000));
    world.server.put(on_node(make_pod("job", 600), "node-1"));
    world.server.put(on_node(make_pod("gone", 400), "node-1"));
    world.start();
    world.server.put(make_pod("a", 600));
    world.server.put(make_pod("b", 400));
    world.server.run(sim::seconds(5));
    CHECK(failures(world) == 2);
    world.server.change<api::Pod>("default", "job", [](api::Pod& pod) { pod.status.phase = "Succeeded"; });
    world.server.run(sim::milliseconds(100));
    CHECK(world.node_of("a") == "node-1");
    world.server.erase<api::Pod>("default", "gone");
    world.server.run(sim::seconds(3));
    CHECK(world.node_of("b") == "node-1");
    CHECK(world.scheduler->cache().find_node("node-1")->requested.milli_cpu == 1000);
}

// shows: scheduler.error-condition
TEST_CASE("A failed bind is an error, is taken back and tried again", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1"));
    world.start();
    world.server.refuse_next<api::Pod>("bind", base::failure(base::Reason::InternalError, "etcd is away"));
    world.server.put(make_pod("web"));
    world.server.run(sim::milliseconds(100));
    CHECK(world.condition_of("web", "PodScheduled")->reason == "SchedulerError");
    CHECK(world.message_of("web") == "running Bind plugin \"DefaultBinder\": etcd is away");
    world.server.run(sim::seconds(2));
    CHECK(world.node_of("web") == "node-1");
}

TEST_CASE("Nodes that go are forgotten, and those that come are used", "[scheduler]") {
    World world;
    world.server.put(make_node("node-1"));
    world.start();
    world.server.erase<api::Node>("", "node-1");
    world.server.put(make_node("node-2"));
    world.server.run(sim::milliseconds(10));
    for (int i = 0; i < 5; ++i) world.server.put(make_pod("web-" + std::to_string(i), 100));
    world.server.run(sim::milliseconds(100));
    CHECK(binds(world) == 5);
    CHECK(world.scheduler->cache().find_node("node-1") == nullptr);
    CHECK(world.scheduler->cache().find_node("node-2")->pods.size() == 5);
}

// shows: scheduler.chance-among-equals
TEST_CASE("The same seed gives the same nodes", "[scheduler]") {
    const auto run = [](std::uint64_t seed) {
        World world(seed);
        for (int i = 0; i < 8; ++i) world.server.put(make_node("node-" + std::to_string(i)));
        world.start();
        for (int i = 0; i < 40; ++i) world.server.put(make_pod("web-" + std::to_string(i), 50));
        world.server.run(sim::seconds(1));
        std::string nodes;
        for (int i = 0; i < 40; ++i) nodes += world.node_of("web-" + std::to_string(i)) + " ";
        return nodes;
    };
    CHECK(run(3) == run(3));
    CHECK(run(3) != run(4));
}

// shows: scheduler.samples-nodes
TEST_CASE("Sampling keeps to upstream's numbers", "[scheduler]") {
    CHECK(Framework::feasible_wanted(10) == 10);
    CHECK(Framework::feasible_wanted(100) == 100);
    CHECK(Framework::feasible_wanted(1000) == 420);
    CHECK(Framework::feasible_wanted(5000) == 500);
    CHECK(Framework::feasible_wanted(6000) == 300);
}
