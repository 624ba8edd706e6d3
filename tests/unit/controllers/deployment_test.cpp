#include "engine/controllers/deployment.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/api/pod_status.h"
#include "engine/controllers/replica_set.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;
using testing::deployment_of;
using testing::World;

namespace {

struct Fixture : World {
    controllers::DeploymentController deployments{simulation, informers};
    controllers::ReplicaSetController replica_sets{simulation, informers};

    api::Ref<api::Deployment> web() const { return server.find<api::Deployment>("default", "web"); }
    const api::DeploymentCondition& condition(const std::string& type) const {
        const auto* found = api::find_condition(web()->status.conditions, type);
        REQUIRE(found != nullptr);
        return *found;
    }
    void set_image(const std::string& image) {
        testing::edit<api::Deployment>(*this, "web", [&](api::Deployment& deployment) {
            deployment.spec.template_.edit().spec.edit().containers[0].image = image;
        });
    }
    api::Ref<api::ReplicaSet> set_of(const std::string& image) const {
        for (const auto& set : server.all<api::ReplicaSet>()) {
            if (set->spec.template_->spec->containers[0].image == image) return set;
        }
        return nullptr;
    }
    std::vector<std::string> scaling() const {
        std::vector<std::string> texts;
        for (const std::string& text : server.events()) {
            const std::size_t at = text.find(" from ");
            if (text.starts_with("Normal ScalingReplicaSet "))
                texts.push_back(text.substr(32, 2) + text.substr(at));
        }
        return texts;
    }
};

using Texts = std::vector<std::string>;

}  // namespace

// shows: deployment.names-set-by-hash, deployment.condition-created-set
// shows: deployment.condition-complete, deployment.scaling-events
TEST_CASE("a Deployment creates a ReplicaSet and becomes available") {
    Fixture world;
    REQUIRE(world.user.create(deployment_of("web", 3)).ok());
    world.run(sim::milliseconds(1));
    REQUIRE(world.server.all<api::ReplicaSet>().size() == 1);
    const auto set = world.server.all<api::ReplicaSet>()[0];
    const std::string hash = set->metadata.labels.value_or("pod-template-hash", "");
    CHECK(set->metadata.name == "web-" + hash);
    CHECK(set->spec.selector->matchLabels.value_or("pod-template-hash", "") == hash);
    CHECK(set->spec.replicas == 3);
    CHECK(world.condition("Progressing").reason == "NewReplicaSetCreated");
    CHECK(world.condition("Progressing").message == "Created new replica set \"" + set->metadata.name + "\"");

    world.run(sim::seconds(2));
    CHECK(world.web()->metadata.annotations.value_or("deployment.kubernetes.io/revision", "") == "1");
    CHECK(world.web()->status.availableReplicas == 3);
    CHECK(world.web()->status.unavailableReplicas == 0);
    CHECK(world.condition("Available").message == "Deployment has minimum availability.");
    CHECK(world.condition("Progressing").reason == "NewReplicaSetAvailable");
    CHECK(world.condition("Progressing").message ==
          "ReplicaSet \"" + set->metadata.name + "\" has successfully progressed.");
    CHECK(world.web()->status.conditions[0].type == "Available");
    CHECK(world.server.events()[0] ==
          "Normal ScalingReplicaSet Scaled up replica set " + set->metadata.name + " from 0 to 3");
}

// shows: deployment.new-grows-by-room, deployment.old-shrinks-by-availability
// shows: deployment.one-step-then-status
TEST_CASE("a rolling update stays within its bounds and ends with the new version") {
    Fixture world;
    REQUIRE(world.user.create(deployment_of("web", 10)).ok());
    world.run(sim::seconds(2));
    world.set_image("nginx:1.26");
    for (int i = 0; i < 400; ++i) {
        world.run(sim::milliseconds(20));
        std::int32_t ready = 0;
        std::int32_t existing = 0;
        for (const auto& pod : world.server.all<api::Pod>()) {
            if (api::is_pod_active(*pod)) ++existing;
            if (api::is_pod_active(*pod) && api::is_pod_ready(*pod)) ++ready;
        }
        REQUIRE(existing <= 13);
        REQUIRE(ready >= 8);
    }
    CHECK(world.set_of("nginx:1.25")->spec.replicas == 0);
    CHECK(world.set_of("nginx:1.26")->status.availableReplicas == 10);
    CHECK(world.web()->metadata.annotations.value_or("deployment.kubernetes.io/revision", "") == "2");
    Texts scaling = world.scaling();
    REQUIRE(scaling.size() > 5);
    scaling.resize(4);
    CHECK(scaling == Texts{"up from 0 to 10", "up from 0 to 3", "do from 10 to 8", "up from 3 to 5"});
}

// shows: deployment.condition-updated, deployment.condition-timed-out
// shows: deployment.scales-in-proportion, deployment.keeps-former-revisions
TEST_CASE("a broken rollout stops at its bounds and times out") {
    Fixture world;
    REQUIRE(world.user.create(deployment_of("web", 10)).ok());
    world.run(sim::seconds(2));
    world.set_image("broken");
    world.run(sim::seconds(30));
    CHECK(world.set_of("nginx:1.25")->spec.replicas == 8);
    CHECK(world.set_of("broken")->spec.replicas == 5);
    CHECK(world.condition("Progressing").reason == "ReplicaSetUpdated");
    world.run(sim::seconds(580));
    CHECK(world.condition("Progressing").status == "False");
    CHECK(world.condition("Progressing").reason == "ProgressDeadlineExceeded");
    CHECK(world.condition("Progressing").message ==
          "ReplicaSet \"" + world.set_of("broken")->metadata.name + "\" has timed out progressing.");
    CHECK(world.condition("Available").status == "True");

    SECTION("scaling it shares the new pods between the versions") {
        testing::edit<api::Deployment>(world, "web", [](auto& deployment) { deployment.spec.replicas = 20; });
        world.run(sim::seconds(5));
        CHECK(world.set_of("nginx:1.25")->spec.replicas == 15);
        CHECK(world.set_of("broken")->spec.replicas == 10);
    }
    SECTION("going back re-uses the old ReplicaSet under a new revision") {
        world.set_image("nginx:1.25");
        world.run(sim::seconds(5));
        CHECK(world.server.all<api::ReplicaSet>().size() == 2);
        CHECK(world.set_of("nginx:1.25")
                  ->metadata.annotations.value_or("deployment.kubernetes.io/revision", "") == "3");
        CHECK(world.set_of("nginx:1.25")
                  ->metadata.annotations.value_or("deployment.kubernetes.io/revision-history", "") == "1");
        CHECK(world.set_of("broken")->status.replicas == 0);
        CHECK(world.condition("Progressing").reason == "NewReplicaSetAvailable");
    }
}

// shows: deployment.recreate-waits-for-terminating
TEST_CASE("Recreate waits for the last old pod") {
    Fixture world;
    world.nodes.set_stop_time(sim::seconds(5));
    api::Deployment deployment = deployment_of("web", 3);
    deployment.spec.strategy = {.type = "Recreate"};
    REQUIRE(world.user.create(deployment).ok());
    world.run(sim::seconds(2));
    world.set_image("nginx:1.26");
    world.run(sim::seconds(4));
    CHECK(world.set_of("nginx:1.26") == nullptr);
    CHECK(world.server.all<api::Pod>().size() == 3);
    world.run(sim::seconds(4));
    REQUIRE(world.set_of("nginx:1.26") != nullptr);
    CHECK(world.set_of("nginx:1.26")->status.readyReplicas == 3);
    CHECK(world.server.all<api::Pod>().size() == 3);
}

// shows: deployment.paused-scales-only, deployment.scales-single-set
TEST_CASE("a paused Deployment scales but does not roll out") {
    Fixture world;
    REQUIRE(world.user.create(deployment_of("web", 3)).ok());
    world.run(sim::seconds(2));
    testing::edit<api::Deployment>(world, "web", [](auto& deployment) { deployment.spec.paused = true; });
    world.set_image("nginx:1.26");
    testing::edit<api::Deployment>(world, "web", [](auto& deployment) { deployment.spec.replicas = 5; });
    world.run(sim::seconds(2));
    CHECK(world.set_of("nginx:1.26") == nullptr);
    CHECK(world.set_of("nginx:1.25")->spec.replicas == 5);
    CHECK(world.condition("Progressing").reason == "DeploymentPaused");
    CHECK(world.condition("Progressing").status == "Unknown");
    testing::edit<api::Deployment>(world, "web", [](auto& deployment) { deployment.spec.paused = false; });
    world.run(sim::seconds(5));
    CHECK(world.set_of("nginx:1.26")->status.availableReplicas == 5);
    CHECK(world.condition("Progressing").reason == "NewReplicaSetAvailable");
}

// shows: deployment.history-limit
TEST_CASE("only so many old revisions are kept") {
    Fixture world;
    api::Deployment deployment = deployment_of("web", 1);
    deployment.spec.revisionHistoryLimit = 1;
    REQUIRE(world.user.create(deployment).ok());
    world.run(sim::seconds(2));
    for (const char* image : {"nginx:1.26", "nginx:1.27"}) {
        world.set_image(image);
        world.run(sim::seconds(5));
    }
    CHECK(world.server.all<api::ReplicaSet>().size() == 2);
    CHECK(world.set_of("nginx:1.25") == nullptr);
}

// shows: deployment.counts-collisions
TEST_CASE("a name taken by another ReplicaSet raises the collision count") {
    Fixture world;
    REQUIRE(world.user.create(deployment_of("web", 1)).ok());
    world.run(sim::milliseconds(1));
    const std::string taken = world.server.all<api::ReplicaSet>()[0]->metadata.name;
    REQUIRE(world.user.remove<api::Deployment>({"default", "web"}).ok());
    world.server.change<api::ReplicaSet>("default", taken, [](api::ReplicaSet& set) {
        set.metadata.ownerReferences.clear();
        set.metadata.labels.clear();
    });
    REQUIRE(world.user.create(deployment_of("web", 1)).ok());
    world.run(sim::seconds(2));
    CHECK(world.web()->status.collisionCount == 1);
    CHECK(world.server.all<api::ReplicaSet>().size() == 2);
    CHECK(world.web()->status.availableReplicas == 1);
}

// shows: deployment.create-error
TEST_CASE("a ReplicaSet that cannot be created is reported") {
    Fixture world;
    world.server.refuse_next<api::ReplicaSet>("create", base::failure(base::Reason::Forbidden, "no"), 1);
    REQUIRE(world.user.create(deployment_of("web", 1)).ok());
    world.run(sim::milliseconds(1));
    CHECK(world.condition("Progressing").reason == "ReplicaSetCreateError");
    CHECK(world.server.events()[0].starts_with(
        "Warning ReplicaSetCreateError Failed to create new replica set \"web-"));
    CHECK(world.server.events()[0].ends_with("\": no"));
    world.run(sim::seconds(2));
    CHECK(world.web()->status.availableReplicas == 1);
}

// shows: deployment.copies-replica-failure
TEST_CASE("a Deployment shows why its pods cannot be created") {
    Fixture world;
    world.server.refuse_next<api::Pod>("create", base::failure(base::Reason::Forbidden, "exceeded quota"),
                                       1000);
    REQUIRE(world.user.create(deployment_of("web", 2)).ok());
    world.run(sim::seconds(2));
    CHECK(world.condition("ReplicaFailure").reason == "FailedCreate");
    CHECK(world.condition("ReplicaFailure").message == "exceeded quota");
}
