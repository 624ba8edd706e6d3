// The kubelet's process ends in the middle of something and starts again, while its containers run on.

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/node/test_node.h"

using namespace kubetab;
using node::testing::TestNode;

TEST_CASE("an image whose pull was lost with the kubelet is pulled by the next one") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.26"));
    node.run(sim::milliseconds(1500));
    REQUIRE(node.state("web") == "Waiting:ContainerCreating");
    node.kubelet->crash();
    node.run(sim::minutes(1));
    node.kubelet->start();
    node.run(sim::minutes(1));
    CHECK(node.state("web") == "Running");
}

TEST_CASE("changes of containers are noticed after the kubelet has started again") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.add(TestNode::pod("job", "busybox:1.36", TestNode::shell("sleep 20"), "Never"));
    node.run(sim::seconds(10));
    REQUIRE(node.state("job") == "Running");
    // A look at the containers is due when the kubelet ends.
    REQUIRE(node.kubelet->crash_container({"default", "web"}, "c").ok());
    node.kubelet->crash();
    node.run(sim::seconds(5));
    node.kubelet->start();
    node.run(sim::minutes(1));
    CHECK(node.state("web") == "Running");
    CHECK(node.container("web").restartCount == 1);
    CHECK(node.status("job").phase == "Succeeded");
}

TEST_CASE("a pod that was being ended gets its grace anew and stays until its container has ended") {
    TestNode node;
    node.add(TestNode::pod("stubborn", "busybox:1.36", TestNode::shell("trap '' TERM; sleep 1000")));
    node.run(sim::seconds(10));
    REQUIRE(node.server.remove(api::kind_of<api::Pod>(), {"default", "stubborn"}, {}, {}).ok());
    node.run(sim::seconds(20));
    node.kubelet->crash();
    node.run(sim::minutes(2));
    REQUIRE(node.find("stubborn"));
    node.kubelet->start();
    node.run(sim::seconds(25));
    CHECK(node.find("stubborn"));
    node.run(sim::seconds(10));
    CHECK_FALSE(node.find("stubborn"));
}

TEST_CASE("a pod that ended while the API server was out of reach goes when the machine is back") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(10));
    REQUIRE(node.server.remove(api::kind_of<api::Pod>(), {"default", "web"}, {}, {}).ok());
    node.run(sim::milliseconds(10));
    node.kubelet->set_connected(false);
    node.run(sim::minutes(2));
    REQUIRE(node.find("web"));
    node.kubelet->stop();
    node.kubelet->set_connected(true);
    node.kubelet->start();
    node.run(sim::seconds(5));
    CHECK_FALSE(node.find("web"));
}

TEST_CASE("a deadline that passes while the kubelet is down is kept") {
    TestNode node;
    api::Pod pod = TestNode::pod("late", "nginx:1.25");
    pod.spec.edit().shared.edit().activeDeadlineSeconds = 60;
    node.add(pod);
    node.run(sim::seconds(10));
    node.kubelet->crash();
    node.run(sim::minutes(2));
    node.kubelet->start();
    node.run(sim::minutes(1));
    CHECK(node.status("late").phase == "Failed");
    CHECK(node.status("late").reason == "DeadlineExceeded");
}
