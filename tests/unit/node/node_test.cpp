#include <catch2/catch_test_macros.hpp>

#include "tests/unit/node/test_node.h"

using namespace kubetab;
using node::NodeSpec;
using node::testing::TestNode;

TEST_CASE("A kubelet registers its node, ready, with a lease") {
    TestNode node;
    const api::Ref<api::Node> found = node.server.find<api::Node>("", "node-1");
    REQUIRE(found);
    CHECK(*found->metadata.labels.get("kubernetes.io/hostname") == "node-1");
    CHECK(found->spec.podCIDR.empty());  // A controller hands out the ranges.
    CHECK(found->status.capacity.get("cpu")->text() == "4");
    CHECK(found->status.capacity.get("memory")->text() == "16Gi");
    CHECK(found->status.capacity.get("pods")->text() == "110");
    CHECK(found->status.nodeInfo.kubeletVersion == "v1.32.13");
    REQUIRE(found->status.conditions.size() == 4);
    CHECK(found->status.conditions[3].type == "Ready");
    CHECK(found->status.conditions[3].reason == "KubeletReady");
    CHECK(found->status.images.size() == 2);
    CHECK(node.has_event("Normal Starting Starting kubelet."));
    CHECK(node.has_event("Normal NodeReady Node node-1 status is now: NodeReady"));
    const api::Ref<api::Lease> lease = node.server.find<api::Lease>("kube-node-lease", "node-1");
    REQUIRE(lease);
    CHECK(lease->spec.holderIdentity == "node-1");
    node.run(sim::seconds(25));
    const api::Ref<api::Lease> renewed = node.server.find<api::Lease>("kube-node-lease", "node-1");
    CHECK(renewed->spec.renewTime.instant() == node::testing::kStart + sim::seconds(20));
}

TEST_CASE("A node that is switched off renews nothing, and its containers start anew when it is back") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    const std::string before = node.container("web").containerID;
    node.kubelet->stop();
    node.server.forget_writes();
    node.run(sim::minutes(2));
    CHECK(node.server.writes().empty());
    CHECK(node.ready("web"));  // As far as the API server knows.
    CHECK_FALSE(node.kubelet->listens_on({"default", "web"}, 80));

    node.kubelet->start();
    node.run(sim::seconds(4));
    CHECK(node.ready("web"));
    CHECK(node.container("web").containerID != before);
    CHECK(node.container("web").restartCount == 1);
    CHECK(node.container("web").lastState.terminated->exitCode == 255);
    CHECK(node.has_event("Normal SandboxChanged Pod sandbox changed, it will be killed and re-created."));
    CHECK(node.count_events("Warning Rebooted Node node-1 has been rebooted") == 1);
}

// shows: kubelet.init-again
TEST_CASE("Init containers run again after the machine was off") {
    TestNode node;
    api::Pod pod = TestNode::pod("web", "nginx:1.25");
    api::Container init;
    init.name = "i";
    init.image = "busybox:1.36";
    init.shared.edit().command = TestNode::shell("echo here");
    pod.spec.edit().initContainers.push_back(init);
    node.add(pod);
    node.run(sim::seconds(5));
    REQUIRE(node.ready("web"));
    node.kubelet->stop();
    node.run(sim::seconds(30));
    node.kubelet->start();
    node.run(sim::seconds(6));
    CHECK(node.ready("web"));
    CHECK(node.container("web", "i").restartCount == 1);
}

TEST_CASE("A pod deleted while its node was off is gone when the node is back") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    node.kubelet->stop();
    REQUIRE(node.server.remove(api::kind_of<api::Pod>(), {"default", "web"}, {}, {}).ok());
    node.run(sim::minutes(1));
    CHECK(node.find("web"));  // Terminating, for ever.
    node.kubelet->start();
    node.run(sim::seconds(4));
    CHECK_FALSE(node.find("web"));
}

TEST_CASE("A crashed kubelet leaves its containers running and picks them up again") {
    TestNode node;
    node.add(TestNode::pod("web", "nginx:1.25"));
    node.run(sim::seconds(3));
    const std::string before = node.container("web").containerID;
    node.kubelet->crash();
    node.run(sim::minutes(1));
    CHECK(node.kubelet->listens_on({"default", "web"}, 80));
    node.kubelet->start();
    node.run(sim::seconds(4));
    CHECK(node.container("web").containerID == before);
    CHECK(node.ready("web"));
}

TEST_CASE("A node cut off from the API server goes on and reports when it is back") {
    TestNode node;
    node.add(TestNode::pod("crash", "busybox:1.36", TestNode::shell("sleep 20; exit 1")));
    node.run(sim::seconds(3));
    node.kubelet->set_connected(false);
    node.server.forget_writes();
    node.run(sim::minutes(2));
    CHECK(node.server.writes().empty());
    CHECK(node.container("crash").restartCount == 0);
    node.kubelet->set_connected(true);
    node.run(sim::seconds(2));
    CHECK(node.container("crash").restartCount >= 2);
}

// shows: kubelet.mirror-pods
TEST_CASE("Static pods get mirrors in the API, and new ones when those are deleted") {
    NodeSpec spec = TestNode::default_spec();
    api::Pod etcd = TestNode::pod("etcd", "registry.k8s.io/etcd:3.5.16-0");
    etcd.metadata.namespace_ = "kube-system";
    spec.static_pods = {etcd};
    TestNode node(spec);
    node.run(sim::seconds(8));
    api::Ref<api::Pod> mirror = node.server.find<api::Pod>("kube-system", "etcd-node-1");
    REQUIRE(mirror);
    CHECK(mirror->status.phase == "Running");
    CHECK(*mirror->metadata.annotations.get("kubernetes.io/config.source") == "file");
    REQUIRE(mirror->metadata.ownerReferences.size() == 1);
    CHECK(mirror->metadata.ownerReferences[0].kind == "Node");
    REQUIRE(node.server.remove(api::kind_of<api::Pod>(), {"kube-system", "etcd-node-1"}, {}, {}).ok());
    node.run(sim::seconds(8));
    CHECK(node.server.find<api::Pod>("kube-system", "etcd-node-1"));
}

TEST_CASE("Variables come from fields, resources, objects and each other") {
    TestNode node;
    api::ConfigMap map;
    map.metadata.name = "app";
    map.metadata.namespace_ = "default";
    map.data["color"] = "blue";
    node.server.put(map);
    api::Pod pod =
        TestNode::pod("env", "busybox:1.36", TestNode::shell("echo $POD $IP $CPU $P_color $BOTH $MISSING."));
    pod.spec.edit().shared.edit().restartPolicy = "Never";
    api::Container& container = pod.spec.edit().containers[0];
    container.resources.limits["cpu"] = api::Quantity::of_milli(200);
    const auto add = [&](const std::string& name, const std::string& value) {
        api::EnvVar variable;
        variable.name = name;
        variable.value = value;
        return &container.shared.edit().env.emplace_back(std::move(variable));
    };
    add("POD", "")->valueFrom.edit().fieldRef.edit().fieldPath = "metadata.name";
    add("IP", "")->valueFrom.edit().fieldRef.edit().fieldPath = "status.podIP";
    add("CPU", "")->valueFrom.edit().resourceFieldRef.edit().resource = "limits.cpu";
    add("BOTH", "$(POD)-$(P_color)-$$(X)");
    api::EnvVar* optional = add("MISSING", "");
    optional->valueFrom.edit().configMapKeyRef.edit().name = "app";
    optional->valueFrom.edit().configMapKeyRef.edit().key = "nope";
    optional->valueFrom.edit().configMapKeyRef.edit().optional = true;
    api::EnvFromSource source;
    source.prefix = "P_";
    source.configMapRef.edit().name = "app";
    container.shared.edit().envFrom.push_back(source);
    node.add(pod);
    node.run(sim::seconds(4));
    CHECK(node.log("env") == "env 10.244.1.2 1 blue env-blue-$(X) .\n");
}

// shows: kubelet.refreshes-files
TEST_CASE("A config map's files follow it") {
    TestNode node;
    api::ConfigMap map;
    map.metadata.name = "app";
    map.metadata.namespace_ = "default";
    map.data["color"] = "blue";
    node.server.put(map);
    api::Pod pod = TestNode::pod("web", "busybox:1.36",
                                 TestNode::shell("while true; do cat /cfg/color; echo; sleep 30; done"));
    api::Volume volume;
    volume.name = "v";
    volume.source.edit().configMap.edit().name = "app";
    pod.spec.edit().volumes.push_back(volume);
    pod.spec.edit().containers[0].volumeMounts.push_back({.mountPath = "/cfg", .name = "v"});
    node.add(pod);
    node.run(sim::seconds(5));
    CHECK(node.log("web") == "blue\n");
    map.data["color"] = "green";
    node.server.put(map);
    node.run(sim::minutes(3));
    CHECK(node.log("web").ends_with("green\n"));
}
