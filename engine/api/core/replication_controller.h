// ReplicationController. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
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
#include "engine/base/flat_map.h"

namespace kubetab::api {

struct ReplicationControllerSpec {
    std::int32_t minReadySeconds{};
    std::optional<std::int32_t> replicas{};
    base::StringMap selector{};
    Box<PodTemplateSpec> template_{};
};

struct ReplicationControllerCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct ReplicationControllerStatus {
    std::int32_t availableReplicas{};
    std::vector<ReplicationControllerCondition> conditions{};
    std::int32_t fullyLabeledReplicas{};
    std::int64_t observedGeneration{};
    std::int32_t readyReplicas{};
    std::int32_t replicas{};
};

struct ReplicationController : Object {
    ReplicationControllerSpec spec{};
    ReplicationControllerStatus status{};
};

template <>
struct Describe<ReplicationControllerSpec> {
    static constexpr std::string_view name = "ReplicationControllerSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ReplicationControllerCondition> {
    static constexpr std::string_view name = "ReplicationControllerCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ReplicationControllerStatus> {
    static constexpr std::string_view name = "ReplicationControllerStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ReplicationController> {
    static constexpr std::string_view name = "ReplicationController";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<ReplicationController>();

}  // namespace kubetab::api
