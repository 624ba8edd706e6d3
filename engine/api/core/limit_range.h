// LimitRange. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct LimitRangeItem {
    base::FlatMap<Quantity> default_{};
    base::FlatMap<Quantity> defaultRequest{};
    base::FlatMap<Quantity> max{};
    base::FlatMap<Quantity> maxLimitRequestRatio{};
    base::FlatMap<Quantity> min{};
    Text type{};
};

struct LimitRangeSpec {
    std::vector<LimitRangeItem> limits{};
};

struct LimitRange : Object {
    LimitRangeSpec spec{};
};

template <>
struct Describe<LimitRangeItem> {
    static constexpr std::string_view name = "LimitRangeItem";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LimitRangeSpec> {
    static constexpr std::string_view name = "LimitRangeSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LimitRange> {
    static constexpr std::string_view name = "LimitRange";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<LimitRange>();

}  // namespace kubetab::api
