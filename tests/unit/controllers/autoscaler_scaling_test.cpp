#include "engine/controllers/autoscaler_scaling.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace kubetab::controllers {
namespace {

sim::Instant at(std::int64_t seconds) {
    return sim::Instant{} + sim::seconds(1'000'000 + seconds);
}

api::HorizontalPodAutoscalerBehavior behavior() {
    api::HorizontalPodAutoscalerBehavior result;
    api::HPAScalingRules& up = result.scaleUp.edit();
    up.stabilizationWindowSeconds = 0;
    up.selectPolicy = api::Text("Max");
    up.policies = {{15, "Pods", 4}, {15, "Percent", 100}};
    api::HPAScalingRules& down = result.scaleDown.edit();
    down.selectPolicy = api::Text("Max");
    down.policies = {{15, "Percent", 100}};
    return result;
}

std::string shown(const NormalizedScale& scale) {
    return std::to_string(scale.replicas) + " " + std::string(scale.able.reason) +
           (scale.limited ? " limited: " : " ") + std::string(scale.limit.reason);
}

}  // namespace

// shows: hpa.default-behavior
TEST_CASE("without behavior the number doubles at most, or goes to four") {
    ScalingHistory history;
    CHECK(shown(normalize(nullptr, history, {1, 9, 1, 10}, at(0))) ==
          "4 ReadyForNewScale limited: ScaleUpLimit");
    history = {};
    CHECK(shown(normalize(nullptr, history, {3, 9, 1, 10}, at(0))) ==
          "6 ReadyForNewScale limited: ScaleUpLimit");
    history = {};
    CHECK(shown(normalize(nullptr, history, {6, 20, 1, 10}, at(0))) ==
          "10 ReadyForNewScale limited: TooManyReplicas");
    history = {};
    CHECK(shown(normalize(nullptr, history, {6, 8, 1, 10}, at(0))) ==
          "8 ReadyForNewScale DesiredWithinRange");
}

// shows: hpa.default-behavior
TEST_CASE("the highest recommendation of five minutes holds the number up") {
    ScalingHistory history;
    history.recommendations = {{5, at(0)}};
    CHECK(shown(normalize(nullptr, history, {5, 0, 2, 10}, at(15))) ==
          "5 ScaleDownStabilized DesiredWithinRange");
    CHECK(shown(normalize(nullptr, history, {5, 0, 2, 10}, at(300))) ==
          "5 ScaleDownStabilized DesiredWithinRange");
    CHECK(shown(normalize(nullptr, history, {5, 0, 2, 10}, at(301))) ==
          "2 ReadyForNewScale limited: TooFewReplicas");
    CHECK(history.recommendations.size() == 3);
}

// shows: hpa.policies
TEST_CASE("policies count what was changed in their period") {
    const api::HorizontalPodAutoscalerBehavior rules = behavior();
    ScalingHistory history;
    CHECK(shown(normalize(&rules, history, {3, 20, 1, 50}, at(0))) ==
          "7 ReadyForNewScale limited: ScaleUpLimit");
    note_scaling(&rules, history, 3, 7, at(0));
    CHECK(shown(normalize(&rules, history, {7, 20, 1, 50}, at(10))) ==
          "7 ReadyForNewScale limited: ScaleUpLimit");
    CHECK(shown(normalize(&rules, history, {7, 20, 1, 50}, at(15))) ==
          "14 ReadyForNewScale limited: ScaleUpLimit");
    note_scaling(&rules, history, 7, 14, at(15));
    CHECK(history.added.size() == 2);
}

// shows: hpa.policies
TEST_CASE("the strictest policy counts where Min is selected, and Disabled keeps the number") {
    api::HorizontalPodAutoscalerBehavior rules = behavior();
    rules.scaleUp.edit().selectPolicy = api::Text("Min");
    rules.scaleUp.edit().policies = {{15, "Pods", 1}, {15, "Percent", 50}};
    ScalingHistory history;
    CHECK(shown(normalize(&rules, history, {10, 20, 1, 50}, at(0))) ==
          "11 ReadyForNewScale limited: ScaleUpLimit");
    rules.scaleUp.edit().selectPolicy = api::Text("Disabled");
    CHECK(shown(normalize(&rules, history, {10, 20, 1, 50}, at(20))) ==
          "10 ReadyForNewScale limited: ScaleUpLimit");
}

TEST_CASE("a share is rounded up on the way up and down on the way down") {
    api::HorizontalPodAutoscalerBehavior rules = behavior();
    rules.scaleUp.edit().policies = {{60, "Percent", 10}};
    rules.scaleDown.edit().policies = {{60, "Percent", 10}};
    rules.scaleDown.edit().stabilizationWindowSeconds = 0;
    ScalingHistory history;
    CHECK(shown(normalize(&rules, history, {3, 20, 1, 50}, at(0))) ==
          "4 ReadyForNewScale limited: ScaleUpLimit");
    CHECK(shown(normalize(&rules, history, {15, 1, 1, 50}, at(1))) ==
          "13 ReadyForNewScale limited: ScaleDownLimit");
}

TEST_CASE("both windows hold the number where it is") {
    api::HorizontalPodAutoscalerBehavior rules = behavior();
    rules.scaleUp.edit().stabilizationWindowSeconds = 60;
    ScalingHistory history;
    history.recommendations = {{4, at(0)}};
    CHECK(shown(normalize(&rules, history, {4, 8, 1, 50}, at(30))) ==
          "4 ScaleUpStabilized DesiredWithinRange");
    CHECK(shown(normalize(&rules, history, {4, 2, 1, 50}, at(40))) ==
          "4 ScaleDownStabilized DesiredWithinRange");
}

}  // namespace kubetab::controllers
