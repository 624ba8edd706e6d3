#include "engine/controllers/garbage_collector.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/controllers/deployment.h"
#include "engine/controllers/pod_control.h"
#include "engine/controllers/replica_set.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;
using client::Propagation;
using testing::World;

namespace {

struct Fixture : World {
    controllers::DeploymentController deployments{simulation, informers};
    controllers::ReplicaSetController replica_sets{simulation, informers};
    controllers::GarbageCollector collector{simulation, server};

    Fixture() {
        nodes.set_stop_time(sim::seconds(2));
        REQUIRE(user.create(testing::deployment_of("web", 3)).ok());
        run(sim::seconds(2));
        REQUIRE(server.all<api::Pod>().size() == 3);
    }
    void remove_deployment(Propagation propagation) {
        REQUIRE(user.remove<api::Deployment>({"default", "web"}, {.propagation = propagation}).ok());
    }
    bool has_deployment() const { return server.find<api::Deployment>("default", "web") != nullptr; }
};

api::ConfigMap owned_map(const std::string& name, const api::ObjectMeta& owner) {
    api::ConfigMap map;
    map.metadata.name = name;
    map.metadata.namespace_ = "default";
    map.metadata.ownerReferences = {controllers::controller_reference(api::kind_of<api::ConfigMap>(), owner)};
    return map;
}

}  // namespace

// shows: gc.deletes-dependents
TEST_CASE("background deletion takes the owner first and then what it owned") {
    Fixture world;
    world.remove_deployment(Propagation::Background);
    CHECK_FALSE(world.has_deployment());
    world.run(sim::milliseconds(20));
    CHECK(world.server.all<api::ReplicaSet>().empty());
    REQUIRE(world.server.all<api::Pod>().size() == 3);
    CHECK(world.server.all<api::Pod>()[0]->metadata.deletionTimestamp.is_set());
    CHECK(world.server.writes().back().cause.reason.starts_with("its owner ReplicaSet web-"));
    world.run(sim::seconds(3));
    CHECK(world.server.all<api::Pod>().empty());
}

// shows: gc.foreground-down-the-tree
TEST_CASE("foreground deletion keeps the owner until what it owns is gone") {
    Fixture world;
    world.remove_deployment(Propagation::Foreground);
    world.run(sim::seconds(1));
    CHECK(world.has_deployment());
    CHECK(world.server.all<api::ReplicaSet>().size() == 1);
    CHECK(world.server.all<api::Pod>().size() == 3);
    world.run(sim::seconds(3));
    CHECK(world.server.all<api::Pod>().empty());
    CHECK(world.server.all<api::ReplicaSet>().empty());
    CHECK_FALSE(world.has_deployment());
}

// shows: gc.orphans-first
TEST_CASE("orphaning keeps what was owned, without its owner") {
    Fixture world;
    world.remove_deployment(Propagation::Orphan);
    world.run(sim::seconds(3));
    CHECK_FALSE(world.has_deployment());
    REQUIRE(world.server.all<api::ReplicaSet>().size() == 1);
    CHECK(world.server.all<api::ReplicaSet>()[0]->metadata.ownerReferences.empty());
    CHECK(world.server.all<api::Pod>().size() == 3);
}

// shows: gc.keeps-with-solid-owner
TEST_CASE("an object with another living owner only loses the reference to the dead one") {
    Fixture world;
    api::ConfigMap owner;
    owner.metadata.namespace_ = "default";
    owner.metadata.name = "a";
    const auto a = *world.user.create(owner);
    owner.metadata.name = "b";
    const auto b = *world.user.create(owner);
    api::ConfigMap child = owned_map("child", a->metadata);
    child.metadata.ownerReferences.push_back(
        controllers::controller_reference(api::kind_of<api::ConfigMap>(), b->metadata));
    REQUIRE(world.user.create(child).ok());
    world.run(sim::seconds(1));
    REQUIRE(world.user.remove<api::ConfigMap>({"default", "a"}).ok());
    world.run(sim::seconds(1));
    REQUIRE(world.server.find<api::ConfigMap>("default", "child") != nullptr);
    CHECK(world.server.find<api::ConfigMap>("default", "child")->metadata.ownerReferences.size() == 1);
    REQUIRE(world.user.remove<api::ConfigMap>({"default", "b"}).ok());
    world.run(sim::seconds(1));
    CHECK(world.server.find<api::ConfigMap>("default", "child") == nullptr);
}

// shows: gc.absent-owner
TEST_CASE("an object whose owner never existed is deleted") {
    Fixture world;
    api::ObjectMeta nobody;
    nobody.name = "nobody";
    nobody.uid = "00000000-0000-4000-8000-000000000000";
    REQUIRE(world.user.create(owned_map("child", nobody)).ok());
    world.run(sim::seconds(1));
    CHECK(world.server.find<api::ConfigMap>("default", "child") == nullptr);
}

// shows: gc.other-namespace
TEST_CASE("an owner in another namespace counts as absent, and the object is told so") {
    Fixture world;
    api::ConfigMap owner;
    owner.metadata.namespace_ = "other";
    owner.metadata.name = "a";
    const auto a = *world.user.create(owner);
    world.run(sim::milliseconds(10));
    REQUIRE(world.user.create(owned_map("child", a->metadata)).ok());
    world.run(sim::seconds(1));
    CHECK(world.server.find<api::ConfigMap>("default", "child") == nullptr);
    REQUIRE(world.server.all<api::Event>().size() > 0);
    CHECK(world.server.find<api::ConfigMap>("other", "a") != nullptr);
    bool told = false;
    for (const auto& seen : world.server.all<api::Event>()) {
        told = told || (seen->reason == "OwnerRefInvalidNamespace" &&
                        seen->message == "ownerRef [v1/ConfigMap, namespace: default, name: a, uid: " +
                                             a->metadata.uid + "] does not exist in namespace \"default\"");
    }
    CHECK(told);
}
