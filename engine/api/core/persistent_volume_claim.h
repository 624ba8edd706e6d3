// PersistentVolumeClaim: a request for storage. Spelled as in YAML; what a field means stands in the table
// beside it. upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/volume.h"
#include "engine/api/object.h"

namespace kubetab::api {

struct ModifyVolumeStatus {
    Text status{};
    Text targetVolumeAttributesClassName{};
};

struct PersistentVolumeClaimCondition {
    Time lastProbeTime{};
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct PersistentVolumeClaimStatus {
    std::vector<Text> accessModes{};
    base::StringMap allocatedResourceStatuses{};
    base::FlatMap<Quantity> allocatedResources{};
    base::FlatMap<Quantity> capacity{};
    std::vector<PersistentVolumeClaimCondition> conditions{};
    std::optional<Text> currentVolumeAttributesClassName{};
    Box<ModifyVolumeStatus> modifyVolumeStatus{};
    Text phase{};
};

struct PersistentVolumeClaim : Object {
    PersistentVolumeClaimSpec spec{};
    PersistentVolumeClaimStatus status{};
};

template <>
struct Describe<ModifyVolumeStatus> {
    static constexpr std::string_view name = "ModifyVolumeStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeClaimCondition> {
    static constexpr std::string_view name = "PersistentVolumeClaimCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeClaimStatus> {
    static constexpr std::string_view name = "PersistentVolumeClaimStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PersistentVolumeClaim> {
    static constexpr std::string_view name = "PersistentVolumeClaim";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<PersistentVolumeClaim>();

}  // namespace kubetab::api
