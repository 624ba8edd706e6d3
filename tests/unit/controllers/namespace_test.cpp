#include "engine/controllers/namespace.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/api/pod_status.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;
using testing::World;

namespace {

struct Fixture : World {
    controllers::NamespaceController controller{simulation, informers};

    Fixture() {
        api::Namespace space;
        space.metadata.name = "team";
        REQUIRE(user.create(space).ok());
        run(sim::seconds(1));
    }
    void add_pod(std::int64_t grace) {
        api::Pod pod;
        pod.metadata.name = "p";
        pod.metadata.namespace_ = "team";
        pod.spec.edit().shared.edit().terminationGracePeriodSeconds = grace;
        REQUIRE(user.create(pod).ok());
        run(sim::seconds(1));
    }
    void add_config_map(const std::string& name, api::Texts finalizers = {}) {
        api::ConfigMap map;
        map.metadata.name = name;
        map.metadata.namespace_ = "team";
        map.metadata.finalizers = std::move(finalizers);
        REQUIRE(user.create(map).ok());
    }
    void remove() { REQUIRE(user.remove<api::Namespace>({"", "team"}).ok()); }
    api::Ref<api::Namespace> space() const { return server.find<api::Namespace>("", "team"); }
    // "SomeResourcesRemain: Some resources are remaining: …"
    std::string condition(std::string_view type) const {
        const api::NamespaceCondition* found = api::find_condition(space()->status.conditions, type);
        return found == nullptr ? "" : found->reason + ": " + found->message;
    }
};

}  // namespace

// shows: namespace.waits-five-seconds
TEST_CASE("an empty namespace goes five seconds after it was deleted") {
    Fixture world;
    world.remove();
    world.run(sim::milliseconds(4900));
    REQUIRE(world.space());
    CHECK(world.space()->status.phase == "Terminating");
    world.run(sim::milliseconds(200));
    CHECK_FALSE(world.space());
}

// shows: namespace.deletes-all-kinds
TEST_CASE("what a namespace contains goes before it, and other namespaces keep theirs") {
    Fixture world;
    world.add_config_map("a");
    world.add_config_map("b");
    api::ConfigMap other;
    other.metadata.name = "a";
    other.metadata.namespace_ = "default";
    REQUIRE(world.user.create(other).ok());
    world.remove();
    world.run(sim::seconds(6));
    CHECK_FALSE(world.space());
    CHECK(world.server.all<api::ConfigMap>().size() == 1);
    CHECK(world.server.find<api::ConfigMap>("default", "a"));
}

// shows: namespace.waits-for-pods, namespace.conditions
TEST_CASE("a namespace waits for its pods and says so") {
    Fixture world;
    world.nodes.set_stop_time(sim::seconds(10));
    world.add_pod(30);
    world.remove();
    world.run(sim::seconds(6));
    REQUIRE(world.space());
    CHECK(world.condition("NamespaceDeletionDiscoveryFailure") ==
          "ResourcesDiscovered: All resources successfully discovered");
    CHECK(world.condition("NamespaceDeletionGroupVersionParsingFailure") ==
          "ParsedGroupVersions: All legacy kube types successfully parsed");
    CHECK(world.condition("NamespaceDeletionContentFailure") ==
          "ContentDeleted: All content successfully deleted, may be waiting on finalization");
    CHECK(world.condition("NamespaceContentRemaining") ==
          "SomeResourcesRemain: Some resources are remaining: pods. has 1 resource instances");
    CHECK(world.condition("NamespaceFinalizersRemaining") ==
          "ContentHasNoFinalizers: All content-preserving finalizers finished");
    CHECK(api::is_condition_true(world.space()->status.conditions, "NamespaceContentRemaining"));
    world.run(sim::seconds(25));
    CHECK_FALSE(world.space());
}

// shows: namespace.names-finalizers
TEST_CASE("a namespace waits for the finalizers of its content and names them") {
    Fixture world;
    world.add_config_map("a", {"example.com/hold"});
    world.add_config_map("b", {"example.com/hold", "example.com/keep"});
    world.remove();
    world.run(sim::seconds(6));
    REQUIRE(world.space());
    CHECK(
        world.condition("NamespaceFinalizersRemaining") ==
        "SomeFinalizersRemain: Some content in the namespace has finalizers remaining: example.com/hold in 2 "
        "resource instances, example.com/keep in 1 resource instances");
    CHECK(world.condition("NamespaceContentRemaining") ==
          "SomeResourcesRemain: Some resources are remaining: configmaps. has 2 resource instances");
    world.run(sim::minutes(5));
    REQUIRE(world.space());
    for (const char* name : {"a", "b"}) {
        world.server.change<api::ConfigMap>("team", name,
                                            [](api::ConfigMap& map) { map.metadata.finalizers.clear(); });
        world.server.erase<api::ConfigMap>("team", name);
    }
    world.run(sim::seconds(10));
    CHECK_FALSE(world.space());
}

// shows: namespace.reports-late-pods
TEST_CASE("pods that outlive their grace period are reported") {
    Fixture world;
    world.nodes.set_stop_time(sim::minutes(10));
    world.add_pod(8);
    world.remove();
    world.run(sim::seconds(20));
    REQUIRE(world.space());
    CHECK(world.condition("NamespaceDeletionContentFailure") ==
          "ContentDeletionFailed: Failed to delete all resource types, 1 remaining: unexpected items still "
          "remain in namespace: team for gvr: /v1, Resource=pods");
    world.server.erase<api::Pod>("team", "p");
    world.run(sim::minutes(1));
    CHECK_FALSE(world.space());
}

TEST_CASE("a delete that fails is reported and tried again") {
    Fixture world;
    world.add_config_map("a");
    world.server.refuse_next<api::ConfigMap>("remove",
                                             base::failure(base::Reason::InternalError, "disk full"), 12);
    world.remove();
    world.run(sim::seconds(6));
    REQUIRE(world.space());
    CHECK(world.condition("NamespaceDeletionContentFailure") ==
          "ContentDeletionFailed: Failed to delete all resource types, 1 remaining: disk full");
    world.run(sim::minutes(1));
    CHECK_FALSE(world.space());
}

// shows: namespace.removes-own-finalizer
TEST_CASE("a namespace that was emptied keeps waiting for finalizers of its own") {
    Fixture world;
    world.server.change<api::Namespace>(
        "", "team", [](api::Namespace& space) { space.metadata.finalizers = {"example.com/hold"}; });
    world.remove();
    world.run(sim::seconds(30));
    REQUIRE(world.space());
    CHECK(world.space()->spec.finalizers.empty());
}
