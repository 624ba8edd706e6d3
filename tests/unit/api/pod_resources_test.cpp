#include "engine/api/pod_resources.h"

#include "engine/api/pod_status.h"
#include "engine/api/template_hash.h"
#include "tests/unit/api/documents.h"

namespace kubetab::api {
namespace {

std::string cpu(const ResourceList& resources) {
    return resources.value_or("cpu", {}).text();
}

}  // namespace

TEST_CASE("a pod requests the larger of its containers and each init container with the sidecars before it") {
    const auto pod = read<Pod>(R"({"spec":{"overhead":{"cpu":"10m"},
        "initContainers":[
            {"name":"a","resources":{"requests":{"cpu":"300m"}}},
            {"name":"s","restartPolicy":"Always","resources":{"requests":{"cpu":"100m"}}},
            {"name":"b","resources":{"requests":{"cpu":"500m"}}}],
        "containers":[{"name":"c","resources":{"requests":{"cpu":"200m"}}},{"name":"d"}]}})");
    CHECK(cpu(pod_requests(*pod->spec)) == "610m");
    CHECK(pod_limits(*pod->spec).empty());
}

TEST_CASE("the class of service follows requests and limits") {
    const auto qos = [](std::string_view containers) {
        return qos_class(
            *read_with_defaults<Pod>(R"({"spec":{"containers":[)" + std::string(containers) + "]}}")->spec);
    };
    CHECK(qos(R"({"name":"a"})") == "BestEffort");
    CHECK(qos(R"({"name":"a","resources":{"requests":{"cpu":"0"}}})") == "BestEffort");
    CHECK(qos(R"({"name":"a","resources":{"requests":{"cpu":"1"}}})") == "Burstable");
    CHECK(qos(R"({"name":"a","resources":{"limits":{"cpu":"1","memory":"1Gi"}}})") == "Guaranteed");
    CHECK(qos(R"({"name":"a","resources":{"limits":{"cpu":"1","memory":"1Gi"}}},{"name":"b"})") ==
          "Burstable");
    CHECK(qos(R"({"name":"a","resources":{"limits":{"cpu":"1"}}})") == "Burstable");
}

TEST_CASE("a condition keeps its transition time while its status stays") {
    std::vector<PodCondition> conditions;
    PodCondition ready;
    ready.type = "Ready";
    ready.status = "False";
    CHECK(set_condition(conditions, ready, Time::of_seconds(10)));
    CHECK_FALSE(set_condition(conditions, ready, Time::of_seconds(20)));
    CHECK(conditions.front().lastTransitionTime.seconds == 10);
    ready.reason = "ContainersNotReady";
    CHECK(set_condition(conditions, ready, Time::of_seconds(30)));
    CHECK(conditions.front().lastTransitionTime.seconds == 10);
    ready.status = "True";
    CHECK(set_condition(conditions, ready, Time::of_seconds(40)));
    CHECK(conditions.front().lastTransitionTime.seconds == 40);
    Pod pod;
    pod.status.conditions = conditions;
    CHECK(is_pod_available(pod, 5, Time::of_seconds(45)));
    CHECK_FALSE(is_pod_available(pod, 5, Time::of_seconds(44)));
}

TEST_CASE("equal templates have equal hashes, and a collision another") {
    PodTemplateSpec one;
    one.metadata.labels["app"] = "web";
    PodTemplateSpec two = one;
    CHECK(pod_template_hash(one, 0) == pod_template_hash(two, 0));
    CHECK(pod_template_hash(one, 1) != pod_template_hash(one, 0));
    two.metadata.labels["app"] = "db";
    CHECK(pod_template_hash(one, 0) != pod_template_hash(two, 0));
    CHECK(pod_template_hash(one, 0).find_first_not_of(kSafeAlphabet) == std::string::npos);
}

}  // namespace kubetab::api
