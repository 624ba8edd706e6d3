#include "tests/support/fake_api_server.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/client/client.h"
#include "engine/client/informer.h"

using namespace kubetab;
using testing::FakeApiServer;

namespace {

struct FakeWorld {
    sim::Simulation simulation{7, sim::Instant{1'700'000'000'000'000'000}};
    FakeApiServer server{simulation};
    client::Client client{server, "test"};
};

api::Pod pod_named(const std::string& name) {
    api::Pod pod;
    pod.metadata.namespace_ = "default";
    pod.metadata.name = name;
    return pod;
}

}  // namespace

TEST_CASE("the fake server delivers changes to informers later and in order") {
    FakeWorld world;
    client::Informer<api::Pod> pods(world.server);
    REQUIRE(world.client.create(pod_named("a")).ok());
    CHECK(pods.find({"default", "a"}) == nullptr);
    world.server.run(sim::milliseconds(1));
    REQUIRE(pods.find({"default", "a"}) != nullptr);
    CHECK(pods.find({"default", "a"})->status.phase == "Pending");
}

TEST_CASE("the fake server refuses an outdated update") {
    FakeWorld world;
    const auto created = world.client.create(pod_named("a"));
    api::Pod first = **created;
    first.metadata.labels["x"] = "1";
    REQUIRE(world.client.update(first).ok());
    const auto second = world.client.update(first);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().reason == base::Reason::Conflict);
    CHECK(second.error().message ==
          "Operation cannot be fulfilled on pods \"a\": the object has been modified; please apply your "
          "changes to the "
          "latest version and try again");
}

TEST_CASE("the fake server deletes bound pods gracefully and others at once") {
    FakeWorld world;
    REQUIRE(world.client.create(pod_named("a")).ok());
    REQUIRE(world.client.create(pod_named("b")).ok());
    REQUIRE(world.client.bind({"default", "b"}, "node-1").ok());
    REQUIRE(world.client.remove<api::Pod>({"default", "a"}).ok());
    REQUIRE(world.client.remove<api::Pod>({"default", "b"}).ok());
    CHECK(world.server.find<api::Pod>("default", "a") == nullptr);
    REQUIRE(world.server.find<api::Pod>("default", "b") != nullptr);
    CHECK(world.server.find<api::Pod>("default", "b")->metadata.deletionGracePeriodSeconds == 30);
    REQUIRE(world.client.remove<api::Pod>({"default", "b"}, {.grace_period_seconds = 0}).ok());
    CHECK(world.server.find<api::Pod>("default", "b") == nullptr);
}

TEST_CASE("the fake server shows a node's watcher the pods bound to that node") {
    FakeWorld world;
    client::Informer<api::Pod> pods(world.server, "node-1");
    REQUIRE(world.client.create(pod_named("a")).ok());
    REQUIRE(world.client.create(pod_named("b")).ok());
    REQUIRE(world.client.bind({"default", "b"}, "node-1").ok());
    world.server.run(sim::seconds(1));
    CHECK(pods.objects().size() == 1);
    CHECK(pods.find({"default", "b"}) != nullptr);
}
