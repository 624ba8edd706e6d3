#include "engine/controllers/node_lifecycle.h"

#include <algorithm>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "engine/api/pod_status.h"
#include "engine/controllers/node_taints.h"
#include "engine/controllers/taint_eviction.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;
using testing::World;

namespace {

constexpr const char* kLeases = "kube-node-lease";

// Nodes that renew their leases every ten seconds until they are silenced.
struct Fixture : World {
    std::set<std::string> alive{};
    controllers::NodeLifecycleController lifecycle{simulation, informers};
    controllers::TaintEvictionController eviction{simulation, informers};

    void add_node(const std::string& name, const std::string& zone = "") {
        api::Node node;
        node.metadata.name = name;
        if (!zone.empty()) node.metadata.labels["topology.kubernetes.io/zone"] = zone;
        set_ready(node, "True");
        server.put(node);
        api::Lease lease;
        lease.metadata.name = name;
        lease.metadata.namespace_ = kLeases;
        lease.spec.renewTime = api::MicroTime(simulation.now());
        server.put(lease);
        alive.insert(name);
    }
    void set_ready(api::Node& node, const std::string& status) const {
        for (const char* type : {"MemoryPressure", "DiskPressure", "PIDPressure", "Ready"}) {
            api::NodeCondition condition;
            condition.type = type;
            condition.status = condition.type == "Ready" ? status : "False";
            condition.reason = "KubeletReady";
            condition.lastHeartbeatTime = api::Time(simulation.now());
            api::set_condition(node.status.conditions, condition, api::Time(simulation.now()));
        }
    }
    void add_pod(const std::string& name, const std::string& node, std::vector<api::Toleration> tolerations) {
        api::Pod pod;
        pod.metadata.name = name;
        pod.metadata.namespace_ = "default";
        pod.spec.edit().nodeName = node;
        pod.spec.edit().tolerations = std::move(tolerations);
        pod.spec.edit().shared.edit().terminationGracePeriodSeconds = 30;
        pod.status.phase = "Running";
        testing::FakeNodes::set_ready(pod, true, simulation.now());
        server.put(pod);
    }
    // Lets time pass in which the living renew their leases.
    void live(std::int64_t seconds) {
        for (std::int64_t i = 0; i < seconds; ++i) {
            if (++second_ % 10 == 0) {
                for (const std::string& name : alive) {
                    server.change<api::Lease>(kLeases, name, [this](api::Lease& lease) {
                        lease.spec.renewTime = api::MicroTime(simulation.now());
                    });
                }
            }
            run(sim::seconds(1));
        }
    }
    api::Ref<api::Node> node(const std::string& name) const { return server.find<api::Node>("", name); }
    api::Ref<api::Pod> pod(const std::string& name) const { return server.find<api::Pod>("default", name); }
    std::string ready(const std::string& name) const {
        return api::find_condition(node(name)->status.conditions, "Ready")->status;
    }
    std::string taints(const std::string& name) const {
        std::string text;
        for (const api::Taint& taint : node(name)->spec.taints) text += taint.key + ":" + taint.effect + " ";
        return text;
    }
    bool has_event(const std::string& reason, const std::string& message) const {
        const auto events = server.all<api::Event>();
        return std::any_of(events.begin(), events.end(), [&](const auto& event) {
            return event->reason == reason && event->message == message;
        });
    }

private:
    std::int64_t second_ = 0;
};

api::Toleration tolerate(std::string_view key, std::optional<std::int64_t> seconds) {
    api::Toleration toleration;
    toleration.key = key;
    toleration.operator_ = "Exists";
    toleration.effect = "NoExecute";
    toleration.tolerationSeconds = seconds;
    return toleration;
}

std::vector<api::Toleration> five_minutes() {
    return {tolerate(controllers::kNotReadyTaint, 300), tolerate(controllers::kUnreachableTaint, 300)};
}

const std::string kUnreachableBoth =
    "node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute ";

}  // namespace

TEST_CASE("a node is registered with an event") {
    Fixture world;
    world.add_node("a");
    world.live(6);
    CHECK(world.has_event("RegisteredNode", "Node a event: Registered Node a in Controller"));
    world.server.erase<api::Node>("", "a");
    world.live(6);
    CHECK(world.has_event("RemovingNode", "Node a event: Removing Node a from Controller"));
}

// shows: node.unknown-after-50s, node.pods-not-ready, node.noexecute-taint, node.evicts-after-toleration
TEST_CASE("a silent node is unknown after 50 s, tainted, and its pods are evicted after five minutes") {
    Fixture world;
    world.add_node("a");
    world.add_node("b");
    world.add_pod("p", "b", five_minutes());
    world.live(20);
    world.alive.erase("b");
    world.live(39);
    CHECK(world.ready("b") == "True");
    world.live(16);
    REQUIRE(world.ready("b") == "Unknown");
    const api::NodeCondition* ready = api::find_condition(world.node("b")->status.conditions, "Ready");
    CHECK(ready->reason == "NodeStatusUnknown");
    CHECK(ready->message == "Kubelet stopped posting node status.");
    CHECK(world.has_event("NodeNotReady", "Node b status is now: NodeNotReady"));
    CHECK(world.has_event("NodeNotReady", "Node is not ready"));
    CHECK_FALSE(api::is_pod_ready(*world.pod("p")));
    world.live(6);
    CHECK(world.taints("b") == kUnreachableBoth);
    CHECK(world.node("b")->spec.taints[1].timeAdded.is_set());
    CHECK(world.ready("a") == "True");
    CHECK(world.taints("a").empty());

    world.live(290);
    CHECK_FALSE(world.pod("p")->metadata.deletionTimestamp.is_set());
    world.live(15);
    REQUIRE((!world.pod("p") || world.pod("p")->metadata.deletionTimestamp.is_set()));
    CHECK(world.has_event("TaintManagerEviction", "Marking for deletion Pod default/p"));
}

// shows: node.eviction-marks
TEST_CASE("an evicted pod says why") {
    Fixture world;
    world.nodes.set_stop_time(sim::minutes(10));
    world.add_node("a");
    world.add_pod("p", "a", {});
    world.live(6);
    world.server.change<api::Node>("", "a", [&](api::Node& node) {
        controllers::add_taint(node.spec.taints, "broken", "NoExecute", api::Time(world.simulation.now()));
    });
    world.live(1);
    REQUIRE(world.pod("p")->metadata.deletionTimestamp.is_set());
    const api::PodCondition* target =
        api::find_condition(world.pod("p")->status.conditions, "DisruptionTarget");
    REQUIRE(target != nullptr);
    CHECK(target->reason == "DeletionByTaintManager");
    CHECK(target->message == "Taint manager: deleting due to NoExecute taint");
}

// shows: node.taint-removed, node.eviction-cancelled
TEST_CASE("a node that comes back loses its taints and keeps its pods") {
    Fixture world;
    world.add_node("a");
    world.add_node("b");
    world.add_pod("p", "b", five_minutes());
    world.live(10);
    world.alive.erase("b");
    world.live(70);
    REQUIRE(world.taints("b") == kUnreachableBoth);
    world.alive.insert("b");
    world.server.change<api::Node>("", "b", [&](api::Node& node) { world.set_ready(node, "True"); });
    world.run(sim::milliseconds(50));
    CHECK(world.taints("b") == "node.kubernetes.io/unreachable:NoExecute ");
    world.live(6);
    CHECK(world.taints("b").empty());
    CHECK(world.has_event("TaintManagerEviction", "Cancelling deletion of Pod default/p"));
    world.live(400);
    CHECK_FALSE(world.pod("p")->metadata.deletionTimestamp.is_set());
}

// shows: node.noexecute-taint
TEST_CASE("a node that says it is not ready gets the other taint, and swaps it when it goes silent") {
    Fixture world;
    world.add_node("a");
    world.add_node("b");
    world.live(10);
    world.server.change<api::Node>("", "b", [&](api::Node& node) { world.set_ready(node, "False"); });
    world.live(11);
    CHECK(world.taints("b") ==
          "node.kubernetes.io/not-ready:NoSchedule node.kubernetes.io/not-ready:NoExecute ");
    world.alive.erase("b");
    world.live(80);
    CHECK(controllers::has_taint(*world.node("b"), controllers::kUnreachableTaint, "NoExecute"));
    CHECK_FALSE(controllers::has_taint(*world.node("b"), controllers::kNotReadyTaint, "NoExecute"));
}

// shows: node.noschedule-taints
TEST_CASE("a cordoned node and one under pressure are tainted") {
    Fixture world;
    world.add_node("a");
    world.live(1);
    world.server.change<api::Node>("", "a", [](api::Node& node) {
        node.spec.unschedulable = true;
        node.status.conditions[0].status = "True";
    });
    world.live(1);
    CHECK(world.taints("a") ==
          "node.kubernetes.io/memory-pressure:NoSchedule node.kubernetes.io/unschedulable:NoSchedule ");
    world.server.change<api::Node>("", "a", [](api::Node& node) { node.spec.unschedulable = false; });
    world.live(1);
    CHECK(world.taints("a") == "node.kubernetes.io/memory-pressure:NoSchedule ");
}

// shows: node.all-lost
TEST_CASE("when all nodes are lost at once nobody is evicted") {
    Fixture world;
    world.add_node("a");
    world.add_node("b");
    world.add_pod("p", "a", {});
    world.live(10);
    world.alive.clear();
    world.live(600);
    CHECK(world.ready("a") == "Unknown");
    CHECK(world.taints("a") == "node.kubernetes.io/unreachable:NoSchedule ");
    CHECK_FALSE(world.pod("p")->metadata.deletionTimestamp.is_set());
    // One is found again: the other has 50 s more.
    world.alive.insert("b");
    world.server.change<api::Node>("", "b", [&](api::Node& node) { world.set_ready(node, "True"); });
    world.live(70);
    CHECK(world.taints("a") == kUnreachableBoth);
}

// shows: node.taint-rate
TEST_CASE("lost nodes of a zone are tainted one every ten seconds") {
    Fixture world;
    for (int i = 0; i < 8; ++i) world.add_node("n" + std::to_string(i));
    world.live(10);
    for (int i = 0; i < 4; ++i) world.alive.erase("n" + std::to_string(i));
    const auto tainted = [&world] {
        int count = 0;
        for (const auto& node : world.server.all<api::Node>()) {
            count += controllers::has_taint(*node, controllers::kUnreachableTaint, "NoExecute") ? 1 : 0;
        }
        return count;
    };
    world.live(61);
    CHECK(tainted() == 1);
    world.live(10);
    CHECK(tainted() == 2);
    world.live(20);
    CHECK(tainted() == 4);
}

// shows: node.partial-zone
TEST_CASE("a small zone that is mostly lost is not tainted while another lives") {
    Fixture world;
    for (int i = 0; i < 4; ++i) world.add_node("a" + std::to_string(i), "a");
    world.add_node("b0", "b");
    world.live(10);
    for (int i = 0; i < 3; ++i) world.alive.erase("a" + std::to_string(i));
    world.live(200);
    CHECK(world.taints("a0") == "node.kubernetes.io/unreachable:NoSchedule ");
}

// shows: node.tolerates-for-ever, node.evicts-after-toleration
TEST_CASE("pods that tolerate a taint for ever stay; the shortest time counts") {
    Fixture world;
    world.add_node("a");
    world.add_pod("forever", "a", {tolerate("broken", std::nullopt)});
    world.add_pod("short", "a", {tolerate("broken", 60), tolerate("broken", 20)});
    world.live(6);
    world.server.change<api::Node>("", "a", [&](api::Node& node) {
        controllers::add_taint(node.spec.taints, "broken", "NoExecute", api::Time(world.simulation.now()));
    });
    world.live(19);
    CHECK(world.pod("short") != nullptr);
    world.live(2);
    CHECK((!world.pod("short") || world.pod("short")->metadata.deletionTimestamp.is_set()));
    world.live(100);
    CHECK_FALSE(world.pod("forever")->metadata.deletionTimestamp.is_set());
}

// shows: node.never-reported
TEST_CASE("a node that never reported is unknown after 60 s") {
    Fixture world;
    api::Node node;
    node.metadata.name = "a";
    world.server.put(node);
    world.live(70);
    CHECK(world.ready("a") == "Unknown");
    CHECK(api::find_condition(world.node("a")->status.conditions, "Ready")->reason ==
          "NodeStatusNeverUpdated");
}

// shows: node.heartbeats
TEST_CASE("heartbeats make nobody write") {
    Fixture world;
    world.add_node("a");
    world.add_pod("p", "a", five_minutes());
    world.live(20);
    world.server.forget_writes();
    world.live(120);
    CHECK(world.server.writes().empty());
}
