#include "engine/controllers/deployment_util.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>

#include "engine/controllers/deployment_progress.h"
#include "tests/unit/controllers/world.h"

using namespace kubetab;
using namespace kubetab::controllers;

namespace {

api::IntOrString percent(const char* text) {
    return api::IntOrString(std::string(text));
}

api::Deployment rolling(std::int32_t replicas, api::IntOrString surge, api::IntOrString unavailable) {
    api::Deployment deployment = testing::deployment_of("web", replicas);
    deployment.spec.strategy.rollingUpdate.edit().maxSurge = surge;
    deployment.spec.strategy.rollingUpdate.edit().maxUnavailable = unavailable;
    return deployment;
}

struct Size {
    std::int32_t spec = 0;
    std::int32_t max_replicas = 0;
};

api::Ref<api::ReplicaSet> sized(const std::string& name, Size size) {
    api::ReplicaSet set = testing::replica_set_of(name, size.spec);
    if (size.max_replicas != 0) set.metadata.annotations[kMaxReplicas] = std::to_string(size.max_replicas);
    return std::make_shared<api::ReplicaSet>(set);
}

}  // namespace

// shows: deployment.rounds-bounds, deployment.never-both-zero, deployment.unavailable-at-most-all
TEST_CASE("surge is rounded up and unavailable down") {
    struct Row {
        api::IntOrString surge;
        api::IntOrString unavailable;
        std::int32_t replicas;
        std::int32_t expected_surge;
        std::int32_t expected_unavailable;
    };
    const Row rows[] = {
        {percent("25%"), percent("25%"), 10, 3, 2},
        {percent("25%"), percent("25%"), 4, 1, 1},
        {percent("25%"), percent("25%"), 3, 1, 0},
        {percent("25%"), percent("25%"), 1, 1, 0},
        {0, 1, 5, 0, 1},
        {0, percent("10%"), 5, 0, 1},
        {0, 0, 5, 0, 1},
        {percent("100%"), 0, 5, 5, 0},
        {2, 20, 5, 2, 5},
    };
    for (const Row& row : rows) {
        const api::Deployment deployment = rolling(row.replicas, row.surge, row.unavailable);
        INFO(row.surge.to_string() << " " << row.unavailable.to_string() << " of " << row.replicas);
        CHECK(max_surge(deployment) == row.expected_surge);
        CHECK(max_unavailable(deployment) == row.expected_unavailable);
    }
}

TEST_CASE("nothing may be missing of a Deployment without replicas or with Recreate") {
    CHECK(max_unavailable(rolling(0, 1, 1)) == 0);
    api::Deployment recreate = rolling(5, 1, 1);
    recreate.spec.strategy.type = "Recreate";
    CHECK(max_unavailable(recreate) == 0);
    CHECK(max_surge(recreate) == 0);
}

// shows: deployment.new-grows-by-room
TEST_CASE("the new ReplicaSet grows by what the surge leaves") {
    const api::Deployment deployment = rolling(10, 3, 2);
    CHECK(next_size_of_new(deployment, {sized("old", {10})}, *sized("new", {0})) == 3);
    CHECK(next_size_of_new(deployment, {sized("old", {8}), sized("new", {3})}, *sized("new", {3})) == 5);
    CHECK(next_size_of_new(deployment, {sized("old", {10}), sized("new", {3})}, *sized("new", {3})) == 3);
    CHECK(next_size_of_new(deployment, {sized("old", {1}), sized("new", {9})}, *sized("new", {9})) == 10);
}

// shows: deployment.scales-in-proportion
TEST_CASE("a version's share of a scaling is rounded and never more than is left") {
    const api::Deployment deployment = rolling(20, 3, 2);
    CHECK(proportion(*sized("old", {8, 13}), deployment, 10, 0) == 6);  // 8·23/13 = 14.15
    CHECK(proportion(*sized("new", {5, 13}), deployment, 10, 6) == 4);  // 5·23/13 = 8.8
    CHECK(proportion(*sized("new", {5, 13}), deployment, 10, 10) == 0);
    CHECK(proportion(*sized("old", {0, 13}), deployment, 10, 0) == 0);
    CHECK(proportion(*sized("old", {8, 13}), rolling(5, 3, 2), -5, 0) == -3);  // 8·8/13 = 4.9
    CHECK(proportion(*sized("old", {8, 13}), rolling(0, 3, 2), -13, 0) == -8);
}

// shows: deployment.keeps-former-revisions, deployment.notes-sizes
TEST_CASE("a re-used ReplicaSet remembers its former revisions") {
    const api::Deployment deployment = rolling(3, 1, 1);
    api::ObjectMeta metadata;
    CHECK(set_new_annotations(deployment, metadata, 1, false));
    CHECK(metadata.annotations.value_or(kRevision, "") == "1");
    CHECK(metadata.annotations.value_or(kDesiredReplicas, "") == "3");
    CHECK(metadata.annotations.value_or(kMaxReplicas, "") == "4");
    CHECK_FALSE(set_new_annotations(deployment, metadata, 1, true));
    CHECK(set_new_annotations(deployment, metadata, 3, true));
    CHECK(set_new_annotations(deployment, metadata, 5, true));
    CHECK(metadata.annotations.value_or(kRevision, "") == "5");
    CHECK(metadata.annotations.value_or(kRevisionHistory, "") == "1,3");
}

// shows: deployment.copies-annotations
TEST_CASE("the Deployment's own annotations are not copied to its ReplicaSet") {
    api::Deployment deployment = rolling(3, 1, 1);
    deployment.metadata.annotations["kubernetes.io/change-cause"] = "v2";
    deployment.metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"] = "{}";
    deployment.metadata.annotations[kRevision] = "7";
    api::ObjectMeta metadata;
    set_new_annotations(deployment, metadata, 1, true);
    CHECK(metadata.annotations.size() == 2);
    CHECK(metadata.annotations.value_or("kubernetes.io/change-cause", "") == "v2");
    CHECK(metadata.annotations.value_or(kRevision, "") == "1");
}

// shows: deployment.checks-after-deadline, deployment.timeout-not-after-complete
// shows: deployment.no-deadline-no-progressing
TEST_CASE("a Deployment times out when nothing moved for its deadline") {
    api::Deployment deployment = rolling(3, 1, 1);
    const sim::Instant start = testing::kStart;
    set_condition(deployment.status, condition_of("Progressing", "True", "ReplicaSetUpdated", "", start));
    CHECK_FALSE(has_timed_out(deployment, deployment.status, start + sim::seconds(600)));
    CHECK(has_timed_out(deployment, deployment.status, start + sim::seconds(601)));
    CHECK(until_progress_check(deployment, deployment.status, start) == sim::seconds(601));
    deployment.status.conditions[0].reason = "NewReplicaSetAvailable";
    CHECK_FALSE(has_timed_out(deployment, deployment.status, start + sim::hours(1)));
    deployment.spec.progressDeadlineSeconds.reset();
    deployment.status.conditions[0].reason = "ReplicaSetUpdated";
    CHECK_FALSE(has_timed_out(deployment, deployment.status, start + sim::hours(1)));
}

// shows: deployment.keeps-transition-time, deployment.condition-order
TEST_CASE("a condition keeps its transition time while its status stays") {
    api::DeploymentStatus status;
    const sim::Instant start = testing::kStart;
    set_condition(status, condition_of("Available", "True", "A", "", start));
    set_condition(status, condition_of("Progressing", "True", "B", "", start));
    set_condition(status, condition_of("Available", "True", "C", "", start + sim::seconds(9)));
    REQUIRE(status.conditions.size() == 2);
    CHECK(status.conditions[1].reason == "C");  // What changes moves to the end.
    CHECK(status.conditions[1].lastTransitionTime == api::Time(start));
    CHECK(status.conditions[1].lastUpdateTime == api::Time(start + sim::seconds(9)));
}
