// Admission webhooks and admission policies. Spelled as in YAML; what a field means stands in the table
// beside it. upstream: staging/src/k8s.io/api/admissionregistration/v1/types.go
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

inline constexpr std::string_view kAdmissionGroup = "admissionregistration.k8s.io";

struct AdmissionServiceReference {
    Text name{};
    Text namespace_{};
    std::optional<Text> path{};
    std::optional<std::int32_t> port{};
};

struct WebhookClientConfig {
    Bytes caBundle{};
    Box<AdmissionServiceReference> service{};
    std::optional<Text> url{};
};

struct RuleWithOperations {
    std::vector<Text> apiGroups{};
    std::vector<Text> apiVersions{};
    std::vector<Text> operations{};
    std::vector<Text> resources{};
    std::optional<Text> scope{};
};

struct NamedRuleWithOperations {
    std::vector<Text> apiGroups{};
    std::vector<Text> apiVersions{};
    std::vector<Text> operations{};
    std::vector<Text> resourceNames{};
    std::vector<Text> resources{};
    std::optional<Text> scope{};
};

struct MatchCondition {
    Text expression{};
    Text name{};
};

struct MutatingWebhook {
    std::vector<Text> admissionReviewVersions{};
    WebhookClientConfig clientConfig{};
    std::optional<Text> failurePolicy{};
    std::vector<MatchCondition> matchConditions{};
    std::optional<Text> matchPolicy{};
    Text name{};
    Box<LabelSelector> namespaceSelector{};
    Box<LabelSelector> objectSelector{};
    std::optional<Text> reinvocationPolicy{};
    std::vector<RuleWithOperations> rules{};
    std::optional<Text> sideEffects{};
    std::optional<std::int32_t> timeoutSeconds{};
};

struct ValidatingWebhook {
    std::vector<Text> admissionReviewVersions{};
    WebhookClientConfig clientConfig{};
    std::optional<Text> failurePolicy{};
    std::vector<MatchCondition> matchConditions{};
    std::optional<Text> matchPolicy{};
    Text name{};
    Box<LabelSelector> namespaceSelector{};
    Box<LabelSelector> objectSelector{};
    std::vector<RuleWithOperations> rules{};
    std::optional<Text> sideEffects{};
    std::optional<std::int32_t> timeoutSeconds{};
};

struct MutatingWebhookConfiguration : Object {
    std::vector<MutatingWebhook> webhooks{};
};

struct ValidatingWebhookConfiguration : Object {
    std::vector<ValidatingWebhook> webhooks{};
};

struct MatchResources {
    std::vector<NamedRuleWithOperations> excludeResourceRules{};
    std::optional<Text> matchPolicy{};
    Box<LabelSelector> namespaceSelector{};
    Box<LabelSelector> objectSelector{};
    std::vector<NamedRuleWithOperations> resourceRules{};
};

struct AuditAnnotation {
    Text key{};
    Text valueExpression{};
};

struct ParamKind {
    Text apiVersion{};
    Text kind{};
};

struct ParamRef {
    Text name{};
    Text namespace_{};
    std::optional<Text> parameterNotFoundAction{};
    Box<LabelSelector> selector{};
};

struct Validation {
    Text expression{};
    Text message{};
    Text messageExpression{};
    std::optional<Text> reason{};
};

struct Variable {
    Text expression{};
    Text name{};
};

struct ExpressionWarning {
    Text fieldRef{};
    Text warning{};
};

struct TypeChecking {
    std::vector<ExpressionWarning> expressionWarnings{};
};

struct ValidatingAdmissionPolicySpec {
    std::vector<AuditAnnotation> auditAnnotations{};
    std::optional<Text> failurePolicy{};
    std::vector<MatchCondition> matchConditions{};
    Box<MatchResources> matchConstraints{};
    Box<ParamKind> paramKind{};
    std::vector<Validation> validations{};
    std::vector<Variable> variables{};
};

struct ValidatingAdmissionPolicyStatus {
    std::vector<Condition> conditions{};
    std::int64_t observedGeneration{};
    Box<TypeChecking> typeChecking{};
};

struct ValidatingAdmissionPolicy : Object {
    ValidatingAdmissionPolicySpec spec{};
    ValidatingAdmissionPolicyStatus status{};
};

struct ValidatingAdmissionPolicyBindingSpec {
    Box<MatchResources> matchResources{};
    Box<ParamRef> paramRef{};
    Text policyName{};
    std::vector<Text> validationActions{};
};

struct ValidatingAdmissionPolicyBinding : Object {
    ValidatingAdmissionPolicyBindingSpec spec{};
};

template <>
struct Describe<AdmissionServiceReference> {
    static constexpr std::string_view name = "ServiceReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<WebhookClientConfig> {
    static constexpr std::string_view name = "WebhookClientConfig";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<RuleWithOperations> {
    static constexpr std::string_view name = "RuleWithOperations";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NamedRuleWithOperations> {
    static constexpr std::string_view name = "NamedRuleWithOperations";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MatchCondition> {
    static constexpr std::string_view name = "MatchCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MutatingWebhook> {
    static constexpr std::string_view name = "MutatingWebhook";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidatingWebhook> {
    static constexpr std::string_view name = "ValidatingWebhook";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MutatingWebhookConfiguration> {
    static constexpr std::string_view name = "MutatingWebhookConfiguration";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidatingWebhookConfiguration> {
    static constexpr std::string_view name = "ValidatingWebhookConfiguration";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<MatchResources> {
    static constexpr std::string_view name = "MatchResources";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<AuditAnnotation> {
    static constexpr std::string_view name = "AuditAnnotation";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ParamKind> {
    static constexpr std::string_view name = "ParamKind";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ParamRef> {
    static constexpr std::string_view name = "ParamRef";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Validation> {
    static constexpr std::string_view name = "Validation";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Variable> {
    static constexpr std::string_view name = "Variable";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ExpressionWarning> {
    static constexpr std::string_view name = "ExpressionWarning";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TypeChecking> {
    static constexpr std::string_view name = "TypeChecking";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidatingAdmissionPolicySpec> {
    static constexpr std::string_view name = "ValidatingAdmissionPolicySpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidatingAdmissionPolicyStatus> {
    static constexpr std::string_view name = "ValidatingAdmissionPolicyStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidatingAdmissionPolicy> {
    static constexpr std::string_view name = "ValidatingAdmissionPolicy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidatingAdmissionPolicyBindingSpec> {
    static constexpr std::string_view name = "ValidatingAdmissionPolicyBindingSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidatingAdmissionPolicyBinding> {
    static constexpr std::string_view name = "ValidatingAdmissionPolicyBinding";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<MutatingWebhookConfiguration>();
template <>
const Kind& kind_of<ValidatingWebhookConfiguration>();
template <>
const Kind& kind_of<ValidatingAdmissionPolicy>();
template <>
const Kind& kind_of<ValidatingAdmissionPolicyBinding>();

}  // namespace kubetab::api
