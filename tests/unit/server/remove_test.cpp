// Deletion: grace, finalizers and propagation.

#include <catch2/catch_test_macros.hpp>

#include "engine/api/core/replication_controller.h"
#include "engine/server/server.h"

using namespace kubetab;

namespace {

const api::ObjectKey kKey{"default", "p"};

struct World {
    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    api::Cause cause{.actor = "test"};

    World() {
        api::Namespace space;
        space.metadata.name = "default";
        create(space);
        api::ServiceAccount account;
        account.metadata.name = "default";
        account.metadata.namespace_ = "default";
        create(account);
    }
    template <class T>
    void create(T object) {
        REQUIRE(server.create(api::kind_of<T>(), std::make_shared<T>(std::move(object)), cause).ok());
    }
    void create_pod(api::Texts finalizers = {}) {
        api::Pod pod;
        pod.metadata.name = kKey.name;
        pod.metadata.namespace_ = kKey.namespace_;
        pod.metadata.finalizers = std::move(finalizers);
        api::Container& container = pod.spec.edit().containers.emplace_back();
        container.name = "c";
        container.image = "nginx:1.25";
        create(pod);
        REQUIRE(server.bind(kKey, "node-1", cause).ok());
    }
    void remove(const api::DeleteOptions& options = {}) {
        REQUIRE(server.remove(api::kind_of<api::Pod>(), kKey, options, cause).ok());
    }
    void pass(std::int64_t seconds) { simulation.run_until(simulation.now() + sim::seconds(seconds)); }
    // Null when it is gone.
    api::Ref<api::Pod> pod() const {
        return api::cast<api::Pod>(server.store().get(api::kind_of<api::Pod>(), kKey));
    }
};

}  // namespace

// shows: server.delete-only-shortens
TEST_CASE("A second delete of a pod without a wish changes nothing, however long the first grace is") {
    World world;
    world.create_pod();
    world.remove({.grace_period_seconds = 60});
    const std::int64_t revision = world.server.store().revision();
    world.pass(1);
    world.remove();
    world.remove({.grace_period_seconds = 60});
    world.remove({.grace_period_seconds = 90});
    world.remove({.propagation = api::Propagation::Foreground});
    CHECK(world.server.store().revision() == revision);
    CHECK(world.pod()->metadata.deletionGracePeriodSeconds == 60);
    CHECK(world.pod()->metadata.finalizers.empty());
}

// shows: server.delete-only-shortens, server.delete-timestamp
TEST_CASE("A second delete of a pod may shorten its grace, counted from the first") {
    World world;
    world.create_pod();
    world.remove({.grace_period_seconds = 60});
    const std::int64_t requested = world.simulation.now().unix_seconds();
    world.pass(7);
    world.remove({.grace_period_seconds = 10});
    CHECK(world.pod()->metadata.deletionGracePeriodSeconds == 10);
    CHECK(world.pod()->metadata.deletionTimestamp.seconds == requested + 10);
    world.remove({.grace_period_seconds = 0});
    CHECK_FALSE(world.pod());
}

// shows: server.last-finalizer-removes
TEST_CASE("A pod with a finalizer stays when its grace is over") {
    World world;
    world.create_pod({"example.com/hold"});
    world.remove({.grace_period_seconds = 0});
    REQUIRE(world.pod());
    world.remove();
    REQUIRE(world.pod());
    api::Pod freed = *world.pod();
    freed.metadata.finalizers.clear();
    REQUIRE(
        world.server.update(api::kind_of<api::Pod>(), std::make_shared<api::Pod>(freed), world.cause).ok());
    CHECK_FALSE(world.pod());
}

// shows: server.delete-propagation
TEST_CASE("A second delete of what has no grace may change how its dependents are treated") {
    World world;
    api::ConfigMap map;
    map.metadata.name = "p";
    map.metadata.namespace_ = "default";
    world.create(map);
    const api::Kind& kind = api::kind_of<api::ConfigMap>();
    REQUIRE(world.server.remove(kind, kKey, {.propagation = api::Propagation::Foreground}, world.cause).ok());
    REQUIRE(world.server.store().get(kind, kKey)->metadata.finalizers.size() == 1);
    REQUIRE(world.server.remove(kind, kKey, {.propagation = api::Propagation::Background}, world.cause).ok());
    CHECK_FALSE(world.server.store().get(kind, kKey));
}

TEST_CASE("A delete that says nothing of dependents leaves those of a ReplicationController behind") {
    World world;
    api::ReplicationController controller;
    controller.metadata.name = "web";
    controller.metadata.namespace_ = "default";
    controller.metadata.finalizers = {"example.com/own"};
    api::PodTemplateSpec& pods = controller.spec.template_.edit();
    pods.metadata.labels["app"] = "web";
    api::Container& container = pods.spec.edit().containers.emplace_back();
    container.name = "c";
    container.image = "nginx:1.25";
    world.create(controller);
    const api::ObjectKey key{"default", "web"};
    const api::Kind& kind = api::kind_of<api::ReplicationController>();
    const auto finalizers = [&] { return world.server.store().get(kind, key)->metadata.finalizers; };

    SECTION("said nothing") {
        REQUIRE(world.server.remove(kind, key, {}, world.cause).ok());
        CHECK(finalizers() == api::Texts{"example.com/own", "orphan"});
    }
    SECTION("said background") {
        const api::DeleteOptions options{.propagation = api::Propagation::Background};
        REQUIRE(world.server.remove(kind, key, options, world.cause).ok());
        CHECK(finalizers() == api::Texts{"example.com/own"});
    }
}
