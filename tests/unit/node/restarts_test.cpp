#include <catch2/catch_test_macros.hpp>

#include "tests/unit/node/test_node.h"

using namespace kubetab;
using node::LogRequest;
using node::testing::TestNode;

// shows: kubelet.back-off, kubelet.waiting-crash-loop, kubelet.phase-running
TEST_CASE("A crashing container is restarted at once, then after growing pauses") {
    TestNode node;
    node.add(TestNode::pod("crash", "busybox:1.36", TestNode::shell("echo boom; exit 3")));
    node.run(sim::seconds(3));
    CHECK(node.container("crash").restartCount == 1);
    CHECK(node.container("crash").lastState.terminated->exitCode == 3);
    CHECK(node.status("crash").phase == "Running");
    CHECK(node.condition("crash", "Ready") == "False(ContainersNotReady)");
    CHECK(node.log("crash", {.previous = true}) == "boom\n");

    node.run(sim::seconds(20));  // 10 s of back-off, noticed within 15 s
    CHECK(node.container("crash").restartCount == 2);
    CHECK(node.state("crash").substr(0, 8) != "Running");
    node.run(sim::seconds(37));  // 20 s
    CHECK(node.container("crash").restartCount == 3);
    const std::string uid = node.find("crash")->metadata.uid;
    CHECK(node.has_event("Warning BackOff Back-off restarting failed container c in pod crash_default(" +
                         uid + ")"));
    node.run(sim::minutes(10));
    bool waits = false;
    for (int i = 0; i < 60 && !waits; ++i) {
        node.run(sim::seconds(1));
        waits = node.state("crash") == "Waiting:CrashLoopBackOff" &&
                node.container("crash").state.waiting->message ==
                    "back-off 5m0s restarting failed container=c pod=crash_default(" + uid + ")";
    }
    CHECK(waits);
    CHECK(node.container("crash").restartCount <= 8);
}

// shows: kubelet.back-off-forgotten
TEST_CASE("A container that ran for long is restarted without a pause") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    for (int i = 1; i <= 3; ++i) {
        REQUIRE(node.kubelet->crash_container({"default", "web"}, "c", 1).ok());
        node.run(sim::seconds(3));
        CHECK(node.container("web").restartCount == i);
        CHECK(node.ready("web"));
        node.run(sim::minutes(21));
    }
}

// shows: kubelet.phase-ended
TEST_CASE("A pod that restarts on failure ends when its command succeeds") {
    TestNode node;
    node.add(TestNode::pod("once", "busybox:1.36", TestNode::shell("exit 0"), "OnFailure"));
    node.add(TestNode::pod("retry", "busybox:1.36", TestNode::shell("exit 2"), "OnFailure"));
    node.run(sim::seconds(5));
    CHECK(node.status("once").phase == "Succeeded");
    CHECK(node.status("retry").phase == "Running");
    CHECK(node.container("retry").restartCount == 1);
}

TEST_CASE("An image changed while another is pulled is pulled next, without back-off") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    const auto change_to = [&](const std::string& image) {
        node.server.change<api::Pod>("default", "web",
                                     [&](api::Pod& pod) { pod.spec.edit().containers[0].image = image; });
    };
    change_to("nginx:1.26");
    node.run(sim::milliseconds(500));
    change_to("nginx:1.27");
    node.run(sim::seconds(20));
    CHECK(node.container("web").image == "docker.io/library/nginx:1.27");
    CHECK(node.state("web") == "Running");
    CHECK(node.container("web").restartCount == 2);
    CHECK(node.count_events("BackOff") == 0);
}

TEST_CASE("A changed image restarts the container") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    node.server.change<api::Pod>("default", "web",
                                 [](api::Pod& pod) { pod.spec.edit().containers[0].image = "nginx:1.27"; });
    node.run(sim::seconds(10));
    CHECK(node.has_event("Normal Killing Container c definition changed, will be restarted"));
    CHECK(node.container("web").image == "docker.io/library/nginx:1.27");
    CHECK(node.container("web").restartCount == 1);
    CHECK(node.ready("web"));
}

TEST_CASE("There is no previous log before the first restart") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    LogRequest request;
    request.previous = true;
    CHECK(node.log("web", request) == "error: previous terminated container \"c\" in pod \"web\" not found");
    request.previous = false;
    request.tail_lines = 1;
    CHECK(node.log("web", request).find("start worker process 29") != std::string::npos);
    request.timestamps = true;
    CHECK(node.log("web", request).starts_with("2026-01-05T08:00:00."));
}

// shows: kubelet.ended-reasons
TEST_CASE("More memory than the limit ends a container as OOMKilled") {
    TestNode node;
    api::Pod pod = TestNode::pod("stress", "polinux/stress", {"stress", "--vm", "1", "--vm-bytes", "250M"});
    pod.spec.edit().containers[0].resources.limits["memory"] = api::Quantity::of_units(100 * 1024 * 1024);
    node.add(pod);
    node.run(sim::seconds(6));
    const api::ContainerStatus container = node.container("stress");
    REQUIRE(container.lastState.terminated.has_value());
    CHECK(container.lastState.terminated->reason == "OOMKilled");
    CHECK(container.lastState.terminated->exitCode == 137);
}
