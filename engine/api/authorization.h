// The questions about who may do what. They are answered and never stored. Spelled as in YAML; what a field
// means stands in the tables beside it. upstream: staging/src/k8s.io/api/authorization/v1/types.go
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct FieldSelectorRequirement {
    Text key{};
    Text operator_{};
    std::vector<Text> values{};
};

struct FieldSelectorAttributes {
    Text rawSelector{};
    std::vector<FieldSelectorRequirement> requirements{};
};

struct LabelSelectorAttributes {
    Text rawSelector{};
    std::vector<LabelSelectorRequirement> requirements{};
};

struct ResourceAttributes {
    Box<FieldSelectorAttributes> fieldSelector{};
    Text group{};
    Box<LabelSelectorAttributes> labelSelector{};
    Text name{};
    Text namespace_{};
    Text resource{};
    Text subresource{};
    Text verb{};
    Text version{};
};

struct NonResourceAttributes {
    Text path{};
    Text verb{};
};

struct SelfSubjectAccessReviewSpec {
    Box<NonResourceAttributes> nonResourceAttributes{};
    Box<ResourceAttributes> resourceAttributes{};
};

struct SubjectAccessReviewSpec {
    base::FlatMap<std::vector<Text>> extra{};
    std::vector<Text> groups{};
    Box<NonResourceAttributes> nonResourceAttributes{};
    Box<ResourceAttributes> resourceAttributes{};
    Text uid{};
    Text user{};
};

struct SubjectAccessReviewStatus {
    bool allowed{};
    bool denied{};
    Text evaluationError{};
    Text reason{};
};

struct SelfSubjectAccessReview : Object {
    SelfSubjectAccessReviewSpec spec{};
    SubjectAccessReviewStatus status{};
};

struct SubjectAccessReview : Object {
    SubjectAccessReviewSpec spec{};
    SubjectAccessReviewStatus status{};
};

struct LocalSubjectAccessReview : SubjectAccessReview {};

struct SelfSubjectRulesReviewSpec {
    Text namespace_{};
};

struct NonResourceRule {
    std::vector<Text> nonResourceURLs{};
    std::vector<Text> verbs{};
};

struct ResourceRule {
    std::vector<Text> apiGroups{};
    std::vector<Text> resourceNames{};
    std::vector<Text> resources{};
    std::vector<Text> verbs{};
};

struct SubjectRulesReviewStatus {
    Text evaluationError{};
    bool incomplete{};
    std::vector<NonResourceRule> nonResourceRules{};
    std::vector<ResourceRule> resourceRules{};
};

struct SelfSubjectRulesReview : Object {
    SelfSubjectRulesReviewSpec spec{};
    SubjectRulesReviewStatus status{};
};

template <>
struct Describe<FieldSelectorRequirement> {
    static constexpr std::string_view name = "FieldSelectorRequirement";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FieldSelectorAttributes> {
    static constexpr std::string_view name = "FieldSelectorAttributes";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LabelSelectorAttributes> {
    static constexpr std::string_view name = "LabelSelectorAttributes";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceAttributes> {
    static constexpr std::string_view name = "ResourceAttributes";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NonResourceAttributes> {
    static constexpr std::string_view name = "NonResourceAttributes";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SelfSubjectAccessReviewSpec> {
    static constexpr std::string_view name = "SelfSubjectAccessReviewSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SubjectAccessReviewSpec> {
    static constexpr std::string_view name = "SubjectAccessReviewSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SubjectAccessReviewStatus> {
    static constexpr std::string_view name = "SubjectAccessReviewStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SelfSubjectAccessReview> {
    static constexpr std::string_view name = "SelfSubjectAccessReview";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SubjectAccessReview> {
    static constexpr std::string_view name = "SubjectAccessReview";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LocalSubjectAccessReview> {
    static constexpr std::string_view name = "LocalSubjectAccessReview";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SelfSubjectRulesReviewSpec> {
    static constexpr std::string_view name = "SelfSubjectRulesReviewSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NonResourceRule> {
    static constexpr std::string_view name = "NonResourceRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceRule> {
    static constexpr std::string_view name = "ResourceRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SubjectRulesReviewStatus> {
    static constexpr std::string_view name = "SubjectRulesReviewStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SelfSubjectRulesReview> {
    static constexpr std::string_view name = "SelfSubjectRulesReview";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<SelfSubjectAccessReview>();
template <>
const Kind& kind_of<SubjectAccessReview>();
template <>
const Kind& kind_of<LocalSubjectAccessReview>();
template <>
const Kind& kind_of<SelfSubjectRulesReview>();

}  // namespace kubetab::api
