// PodDisruptionBudget. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/policy/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct PodDisruptionBudgetSpec {
    std::optional<IntOrString> maxUnavailable{};
    std::optional<IntOrString> minAvailable{};
    Box<LabelSelector> selector{};
    std::optional<Text> unhealthyPodEvictionPolicy{};
};

struct PodDisruptionBudgetStatus {
    std::vector<Condition> conditions{};
    std::int32_t currentHealthy{};
    std::int32_t desiredHealthy{};
    base::FlatMap<Time> disruptedPods{};
    std::int32_t disruptionsAllowed{};
    std::int32_t expectedPods{};
    std::int64_t observedGeneration{};
};

struct PodDisruptionBudget : Object {
    PodDisruptionBudgetSpec spec{};
    PodDisruptionBudgetStatus status{};
};

// Whether the budget covers what has those labels in its namespace. One without a selector covers nothing.
bool covers(const PodDisruptionBudget& budget, const ObjectMeta& pod);
// Says in the condition DisruptionAllowed whether a pod may go. upstream: UpdateDisruptionAllowedCondition
void set_disruption_allowed(PodDisruptionBudgetStatus& status, Time now);

template <>
struct Describe<PodDisruptionBudgetSpec> {
    static constexpr std::string_view name = "PodDisruptionBudgetSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodDisruptionBudgetStatus> {
    static constexpr std::string_view name = "PodDisruptionBudgetStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodDisruptionBudget> {
    static constexpr std::string_view name = "PodDisruptionBudget";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<PodDisruptionBudget>();

}  // namespace kubetab::api
