// HorizontalPodAutoscaler in the version v1, which is served but not stored. autoscaling_conversion.h turns
// one version into the other. upstream: staging/src/k8s.io/api/autoscaling/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/autoscaling.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct HorizontalPodAutoscalerSpecV1 {
    std::int32_t maxReplicas{};
    std::optional<std::int32_t> minReplicas{};
    CrossVersionObjectReference scaleTargetRef{};
    std::optional<std::int32_t> targetCPUUtilizationPercentage{};
};

struct HorizontalPodAutoscalerStatusV1 {
    std::optional<std::int32_t> currentCPUUtilizationPercentage{};
    std::int32_t currentReplicas{};
    std::int32_t desiredReplicas{};
    Time lastScaleTime{};
    std::optional<std::int64_t> observedGeneration{};
};

struct HorizontalPodAutoscalerV1 : Object {
    HorizontalPodAutoscalerSpecV1 spec{};
    HorizontalPodAutoscalerStatusV1 status{};
};

template <>
struct Describe<HorizontalPodAutoscalerSpecV1> {
    static constexpr std::string_view name = "HorizontalPodAutoscalerSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HorizontalPodAutoscalerStatusV1> {
    static constexpr std::string_view name = "HorizontalPodAutoscalerStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HorizontalPodAutoscalerV1> {
    static constexpr std::string_view name = "HorizontalPodAutoscaler";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<HorizontalPodAutoscalerV1>();

}  // namespace kubetab::api
