#include <catch2/catch_test_macros.hpp>

#include "tests/unit/node/test_node.h"

using namespace kubetab;
using node::testing::TestNode;

namespace {

void remove(TestNode& node, const std::string& name, std::optional<std::int64_t> grace = {}) {
    client::DeleteOptions options;
    options.grace_period_seconds = grace;
    REQUIRE(node.server.remove(api::kind_of<api::Pod>(), {"default", name}, options, {}).ok());
}

}  // namespace

// shows: kubelet.deletes-when-ended
TEST_CASE("A deleted web server ends within two seconds and then leaves the API") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    remove(node, "web");
    node.run(sim::milliseconds(10));
    REQUIRE(node.find("web"));
    CHECK(node.has_event("Normal Killing Stopping container c"));
    CHECK(node.container("web").state.terminated->exitCode == 0);
    node.run(sim::seconds(2));
    CHECK_FALSE(node.find("web"));
    CHECK(node.simulation.settled());
}

// shows: kubelet.kills-after-grace
TEST_CASE("A shell as first process ignores SIGTERM and is killed after the grace period") {
    TestNode node;
    node.add(TestNode::pod("sleeper", "busybox:1.36", TestNode::shell("while true; do sleep 10; done")));
    node.run(sim::seconds(3));
    remove(node, "sleeper");
    node.run(sim::seconds(29));
    CHECK(node.find("sleeper"));
    CHECK(node.state("sleeper") == "Running");
    node.run(sim::seconds(3));
    CHECK_FALSE(node.find("sleeper"));
}

TEST_CASE("A shorter grace period takes effect") {
    TestNode node;
    node.add(TestNode::pod("sleeper", "busybox:1.36", {"sleep", "3600"}));
    node.run(sim::seconds(3));
    remove(node, "sleeper", 5);
    node.run(sim::seconds(4));
    CHECK(node.find("sleeper"));
    node.run(sim::seconds(3));
    CHECK_FALSE(node.find("sleeper"));
}

// shows: kubelet.grace-shrinks
TEST_CASE("A second delete with less grace shortens the first") {
    TestNode node;
    node.add(TestNode::pod("sleeper", "busybox:1.36", {"sleep", "3600"}));
    node.run(sim::seconds(3));
    remove(node, "sleeper");
    node.run(sim::seconds(2));
    remove(node, "sleeper", 1);
    node.run(sim::seconds(3));
    CHECK_FALSE(node.find("sleeper"));
}

// shows: kubelet.pre-stop-first
TEST_CASE("A preStop sleep is waited for") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    pod.spec.edit().containers[0].shared.edit().lifecycle.edit().preStop.edit().sleep.edit().seconds = 5;
    node.add(pod);
    node.run(sim::seconds(3));
    remove(node, "web");
    node.run(sim::seconds(4));
    CHECK(node.state("web") == "Running");
    node.run(sim::seconds(4));
    CHECK_FALSE(node.find("web"));
}

// shows: kubelet.pre-stop-first
TEST_CASE("A preStop command runs before SIGTERM") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    pod.spec.edit().containers[0].shared.edit().lifecycle.edit().preStop.edit().exec.edit().command =
        TestNode::shell("sleep 3");
    node.add(pod);
    node.run(sim::seconds(3));
    remove(node, "web");
    node.run(sim::milliseconds(2500));
    CHECK(node.state("web") == "Running");
    node.run(sim::seconds(3));
    CHECK_FALSE(node.find("web"));
}

TEST_CASE("A postStart command that fails restarts the container") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    pod.spec.edit().containers[0].shared.edit().lifecycle.edit().postStart.edit().exec.edit().command =
        TestNode::shell("exit 1");
    node.add(pod);
    node.run(sim::seconds(20));
    CHECK(node.has_event("Warning FailedPostStartHook PostStartHook failed"));
    CHECK(node.container("web").restartCount >= 1);
    CHECK_FALSE(node.ready("web"));
}

TEST_CASE("A pod that was never started can be deleted") {
    TestNode node;
    node.add(TestNode::pod("bad", "nginx:doesnotexist"));
    node.run(sim::seconds(5));
    remove(node, "bad");
    node.run(sim::seconds(3));
    CHECK_FALSE(node.find("bad"));
}

TEST_CASE("A forced delete ends the containers soon after") {
    TestNode node;
    node.add(TestNode::pod("sleeper", "busybox:1.36", {"sleep", "3600"}));
    node.run(sim::seconds(3));
    remove(node, "sleeper", 0);
    CHECK_FALSE(node.find("sleeper"));
    node.run(sim::seconds(4));
    CHECK(node.kubelet->logs({"default", "sleeper"}, {}).error().message == "pod \"sleeper\" not found");
}

TEST_CASE("A finished pod goes at once") {
    TestNode node;
    node.add(TestNode::pod("done", "busybox:1.36", TestNode::shell("true"), "Never"));
    node.run(sim::seconds(5));
    remove(node, "done");
    node.run(sim::seconds(1));
    CHECK_FALSE(node.find("done"));
}

TEST_CASE("Addresses are used again") {
    TestNode node;
    for (int i = 0; i < 300; ++i) {
        node.add(TestNode::pod("web", "nginx:1.25"));
        node.run(sim::seconds(3));
        REQUIRE(node.ready("web"));
        remove(node, "web");
        node.run(sim::seconds(3));
    }
}
