#include "engine/controllers/endpoints.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>

#include "engine/controllers/endpoint_slice.h"
#include "engine/controllers/replica_set.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;
using testing::World;

namespace {

struct Fixture : World {
    controllers::ReplicaSetController replica_sets{simulation, informers};
    controllers::EndpointsController endpoints{simulation, informers};
    controllers::EndpointSliceController slices{simulation, informers};

    Fixture() {
        for (const char* name : {"node-1", "node-2", "node-3"}) {
            api::Node node;
            node.metadata.name = name;
            node.metadata.labels["topology.kubernetes.io/zone"] = "zone-a";
            server.put(node);
        }
    }
    api::Ref<api::Endpoints> addresses() const { return server.find<api::Endpoints>("default", "web"); }
    std::vector<api::Ref<api::EndpointSlice>> all_slices() const { return server.all<api::EndpointSlice>(); }
};

api::Service service_of(const std::string& app, api::IntOrString target) {
    api::Service service;
    service.metadata.name = app;
    service.metadata.namespace_ = "default";
    service.spec.selector["app"] = app;
    service.spec.clusterIP = "10.96.0.10";
    service.spec.type = "ClusterIP";
    service.spec.ports.push_back(
        {.name = "", .port = 80, .protocol = "TCP", .targetPort = std::move(target)});
    return service;
}

}  // namespace

// shows: slices.labels, slices.placeholder, slices.endpoint-fields
TEST_CASE("a service lists its ready pods in Endpoints and in one EndpointSlice") {
    Fixture world;
    REQUIRE(world.user.create(service_of("web", 8080)).ok());
    world.run(sim::milliseconds(5));
    REQUIRE(world.addresses() != nullptr);
    CHECK(world.addresses()->subsets.empty());
    REQUIRE(world.all_slices().size() == 1);
    CHECK(world.all_slices()[0]->endpoints.empty());
    CHECK(world.all_slices()[0]->ports.empty());

    REQUIRE(world.user.create(testing::replica_set_of("web", 3)).ok());
    world.run(sim::seconds(2));
    REQUIRE(world.addresses()->subsets.size() == 1);
    CHECK(world.addresses()->subsets[0].addresses.size() == 3);
    CHECK(world.addresses()->subsets[0].ports[0].port == 8080);
    CHECK(world.addresses()->subsets[0].addresses[0].targetRef->kind == "Pod");
    CHECK(
        world.addresses()->metadata.annotations.contains("endpoints.kubernetes.io/last-change-trigger-time"));

    REQUIRE(world.all_slices().size() == 1);
    const auto slice = world.all_slices()[0];
    CHECK(slice->metadata.generateName == "web-");
    CHECK(slice->metadata.labels.value_or("kubernetes.io/service-name", "") == "web");
    CHECK(slice->metadata.labels.value_or("endpointslice.kubernetes.io/managed-by", "") ==
          "endpointslice-controller.k8s.io");
    CHECK(slice->metadata.ownerReferences[0].kind == "Service");
    REQUIRE(slice->endpoints.size() == 3);
    CHECK(slice->endpoints[0].conditions.ready == true);
    CHECK(slice->endpoints[0].zone == "zone-a");
    CHECK(slice->ports[0].port == 8080);
    CHECK(slice->ports[0].name == "");
}

// shows: slices.terminating, endpoints.without-terminating
TEST_CASE("a terminating pod stays in its slice but leaves the Endpoints") {
    Fixture world;
    world.nodes.set_stop_time(sim::seconds(30));
    REQUIRE(world.user.create(service_of("web", 80)).ok());
    REQUIRE(world.user.create(testing::replica_set_of("web", 1)).ok());
    world.run(sim::seconds(2));
    const auto pod = world.server.all<api::Pod>()[0];
    REQUIRE(world.user.remove<api::Pod>(api::ObjectKey::of(pod->metadata)).ok());
    world.run(sim::milliseconds(10));
    CHECK(world.addresses()->subsets.empty());
    REQUIRE(world.all_slices()[0]->endpoints.size() == 1);
    const api::EndpointConditions conditions = world.all_slices()[0]->endpoints[0].conditions;
    CHECK(conditions.ready == false);
    CHECK(conditions.serving == true);
    CHECK(conditions.terminating == true);
}

// shows: endpoints.ready-and-not, slices.publish-not-ready
TEST_CASE("pods that are not ready are listed apart") {
    Fixture world;
    REQUIRE(world.user.create(service_of("web", 80)).ok());
    REQUIRE(world.user.create(testing::replica_set_of("web", 2)).ok());
    world.run(sim::seconds(2));
    const std::string name = world.server.all<api::Pod>()[0]->metadata.name;
    world.server.change<api::Pod>("default", name, [&](api::Pod& pod) {
        testing::FakeNodes::set_ready(pod, false, world.simulation.now());
    });
    world.run(sim::milliseconds(10));
    CHECK(world.addresses()->subsets[0].addresses.size() == 1);
    CHECK(world.addresses()->subsets[0].notReadyAddresses.size() == 1);

    world.server.change<api::Service>(
        "default", "web", [](api::Service& service) { service.spec.publishNotReadyAddresses = true; });
    world.run(sim::milliseconds(10));
    CHECK(world.addresses()->subsets[0].addresses.size() == 2);
    for (const api::Endpoint& endpoint : world.all_slices()[0]->endpoints)
        CHECK(endpoint.conditions.ready == true);
}

TEST_CASE("a service without selector is left alone") {
    Fixture world;
    api::Service service = service_of("web", 80);
    service.spec.selector.clear();
    REQUIRE(world.user.create(service).ok());
    world.run(sim::seconds(1));
    CHECK(world.addresses() == nullptr);
    CHECK(world.all_slices().empty());
}

// shows: slices.port-by-name
TEST_CASE("a named target port leads to the port of that name") {
    Fixture world;
    REQUIRE(world.user.create(service_of("web", api::IntOrString(std::string("http")))).ok());
    api::ReplicaSet set = testing::replica_set_of("web", 1);
    set.spec.template_.edit().spec.edit().containers[0].ports.push_back(
        {.containerPort = 8081, .name = "http", .protocol = "TCP"});
    REQUIRE(world.user.create(set).ok());
    world.run(sim::seconds(2));
    CHECK(world.addresses()->subsets[0].ports[0].port == 8081);
    CHECK(world.all_slices()[0]->ports[0].port == 8081);
}

TEST_CASE("a headless service is marked as such") {
    Fixture world;
    api::Service service = service_of("web", 80);
    service.spec.clusterIP = "None";
    service.metadata.labels["team"] = "a";
    REQUIRE(world.user.create(service).ok());
    world.run(sim::seconds(1));
    CHECK(world.addresses()->metadata.labels.contains("service.kubernetes.io/headless"));
    CHECK(world.all_slices()[0]->metadata.labels.contains("service.kubernetes.io/headless"));
    CHECK(world.all_slices()[0]->metadata.labels.value_or("team", "") == "a");
}

TEST_CASE("Endpoints go with their service") {
    Fixture world;
    REQUIRE(world.user.create(service_of("web", 80)).ok());
    world.run(sim::seconds(1));
    REQUIRE(world.user.remove<api::Service>({"default", "web"}).ok());
    world.run(sim::seconds(1));
    CHECK(world.addresses() == nullptr);
}

TEST_CASE("many pods that become ready at different moments end up in one slice") {
    Fixture world;
    REQUIRE(world.user.create(testing::replica_set_of("web", 40)).ok());
    world.run(sim::milliseconds(3));
    REQUIRE(world.user.create(service_of("web", 80)).ok());
    world.run(sim::seconds(5));
    REQUIRE(world.all_slices().size() == 1);
    CHECK(world.all_slices()[0]->endpoints.size() == 40);
}

namespace {

api::Endpoint endpoint_of(int number) {
    api::Endpoint endpoint;
    endpoint.addresses = {"10.0.0." + std::to_string(number)};
    endpoint.targetRef.edit().uid = std::to_string(number);
    return endpoint;
}

controllers::EndpointGroup group_of(int first, int last) {
    controllers::EndpointGroup group;
    for (int i = first; i <= last; ++i) group.endpoints.push_back(endpoint_of(i));
    return group;
}

api::Ref<api::EndpointSlice> slice_of(const std::string& name, int first, int last) {
    api::EndpointSlice slice;
    slice.metadata.name = name;
    slice.endpoints = group_of(first, last).endpoints;
    return std::make_shared<api::EndpointSlice>(slice);
}

}  // namespace

// shows: slices.packing, slices.last-stays
TEST_CASE("endpoints are packed with few changes") {
    const api::EndpointSlice blank;
    SECTION("a new service fills slices one after the other") {
        const auto plan = controllers::pack({}, {group_of(1, 7)}, blank, 3);
        REQUIRE(plan.create.size() == 3);
        CHECK(plan.create[0].endpoints.size() == 3);
        CHECK(plan.create[2].endpoints.size() == 1);
    }
    SECTION("an unchanged slice with room takes the rest") {
        const auto plan =
            controllers::pack({slice_of("a", 1, 3), slice_of("b", 4, 4)}, {group_of(1, 5)}, blank, 3);
        CHECK(plan.create.empty());
        REQUIRE(plan.update.size() == 1);
        CHECK(plan.update[0].metadata.name == "b");
    }
    SECTION("a slice that changes anyway is filled first") {
        const auto plan =
            controllers::pack({slice_of("a", 1, 3), slice_of("b", 4, 4)}, {group_of(2, 5)}, blank, 3);
        REQUIRE(plan.update.size() == 1);
        CHECK(plan.update[0].metadata.name == "a");
        CHECK(plan.update[0].endpoints.size() == 3);
    }
    SECTION("the last slice stays as a placeholder") {
        const auto plan = controllers::pack({slice_of("a", 1, 3)}, {}, blank, 3);
        CHECK(plan.remove.empty());
        REQUIRE(plan.update.size() == 1);
        CHECK(plan.update[0].metadata.name == "a");
        CHECK(plan.update[0].endpoints.empty());
    }
    SECTION("nothing changes twice") {
        const auto plan = controllers::pack({slice_of("a", 1, 3)}, {group_of(1, 3)}, blank, 3);
        CHECK(plan.create.empty());
        CHECK(plan.update.empty());
        CHECK(plan.remove.empty());
    }
}
