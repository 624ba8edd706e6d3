#include "engine/api/json_schema.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ExternalDocumentation>::doc =
    "Where more is written about a field.";

std::span<const Field> Describe<ExternalDocumentation>::fields() {
    using T = ExternalDocumentation;
    static const std::vector<Field> table{
        field<T>("description", &T::description)
            .documented("What is found there."),
        field<T>("url", &T::url)
            .documented("The address of the text."),
    };
    return table;
}

const std::string_view Describe<ValidationRule>::doc =
    "A condition in the expression language CEL that a value must meet.";

std::span<const Field> Describe<ValidationRule>::fields() {
    using T = ValidationRule;
    static const std::vector<Field> table{
        field<T>("fieldPath", &T::fieldPath)
            .documented("The field that a violation is reported at, below the place of the rule."),
        field<T>("message", &T::message)
            .documented("What is said of a value that breaks the rule."),
        field<T>("messageExpression", &T::messageExpression)
            .documented("An expression that makes the message."),
        field<T>("optionalOldSelf", &T::optionalOldSelf)
            .documented("Whether a rule about changes also looks at what is new."),
        field<T>("reason", &T::reason)
            .documented("The machine's word for the failure, FieldValueInvalid if left out."),
        field<T>("rule", &T::rule).required()
            .documented("The expression; self is the value."),
    };
    return table;
}

const std::string_view Describe<JSONSchemaProps>::doc =
    "What a value must look like, as a part of JSON Schema that Kubernetes understands.";

std::span<const Field> Describe<JSONSchemaProps>::fields() {
    using T = JSONSchemaProps;
    static const std::vector<Field> table{
        field<T>("$ref", &T::ref)
            .documented("Not supported: a reference to another schema."),
        field<T>("$schema", &T::schema)
            .documented("The address of the schema language."),
        field<T>("additionalItems", &T::additionalItems)
            .documented("Not supported: what further elements of a list look like."),
        field<T>("additionalProperties", &T::additionalProperties)
            .documented("What the values of a map look like, or whether there may be other fields."),
        field<T>("allOf", &T::allOf)
            .documented("Schemas that must all hold."),
        field<T>("anyOf", &T::anyOf)
            .documented("Schemas of which one at least must hold."),
        field<T>("default", &T::default_)
            .documented("The value of a field that is left out."),
        field<T>("definitions", &T::definitions)
            .documented("Not supported: schemas to refer to."),
        field<T>("dependencies", &T::dependencies)
            .documented("Not supported: what a field needs beside itself."),
        field<T>("description", &T::description)
            .documented("What kubectl explain says of the field."),
        field<T>("enum", &T::enum_)
            .documented("The values that are allowed, and no others."),
        field<T>("example", &T::example)
            .documented("A value as an illustration; it has no effect."),
        field<T>("exclusiveMaximum", &T::exclusiveMaximum)
            .documented("Whether the maximum itself is too much."),
        field<T>("exclusiveMinimum", &T::exclusiveMinimum)
            .documented("Whether the minimum itself is too little."),
        field<T>("externalDocs", &T::externalDocs)
            .documented("Where more is written about the field."),
        field<T>("format", &T::format)
            .documented("What kind of text or number it is, such as date-time, ipv4 or int32."),
        field<T>("id", &T::id)
            .documented("Not supported: a name of the schema."),
        field<T>("items", &T::items)
            .documented("What the elements of a list look like."),
        field<T>("maxItems", &T::maxItems)
            .documented("How many elements a list may have."),
        field<T>("maxLength", &T::maxLength)
            .documented("How many characters a text may have."),
        field<T>("maxProperties", &T::maxProperties)
            .documented("How many entries a map may have."),
        field<T>("maximum", &T::maximum)
            .documented("The largest number that is allowed."),
        field<T>("minItems", &T::minItems)
            .documented("How many elements a list must have."),
        field<T>("minLength", &T::minLength)
            .documented("How many characters a text must have."),
        field<T>("minProperties", &T::minProperties)
            .documented("How many entries a map must have."),
        field<T>("minimum", &T::minimum)
            .documented("The smallest number that is allowed."),
        field<T>("multipleOf", &T::multipleOf)
            .documented("The number must be this much times a whole number."),
        field<T>("not", &T::not_)
            .documented("A schema that must not hold."),
        field<T>("nullable", &T::nullable)
            .documented("Whether the value may be null."),
        field<T>("oneOf", &T::oneOf)
            .documented("Schemas of which exactly one must hold."),
        field<T>("pattern", &T::pattern)
            .documented("A regular expression that must match somewhere in a text."),
        field<T>("patternProperties", &T::patternProperties)
            .documented("Not supported: schemas for fields by pattern."),
        field<T>("properties", &T::properties)
            .documented("The fields of an object by name."),
        field<T>("required", &T::required)
            .documented("The fields that an object must have."),
        field<T>("title", &T::title)
            .documented("A heading for the field."),
        field<T>("type", &T::type)
            .documented("One of object, array, string, integer, number and boolean."),
        field<T>("uniqueItems", &T::uniqueItems)
            .documented("Not supported: use x-kubernetes-list-type with set."),
        field<T>("x-kubernetes-embedded-resource", &T::x_embedded_resource)
            .documented("Whether the value is a whole object with apiVersion, kind and metadata."),
        field<T>("x-kubernetes-int-or-string", &T::x_int_or_string)
            .documented("Whether the value may be a whole number or a text."),
        field<T>("x-kubernetes-list-map-keys", &T::x_list_map_keys)
            .documented("The fields that tell the elements of a list of type map apart."),
        field<T>("x-kubernetes-list-type", &T::x_list_type)
            .documented("How a list is merged: atomic, set or map."),
        field<T>("x-kubernetes-map-type", &T::x_map_type)
            .documented("How an object is merged: granular or atomic."),
        field<T>("x-kubernetes-preserve-unknown-fields", &T::x_preserve_unknown_fields)
            .documented("Whether fields that the schema does not name are kept."),
        field<T>("x-kubernetes-validations", &T::x_validations).merge("rule")
            .documented("Conditions in CEL, which kubetab stores and does not evaluate."),
    };
    return table;
}
// clang-format on

}  // namespace kubetab::api
