// PriorityClass. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/scheduling/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

// The two classes that every cluster has, for its own pods.
inline constexpr std::string_view kSystemNodeCritical = "system-node-critical";
inline constexpr std::string_view kSystemClusterCritical = "system-cluster-critical";
// Users' classes may not go beyond it.
inline constexpr std::int32_t kHighestUserPriority = 1'000'000'000;

struct PriorityClass : Object {
    Text description{};
    bool globalDefault{};
    std::optional<Text> preemptionPolicy{};
    std::int32_t value{};
};

template <>
struct Describe<PriorityClass> {
    static constexpr std::string_view name = "PriorityClass";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<PriorityClass>();

}  // namespace kubetab::api
