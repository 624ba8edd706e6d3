#include "engine/controllers/replica_set.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/controllers/world.h"

using namespace kubetab;
using testing::replica_set_of;
using testing::World;

namespace {

struct Fixture : World {
    controllers::ReplicaSetController controller{simulation, informers};

    std::size_t pods() const { return server.all<api::Pod>().size(); }
    api::Ref<api::ReplicaSet> set(const std::string& name) const {
        return server.find<api::ReplicaSet>("default", name);
    }
};

base::Status forbidden(const std::string& message) {
    return base::failure(base::Reason::Forbidden, message);
}

}  // namespace

// shows: replicaset.counts-ready
TEST_CASE("a ReplicaSet creates its pods and counts them") {
    Fixture world;
    REQUIRE(world.user.create(replica_set_of("web", 3)).ok());
    world.run(sim::seconds(2));
    REQUIRE(world.pods() == 3);
    const auto pod = world.server.all<api::Pod>()[0];
    CHECK(pod->metadata.generateName == "web-");
    CHECK(pod->metadata.labels.value_or("app", "") == "web");
    REQUIRE(pod->metadata.ownerReferences.size() == 1);
    CHECK(pod->metadata.ownerReferences[0].apiVersion == "apps/v1");
    CHECK(pod->metadata.ownerReferences[0].controller == true);
    const api::ReplicaSetStatus status = world.set("web")->status;
    CHECK(status.replicas == 3);
    CHECK(status.fullyLabeledReplicas == 3);
    CHECK(status.readyReplicas == 3);
    CHECK(status.availableReplicas == 3);
    CHECK(status.observedGeneration == 1);
    CHECK(world.server.events()[0] ==
          "Normal SuccessfulCreate Created pod: " + world.server.writes()[1].key.name);
}

TEST_CASE("a ReplicaSet names the cause of a create") {
    Fixture world;
    REQUIRE(world.user.create(replica_set_of("web", 2)).ok());
    world.run(sim::milliseconds(10));
    const auto& create = world.server.writes()[1];
    CHECK(create.text().substr(0, 24) == "create pods default/web-");
    CHECK(create.cause.actor == "replicaset-controller");
    CHECK(create.cause.revision == 1);
    CHECK(create.cause.reason == "0 of 2 wanted pods exist");
}

// shows: replicaset.replaces-deleted
TEST_CASE("a ReplicaSet replaces a pod as soon as it is being deleted") {
    Fixture world;
    REQUIRE(world.user.create(replica_set_of("web", 3)).ok());
    world.run(sim::seconds(2));
    const auto victim = api::ObjectKey::of(world.server.all<api::Pod>()[0]->metadata);
    REQUIRE(world.user.remove<api::Pod>(victim).ok());
    world.run(sim::milliseconds(10));
    CHECK(world.pods() == 4);
    world.run(sim::seconds(2));
    CHECK(world.pods() == 3);
    CHECK(world.set("web")->status.readyReplicas == 3);
}

// shows: replicaset.deletes-unready-first
TEST_CASE("a scaled down ReplicaSet deletes the pods that are not ready first") {
    Fixture world;
    REQUIRE(world.user.create(replica_set_of("web", 3)).ok());
    world.run(sim::seconds(2));
    const std::string sick = world.server.all<api::Pod>()[1]->metadata.name;
    world.server.change<api::Pod>("default", sick, [&](api::Pod& pod) {
        testing::FakeNodes::set_ready(pod, false, world.simulation.now());
    });
    testing::edit<api::ReplicaSet>(world, "web", [](auto& set) { set.spec.replicas = 2; });
    world.run(sim::seconds(2));
    CHECK(world.pods() == 2);
    CHECK(world.server.find<api::Pod>("default", sick) == nullptr);
    CHECK(world.server.events().back() == "Normal SuccessfulDelete Deleted pod: " + sick);
}

// shows: replicaset.creates-in-growing-batches
// shows: replicaset.failure-condition, replicaset.failure-condition-goes
TEST_CASE("creating stops at the first batch that fails, and the status says why") {
    Fixture world;
    world.server.refuse_next<api::Pod>("create", forbidden("pods \"web-\" is forbidden: exceeded quota"), 1);
    REQUIRE(world.user.create(replica_set_of("web", 8)).ok());
    world.run(sim::milliseconds(1));
    CHECK(world.pods() == 0);  // The first batch is one pod.
    REQUIRE(world.set("web")->status.conditions.size() == 1);
    const api::ReplicaSetCondition condition = world.set("web")->status.conditions[0];
    CHECK(condition.type == "ReplicaFailure");
    CHECK(condition.reason == "FailedCreate");
    CHECK(condition.message == "pods \"web-\" is forbidden: exceeded quota");
    CHECK(world.server.events()[0] ==
          "Warning FailedCreate Error creating: pods \"web-\" is forbidden: exceeded quota");
    world.run(sim::seconds(3));
    CHECK(world.pods() == 8);
    CHECK(world.set("web")->status.conditions.empty());
}

// shows: replicaset.adopts-and-releases
TEST_CASE("a ReplicaSet adopts a matching orphan and releases a pod that stops matching") {
    Fixture world;
    api::Pod bare;
    bare.metadata.namespace_ = "default";
    bare.metadata.name = "bare";
    bare.metadata.labels["app"] = "web";
    REQUIRE(world.user.create(bare).ok());
    world.run(sim::seconds(1));
    REQUIRE(world.user.create(replica_set_of("web", 3)).ok());
    world.run(sim::seconds(2));
    CHECK(world.pods() == 3);
    REQUIRE(world.server.find<api::Pod>("default", "bare")->metadata.ownerReferences.size() == 1);

    world.server.change<api::Pod>("default", "bare",
                                  [](api::Pod& pod) { pod.metadata.labels["app"] = "quarantine"; });
    world.run(sim::seconds(2));
    CHECK(world.server.find<api::Pod>("default", "bare")->metadata.ownerReferences.empty());
    CHECK(world.pods() == 4);

    world.server.change<api::Pod>("default", "bare",
                                  [](api::Pod& pod) { pod.metadata.labels["app"] = "web"; });
    world.run(sim::seconds(2));
    CHECK(world.pods() == 3);
}

// shows: replicaset.deleted-manages-nothing
TEST_CASE("a ReplicaSet that is being deleted neither creates nor adopts") {
    Fixture world;
    api::ReplicaSet set = replica_set_of("web", 3);
    set.metadata.finalizers = {"example.com/hold"};
    REQUIRE(world.user.create(set).ok());
    world.run(sim::seconds(2));
    REQUIRE(world.user.remove<api::ReplicaSet>({"default", "web"}).ok());
    REQUIRE(world.user.remove<api::Pod>(api::ObjectKey::of(world.server.all<api::Pod>()[0]->metadata)).ok());
    world.run(sim::seconds(2));
    CHECK(world.pods() == 2);
    CHECK(world.set("web")->status.replicas == 2);
}

// shows: replicaset.available-after-min-ready, replicaset.looks-again-after-min-ready
TEST_CASE("a pod is available only after minReadySeconds") {
    Fixture world;
    api::ReplicaSet set = replica_set_of("web", 2);
    set.spec.minReadySeconds = 4;
    REQUIRE(world.user.create(set).ok());
    world.run(sim::seconds(3));
    CHECK(world.set("web")->status.readyReplicas == 2);
    CHECK(world.set("web")->status.availableReplicas == 0);
    world.run(sim::seconds(3));
    CHECK(world.set("web")->status.availableReplicas == 2);
}

// shows: replicaset.waits-for-its-own-changes
TEST_CASE("a slow watch does not make a ReplicaSet create twice") {
    Fixture world;
    REQUIRE(world.user.create(replica_set_of("web", 3)).ok());
    world.run(sim::milliseconds(1));
    world.server.set_latency(sim::seconds(20));
    world.run(sim::milliseconds(1));
    CHECK(world.pods() == 3);
    world.controller.enqueue({"default", "web"}, 0);
    world.run(sim::seconds(10));
    CHECK(world.pods() == 3);
}

TEST_CASE("a ReplicaSet does not wait for pods that came and went unseen") {
    Fixture world;
    REQUIRE(world.user.create(replica_set_of("web", 3)).ok());
    world.server.set_latency(sim::seconds(20));
    world.run(sim::milliseconds(1));
    REQUIRE(world.pods() == 3);
    for (const auto& pod : world.server.all<api::Pod>()) {
        REQUIRE(
            world.user.remove<api::Pod>(api::ObjectKey::of(pod->metadata), {.grace_period_seconds = 0}).ok());
    }
    world.run(sim::milliseconds(1));
    REQUIRE(world.pods() == 0);
    world.informers.of<api::Pod>().listed_again();
    world.run(sim::milliseconds(1));
    CHECK(world.pods() == 3);
}
