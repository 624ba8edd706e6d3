// Each checker notices when its invariant is violated, and keeps quiet when it is not.

#include "engine/cluster/checkers/checkers.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/api/batch.h"
#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/core/resource_quota.h"
#include "engine/api/policy.h"
#include "engine/api/stateful_set.h"
#include "engine/server/server.h"

using namespace kubetab;
using cluster::Checker;
using cluster::Violation;

namespace {

constexpr sim::Instant kNow{1'767'600'000LL * 1'000'000'000};

// A store that is written to past the server, and one checker that sees it all.
struct World {
    explicit World(std::unique_ptr<Checker> made) : checker(std::move(made)) {
        api::Namespace space;
        space.metadata.name = "default";
        CHECK_FALSE(create(space));
    }

    template <class T>
    Violation create(T object) {
        complete(object);
        return checker->see(
            store.create(api::kind_of<T>(), std::make_shared<T>(std::move(object)), cause, kNow));
    }
    template <class T, class Change>
    Violation update(const T& object, Change change) {
        auto next = std::make_shared<T>(*stored(object));
        change(*next);
        return checker->see(store.update(api::kind_of<T>(), next, cause, kNow));
    }
    template <class T>
    Violation remove(const T& object) {
        return checker->see(
            store.remove(api::kind_of<T>(), std::make_shared<T>(*stored(object)), cause, kNow));
    }
    Violation settled() { return checker->look_settled(store, kNow); }

    template <class T>
    api::Ref<T> stored(const T& object) const {
        return api::cast<T>(store.get(api::kind_of<T>(), api::ObjectKey::of(object.metadata)));
    }
    template <class T>
    void complete(T& object) {
        if (object.metadata.uid.empty()) object.metadata.uid = "uid-" + std::to_string(++made);
        object.metadata.creationTimestamp = api::Time(kNow);
    }

    std::unique_ptr<Checker> checker;
    store::Store store{};
    api::Cause cause{.actor = "test"};
    int made = 0;
};

api::ObjectMeta named(const std::string& name) {
    api::ObjectMeta metadata;
    metadata.name = name;
    metadata.namespace_ = "default";
    return metadata;
}

api::Pod pod_on(const std::string& name, const std::string& node, std::int64_t cpu_milli = 0) {
    api::Pod pod;
    pod.metadata = named(name);
    pod.metadata.labels["app"] = "web";
    api::PodSpec& spec = pod.spec.edit();
    spec.nodeName = node;
    api::Container& container = spec.containers.emplace_back();
    container.name = "c";
    if (cpu_milli > 0) container.resources.requests["cpu"] = api::Quantity::of_milli(cpu_milli);
    pod.status.phase = "Running";
    return pod;
}

api::Node node_with(const std::string& name, std::int64_t cpu_milli) {
    api::Node node;
    node.metadata.name = name;
    node.status.allocatable["cpu"] = api::Quantity::of_milli(cpu_milli);
    node.status.allocatable["pods"] = api::Quantity::of_units(10);
    api::NodeCondition& ready = node.status.conditions.emplace_back();
    ready.type = "Ready";
    ready.status = "True";
    return node;
}

void mark_ready(api::Pod& pod, const std::string& address) {
    api::PodCondition& ready = pod.status.conditions.emplace_back();
    ready.type = "Ready";
    ready.status = "True";
    pod.status.podIP = address;
}

api::OwnerReference owned_by(const std::string& kind, const std::string& name, const std::string& uid) {
    api::OwnerReference owner;
    owner.apiVersion = "apps/v1";
    owner.kind = kind;
    owner.name = name;
    owner.uid = uid;
    owner.controller = true;
    return owner;
}

const auto bind_to = [](const char* node) {
    return [node](api::Pod& pod) { pod.spec.edit().nodeName = node; };
};
const auto mark_deleted = [](auto& object) {
    object.metadata.deletionTimestamp = api::Time(kNow - sim::minutes(10));
    object.metadata.deletionGracePeriodSeconds = 0;
};

}  // namespace

TEST_CASE("a pod that moves to another node is noticed") {
    World world(cluster::make_binding_checker());
    const api::Pod pod = pod_on("p", "");
    CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.update(pod, bind_to("a")));
    CHECK_FALSE(world.update(pod, bind_to("a")));
    CHECK(world.update(pod, bind_to("b")));
}

TEST_CASE("a node that is given more than it has is noticed") {
    World world(cluster::make_allocatable_checker());
    CHECK_FALSE(world.create(node_with("a", 1000)));
    const api::Pod first = pod_on("p1", "", 600);
    const api::Pod second = pod_on("p2", "", 600);
    const api::Pod third = pod_on("p3", "", 600);
    for (const api::Pod& pod : {first, second, third}) CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.update(first, bind_to("a")));
    CHECK_FALSE(world.update(first, [](api::Pod& pod) { pod.status.phase = "Succeeded"; }));
    CHECK_FALSE(world.update(second, bind_to("a")));
    CHECK(world.update(third, bind_to("a")));
}

TEST_CASE("two holders of an address are noticed, one after the other is not") {
    World world(cluster::make_addresses_checker());
    const api::Pod first = pod_on("p1", "a");
    const api::Pod second = pod_on("p2", "a");
    const auto take = [](api::Pod& pod) { pod.status.podIP = "10.244.0.2"; };
    CHECK_FALSE(world.create(first));
    CHECK_FALSE(world.create(second));
    CHECK_FALSE(world.update(first, take));
    SECTION("at once") {
        CHECK(world.update(second, take));
    }
    SECTION("after it was removed") {
        CHECK_FALSE(world.remove(first));
        CHECK_FALSE(world.update(second, take));
    }
    SECTION("after it has ended") {
        CHECK_FALSE(world.update(first, [](api::Pod& pod) { pod.status.phase = "Failed"; }));
        CHECK_FALSE(world.update(second, take));
    }
}

TEST_CASE("two services with one node port are noticed, unless they speak other protocols") {
    World world(cluster::make_addresses_checker());
    const auto service = [](const std::string& name, const std::string& protocol) {
        api::Service made;
        made.metadata = named(name);
        made.spec.clusterIP = "None";
        api::ServicePort& port = made.spec.ports.emplace_back();
        port.nodePort = 30080;
        port.protocol = protocol;
        return made;
    };
    CHECK_FALSE(world.create(service("a", "TCP")));
    CHECK_FALSE(world.create(service("b", "UDP")));
    CHECK(world.create(service("c", "TCP")));
}

TEST_CASE("a write that is not on top of the last one is noticed") {
    World world(cluster::make_revisions_checker());
    api::ConfigMap map;
    map.metadata = named("a");
    CHECK_FALSE(world.create(map));
    CHECK_FALSE(world.update(map, [](api::ConfigMap& next) { next.data["x"] = "1"; }));
    const store::Write& unseen = world.store.update(
        api::kind_of<api::ConfigMap>(), std::make_shared<api::ConfigMap>(*world.stored(map)), {}, kNow);
    CHECK(unseen.revision == 4);
    CHECK(world.update(map, [](api::ConfigMap& next) { next.data["x"] = "2"; }));
}

TEST_CASE("an object that becomes another one is noticed") {
    World world(cluster::make_revisions_checker());
    const api::Pod pod = pod_on("p", "a");
    CHECK_FALSE(world.create(pod));
    CHECK(world.update(pod, [](api::Pod& next) { next.metadata.uid = "other"; }));
}

TEST_CASE("a generation that does not follow the spec is noticed") {
    World world(cluster::make_generation_checker());
    api::ReplicaSet set;
    set.metadata = named("r");
    set.metadata.generation = 1;
    set.spec.replicas = 1;
    CHECK_FALSE(world.create(set));
    CHECK_FALSE(world.update(set, [](api::ReplicaSet& next) {
        next.spec.replicas = 2;
        next.metadata.generation = 2;
    }));
    SECTION("it grows for nothing") {
        CHECK(world.update(set, [](api::ReplicaSet& next) { next.metadata.generation = 3; }));
    }
    SECTION("it does not grow") {
        CHECK(world.update(set, [](api::ReplicaSet& next) { next.spec.replicas = 3; }));
    }
    SECTION("it shrinks") {
        CHECK(world.update(set, [](api::ReplicaSet& next) { next.metadata.generation = 1; }));
    }
}

TEST_CASE("a deletion that is taken back or put off is noticed") {
    World world(cluster::make_grace_checker());
    const api::Pod pod = pod_on("p", "a");
    CHECK_FALSE(world.create(pod));
    const auto delete_in = [](std::int64_t seconds) {
        return [seconds](api::Pod& next) {
            next.metadata.deletionTimestamp = api::Time(kNow + sim::seconds(seconds));
            next.metadata.deletionGracePeriodSeconds = seconds;
        };
    };
    CHECK_FALSE(world.update(pod, delete_in(30)));
    CHECK_FALSE(world.update(pod, delete_in(10)));
    SECTION("put off") {
        CHECK(world.update(pod, delete_in(20)));
    }
    SECTION("taken back") {
        CHECK(world.update(pod, [](api::Pod& next) { next.metadata.deletionTimestamp = {}; }));
    }
}

TEST_CASE("a kubelet that lets a running pod go is noticed") {
    World world(cluster::make_grace_checker());
    api::Pod pod = pod_on("p", "a");
    pod.status.containerStatuses.emplace_back().state.running.edit();
    CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.update(pod, mark_deleted));
    SECTION("by force is fine") {
        CHECK_FALSE(world.remove(pod));
    }
    SECTION("by the kubelet is not") {
        world.cause.actor = "kubelet/a";
        CHECK(world.remove(pod));
    }
}

TEST_CASE("what goes in spite of a finalizer is noticed") {
    World world(cluster::make_finalizers_checker());
    api::ConfigMap map;
    map.metadata = named("a");
    map.metadata.finalizers = {"example.com/hold"};
    CHECK_FALSE(world.create(map));
    CHECK_FALSE(world.update(map, mark_deleted));
    SECTION("it goes") {
        CHECK(world.remove(map));
    }
    SECTION("it gets another finalizer") {
        CHECK(world.update(
            map, [](api::ConfigMap& next) { next.metadata.finalizers.emplace_back("example.com/more"); }));
    }
    SECTION("it is freed") {
        CHECK_FALSE(world.update(map, [](api::ConfigMap& next) { next.metadata.finalizers.clear(); }));
        CHECK_FALSE(world.remove(map));
    }
}

TEST_CASE("an object without its namespace is noticed") {
    World world(cluster::make_namespaces_checker());
    api::Namespace team;
    team.metadata.name = "team";
    api::ConfigMap map;
    map.metadata = named("a");
    map.metadata.namespace_ = "team";
    SECTION("it comes before") {
        CHECK(world.create(map));
    }
    SECTION("it stays behind") {
        CHECK_FALSE(world.create(team));
        CHECK_FALSE(world.create(map));
        CHECK(world.remove(team));
    }
    SECTION("it comes while the namespace goes") {
        CHECK_FALSE(world.create(team));
        CHECK_FALSE(world.update(team, mark_deleted));
        CHECK(world.create(map));
    }
}

TEST_CASE("a node that stays lost is noticed") {
    World world(cluster::make_nodes_checker());
    const api::Node node = node_with("a", 1000);
    CHECK_FALSE(world.create(node));
    CHECK_FALSE(world.settled());
    SECTION("not ready") {
        CHECK_FALSE(
            world.update(node, [](api::Node& next) { next.status.conditions[0].status = "Unknown"; }));
        CHECK(world.settled());
    }
    SECTION("tainted") {
        CHECK_FALSE(world.update(node, [](api::Node& next) {
            next.spec.taints.emplace_back().key = "node.kubernetes.io/unreachable";
        }));
        CHECK(world.settled());
    }
}

TEST_CASE("a pod that waits beside a free node is noticed") {
    World world(cluster::make_placement_checker());
    const api::Node node = node_with("a", 1000);
    CHECK_FALSE(world.create(node));
    CHECK_FALSE(world.create(pod_on("p1", "a", 600)));
    CHECK_FALSE(world.create(pod_on("p2", "", 600)));
    CHECK_FALSE(world.settled());
    CHECK_FALSE(world.create(pod_on("p3", "", 300)));
    CHECK(world.settled());
    CHECK_FALSE(world.update(node, [](api::Node& next) { next.spec.unschedulable = true; }));
    CHECK_FALSE(world.settled());
}

TEST_CASE("a pod that does not say how its containers are is noticed") {
    World world(cluster::make_pod_status_checker());
    const api::Pod pod = pod_on("p", "a");
    CHECK_FALSE(world.create(pod));
    CHECK(world.settled());
    CHECK_FALSE(world.update(pod, [](api::Pod& next) {
        api::ContainerStatus& status = next.status.containerStatuses.emplace_back();
        status.state.running.edit();
        status.ready = true;
        mark_ready(next, "10.244.0.2");
    }));
    CHECK_FALSE(world.settled());
    CHECK_FALSE(world.update(pod, [](api::Pod& next) { next.status.containerStatuses[0].ready = false; }));
    CHECK(world.settled());
}

TEST_CASE("a replica set with too few pods, or one that miscounts, is noticed") {
    World world(cluster::make_replica_sets_checker());
    api::ReplicaSet set;
    set.metadata = named("r");
    set.metadata.uid = "r-uid";
    set.metadata.generation = 1;
    set.spec.replicas = 2;
    set.spec.selector.edit().matchLabels["app"] = "web";
    set.status.observedGeneration = 1;
    set.status.replicas = 2;
    CHECK_FALSE(world.create(set));
    api::Pod first = pod_on("p1", "a");
    first.metadata.ownerReferences = {owned_by("ReplicaSet", "r", "r-uid")};
    api::Pod second = first;
    second.metadata.name = "p2";
    CHECK_FALSE(world.create(first));
    CHECK(world.settled());
    CHECK_FALSE(world.create(second));
    CHECK_FALSE(world.settled());
    SECTION("an orphan") {
        CHECK_FALSE(world.create(pod_on("p3", "a")));
        CHECK(world.settled());
    }
    SECTION("a pod that became ready") {
        CHECK_FALSE(world.update(first, [](api::Pod& next) { mark_ready(next, "10.244.0.2"); }));
        CHECK(world.settled());
    }
}

TEST_CASE("a deployment that is stuck and does not say so is noticed") {
    World world(cluster::make_deployments_checker());
    api::Deployment deployment;
    deployment.metadata = named("d");
    deployment.spec.replicas = 2;
    deployment.spec.progressDeadlineSeconds = 60;
    deployment.status.replicas = 2;
    deployment.status.updatedReplicas = 1;
    api::DeploymentCondition& progress = deployment.status.conditions.emplace_back();
    progress.type = "Progressing";
    progress.status = "True";
    progress.reason = "ReplicaSetUpdated";
    progress.lastUpdateTime = api::Time(kNow - sim::seconds(100));
    CHECK_FALSE(world.create(deployment));
    CHECK(world.settled());
    SECTION("it says so") {
        CHECK_FALSE(world.update(deployment, [](api::Deployment& next) {
            next.status.conditions[0].status = "False";
            next.status.conditions[0].reason = "ProgressDeadlineExceeded";
            next.status.conditions[0].message = "ReplicaSet \"d-1\" has timed out progressing.";
        }));
        CHECK_FALSE(world.settled());
    }
    SECTION("it is complete") {
        CHECK_FALSE(world.update(deployment, [](api::Deployment& next) {
            next.status.updatedReplicas = 2;
            next.status.availableReplicas = 2;
        }));
        CHECK_FALSE(world.settled());
    }
    SECTION("it is paused") {
        CHECK_FALSE(world.update(deployment, [](api::Deployment& next) { next.spec.paused = true; }));
        CHECK_FALSE(world.settled());
    }
}

TEST_CASE("endpoints that are not the pods of their service are noticed") {
    World world(cluster::make_endpoints_checker());
    api::Service service;
    service.metadata = named("s");
    service.spec.selector["app"] = "web";
    service.spec.ports.emplace_back().port = 80;
    api::Endpoints endpoints;
    endpoints.metadata = named("s");
    endpoints.subsets.emplace_back().addresses.emplace_back().ip = "10.244.0.2";
    api::EndpointSlice slice;
    slice.metadata = named("s-1");
    slice.metadata.labels["kubernetes.io/service-name"] = "s";
    slice.endpoints.emplace_back().addresses = {"10.244.0.2"};
    slice.endpoints.back().conditions.ready = true;
    api::Pod pod = pod_on("p", "a");
    mark_ready(pod, "10.244.0.2");
    CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.create(service));
    CHECK(world.settled());
    CHECK_FALSE(world.create(endpoints));
    CHECK(world.settled());
    CHECK_FALSE(world.create(slice));
    CHECK_FALSE(world.settled());
    CHECK_FALSE(world.update(pod, [](api::Pod& next) { next.status.conditions.edit()[0].status = "False"; }));
    CHECK(world.settled());
}

TEST_CASE("what outlives its owner is noticed") {
    World world(cluster::make_owners_checker());
    api::Pod pod = pod_on("p", "a");
    pod.metadata.ownerReferences = {owned_by("ReplicaSet", "r", "r-uid")};
    api::ReplicaSet set;
    set.metadata = named("r");
    set.metadata.uid = "r-uid";
    CHECK_FALSE(world.create(set));
    CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.settled());
    CHECK_FALSE(world.remove(set));
    CHECK(world.settled());
}

TEST_CASE("what is being deleted for ever is noticed, unless somebody holds it") {
    World world(cluster::make_termination_checker());
    const api::Pod pod = pod_on("p", "a");
    CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.settled());
    CHECK_FALSE(world.update(pod, mark_deleted));
    CHECK(world.settled());
    CHECK_FALSE(world.update(pod, [](api::Pod& next) { next.metadata.finalizers = {"example.com/hold"}; }));
    CHECK_FALSE(world.settled());
}

TEST_CASE("a stateful set's pod that is no ordinal, or another's, is noticed") {
    World world(cluster::make_stateful_identity_checker());
    api::Pod pod = pod_on("db-1", "a");
    pod.metadata.ownerReferences = {owned_by("StatefulSet", "db", "db-uid")};
    CHECK_FALSE(world.create(pod));
    api::Pod other = pod;
    other.metadata.name = "db-01";
    CHECK(world.create(other));
    other.metadata.name = "db-x";
    CHECK(world.create(other));
    CHECK_FALSE(world.remove(pod));
    pod.metadata.uid = "another";
    CHECK_FALSE(world.create(pod));
}

TEST_CASE("a stateful set that has more pods than it wants, or miscounts, is noticed") {
    World world(cluster::make_stateful_identity_checker());
    api::StatefulSet set;
    set.metadata = named("db");
    set.metadata.uid = "db-uid";
    set.spec.replicas = 1;
    set.status.replicas = 1;
    CHECK_FALSE(world.create(set));
    CHECK(world.settled());
    api::Pod pod = pod_on("db-0", "a");
    pod.metadata.ownerReferences = {owned_by("StatefulSet", "db", "db-uid")};
    CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.settled());
    pod.metadata.name = "db-1";
    CHECK_FALSE(world.create(pod));
    CHECK(world.settled());
}

TEST_CASE("an eviction that its budget does not know of, and an overdrawn budget, are noticed") {
    World world(cluster::make_budgets_checker());
    api::PodDisruptionBudget budget;
    budget.metadata = named("b");
    budget.spec.selector.edit().matchLabels["app"] = "web";
    CHECK_FALSE(world.create(budget));
    api::Pod pod = pod_on("p", "a");
    mark_ready(pod, "10.244.0.2");
    CHECK_FALSE(world.create(pod));
    const auto evict = [](api::Pod& next) {
        api::PodCondition& condition = next.status.conditions.edit().emplace_back();
        condition.type = "DisruptionTarget";
        condition.status = "True";
        condition.reason = "EvictionByEvictionAPI";
    };
    SECTION("unpaid") {
        CHECK(world.update(pod, evict));
    }
    SECTION("paid") {
        CHECK_FALSE(world.update(budget, [](api::PodDisruptionBudget& next) {
            next.status.disruptedPods["p"] = api::Time(kNow);
        }));
        CHECK_FALSE(world.update(pod, evict));
    }
    SECTION("overdrawn") {
        CHECK(world.update(budget,
                           [](api::PodDisruptionBudget& next) { next.status.disruptionsAllowed = -1; }));
    }
}

TEST_CASE("a pod beyond a quota is noticed") {
    World world(cluster::make_quotas_checker());
    api::ResourceQuota quota;
    quota.metadata = named("q");
    quota.spec.hard["pods"] = api::Quantity::of_units(1);
    CHECK_FALSE(world.create(quota));
    CHECK_FALSE(world.create(pod_on("p1", "a")));
    CHECK(world.create(pod_on("p2", "a")));
}

TEST_CASE("a job that counts backwards, too far, or too early, is noticed") {
    World world(cluster::make_jobs_checker());
    api::Job job;
    job.metadata = named("j");
    job.spec.completions = 2;
    job.status.succeeded = 1;
    CHECK_FALSE(world.create(job));
    CHECK(world.update(job, [](api::Job& next) { next.status.succeeded = 0; }));
    CHECK(world.update(job, [](api::Job& next) { next.status.succeeded = 3; }));
    CHECK(world.update(job, [](api::Job& next) {
        next.status.succeeded = 1;
        api::JobCondition& complete = next.status.conditions.emplace_back();
        complete.type = "Complete";
        complete.status = "True";
    }));
}

TEST_CASE("a daemon set with two pods on a node is noticed") {
    World world(cluster::make_daemon_sets_checker());
    api::Pod pod = pod_on("agent-a", "a");
    pod.metadata.ownerReferences = {owned_by("DaemonSet", "agent", "agent-uid")};
    CHECK_FALSE(world.create(pod));
    CHECK_FALSE(world.settled());
    pod.metadata.name = "agent-b";
    CHECK_FALSE(world.create(pod));
    CHECK(world.settled());
}

TEST_CASE("two claims of one volume, and a volume that is not its claim's, are noticed") {
    World world(cluster::make_volumes_checker());
    api::PersistentVolume volume;
    volume.metadata.name = "v";
    volume.spec.claimRef.edit().uid = "c-uid";
    CHECK_FALSE(world.create(volume));
    api::PersistentVolumeClaim claim;
    claim.metadata = named("c");
    claim.metadata.uid = "c-uid";
    claim.spec.volumeName = "v";
    claim.status.phase = "Bound";
    CHECK_FALSE(world.create(claim));
    CHECK_FALSE(world.settled());
    CHECK_FALSE(
        world.update(volume, [](api::PersistentVolume& next) { next.spec.claimRef.edit().uid = "x"; }));
    CHECK(world.settled());
    claim.metadata.name = "other";
    CHECK(world.create(claim));
}
