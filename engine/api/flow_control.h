// FlowSchema and PriorityLevelConfiguration. Spelled as in YAML; what a field means stands in the table
// beside it. upstream: staging/src/k8s.io/api/flowcontrol/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

inline constexpr std::string_view kFlowControlGroup = "flowcontrol.apiserver.k8s.io";

struct ExemptPriorityLevelConfiguration {
    std::optional<std::int32_t> lendablePercent{};
    std::optional<std::int32_t> nominalConcurrencyShares{};
};

struct QueuingConfiguration {
    std::int32_t handSize{};
    std::int32_t queueLengthLimit{};
    std::int32_t queues{};
};

struct LimitResponse {
    Box<QueuingConfiguration> queuing{};
    Text type{};
};

struct LimitedPriorityLevelConfiguration {
    std::optional<std::int32_t> borrowingLimitPercent{};
    std::optional<std::int32_t> lendablePercent{};
    LimitResponse limitResponse{};
    std::optional<std::int32_t> nominalConcurrencyShares{};
};

struct PriorityLevelConfigurationCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct PriorityLevelConfigurationSpec {
    Box<ExemptPriorityLevelConfiguration> exempt{};
    Box<LimitedPriorityLevelConfiguration> limited{};
    Text type{};
};

struct PriorityLevelConfigurationStatus {
    std::vector<PriorityLevelConfigurationCondition> conditions{};
};

struct PriorityLevelConfiguration : Object {
    PriorityLevelConfigurationSpec spec{};
    PriorityLevelConfigurationStatus status{};
};

struct FlowDistinguisherMethod {
    Text type{};
};

struct PriorityLevelConfigurationReference {
    Text name{};
};

struct FlowGroupSubject {
    Text name{};
};

struct FlowUserSubject {
    Text name{};
};

struct FlowServiceAccountSubject {
    Text name{};
    Text namespace_{};
};

struct FlowSubject {
    Box<FlowGroupSubject> group{};
    Text kind{};
    Box<FlowServiceAccountSubject> serviceAccount{};
    Box<FlowUserSubject> user{};
};

struct NonResourcePolicyRule {
    std::vector<Text> nonResourceURLs{};
    std::vector<Text> verbs{};
};

struct ResourcePolicyRule {
    std::vector<Text> apiGroups{};
    bool clusterScope{};
    std::vector<Text> namespaces{};
    std::vector<Text> resources{};
    std::vector<Text> verbs{};
};

struct PolicyRulesWithSubjects {
    std::vector<NonResourcePolicyRule> nonResourceRules{};
    std::vector<ResourcePolicyRule> resourceRules{};
    std::vector<FlowSubject> subjects{};
};

struct FlowSchemaSpec {
    Box<FlowDistinguisherMethod> distinguisherMethod{};
    std::int32_t matchingPrecedence{};
    PriorityLevelConfigurationReference priorityLevelConfiguration{};
    std::vector<PolicyRulesWithSubjects> rules{};
};

struct FlowSchemaCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct FlowSchemaStatus {
    std::vector<FlowSchemaCondition> conditions{};
};

struct FlowSchema : Object {
    FlowSchemaSpec spec{};
    FlowSchemaStatus status{};
};

template <>
struct Describe<ExemptPriorityLevelConfiguration> {
    static constexpr std::string_view name = "ExemptPriorityLevelConfiguration";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<QueuingConfiguration> {
    static constexpr std::string_view name = "QueuingConfiguration";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LimitResponse> {
    static constexpr std::string_view name = "LimitResponse";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LimitedPriorityLevelConfiguration> {
    static constexpr std::string_view name = "LimitedPriorityLevelConfiguration";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PriorityLevelConfigurationCondition> {
    static constexpr std::string_view name = "PriorityLevelConfigurationCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PriorityLevelConfigurationSpec> {
    static constexpr std::string_view name = "PriorityLevelConfigurationSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PriorityLevelConfigurationStatus> {
    static constexpr std::string_view name = "PriorityLevelConfigurationStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PriorityLevelConfiguration> {
    static constexpr std::string_view name = "PriorityLevelConfiguration";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowDistinguisherMethod> {
    static constexpr std::string_view name = "FlowDistinguisherMethod";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PriorityLevelConfigurationReference> {
    static constexpr std::string_view name = "PriorityLevelConfigurationReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowGroupSubject> {
    static constexpr std::string_view name = "GroupSubject";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowUserSubject> {
    static constexpr std::string_view name = "UserSubject";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowServiceAccountSubject> {
    static constexpr std::string_view name = "ServiceAccountSubject";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowSubject> {
    static constexpr std::string_view name = "Subject";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NonResourcePolicyRule> {
    static constexpr std::string_view name = "NonResourcePolicyRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourcePolicyRule> {
    static constexpr std::string_view name = "ResourcePolicyRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PolicyRulesWithSubjects> {
    static constexpr std::string_view name = "PolicyRulesWithSubjects";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowSchemaSpec> {
    static constexpr std::string_view name = "FlowSchemaSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowSchemaCondition> {
    static constexpr std::string_view name = "FlowSchemaCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowSchemaStatus> {
    static constexpr std::string_view name = "FlowSchemaStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlowSchema> {
    static constexpr std::string_view name = "FlowSchema";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<FlowSchema>();
template <>
const Kind& kind_of<PriorityLevelConfiguration>();

}  // namespace kubetab::api
