// The table of faults, and the board that begins and ends them.

#include "engine/cluster/faults/fault_board.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "engine/api/pod_status.h"
#include "engine/cluster/cluster.h"

using namespace kubetab;
using cluster::ActsOn;
using cluster::Fault;

namespace {

constexpr const char* kWorkload = R"(
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard}
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: standard
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "nginx:1.25", volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
)";

struct World {
    World() {
        cluster.faults().on_change([this](const std::string& words) { heard.push_back(words); });
        REQUIRE(cluster.apply_given(kWorkload).ok());
        pass(90);
    }
    static cluster::ClusterSpec spec() {
        cluster::ClusterSpec spec;
        spec.nodes = 2;
        spec.system_pods = false;
        spec.cloud.present = true;
        return spec;
    }
    void pass(std::int64_t seconds) { cluster.simulation().run_until(cluster.now() + sim::seconds(seconds)); }
    static std::string target_of(const Fault& fault) {
        switch (fault.acts_on) {
            case ActsOn::Node: return "node-1";
            case ActsOn::Pod:
            case ActsOn::Service: return "default/web";
            case ActsOn::Image: return "nginx:1.25";
            case ActsOn::Claim: return "default/data";
            case ActsOn::Cluster: break;
        }
        return "";
    }
    bool is_ready(const std::string& name) const {
        const auto node = api::cast<api::Node>(cluster.store().get(api::kind_of<api::Node>(), {"", name}));
        return node && api::is_condition_true(node->status.conditions, "Ready");
    }

    cluster::Cluster cluster{spec()};
    std::vector<std::string> heard{};
};

}  // namespace

TEST_CASE("there are at least twenty faults, each with a name of its own and a sentence") {
    std::set<std::string_view> names;
    for (const Fault& fault : cluster::faults()) {
        CHECK(names.insert(fault.name).second);
        CHECK_FALSE(fault.help.empty());
        CHECK(fault.begin != nullptr);
        CHECK(cluster::find_fault(fault.name) == &fault);
    }
    CHECK(names.size() >= 20);
    CHECK(cluster::find_fault("nothing") == nullptr);
}

TEST_CASE("every fault begins, and after its end the nodes become ready again") {
    for (const Fault& fault : cluster::faults()) {
        INFO(fault.name);
        World world;
        const base::Result<void> begun = world.cluster.faults().begin(fault, World::target_of(fault), {});
        INFO((begun.ok() ? "" : begun.error().message));
        REQUIRE(begun.ok());
        CHECK(world.heard.front().starts_with(fault.name));
        CHECK(world.cluster.faults().active().size() == (fault.end == nullptr ? 0U : 1U));
        world.pass(90);
        (void)world.cluster.faults().end_all();
        CHECK(world.cluster.faults().active().empty());
        world.pass(400);
        CHECK(world.is_ready("node-1"));
        CHECK(world.is_ready("node-2"));
    }
}

TEST_CASE("a fault ends by itself after the time that was said, and both ends are told") {
    World world;
    const Fault& fault = *cluster::find_fault("scheduler-down");
    REQUIRE(world.cluster.faults().begin(fault, "", {{"for", "10s"}}).ok());
    CHECK_FALSE(world.cluster.scheduler().running());
    world.pass(9);
    CHECK_FALSE(world.cluster.scheduler().running());
    world.pass(2);
    CHECK(world.cluster.scheduler().running());
    CHECK(world.heard == std::vector<std::string>{"scheduler-down", "end scheduler-down"});
}

TEST_CASE("the end of one fault of a node does not end another") {
    World world;
    cluster::FaultBoard& board = world.cluster.faults();
    const Fault& crash = *cluster::find_fault("node-crash");
    const Fault& down = *cluster::find_fault("kubelet-down");
    REQUIRE(board.begin(crash, "node-1", {}).ok());
    REQUIRE(board.begin(down, "node-1", {}).ok());
    REQUIRE(board.end(crash, "node-1").ok());
    CHECK(world.cluster.kubelet("node-1")->power() == node::Power::KubeletDown);
    REQUIRE(board.end(down, "node-1").ok());
    CHECK(world.cluster.kubelet("node-1")->power() == node::Power::On);
    CHECK_FALSE(board.end(down, "node-1").ok());
}

TEST_CASE("what cannot be begun leaves nothing behind") {
    World world;
    cluster::FaultBoard& board = world.cluster.faults();
    const auto problem = [&](const char* fault, const std::string& target,
                             const cluster::FaultBoard::Values& values) {
        const base::Result<void> begun = board.begin(*cluster::find_fault(fault), target, values);
        return begun.ok() ? std::string() : begun.error().message;
    };
    CHECK(problem("node-crash", "", {}) == "which node?");
    CHECK(problem("node-crash", "node-7", {}) == "nodes \"node-7\" not found");
    CHECK(problem("container-crash", "default/x", {}) == "pods \"x\" not found");
    CHECK(problem("slow-api", "", {{"by", "long"}}) == "by must be a duration like 90s, and is \"long\"");
    CHECK(problem("slow-api", "", {{"how", "1s"}}) == "slow-api has no parameter \"how\"");
    CHECK(problem("registry-slow", "", {{"factor", "-3"}}) ==
          "factor must be a number like 3, and is \"-3\"");
    CHECK(problem("memory-pressure", "node-1", {{"left", "much"}}) ==
          "left must be a quantity like 50Mi, and is \"much\"");
    CHECK(board.active().empty());
    CHECK(world.heard.empty());
}
