#include "engine/api/quota_usage.h"

#include "engine/api/ratio.h"
#include "tests/unit/api/documents.h"

namespace kubetab::api {
namespace {

std::string used(const ResourceList& usage) {
    std::string text;
    for (const auto& [name, quantity] : usage)
        text += (text.empty() ? "" : " ") + name + "=" + quantity.text();
    return text;
}

std::string used_by_pod(std::string_view json, std::int64_t now = 1'000) {
    return used(quota_usage(kind_of<Pod>(), *read<Pod>(json), Time::of_seconds(now)));
}

}  // namespace

TEST_CASE("a pod uses what it requests under each name that a quota may have for it") {
    CHECK(used_by_pod(R"({"spec":{"containers":[{"name":"a","resources":{
              "requests":{"cpu":"1","ephemeral-storage":"1Gi","example.com/gpu":"2","hugepages-2Mi":"4Mi"},
              "limits":{"memory":"64Mi"}}}]}})") ==
          "count/pods=1 cpu=1 ephemeral-storage=1Gi hugepages-2Mi=4Mi limits.memory=64Mi pods=1 "
          "requests.cpu=1 requests.ephemeral-storage=1Gi requests.example.com/gpu=2 "
          "requests.hugepages-2Mi=4Mi");
}

TEST_CASE("a pod that has ended or outlived its grace only counts as an object") {
    CHECK(used_by_pod(R"({"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Succeeded"}})") ==
          "count/pods=1");
    constexpr std::string_view kGoing =
        R"({"metadata":{"deletionTimestamp":"1970-01-01T00:16:40Z","deletionGracePeriodSeconds":30},
            "spec":{"containers":[{"name":"a"}]}})";
    CHECK(used_by_pod(kGoing, 1'030) == "count/pods=1 pods=1");
    CHECK(used_by_pod(kGoing, 1'031) == "count/pods=1");
}

TEST_CASE("a service uses a node port for each of its ports, unless it asks for none") {
    const auto used_by = [](std::string_view spec) {
        return used(
            quota_usage(kind_of<Service>(), *read<Service>(R"({"spec":)" + std::string(spec) + "}"), Time()));
    };
    CHECK(used_by(R"({"type":"ClusterIP","ports":[{"port":1}]})") ==
          "count/services=1 services=1 services.loadbalancers=0 services.nodeports=0");
    CHECK(used_by(R"({"type":"NodePort","ports":[{"port":1},{"port":2}]})") ==
          "count/services=1 services=1 services.loadbalancers=0 services.nodeports=2");
    CHECK(used_by(R"({"type":"LoadBalancer","allocateLoadBalancerNodePorts":false,
                      "ports":[{"port":1,"nodePort":30001},{"port":2}]})") ==
          "count/services=1 services=1 services.loadbalancers=1 services.nodeports=1");
}

TEST_CASE("scopes say which pods a quota counts") {
    const auto counted = [](std::string_view scope, std::string_view pod) {
        const auto quota = read<ResourceQuota>(R"({"spec":{"scopes":[")" + std::string(scope) + R"("]}})");
        return in_quota_scopes(
            *quota, kind_of<Pod>(),
            *read<Pod>(R"({"spec":{"containers":[{"name":"a"}])" + std::string(pod) + "}}"));
    };
    CHECK(counted("Terminating", R"(,"activeDeadlineSeconds":5)"));
    CHECK(!counted("Terminating", ""));
    CHECK(counted("NotTerminating", ""));
    CHECK(counted("BestEffort", ""));
    CHECK(!counted("NotBestEffort", ""));
    CHECK(counted("PriorityClass", R"(,"priorityClassName":"high")"));
    CHECK(!counted("PriorityClass", ""));
    CHECK(!counted("CrossNamespacePodAffinity", ""));
    CHECK(counted("CrossNamespacePodAffinity",
                  R"(,"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[
                      {"topologyKey":"z","namespaceSelector":{}}]}})"));
    CHECK(!in_quota_scopes(*read<ResourceQuota>(R"({"spec":{"scopes":["BestEffort"]}})"), kind_of<Service>(),
                           *read<Service>("{}")));
}

TEST_CASE("ratios are printed with six decimals and compared exactly") {
    const auto quantity = [](std::string_view text) { return *Quantity::parse(text); };
    CHECK(ratio_text(quantity("2"), quantity("500m")) == "4.000000");
    CHECK(ratio_text(quantity("1"), quantity("300m")) == "3.333333");
    CHECK(ratio_text(quantity("2"), quantity("300m")) == "6.666667");
    CHECK(is_more_than(quantity("901m"), quantity("3"), quantity("300m")));
    CHECK(!is_more_than(quantity("900m"), quantity("3"), quantity("300m")));
}

}  // namespace kubetab::api
