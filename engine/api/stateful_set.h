// StatefulSet. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/apps/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/core/pod_spec.h"
#include "engine/api/core/volume.h"
#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct RollingUpdateStatefulSetStrategy {
    std::optional<IntOrString> maxUnavailable{};
    std::optional<std::int32_t> partition{};
};

struct StatefulSetUpdateStrategy {
    Box<RollingUpdateStatefulSetStrategy> rollingUpdate{};
    Text type{};
};

struct StatefulSetPersistentVolumeClaimRetentionPolicy {
    Text whenDeleted{};
    Text whenScaled{};
};

struct StatefulSetOrdinals {
    std::int32_t start{};
};

struct VolumeClaimTemplate {
    Text apiVersion{};
    Text kind{};
    ObjectMeta metadata{};
    PersistentVolumeClaimSpec spec{};
    PersistentVolumeClaimStatus status{};
};

struct StatefulSetSpec {
    std::int32_t minReadySeconds{};
    Box<StatefulSetOrdinals> ordinals{};
    Box<StatefulSetPersistentVolumeClaimRetentionPolicy> persistentVolumeClaimRetentionPolicy{};
    Text podManagementPolicy{};
    std::optional<std::int32_t> replicas{};
    std::optional<std::int32_t> revisionHistoryLimit{};
    Box<LabelSelector> selector{};
    Text serviceName{};
    Box<PodTemplateSpec> template_{};
    StatefulSetUpdateStrategy updateStrategy{};
    std::vector<VolumeClaimTemplate> volumeClaimTemplates{};
};

struct StatefulSetCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct StatefulSetStatus {
    std::int32_t availableReplicas{};
    std::optional<std::int32_t> collisionCount{};
    std::vector<StatefulSetCondition> conditions{};
    std::int32_t currentReplicas{};
    Text currentRevision{};
    std::int64_t observedGeneration{};
    std::int32_t readyReplicas{};
    std::int32_t replicas{};
    Text updateRevision{};
    std::int32_t updatedReplicas{};
};

struct StatefulSet : Object {
    StatefulSetSpec spec{};
    StatefulSetStatus status{};
};

template <>
struct Describe<RollingUpdateStatefulSetStrategy> {
    static constexpr std::string_view name = "RollingUpdateStatefulSetStrategy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StatefulSetUpdateStrategy> {
    static constexpr std::string_view name = "StatefulSetUpdateStrategy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StatefulSetPersistentVolumeClaimRetentionPolicy> {
    static constexpr std::string_view name = "StatefulSetPersistentVolumeClaimRetentionPolicy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StatefulSetOrdinals> {
    static constexpr std::string_view name = "StatefulSetOrdinals";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeClaimTemplate> {
    static constexpr std::string_view name = "PersistentVolumeClaim";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StatefulSetSpec> {
    static constexpr std::string_view name = "StatefulSetSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StatefulSetCondition> {
    static constexpr std::string_view name = "StatefulSetCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StatefulSetStatus> {
    static constexpr std::string_view name = "StatefulSetStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StatefulSet> {
    static constexpr std::string_view name = "StatefulSet";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<StatefulSet>();

}  // namespace kubetab::api
