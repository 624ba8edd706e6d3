// ResourceQuota. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct ScopedResourceSelectorRequirement {
    Text operator_{};
    Text scopeName{};
    std::vector<Text> values{};
};

struct ScopeSelector {
    std::vector<ScopedResourceSelectorRequirement> matchExpressions{};
};

struct ResourceQuotaSpec {
    base::FlatMap<Quantity> hard{};
    Box<ScopeSelector> scopeSelector{};
    std::vector<Text> scopes{};
};

struct ResourceQuotaStatus {
    base::FlatMap<Quantity> hard{};
    base::FlatMap<Quantity> used{};
};

struct ResourceQuota : Object {
    ResourceQuotaSpec spec{};
    ResourceQuotaStatus status{};
};

template <>
struct Describe<ScopedResourceSelectorRequirement> {
    static constexpr std::string_view name = "ScopedResourceSelectorRequirement";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ScopeSelector> {
    static constexpr std::string_view name = "ScopeSelector";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceQuotaSpec> {
    static constexpr std::string_view name = "ResourceQuotaSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceQuotaStatus> {
    static constexpr std::string_view name = "ResourceQuotaStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceQuota> {
    static constexpr std::string_view name = "ResourceQuota";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<ResourceQuota>();

}  // namespace kubetab::api
