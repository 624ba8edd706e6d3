#include <catch2/catch_test_macros.hpp>

#include "tests/unit/node/test_node.h"

using namespace kubetab;
using node::testing::TestNode;

// shows: kubelet.condition-order, kubelet.waiting-creating
TEST_CASE("A pod whose image is present is ready within a second and a half") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::milliseconds(100));
    CHECK(node.state("web") == "Waiting:ContainerCreating");
    CHECK(node.condition("web", "Ready") == "False(ContainersNotReady)");
    CHECK(node.condition("web", "PodReadyToStartContainers") == "False");
    node.run(sim::milliseconds(1400));

    const api::PodStatus status = node.status("web");
    CHECK(status.phase == "Running");
    CHECK(status.podIP == "10.244.1.2");
    CHECK(status.hostIP == "192.168.1.11");
    CHECK(status.qosClass == "BestEffort");
    CHECK(status.startTime.is_set());
    REQUIRE(status.conditions.size() == 5);
    CHECK(status.conditions[0].type == "PodReadyToStartContainers");
    CHECK(status.conditions[1].type == "Initialized");
    CHECK(status.conditions[2].type == "Ready");
    CHECK(status.conditions[3].type == "ContainersReady");
    CHECK(status.conditions[4].type == "PodScheduled");
    for (const api::PodCondition& condition : status.conditions) CHECK(condition.status == "True");

    const api::ContainerStatus container = node.container("web");
    CHECK(container.ready);
    CHECK(container.started == true);
    CHECK(container.image == "docker.io/library/nginx:1.25");
    CHECK(container.imageID.starts_with("docker.io/library/nginx@sha256:"));
    CHECK(container.containerID.starts_with("containerd://"));
    CHECK(container.containerID.size() == 13 + 64);
    CHECK(node.events() == std::vector<std::string>{
                               "Normal Pulled Container image \"nginx:1.25\" already present on machine",
                               "Normal Created Created container: c", "Normal Started Started container c"});
    CHECK(node.log("web").find("start worker processes") != std::string::npos);
}

TEST_CASE("Nothing more is written for a pod that simply runs") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    node.server.forget_writes();
    node.run(sim::minutes(4));
    for (const std::string& write : node.server.written()) CHECK(write.find("leases") != std::string::npos);
}

TEST_CASE("An absent image is pulled first, and the event tells how long that took") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.27"));
    node.run(sim::seconds(1));
    CHECK(node.state("web") == "Waiting:ContainerCreating");
    node.run(sim::seconds(6));
    CHECK(node.ready("web"));
    REQUIRE(node.events().size() == 4);
    CHECK(node.events()[0] == "Normal Pulling Pulling image \"nginx:1.27\"");
    CHECK(node.events()[1].starts_with("Normal Pulled Successfully pulled image \"nginx:1.27\" in "));
    CHECK(node.events()[1].ends_with("including waiting). Image size: 72099501 bytes."));
}

// shows: kubelet.waiting-image
TEST_CASE("A tag that does not exist leads to ErrImagePull and then ImagePullBackOff") {
    TestNode node;
    node.add(TestNode::pod("bad", "nginx:doesnotexist"));
    const std::string error =
        "rpc error: code = NotFound desc = failed to pull and unpack image "
        "\"docker.io/library/nginx:doesnotexist\": "
        "failed to resolve reference \"docker.io/library/nginx:doesnotexist\": "
        "docker.io/library/nginx:doesnotexist: not found";
    node.run(sim::seconds(3));
    CHECK(node.status("bad").phase == "Pending");
    CHECK(node.state("bad") == "Waiting:ErrImagePull");
    CHECK(node.container("bad").state.waiting->message == error);
    CHECK(node.container("bad").image == "nginx:doesnotexist");
    CHECK(node.container("bad").imageID.empty());
    CHECK(node.has_event("Normal BackOff Back-off pulling image \"nginx:doesnotexist\""));
    CHECK(node.has_event("Warning Failed Error: ErrImagePull"));
    CHECK(node.has_event("Warning Failed Error: ImagePullBackOff"));
    CHECK(node.has_event("Warning Failed Failed to pull image \"nginx:doesnotexist\": " + error));

    bool seen = false;
    for (int i = 0; i < 40 && !seen; ++i) {
        node.run(sim::seconds(1));
        seen = node.state("bad") == "Waiting:ImagePullBackOff";
    }
    CHECK(seen);
    CHECK(node.container("bad").state.waiting->message ==
          "Back-off pulling image \"nginx:doesnotexist\": ErrImagePull: " + error);
    CHECK(node.log("bad") ==
          "error: container \"c\" in pod \"bad\" is waiting to start: trying and failing to pull image");
}

// shows: kubelet.image-back-off
TEST_CASE("The pauses between pulls grow up to five minutes") {
    TestNode node;
    node.add(TestNode::pod("bad", "nginx:doesnotexist"));
    node.run(sim::minutes(2));
    const std::size_t early = node.count_events("Pulling Pulling image");
    CHECK(early >= 3);
    CHECK(early <= 5);
    node.run(sim::minutes(60));
    CHECK(node.count_events("Pulling Pulling image") <= early + 16);
}

// shows: kubelet.waiting-image-name
TEST_CASE("A name that is no image name is InvalidImageName") {
    TestNode node;
    node.add(TestNode::pod("bad", "Nginx"));
    node.run(sim::seconds(3));
    CHECK(node.state("bad") == "Waiting:InvalidImageName");
    CHECK(node.has_event(
        "Warning InspectFailed Failed to apply default image tag \"Nginx\": couldn't parse image name "
        "\"Nginx\": invalid reference format: repository name (library/Nginx) must be lowercase"));
}

// shows: kubelet.waiting-config, kubelet.retries-after-error
TEST_CASE("A missing config map of a variable is CreateContainerConfigError until it appears") {
    TestNode node;
    api::Pod pod = TestNode::pod("env", "nginx:1.25");
    api::EnvVar variable;
    variable.name = "X";
    variable.valueFrom.edit().configMapKeyRef.edit().name = "nope";
    variable.valueFrom.edit().configMapKeyRef.edit().key = "k";
    pod.spec.edit().containers[0].shared.edit().env.push_back(variable);
    node.add(pod);
    node.run(sim::seconds(3));
    CHECK(node.state("env") == "Waiting:CreateContainerConfigError");
    CHECK(node.container("env").state.waiting->message == "configmap \"nope\" not found");
    CHECK(node.has_event("Warning Failed Error: configmap \"nope\" not found"));
    CHECK(node.condition("env", "PodReadyToStartContainers") == "True");
    CHECK(node.status("env").phase == "Pending");

    api::ConfigMap map;
    map.metadata.name = "nope";
    map.metadata.namespace_ = "default";
    map.data["k"] = "value";
    node.server.put(map);
    node.run(sim::seconds(20));
    CHECK(node.ready("env"));
    CHECK(node.container("env").restartCount == 0);
}

// shows: kubelet.config-failure-event
TEST_CASE("A missing key is named with its object") {
    TestNode node;
    api::Secret secret;
    secret.metadata.name = "s";
    secret.metadata.namespace_ = "default";
    node.server.put(secret);
    api::Pod pod = TestNode::pod("env", "nginx:1.25");
    api::EnvVar variable;
    variable.name = "X";
    variable.valueFrom.edit().secretKeyRef.edit().name = "s";
    variable.valueFrom.edit().secretKeyRef.edit().key = "k";
    pod.spec.edit().containers[0].shared.edit().env.push_back(variable);
    node.add(pod);
    node.run(sim::seconds(3));
    CHECK(node.container("env").state.waiting->message == "couldn't find key k in Secret default/s");
}

// shows: kubelet.mount-failure
TEST_CASE("A missing config map of a volume keeps the pod in ContainerCreating with FailedMount") {
    TestNode node;
    api::Pod pod = TestNode::pod("vol", "nginx:1.25");
    api::Volume volume;
    volume.name = "v";
    volume.source.edit().configMap.edit().name = "nope";
    pod.spec.edit().volumes.push_back(volume);
    pod.spec.edit().containers[0].volumeMounts.push_back({.mountPath = "/v", .name = "v"});
    node.add(pod);
    node.run(sim::seconds(10));
    CHECK(node.state("vol") == "Waiting:ContainerCreating");
    CHECK(node.status("vol").podIP.empty());
    CHECK(node.condition("vol", "PodReadyToStartContainers") == "False");
    CHECK(node.has_event(
        "Warning FailedMount MountVolume.SetUp failed for volume \"v\" : configmap \"nope\" not found"));
    CHECK(node.log("vol") == "error: container \"c\" in pod \"vol\" is waiting to start: ContainerCreating");

    api::ConfigMap map;
    map.metadata.name = "nope";
    map.metadata.namespace_ = "default";
    node.server.put(map);
    node.run(sim::seconds(40));
    CHECK(node.ready("vol"));
}

// shows: kubelet.phase-ended, kubelet.condition-ended
TEST_CASE("A pod that ends well is Succeeded, one that ends badly Failed") {
    TestNode node;
    node.add(TestNode::pod("done", "busybox:1.36", TestNode::shell("echo finished"), "Never"));
    node.add(TestNode::pod("failed", "busybox:1.36", TestNode::shell("exit 7"), "Never"));
    node.run(sim::seconds(5));
    CHECK(node.status("done").phase == "Succeeded");
    CHECK(node.state("done") == "Terminated:Completed");
    CHECK(node.condition("done", "Ready") == "False(PodCompleted)");
    CHECK(node.condition("done", "Initialized") == "True(PodCompleted)");
    CHECK(node.condition("done", "PodReadyToStartContainers") == "False");
    CHECK(node.log("done") == "finished\n");

    CHECK(node.status("failed").phase == "Failed");
    CHECK(node.condition("failed", "Ready") == "False(PodFailed)");
    CHECK(node.condition("failed", "Initialized") == "True");
    CHECK(node.container("failed").state.terminated->exitCode == 7);
    CHECK(node.container("failed").state.terminated->reason == "Error");
    CHECK(node.container("failed").restartCount == 0);
    CHECK_FALSE(node.status("failed").podIP.empty());
}

// shows: kubelet.ends-when-put-away
TEST_CASE("A pod is called ended only when its node has put it away") {
    TestNode node;
    node.add(TestNode::pod("done", "busybox:1.36", TestNode::shell("true"), "Never"));
    bool seen = false;
    for (int i = 0; i < 300 && node.status("done").phase != "Succeeded"; ++i) {
        node.run(sim::milliseconds(10));
        if (node.state("done") == "Terminated:Completed" && node.status("done").phase == "Pending")
            seen = true;
    }
    CHECK(seen);
    CHECK(node.status("done").phase == "Succeeded");
}

// shows: kubelet.ended-reasons
TEST_CASE("A command that is not in the image cannot be started") {
    TestNode node;
    node.add(TestNode::pod("bad", "nginx:1.25", {"nonesuch"}));
    node.run(sim::seconds(3));
    const api::ContainerStatus container = node.container("bad");
    const bool waits = container.state.waiting.has_value();
    const std::string message =
        waits ? container.state.waiting->message : container.state.terminated->message;
    CHECK(node.count_events("exec: \"nonesuch\": executable file not found in $PATH: unknown") >= 1);
    CHECK(message.find("restarting failed container=c") == std::string::npos);
    for (int i = 0; i < 60 && node.state("bad") != "Waiting:CrashLoopBackOff"; ++i) node.run(sim::seconds(1));
    CHECK(node.state("bad") == "Waiting:CrashLoopBackOff");
    CHECK(node.container("bad").lastState.terminated->reason == "StartError");
    CHECK(node.container("bad").lastState.terminated->exitCode == 128);
}

// shows: kubelet.init-in-turn, kubelet.condition-initialized, kubelet.phase-pending
TEST_CASE("Init containers run one after the other before the others") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    for (const char* name : {"i1", "i2"}) {
        api::Container init;
        init.name = name;
        init.image = "busybox:1.36";
        init.shared.edit().command = TestNode::shell(std::string("echo ") + name + "; sleep 2");
        pod.spec.edit().initContainers.push_back(init);
    }
    node.add(pod);
    node.run(sim::milliseconds(1500));
    CHECK(node.status("web").phase == "Pending");
    CHECK(node.state("web", "i1") == "Running");
    CHECK(node.state("web", "i2") == "Waiting:PodInitializing");
    CHECK(node.state("web") == "Waiting:PodInitializing");
    CHECK(node.condition("web", "Initialized") == "False(ContainersNotInitialized)");
    node.run(sim::seconds(8));
    CHECK(node.ready("web"));
    CHECK(node.state("web", "i1") == "Terminated:Completed");
    CHECK(node.container("web", "i1").ready);
    CHECK(node.container("web", "i1").started == false);
    CHECK(node.log("web", {.container = "i2"}) == "i2\n");
}

// shows: kubelet.init-back-off
TEST_CASE("An init container that fails keeps the pod from starting") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    api::Container init;
    init.name = "i";
    init.image = "busybox:1.36";
    init.shared.edit().command = TestNode::shell("exit 1");
    pod.spec.edit().initContainers.push_back(init);
    node.add(pod);
    node.run(sim::seconds(30));
    CHECK(node.status("web").phase == "Pending");
    CHECK(node.container("web", "i").restartCount >= 1);
    CHECK(node.condition("web", "Initialized") == "False(ContainersNotInitialized)");
    CHECK(node.has_event("Warning BackOff Back-off restarting failed container i in pod web_default(" +
                         node.find("web")->metadata.uid + ")"));
    CHECK(node.log("web") == "error: container \"c\" in pod \"web\" is waiting to start: PodInitializing");
}

// shows: kubelet.init-fails-pod
TEST_CASE("A failed init container of a pod that never restarts fails the pod") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25", {}, "Never");
    api::Container init;
    init.name = "i";
    init.image = "busybox:1.36";
    init.shared.edit().command = TestNode::shell("exit 1");
    pod.spec.edit().initContainers.push_back(init);
    node.add(pod);
    node.run(sim::seconds(5));
    CHECK(node.status("web").phase == "Failed");
}

// shows: kubelet.sidecars-end-last
TEST_CASE("A sidecar starts before the containers and ends after them") {
    TestNode node;
    api::Pod pod = TestNode::pod("job", "busybox:1.36", TestNode::shell("sleep 3"), "Never");
    api::Container sidecar;
    sidecar.name = "side";
    sidecar.image = "nginx:1.25";
    sidecar.shared.edit().restartPolicy = "Always";
    pod.spec.edit().initContainers.push_back(sidecar);
    node.add(pod);
    node.run(sim::seconds(3));
    CHECK(node.state("job", "side") == "Running");
    CHECK(node.state("job") == "Running");
    CHECK(node.status("job").phase == "Running");
    node.run(sim::seconds(6));
    CHECK(node.status("job").phase == "Succeeded");
    CHECK(node.state("job", "side") == "Terminated:Completed");
}

// shows: kubelet.waiting-non-root
TEST_CASE("A container that must not run as root is refused when its image does") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    pod.spec.edit().shared.edit().securityContext.edit().runAsNonRoot = true;
    node.add(pod);
    node.run(sim::seconds(3));
    CHECK(node.container("web").state.waiting->message ==
          "container has runAsNonRoot and image will run as root (pod: \"web_default(" +
              node.find("web")->metadata.uid + ")\", container: c)");
}

// shows: kubelet.active-deadline
TEST_CASE("activeDeadlineSeconds end a pod") {
    TestNode node;
    api::Pod pod = TestNode::pod(
        "slow", "busybox:1.36", TestNode::shell("trap 'exit 0' TERM; while true; do sleep 1; done"), "Never");
    pod.spec.edit().shared.edit().activeDeadlineSeconds = 5;
    node.add(pod);
    node.run(sim::seconds(4));
    CHECK(node.status("slow").phase == "Running");
    node.run(sim::seconds(40));
    CHECK(node.status("slow").phase == "Failed");
    CHECK(node.status("slow").reason == "DeadlineExceeded");
}

TEST_CASE("Every write says why") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    for (const auto& write : node.server.writes()) {
        if (write.kind != &api::kind_of<api::Pod>()) continue;
        CHECK_FALSE(write.cause.reason.empty());
        CHECK(write.cause.actor == "kubelet/node-1");
    }
    CHECK(node.server.writes().back().cause.reason.starts_with("image already present, ready after "));
}
