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
    Text apiVersion{};
    Text fieldsType{};
    std::optional<Raw> fieldsV1{};
    Text manager{};
    Text operation{};
    Text subresource{};
    Time time{};
};

struct OwnerReference {
    Text apiVersion{};
    std::optional<bool> blockOwnerDeletion{};
    std::optional<bool> controller{};
    Text kind{};
    Text name{};
    Text uid{};
};

struct ObjectMeta {
    base::StringMap annotations{};
    Time creationTimestamp{};
    std::optional<std::int64_t> deletionGracePeriodSeconds{};
    Time deletionTimestamp{};
    List<Text> finalizers{};
    Text generateName{};
    std::int64_t generation{};
    base::StringMap labels{};
    List<ManagedFieldsEntry> managedFields{};
    Text name{};
    Text namespace_{};
    List<OwnerReference> ownerReferences{};
    Text resourceVersion{};
    Text selfLink{};
    Text uid{};
};

struct LabelSelectorRequirement {
    Text key{};
    Text operator_{};
    std::vector<Text> values{};
};

struct LabelSelector {
    std::vector<LabelSelectorRequirement> matchExpressions{};
    base::StringMap matchLabels{};
};

struct Condition {
    Time lastTransitionTime{};
    Text message{};
    std::int64_t observedGeneration{};
    Text reason{};
    Text status{};
    Text type{};
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
