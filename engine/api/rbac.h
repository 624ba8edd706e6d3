// Role, ClusterRole and their bindings. Spelled as in YAML; what a field means stands in the tables beside
// it. upstream: staging/src/k8s.io/api/rbac/v1/types.go
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

inline constexpr std::string_view kRbacGroup = "rbac.authorization.k8s.io";

struct PolicyRule {
    std::vector<Text> apiGroups{};
    std::vector<Text> nonResourceURLs{};
    std::vector<Text> resourceNames{};
    std::vector<Text> resources{};
    std::vector<Text> verbs{};

    bool operator==(const PolicyRule&) const = default;
};

struct Role : Object {
    std::vector<PolicyRule> rules{};
};

struct AggregationRule {
    std::vector<LabelSelector> clusterRoleSelectors{};
};

// A ClusterRole is read as a Role wherever only its rules matter.
struct ClusterRole : Role {
    Box<AggregationRule> aggregationRule{};
};

struct RoleRef {
    Text apiGroup{};
    Text kind{};
    Text name{};

    bool operator==(const RoleRef&) const = default;
};

struct Subject {
    Text apiGroup{};
    Text kind{};
    Text name{};
    Text namespace_{};

    bool operator==(const Subject&) const = default;
};

struct RoleBinding : Object {
    RoleRef roleRef{};
    std::vector<Subject> subjects{};
};

struct ClusterRoleBinding : RoleBinding {};

template <>
struct Describe<PolicyRule> {
    static constexpr std::string_view name = "PolicyRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Role> {
    static constexpr std::string_view name = "Role";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<AggregationRule> {
    static constexpr std::string_view name = "AggregationRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ClusterRole> {
    static constexpr std::string_view name = "ClusterRole";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<RoleRef> {
    static constexpr std::string_view name = "RoleRef";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Subject> {
    static constexpr std::string_view name = "Subject";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<RoleBinding> {
    static constexpr std::string_view name = "RoleBinding";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ClusterRoleBinding> {
    static constexpr std::string_view name = "ClusterRoleBinding";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<Role>();
template <>
const Kind& kind_of<ClusterRole>();
template <>
const Kind& kind_of<RoleBinding>();
template <>
const Kind& kind_of<ClusterRoleBinding>();

}  // namespace kubetab::api
