// Where a pod may run: affinity, tolerations, spreading. Spelled as in YAML; what a field means stands in the
// table beside it. upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct NodeSelectorRequirement {
    Text key{};
    Text operator_{};
    std::vector<Text> values{};
};

struct NodeSelectorTerm {
    std::vector<NodeSelectorRequirement> matchExpressions{};
    std::vector<NodeSelectorRequirement> matchFields{};
};

struct PreferredSchedulingTerm {
    NodeSelectorTerm preference{};
    std::int32_t weight{};
};

struct NodeSelector {
    std::vector<NodeSelectorTerm> nodeSelectorTerms{};
};

struct NodeAffinity {
    std::vector<PreferredSchedulingTerm> preferredDuringSchedulingIgnoredDuringExecution{};
    Box<NodeSelector> requiredDuringSchedulingIgnoredDuringExecution{};
};

struct PodAffinityTerm {
    Box<LabelSelector> labelSelector{};
    std::vector<Text> matchLabelKeys{};
    std::vector<Text> mismatchLabelKeys{};
    Box<LabelSelector> namespaceSelector{};
    std::vector<Text> namespaces{};
    Text topologyKey{};
};

struct WeightedPodAffinityTerm {
    PodAffinityTerm podAffinityTerm{};
    std::int32_t weight{};
};

struct PodAffinity {
    std::vector<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution{};
    std::vector<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution{};
};

struct PodAntiAffinity {
    std::vector<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution{};
    std::vector<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution{};
};

struct Affinity {
    Box<NodeAffinity> nodeAffinity{};
    Box<PodAffinity> podAffinity{};
    Box<PodAntiAffinity> podAntiAffinity{};
};

struct Toleration {
    Text effect{};
    Text key{};
    Text operator_{};
    std::optional<std::int64_t> tolerationSeconds{};
    Text value{};
};

struct TopologySpreadConstraint {
    Box<LabelSelector> labelSelector{};
    std::vector<Text> matchLabelKeys{};
    std::int32_t maxSkew{};
    std::optional<std::int32_t> minDomains{};
    std::optional<Text> nodeAffinityPolicy{};
    std::optional<Text> nodeTaintsPolicy{};
    Text topologyKey{};
    Text whenUnsatisfiable{};
};

template <>
struct Describe<NodeSelectorRequirement> {
    static constexpr std::string_view name = "NodeSelectorRequirement";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeSelectorTerm> {
    static constexpr std::string_view name = "NodeSelectorTerm";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PreferredSchedulingTerm> {
    static constexpr std::string_view name = "PreferredSchedulingTerm";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeSelector> {
    static constexpr std::string_view name = "NodeSelector";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeAffinity> {
    static constexpr std::string_view name = "NodeAffinity";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodAffinityTerm> {
    static constexpr std::string_view name = "PodAffinityTerm";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<WeightedPodAffinityTerm> {
    static constexpr std::string_view name = "WeightedPodAffinityTerm";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodAffinity> {
    static constexpr std::string_view name = "PodAffinity";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodAntiAffinity> {
    static constexpr std::string_view name = "PodAntiAffinity";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Affinity> {
    static constexpr std::string_view name = "Affinity";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Toleration> {
    static constexpr std::string_view name = "Toleration";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TopologySpreadConstraint> {
    static constexpr std::string_view name = "TopologySpreadConstraint";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
