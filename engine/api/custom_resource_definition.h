// CustomResourceDefinition. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/admission_registration.h"
#include "engine/api/json_schema.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

inline constexpr std::string_view kCustomResourceCleanup = "customresourcecleanup.apiextensions.k8s.io";

struct WebhookConversion {
    Box<WebhookClientConfig> clientConfig{};
    Texts conversionReviewVersions{};
};

struct CustomResourceConversion {
    Text strategy{};
    Box<WebhookConversion> webhook{};
};

struct CustomResourceDefinitionNames {
    Texts categories{};
    Text kind{};
    Text listKind{};
    Text plural{};
    Texts shortNames{};
    Text singular{};
};

struct CustomResourceColumnDefinition {
    Text description{};
    Text format{};
    Text jsonPath{};
    Text name{};
    std::int32_t priority{};
    Text type{};
};

struct SelectableField {
    Text jsonPath{};
};

struct CustomResourceSubresourceStatus {};

struct CustomResourceSubresourceScale {
    std::optional<Text> labelSelectorPath{};
    Text specReplicasPath{};
    Text statusReplicasPath{};
};

struct CustomResourceSubresources {
    Box<CustomResourceSubresourceScale> scale{};
    Box<CustomResourceSubresourceStatus> status{};
};

struct CustomResourceValidation {
    Box<JSONSchemaProps> openAPIV3Schema{};
};

struct CustomResourceDefinitionVersion {
    std::vector<CustomResourceColumnDefinition> additionalPrinterColumns{};
    bool deprecated{};
    std::optional<Text> deprecationWarning{};
    Text name{};
    Box<CustomResourceValidation> schema{};
    std::vector<SelectableField> selectableFields{};
    bool served{};
    bool storage{};
    Box<CustomResourceSubresources> subresources{};
};

struct CustomResourceDefinitionSpec {
    Box<CustomResourceConversion> conversion{};
    Text group{};
    CustomResourceDefinitionNames names{};
    bool preserveUnknownFields{};
    Text scope{};
    std::vector<CustomResourceDefinitionVersion> versions{};
};

struct CustomResourceDefinitionCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct CustomResourceDefinitionStatus {
    CustomResourceDefinitionNames acceptedNames{};
    std::vector<CustomResourceDefinitionCondition> conditions{};
    Texts storedVersions{};
};

struct CustomResourceDefinition : Object {
    CustomResourceDefinitionSpec spec{};
    CustomResourceDefinitionStatus status{};
};

template <>
struct Describe<WebhookConversion> {
    static constexpr std::string_view name = "WebhookConversion";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceConversion> {
    static constexpr std::string_view name = "CustomResourceConversion";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceDefinitionNames> {
    static constexpr std::string_view name = "CustomResourceDefinitionNames";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceColumnDefinition> {
    static constexpr std::string_view name = "CustomResourceColumnDefinition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SelectableField> {
    static constexpr std::string_view name = "SelectableField";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceSubresourceStatus> {
    static constexpr std::string_view name = "CustomResourceSubresourceStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceSubresourceScale> {
    static constexpr std::string_view name = "CustomResourceSubresourceScale";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceSubresources> {
    static constexpr std::string_view name = "CustomResourceSubresources";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceValidation> {
    static constexpr std::string_view name = "CustomResourceValidation";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceDefinitionVersion> {
    static constexpr std::string_view name = "CustomResourceDefinitionVersion";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceDefinitionSpec> {
    static constexpr std::string_view name = "CustomResourceDefinitionSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceDefinitionCondition> {
    static constexpr std::string_view name = "CustomResourceDefinitionCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceDefinitionStatus> {
    static constexpr std::string_view name = "CustomResourceDefinitionStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CustomResourceDefinition> {
    static constexpr std::string_view name = "CustomResourceDefinition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<CustomResourceDefinition>();

// The condition of that type, or null.
const CustomResourceDefinitionCondition* find_condition(const CustomResourceDefinition& definition,
                                                        std::string_view type);
bool is_condition_true(const CustomResourceDefinition& definition, std::string_view type);
// Sets a condition; its time moves when its status does. True when that changed something.
bool set_condition(CustomResourceDefinition& definition, CustomResourceDefinitionCondition condition,
                   Time now);

}  // namespace kubetab::api
