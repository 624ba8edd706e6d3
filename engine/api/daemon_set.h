// DaemonSet. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/apps/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/pod_spec.h"
#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

// Counts the changes of the template; the server keeps it, whatever clients say.
inline constexpr std::string_view kTemplateGeneration = "deprecated.daemonset.template.generation";

struct RollingUpdateDaemonSet {
    std::optional<IntOrString> maxSurge{};
    std::optional<IntOrString> maxUnavailable{};
};

struct DaemonSetUpdateStrategy {
    Box<RollingUpdateDaemonSet> rollingUpdate{};
    Text type{};
};

struct DaemonSetSpec {
    std::int32_t minReadySeconds{};
    std::optional<std::int32_t> revisionHistoryLimit{};
    Box<LabelSelector> selector{};
    Box<PodTemplateSpec> template_{};
    DaemonSetUpdateStrategy updateStrategy{};
};

struct DaemonSetCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct DaemonSetStatus {
    std::optional<std::int32_t> collisionCount{};
    std::vector<DaemonSetCondition> conditions{};
    std::int32_t currentNumberScheduled{};
    std::int32_t desiredNumberScheduled{};
    std::int32_t numberAvailable{};
    std::int32_t numberMisscheduled{};
    std::int32_t numberReady{};
    std::int32_t numberUnavailable{};
    std::int64_t observedGeneration{};
    std::int32_t updatedNumberScheduled{};
};

struct DaemonSet : Object {
    DaemonSetSpec spec{};
    DaemonSetStatus status{};
};

template <>
struct Describe<RollingUpdateDaemonSet> {
    static constexpr std::string_view name = "RollingUpdateDaemonSet";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DaemonSetUpdateStrategy> {
    static constexpr std::string_view name = "DaemonSetUpdateStrategy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DaemonSetSpec> {
    static constexpr std::string_view name = "DaemonSetSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DaemonSetCondition> {
    static constexpr std::string_view name = "DaemonSetCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DaemonSetStatus> {
    static constexpr std::string_view name = "DaemonSetStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DaemonSet> {
    static constexpr std::string_view name = "DaemonSet";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<DaemonSet>();

}  // namespace kubetab::api
