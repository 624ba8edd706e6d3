#include "engine/controllers/deletion_ranking.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>

#include "tests/unit/controllers/world.h"

using namespace kubetab;
using controllers::goes_before;
using controllers::RankedPod;

namespace {

constexpr sim::Instant kNow = testing::kStart;

api::Pod healthy(const std::string& name) {
    api::Pod pod;
    pod.metadata.name = name;
    pod.metadata.uid = name;
    pod.metadata.creationTimestamp = api::Time(kNow - sim::hours(1));
    pod.spec.edit().nodeName = "node-1";
    pod.status.phase = "Running";
    testing::FakeNodes::set_ready(pod, true, kNow - sim::hours(1));
    return pod;
}

RankedPod ranked(const api::Pod& pod, std::int64_t related = 0) {
    return {std::make_shared<api::Pod>(pod), related};
}

void check_first(const api::Pod& first, const api::Pod& second) {
    CHECK(goes_before(ranked(first), ranked(second), kNow));
    CHECK_FALSE(goes_before(ranked(second), ranked(first), kNow));
}

}  // namespace

// shows: replicaset.deletes-unassigned-first, replicaset.deletes-pending-first
// shows: replicaset.deletes-unready-first, replicaset.deletes-cheaper-first
// shows: replicaset.deletes-recently-ready-first, replicaset.deletes-restarted-first
// shows: replicaset.deletes-sidecar-restarted-first, replicaset.deletes-younger-first
TEST_CASE("pods are deleted in upstream's order") {
    const api::Pod last = healthy("a");
    api::Pod first = healthy("b");

    SECTION("not assigned to a node") {
        first.spec.edit().nodeName = "";
    }
    SECTION("pending") {
        first.status.phase = "Pending";
    }
    SECTION("unknown before running") {
        first.status.phase = "Unknown";
    }
    SECTION("not ready") {
        testing::FakeNodes::set_ready(first, false, kNow);
    }
    SECTION("cheaper to delete") {
        first.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = "-1";
    }
    SECTION("ready for half as long") {
        testing::FakeNodes::set_ready(first, true, kNow - sim::minutes(10));
    }
    SECTION("restarted more often") {
        first.status.containerStatuses.push_back({.restartCount = 1});
    }
    SECTION("a sidecar restarted more often") {
        first.spec.edit().initContainers.emplace_back().name = "sidecar";
        first.spec.edit().initContainers[0].shared.edit().restartPolicy = "Always";
        first.status.initContainerStatuses.push_back({.name = "sidecar", .restartCount = 1});
    }
    SECTION("much younger") {
        first.metadata.creationTimestamp = api::Time(kNow - sim::seconds(5));
    }
    check_first(first, last);
}

// shows: replicaset.deletes-from-crowded-node
TEST_CASE("a pod on a crowded node is deleted first") {
    CHECK(goes_before(ranked(healthy("b"), 2), ranked(healthy("a"), 1), kNow));
    CHECK_FALSE(goes_before(ranked(healthy("a"), 1), ranked(healthy("b"), 2), kNow));
}

// shows: replicaset.deletes-cheaper-first
TEST_CASE("a deletion cost that is no number counts as zero") {
    api::Pod odd = healthy("b");
    odd.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = "cheap";
    CHECK_FALSE(goes_before(ranked(odd), ranked(healthy("a")), kNow));
    CHECK_FALSE(goes_before(ranked(healthy("a")), ranked(odd), kNow));
}

// shows: replicaset.deletes-recently-ready-first
TEST_CASE("pods that are ready for about as long are ordered by uid") {
    api::Pod a = healthy("a");
    api::Pod b = healthy("b");
    testing::FakeNodes::set_ready(a, true, kNow - sim::seconds(3000));
    testing::FakeNodes::set_ready(b, true, kNow - sim::seconds(2500));
    check_first(a, b);
}

TEST_CASE("deleting spreads what remains over the nodes") {
    std::vector<api::Ref<api::Pod>> pods;
    for (const char* name : {"a", "b", "c"}) {
        api::Pod pod = healthy(name);
        pod.spec.edit().nodeName = std::string(name) == "b" ? "node-2" : "node-1";
        pods.push_back(std::make_shared<api::Pod>(pod));
    }
    const auto chosen = controllers::pods_to_delete(pods, pods, 1, kNow);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen[0]->spec->nodeName == "node-1");
}

// shows: replicaset.deletes-all-unsorted
TEST_CASE("deleting all pods does not sort them") {
    const std::vector<api::Ref<api::Pod>> pods{std::make_shared<api::Pod>(healthy("z")),
                                               std::make_shared<api::Pod>(healthy("a"))};
    const auto chosen = controllers::pods_to_delete(pods, pods, 5, kNow);
    REQUIRE(chosen.size() == 2);
    CHECK(chosen[0]->metadata.name == "z");
}
