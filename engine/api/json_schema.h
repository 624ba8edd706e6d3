// JSONSchemaProps: the schema that a CustomResourceDefinition gives its objects. Spelled as in YAML; what a
// field means stands in the table beside it.
//
// What YAML allows to be of several forms is kept as JSON. What a schema says of values is carried out by
// engine/api/custom, on documents.
// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types_jsonschema.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/type.h"
#include "engine/api/values.h"

namespace kubetab::api {

struct JsonValue : Raw {
    static constexpr std::string_view kName = "JSON";
};
struct JsonNumber : Raw {
    static constexpr std::string_view kName = "float64";
};
struct SchemaOrBool : Raw {
    static constexpr std::string_view kName = "JSONSchemaPropsOrBool";
};
struct SchemaOrSchemas : Raw {
    static constexpr std::string_view kName = "JSONSchemaPropsOrArray";
};
struct SchemaOrNames : Raw {
    static constexpr std::string_view kName = "JSONSchemaPropsOrStringArray";
};

struct ExternalDocumentation {
    Text description{};
    Text url{};
};

struct ValidationRule {
    Text fieldPath{};
    Text message{};
    Text messageExpression{};
    std::optional<bool> optionalOldSelf{};
    std::optional<Text> reason{};
    Text rule{};
};

struct JSONSchemaProps {
    std::optional<Text> ref{};
    Text schema{};
    SchemaOrBool additionalItems{};
    SchemaOrBool additionalProperties{};
    std::vector<JSONSchemaProps> allOf{};
    std::vector<JSONSchemaProps> anyOf{};
    JsonValue default_{};
    base::FlatMap<JSONSchemaProps> definitions{};
    base::FlatMap<SchemaOrNames> dependencies{};
    Text description{};
    std::vector<JsonValue> enum_{};
    JsonValue example{};
    bool exclusiveMaximum{};
    bool exclusiveMinimum{};
    Box<ExternalDocumentation> externalDocs{};
    Text format{};
    Text id{};
    SchemaOrSchemas items{};
    std::optional<std::int64_t> maxItems{};
    std::optional<std::int64_t> maxLength{};
    std::optional<std::int64_t> maxProperties{};
    JsonNumber maximum{};
    std::optional<std::int64_t> minItems{};
    std::optional<std::int64_t> minLength{};
    std::optional<std::int64_t> minProperties{};
    JsonNumber minimum{};
    JsonNumber multipleOf{};
    Box<JSONSchemaProps> not_{};
    bool nullable{};
    std::vector<JSONSchemaProps> oneOf{};
    Text pattern{};
    base::FlatMap<JSONSchemaProps> patternProperties{};
    base::FlatMap<JSONSchemaProps> properties{};
    Texts required{};
    Text title{};
    Text type{};
    bool uniqueItems{};
    bool x_embedded_resource{};
    bool x_int_or_string{};
    Texts x_list_map_keys{};
    std::optional<Text> x_list_type{};
    std::optional<Text> x_map_type{};
    std::optional<bool> x_preserve_unknown_fields{};
    std::vector<ValidationRule> x_validations{};
};

template <>
struct Describe<ExternalDocumentation> {
    static constexpr std::string_view name = "ExternalDocumentation";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ValidationRule> {
    static constexpr std::string_view name = "ValidationRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<JSONSchemaProps> {
    static constexpr std::string_view name = "JSONSchemaProps";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
