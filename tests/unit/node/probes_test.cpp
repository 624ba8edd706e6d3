#include <catch2/catch_test_macros.hpp>

#include "tests/unit/node/test_node.h"

using namespace kubetab;
using node::testing::TestNode;

namespace {

constexpr const char* kKuard = "gcr.io/kuar-demo/kuard-amd64:1";

void fail_next(TestNode& node, const std::string& path, int count) {
    runtime::HttpRequest request;
    request.method = "PUT";
    request.target = path + "/api";
    request.port = 8080;
    request.body = "{\"failNext\":" + std::to_string(count) + "}";
    REQUIRE(node.kubelet->request({"default", "kuard"}, request).has_value());
}

}  // namespace

// shows: kubelet.probe-period, kubelet.probe-thresholds, kubelet.probe-http-status
TEST_CASE("A pod is ready once its readiness probe succeeds, and not any more when it fails") {
    TestNode node;
    api::Pod pod = TestNode::pod("kuard", kKuard);
    pod.spec.edit().containers[0].shared.edit().readinessProbe = TestNode::http_probe("/ready", 8080, 2, 3);
    node.add(pod);
    node.run(sim::seconds(5));
    CHECK(node.ready("kuard"));
    node.run(sim::seconds(10));  // The node reports its new image.
    node.server.forget_writes();
    node.run(sim::minutes(1));
    for (const std::string& write : node.server.written()) CHECK(write.find("leases") != std::string::npos);

    fail_next(node, "/ready", -1);
    node.run(sim::seconds(4));
    CHECK(node.ready("kuard"));  // Two failures are not three.
    node.run(sim::seconds(3));
    CHECK(node.condition("kuard", "Ready") == "False(ContainersNotReady)");
    CHECK(node.has_event("Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 500"));
    CHECK(node.container("kuard").restartCount == 0);
    fail_next(node, "/ready", 0);
    node.run(sim::seconds(3));
    CHECK(node.ready("kuard"));
}

TEST_CASE("A page that does not exist never makes a pod ready") {
    TestNode node;
    api::Pod pod = TestNode::pod("notready", "nginx:1.25");
    pod.spec.edit().containers[0].shared.edit().readinessProbe = TestNode::http_probe("/fail", 80, 2);
    node.add(pod);
    node.run(sim::seconds(20));
    CHECK(node.status("notready").phase == "Running");
    CHECK(node.condition("notready", "Ready") == "False(ContainersNotReady)");
    CHECK(node.has_event("Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404"));
    CHECK(node.log("notready").find("\"GET /fail HTTP/1.1\" 404") != std::string::npos);
}

// shows: kubelet.probe-liveness-kills, kubelet.kill-event-restart
TEST_CASE("A failing liveness probe restarts the container") {
    TestNode node;
    api::Pod pod = TestNode::pod("kuard", kKuard);
    pod.spec.edit().containers[0].shared.edit().livenessProbe = TestNode::http_probe("/healthy", 8080, 10, 3);
    node.add(pod);
    node.run(sim::seconds(15));
    CHECK(node.ready("kuard"));
    fail_next(node, "/healthy", 3);
    node.run(sim::seconds(35));
    CHECK(node.has_event("Warning Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 500"));
    CHECK(node.has_event("Normal Killing Container c failed liveness probe, will be restarted"));
    CHECK(node.container("kuard").restartCount == 1);
    CHECK(node.container("kuard").lastState.terminated->exitCode == 2);
    CHECK(node.ready("kuard"));
}

// shows: kubelet.probe-tcp-text
TEST_CASE("A refused connection is told as Go tells it") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    pod.spec.edit().containers[0].shared.edit().readinessProbe = TestNode::http_probe("/", 81, 2);
    node.add(pod);
    node.run(sim::seconds(5));
    CHECK(
        node.has_event("Warning Unhealthy Readiness probe failed: Get \"http://10.244.1.2:81/\": dial tcp "
                       "10.244.1.2:81: connect: connection refused"));
}

// shows: kubelet.probe-startup-first
TEST_CASE("A startup probe holds the others back") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    api::Probe startup = TestNode::probe(2, 30);
    startup.exec.edit().command = {"cat", "/tmp/ok"};
    pod.spec.edit().containers[0].shared.edit().startupProbe = startup;
    pod.spec.edit().containers[0].shared.edit().livenessProbe = TestNode::http_probe("/nope", 80, 2, 1);
    node.add(pod);
    node.run(sim::seconds(10));
    CHECK(node.container("web").started == false);
    CHECK(node.container("web").restartCount == 0);
    CHECK(node.count_events("Startup probe failed") >= 1);

    auto touch = node.kubelet->exec({"default", "web"}, "", {"sh", "-c", "echo > /tmp/ok"});
    REQUIRE(touch.ok());
    node.run(sim::milliseconds(1));
    struct Silent final : sim::Io {
        explicit Silent(sim::Instant at) : at_(at) {}
        void out(std::string_view) override {}
        void err(std::string_view) override {}
        std::optional<std::string> read() override { return std::string(); }
        bool is_terminal() const override { return false; }
        int columns() const override { return 80; }
        sim::Instant now() const override { return at_; }
        sim::Instant at_;
    } io(node.simulation.now());
    CHECK((*touch)->poll(io).state == sim::Poll::State::Done);
    node.run(sim::seconds(3));
    CHECK(node.count_events("Liveness probe failed: HTTP probe failed with statuscode: 404") >= 1);
}

// shows: kubelet.probe-liveness-kills
TEST_CASE("A startup probe that never succeeds restarts the container") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    api::Probe startup = TestNode::probe(2, 3);
    startup.tcpSocket.edit().port = api::IntOrString(81);
    pod.spec.edit().containers[0].shared.edit().startupProbe = startup;
    node.add(pod);
    node.run(sim::seconds(12));
    CHECK(node.has_event("Normal Killing Container c failed startup probe, will be restarted"));
    CHECK(node.container("web").restartCount >= 1);
}

// shows: kubelet.probe-initial-delay
TEST_CASE("An initial delay is waited for") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    api::Probe ready = TestNode::http_probe("/", 80, 5);
    ready.initialDelaySeconds = 20;
    pod.spec.edit().containers[0].shared.edit().readinessProbe = ready;
    node.add(pod);
    node.run(sim::seconds(19));
    CHECK_FALSE(node.ready("web"));
    node.run(sim::seconds(8));
    CHECK(node.ready("web"));
}

TEST_CASE("An exec probe that takes too long has failed") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    api::Probe ready = TestNode::probe(5, 1);
    ready.exec.edit().command = {"sleep", "3"};
    pod.spec.edit().containers[0].shared.edit().readinessProbe = ready;
    node.add(pod);
    node.run(sim::seconds(10));
    CHECK_FALSE(node.ready("web"));
    CHECK(node.has_event(
        "Warning Unhealthy Readiness probe failed: command timed out: \"sleep 3\" timed out after 1s"));
}

TEST_CASE("A day of probes costs little") {
    TestNode node;
    for (int i = 0; i < 10; ++i) {
        api::Pod pod = TestNode::pod("web-" + std::to_string(i), "nginx:1.25");
        pod.spec.edit().containers[0].shared.edit().readinessProbe = TestNode::http_probe("/", 80);
        pod.spec.edit().containers[0].shared.edit().livenessProbe = TestNode::http_probe("/", 80);
        node.add(pod);
    }
    node.run(sim::seconds(10));
    node.server.forget_writes();
    node.run(sim::hours(1));
    CHECK(node.server.writes().size() <= 360 + 12 + 12);
}
