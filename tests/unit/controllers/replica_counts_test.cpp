#include "engine/controllers/replica_counts.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/api/pod_status.h"
#include "engine/controllers/indexes.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;
using testing::replica_set_of;
using testing::World;

namespace {

// Pods and a tally of them, without a controller that would change them.
struct Fixture : World {
    Fixture() {
        controllers::index_by_controller(pods);
        pods.on_change([this](const client::Change& change) { tally.pod_changed(change); });
        set = replica_set_of("web", 3);
        set.metadata.uid = "web-uid";
        set.metadata.generation = 1;
    }

    void make(const std::string& name, bool owned = true) {
        api::Pod pod;
        pod.metadata.name = name;
        pod.metadata.namespace_ = "default";
        pod.metadata.labels["app"] = "web";
        pod.spec.edit().nodeName = "nowhere";
        if (owned) {
            api::OwnerReference owner;
            owner.apiVersion = "apps/v1";
            owner.kind = "ReplicaSet";
            owner.name = "web";
            owner.uid = set.metadata.uid;
            owner.controller = true;
            pod.metadata.ownerReferences.push_back(owner);
        }
        REQUIRE(user.create(pod).ok());
    }
    template <class Change>
    void change(const std::string& name, Change change) {
        server.change<api::Pod>("default", name, change);
    }
    void set_ready(const std::string& name, bool ready) {
        change(name, [&](api::Pod& pod) {
            pod.status.phase = "Running";
            api::PodCondition condition;
            condition.type = "Ready";
            condition.status = ready ? "True" : "False";
            pod.status.conditions = {condition};
        });
    }

    // What the tally says, which has to be what looking at each pod gives.
    std::optional<controllers::ReplicaCounts> counts() {
        run(sim::seconds(1));
        const std::optional<controllers::ReplicaCounts> told = tally.of(set);
        if (!told) return told;
        std::vector<api::Ref<api::Pod>> active;
        for (const api::Ref<api::Pod>& pod : pods.by_index(controllers::kByController, set.metadata.uid)) {
            if (api::is_pod_active(*pod)) active.push_back(pod);
        }
        const controllers::ReplicaCounts counted = controllers::count_replicas(set, active, simulation.now());
        CHECK(told->replicas == counted.replicas);
        CHECK(told->fully_labeled == counted.fully_labeled);
        CHECK(told->ready == counted.ready);
        CHECK(told->available == counted.available);
        return told;
    }

    client::Informer<api::Pod>& pods = informers.of<api::Pod>();
    controllers::ReplicaTally tally{pods};
    api::ReplicaSet set;
};

}  // namespace

TEST_CASE("the tally of a ReplicaSet follows its pods") {
    Fixture world;
    CHECK(world.counts()->replicas == 0);
    for (const char* name : {"a", "b", "c"}) world.make(name);
    CHECK(world.counts()->replicas == 3);  // The fake nodes have found them ready by now.
    world.set_ready("b", false);
    world.set_ready("c", false);
    CHECK(world.counts()->ready == 1);
    world.set_ready("b", true);
    CHECK(world.counts()->ready == 2);
    world.set_ready("b", false);
    world.change("a", [](api::Pod& pod) { pod.status.phase = "Failed"; });
    CHECK(world.counts()->replicas == 2);
    CHECK(world.counts()->ready == 0);
    world.change("b", [](api::Pod& pod) {
        pod.metadata.ownerReferences.clear();
        pod.metadata.labels.clear();
    });
    CHECK(world.counts()->replicas == 1);
    world.server.erase<api::Pod>("default", "c");
    CHECK(world.counts()->replicas == 0);
}

TEST_CASE("the tally counts anew for another template") {
    Fixture world;
    world.make("a");
    CHECK(world.counts()->fully_labeled == 1);
    world.set.spec.template_.edit().metadata.labels["tier"] = "front";
    ++world.set.metadata.generation;
    CHECK(world.counts()->fully_labeled == 0);
}

TEST_CASE("the tally is silent where single pods have to be looked at") {
    Fixture world;
    world.make("a");
    REQUIRE(world.counts());
    SECTION("a pod to be released") {
        world.change("a", [](api::Pod& pod) { pod.metadata.labels["app"] = "other"; });
        CHECK_FALSE(world.counts());
    }
    SECTION("a pod to be adopted") {
        world.make("orphan", false);
        CHECK_FALSE(world.counts());
    }
    SECTION("readiness that has to last") {
        world.set.spec.minReadySeconds = 5;
        CHECK_FALSE(world.counts());
    }
}
