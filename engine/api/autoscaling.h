// HorizontalPodAutoscaler in the version that is stored, v2. Spelled as in YAML; what a field means stands in
// the table beside it. upstream: staging/src/k8s.io/api/autoscaling/v2/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct CrossVersionObjectReference {
    Text apiVersion{};
    Text kind{};
    Text name{};
};

struct MetricIdentifier {
    Text name{};
    Box<LabelSelector> selector{};
};

struct MetricTarget {
    std::optional<std::int32_t> averageUtilization{};
    std::optional<Quantity> averageValue{};
    Text type{};
    std::optional<Quantity> value{};
};

struct ContainerResourceMetricSource {
    Text container{};
    Text name{};
    MetricTarget target{};
};

struct ResourceMetricSource {
    Text name{};
    MetricTarget target{};
};

struct PodsMetricSource {
    MetricIdentifier metric{};
    MetricTarget target{};
};

struct ObjectMetricSource {
    CrossVersionObjectReference describedObject{};
    MetricIdentifier metric{};
    MetricTarget target{};
};

struct ExternalMetricSource {
    MetricIdentifier metric{};
    MetricTarget target{};
};

struct MetricSpec {
    Box<ContainerResourceMetricSource> containerResource{};
    Box<ExternalMetricSource> external{};
    Box<ObjectMetricSource> object{};
    Box<PodsMetricSource> pods{};
    Box<ResourceMetricSource> resource{};
    Text type{};
};

struct HPAScalingPolicy {
    std::int32_t periodSeconds{};
    Text type{};
    std::int32_t value{};
};

struct HPAScalingRules {
    std::vector<HPAScalingPolicy> policies{};
    std::optional<Text> selectPolicy{};
    std::optional<std::int32_t> stabilizationWindowSeconds{};
};

struct HorizontalPodAutoscalerBehavior {
    Box<HPAScalingRules> scaleDown{};
    Box<HPAScalingRules> scaleUp{};
};

struct HorizontalPodAutoscalerSpec {
    Box<HorizontalPodAutoscalerBehavior> behavior{};
    std::int32_t maxReplicas{};
    std::vector<MetricSpec> metrics{};
    std::optional<std::int32_t> minReplicas{};
    CrossVersionObjectReference scaleTargetRef{};
};

struct MetricValueStatus {
    std::optional<std::int32_t> averageUtilization{};
    std::optional<Quantity> averageValue{};
    std::optional<Quantity> value{};
};

struct ContainerResourceMetricStatus {
    Text container{};
    MetricValueStatus current{};
    Text name{};
};

struct ResourceMetricStatus {
    MetricValueStatus current{};
    Text name{};
};

struct PodsMetricStatus {
    MetricValueStatus current{};
    MetricIdentifier metric{};
};

struct ObjectMetricStatus {
    MetricValueStatus current{};
    CrossVersionObjectReference describedObject{};
    MetricIdentifier metric{};
};

struct ExternalMetricStatus {
    MetricValueStatus current{};
    MetricIdentifier metric{};
};

struct MetricStatus {
    Box<ContainerResourceMetricStatus> containerResource{};
    Box<ExternalMetricStatus> external{};
    Box<ObjectMetricStatus> object{};
    Box<PodsMetricStatus> pods{};
    Box<ResourceMetricStatus> resource{};
    Text type{};
};

struct HorizontalPodAutoscalerCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct HorizontalPodAutoscalerStatus {
    std::vector<HorizontalPodAutoscalerCondition> conditions{};
    std::vector<MetricStatus> currentMetrics{};
    std::int32_t currentReplicas{};
    std::int32_t desiredReplicas{};
    Time lastScaleTime{};
    std::optional<std::int64_t> observedGeneration{};
};

struct HorizontalPodAutoscaler : Object {
    HorizontalPodAutoscalerSpec spec{};
    HorizontalPodAutoscalerStatus status{};
};

template <>
struct Describe<CrossVersionObjectReference> {
    static constexpr std::string_view name = "CrossVersionObjectReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MetricIdentifier> {
    static constexpr std::string_view name = "MetricIdentifier";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MetricTarget> {
    static constexpr std::string_view name = "MetricTarget";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerResourceMetricSource> {
    static constexpr std::string_view name = "ContainerResourceMetricSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceMetricSource> {
    static constexpr std::string_view name = "ResourceMetricSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodsMetricSource> {
    static constexpr std::string_view name = "PodsMetricSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ObjectMetricSource> {
    static constexpr std::string_view name = "ObjectMetricSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ExternalMetricSource> {
    static constexpr std::string_view name = "ExternalMetricSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MetricSpec> {
    static constexpr std::string_view name = "MetricSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HPAScalingPolicy> {
    static constexpr std::string_view name = "HPAScalingPolicy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HPAScalingRules> {
    static constexpr std::string_view name = "HPAScalingRules";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HorizontalPodAutoscalerBehavior> {
    static constexpr std::string_view name = "HorizontalPodAutoscalerBehavior";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HorizontalPodAutoscalerSpec> {
    static constexpr std::string_view name = "HorizontalPodAutoscalerSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MetricValueStatus> {
    static constexpr std::string_view name = "MetricValueStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerResourceMetricStatus> {
    static constexpr std::string_view name = "ContainerResourceMetricStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceMetricStatus> {
    static constexpr std::string_view name = "ResourceMetricStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodsMetricStatus> {
    static constexpr std::string_view name = "PodsMetricStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ObjectMetricStatus> {
    static constexpr std::string_view name = "ObjectMetricStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ExternalMetricStatus> {
    static constexpr std::string_view name = "ExternalMetricStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MetricStatus> {
    static constexpr std::string_view name = "MetricStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HorizontalPodAutoscalerCondition> {
    static constexpr std::string_view name = "HorizontalPodAutoscalerCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HorizontalPodAutoscalerStatus> {
    static constexpr std::string_view name = "HorizontalPodAutoscalerStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HorizontalPodAutoscaler> {
    static constexpr std::string_view name = "HorizontalPodAutoscaler";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<HorizontalPodAutoscaler>();

}  // namespace kubetab::api
