// Deployment and ReplicaSet. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/apps/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/pod_spec.h"
#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct RollingUpdateDeployment {
    std::optional<IntOrString> maxSurge{};
    std::optional<IntOrString> maxUnavailable{};
};

struct DeploymentStrategy {
    Box<RollingUpdateDeployment> rollingUpdate{};
    Text type{};
};

struct DeploymentSpec {
    std::int32_t minReadySeconds{};
    bool paused{};
    std::optional<std::int32_t> progressDeadlineSeconds{};
    std::optional<std::int32_t> replicas{};
    std::optional<std::int32_t> revisionHistoryLimit{};
    Box<LabelSelector> selector{};
    DeploymentStrategy strategy{};
    Box<PodTemplateSpec> template_{};
};

struct DeploymentCondition {
    Time lastTransitionTime{};
    Time lastUpdateTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct DeploymentStatus {
    std::int32_t availableReplicas{};
    std::int32_t collisionCount{};
    std::vector<DeploymentCondition> conditions{};
    std::int64_t observedGeneration{};
    std::int32_t readyReplicas{};
    std::int32_t replicas{};
    std::int32_t unavailableReplicas{};
    std::int32_t updatedReplicas{};
};

struct Deployment : Object {
    DeploymentSpec spec{};
    DeploymentStatus status{};
};

struct ReplicaSetSpec {
    std::int32_t minReadySeconds{};
    std::optional<std::int32_t> replicas{};
    Box<LabelSelector> selector{};
    Box<PodTemplateSpec> template_{};
};

struct ReplicaSetCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct ReplicaSetStatus {
    std::int32_t availableReplicas{};
    std::vector<ReplicaSetCondition> conditions{};
    std::int32_t fullyLabeledReplicas{};
    std::int64_t observedGeneration{};
    std::int32_t readyReplicas{};
    std::int32_t replicas{};
};

struct ReplicaSet : Object {
    ReplicaSetSpec spec{};
    ReplicaSetStatus status{};
};

template <>
struct Describe<RollingUpdateDeployment> {
    static constexpr std::string_view name = "RollingUpdateDeployment";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DeploymentStrategy> {
    static constexpr std::string_view name = "DeploymentStrategy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DeploymentSpec> {
    static constexpr std::string_view name = "DeploymentSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DeploymentCondition> {
    static constexpr std::string_view name = "DeploymentCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DeploymentStatus> {
    static constexpr std::string_view name = "DeploymentStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Deployment> {
    static constexpr std::string_view name = "Deployment";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ReplicaSetSpec> {
    static constexpr std::string_view name = "ReplicaSetSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ReplicaSetCondition> {
    static constexpr std::string_view name = "ReplicaSetCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ReplicaSetStatus> {
    static constexpr std::string_view name = "ReplicaSetStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ReplicaSet> {
    static constexpr std::string_view name = "ReplicaSet";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
