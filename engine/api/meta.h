// Metadata that every object carries, and selectors. Spelled as in YAML; what a field means stands in the
// table beside it. upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/type.h"

namespace kubetab::api {

struct ManagedFieldsEntry {
    std::string apiVersion{};
    std::string fieldsType{};
    std::optional<Raw> fieldsV1{};
    std::string manager{};
    std::string operation{};
    std::string subresource{};
    Time time{};
};

struct OwnerReference {
    std::string apiVersion{};
    std::optional<bool> blockOwnerDeletion{};
    std::optional<bool> controller{};
    std::string kind{};
    std::string name{};
    std::string uid{};
};

struct ObjectMeta {
    base::StringMap annotations{};
    Time creationTimestamp{};
    std::optional<std::int64_t> deletionGracePeriodSeconds{};
    Time deletionTimestamp{};
    std::vector<std::string> finalizers{};
    std::string generateName{};
    std::int64_t generation{};
    base::StringMap labels{};
    std::vector<ManagedFieldsEntry> managedFields{};
    std::string name{};
    std::string namespace_{};
    std::vector<OwnerReference> ownerReferences{};
    std::string resourceVersion{};
    std::string selfLink{};
    std::string uid{};
};

struct LabelSelectorRequirement {
    std::string key{};
    std::string operator_{};
    std::vector<std::string> values{};
};

struct LabelSelector {
    std::vector<LabelSelectorRequirement> matchExpressions{};
    base::StringMap matchLabels{};
};

struct Condition {
    Time lastTransitionTime{};
    std::string message{};
    std::int64_t observedGeneration{};
    std::string reason{};
    std::string status{};
    std::string type{};
};

template <>
struct Describe<ManagedFieldsEntry> {
    static constexpr std::string_view name = "ManagedFieldsEntry";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<OwnerReference> {
    static constexpr std::string_view name = "OwnerReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ObjectMeta> {
    static constexpr std::string_view name = "ObjectMeta";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LabelSelectorRequirement> {
    static constexpr std::string_view name = "LabelSelectorRequirement";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LabelSelector> {
    static constexpr std::string_view name = "LabelSelector";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Condition> {
    static constexpr std::string_view name = "Condition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
