#include "engine/controllers/replica_calculator.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>

namespace kubetab::controllers {
namespace {

constexpr std::int64_t kNow = 1'000'000;

class FakeMetrics final : public api::ResourceMetrics {
public:
    std::vector<api::Ref<api::PodMetrics>> pods{};
    base::Result<std::vector<api::Ref<api::PodMetrics>>> pods_in(const api::Text&) const override {
        return pods;
    }
};

// Pods that request 100m of cpu each, all of a Deployment.
class Workload {
public:
    void add(const std::string& name, std::optional<std::int64_t> used_milli, const char* ready = "True",
             const char* phase = "Running", std::int64_t age = 1000) {
        auto pod = std::make_shared<api::Pod>();
        pod->metadata.name = name;
        api::Container container;
        container.name = "web";
        container.resources.requests["cpu"] = api::Quantity::of_milli(100);
        pod->spec.edit().containers.push_back(container);
        pod->status.phase = phase;
        pod->status.startTime = api::Time::of_seconds(kNow - age);
        api::PodCondition condition;
        condition.type = "Ready";
        condition.status = ready;
        condition.lastTransitionTime = api::Time::of_seconds(kNow - age);
        pod->status.conditions.push_back(condition);
        pods_.push_back(pod);
        if (!used_milli) return;
        auto metrics = std::make_shared<api::PodMetrics>();
        metrics->metadata.name = name;
        metrics->timestamp = api::Time::of_seconds(kNow);
        api::ContainerMetrics used;
        used.name = "web";
        used.usage["cpu"] = api::Quantity::of_milli(*used_milli);
        metrics->containers.push_back(used);
        metrics_.pods.push_back(metrics);
    }

    std::string asked(std::int32_t utilization, const api::Text& container = {}) const {
        api::MetricTarget target;
        target.averageUtilization = utilization;
        return asked(target, container);
    }
    std::string asked(const api::MetricTarget& target, const api::Text& container = {}) const {
        const base::Result<api::Selector> everything = api::Selector::parse("");
        const ResourceQuestion question{
            "cpu",     container,    &target, static_cast<std::int32_t>(pods_.size()),
            "default", &*everything, &pods_};
        const ReplicaCalculator calculator(metrics_, sim::Instant{} + sim::seconds(kNow));
        const base::Result<CalculatedReplicas> result = calculator.calculate(question);
        if (!result.ok()) return result.error().message;
        return std::to_string(result->replicas) + " " +
               (result->utilization ? std::to_string(*result->utilization) + "% " : "") +
               std::to_string(result->average_milli) + "m";
    }

private:
    FakeMetrics metrics_{};
    std::vector<api::Ref<api::Pod>> pods_{};
};

}  // namespace

// shows: hpa.utilization, hpa.rounds-up
TEST_CASE("the number of pods follows the share that they use") {
    Workload load;
    load.add("a", 90);
    load.add("b", 110);
    CHECK(load.asked(50) == "4 100% 100m");
    CHECK(load.asked(100) == "2 100% 100m");
    CHECK(load.asked(95) == "2 100% 100m");  // within a tenth
    CHECK(load.asked(250) == "1 100% 100m");
    api::MetricTarget average;
    average.averageValue = api::Quantity::of_milli(40);
    CHECK(load.asked(average) == "5 100m");
}

// shows: hpa.utilization
TEST_CASE("a tenth more scales, a tenth less does not") {
    Workload more;
    more.add("a", 55);
    CHECK(more.asked(50) == "2 55% 55m");
    Workload less;
    less.add("a", 45);
    CHECK(less.asked(50) == "1 45% 45m");
}

// shows: hpa.missing-metrics
TEST_CASE("a pod without a metric counts as all it requests on the way down and as nothing on the way up") {
    Workload down;
    for (const char* name : {"a", "b", "c"}) down.add(name, 10);
    down.add("d", std::nullopt);
    CHECK(down.asked(50) == "3 10% 10m");
    Workload up;
    up.add("a", 100);
    up.add("b", std::nullopt);
    CHECK(up.asked(50) == "2 100% 100m");
}

// shows: hpa.unready-pods
TEST_CASE("pods that start or fail do not count, but hold back scaling up") {
    Workload load;
    load.add("a", 200);
    load.add("b", 500, "False", "Running", 60);
    load.add("c", std::nullopt, "False", "Pending", 10);
    CHECK(load.asked(50) == "4 200% 200m");
    Workload failed;
    failed.add("a", 100);
    failed.add("b", std::nullopt, "False", "Failed");
    CHECK(failed.asked(50) == "2 100% 100m");
}

// shows: hpa.no-metrics
TEST_CASE("what cannot be calculated says why") {
    Workload none;
    none.add("a", std::nullopt);
    CHECK(none.asked(50) ==
          "unable to get metrics for resource cpu: no metrics returned from resource metrics API");
    Workload starting;
    starting.add("a", 100, "False", "Running", 30);
    CHECK(starting.asked(50) == "did not receive metrics for targeted pods (pods might be unready)");
    Workload load;
    load.add("a", 100);
    CHECK(load.asked(50, "sidecar") ==
          "unable to get metrics for resource cpu: failed to get container metrics: container sidecar not "
          "present in metrics for pod /a");
}

}  // namespace kubetab::controllers
