// What nodes and pods use, as a metrics server tells it: made when somebody asks, never stored. Spelled as in
// YAML; what a field means stands in the table beside it. upstream:
// staging/src/k8s.io/metrics/pkg/apis/metrics/v1beta1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

inline constexpr std::string_view kMetricsGroup = "metrics.k8s.io";

struct ContainerMetrics {
    Text name{};
    base::FlatMap<Quantity> usage{};
};

struct NodeMetrics : Object {
    Time timestamp{};
    Text window{};
    base::FlatMap<Quantity> usage{};
};

struct PodMetrics : Object {
    Time timestamp{};
    Text window{};
    std::vector<ContainerMetrics> containers{};
};

template <>
struct Describe<ContainerMetrics> {
    static constexpr std::string_view name = "ContainerMetrics";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeMetrics> {
    static constexpr std::string_view name = "NodeMetrics";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodMetrics> {
    static constexpr std::string_view name = "PodMetrics";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<NodeMetrics>();
template <>
const Kind& kind_of<PodMetrics>();

}  // namespace kubetab::api
