#include "engine/api/custom/structural_schema.h"

#include <algorithm>

#include "engine/api/custom/schema_parts.h"
#include "engine/api/custom/schema_validation.h"
#include "engine/api/validation/value_text.h"
#include "engine/base/json.h"
#include "engine/base/json_text.h"
#include "engine/base/regex.h"
#include "engine/base/stable_sort.h"

namespace kubetab::api {

using base::Json;

namespace {

enum class Level { Root, Item, Field };

std::string keyed(const std::string& path, const std::string& key) {
    return path + "[" + key + "]";
}

bool is_there(const Json& schema, std::string_view name) {
    const Json* value = base::find(schema, name);
    return value != nullptr && !value->is_null() && !(value->is_structured() && value->empty()) &&
           *value != Json(false) && *value != Json("");
}

// The schemas below a member of a schema: one, those of a list, or those of a map.
template <class Visit>
void each_below(const Json& schema, const char* name, const std::string& path, const Visit& visit) {
    const Json* value = base::find(schema, name);
    if (value == nullptr) return;
    const std::string_view member = name;
    const std::string at = path + "." + name;
    if (value->is_array()) {
        for (std::size_t i = 0; i < value->size(); ++i) visit((*value)[i], keyed(at, std::to_string(i)));
    } else if (member == "properties" || member == "patternProperties" || member == "definitions") {
        for (const auto& [key, inner] : value->items()) visit(inner, keyed(at, key));
    } else if (value->is_object()) {
        visit(*value, at);
    }
}

constexpr const char* kParts[] = {
    "additionalProperties", "properties", "not", "allOf", "oneOf", "anyOf", "items"};
constexpr const char* kCombinations[] = {"anyOf", "allOf", "oneOf", "not"};

struct Refusal {
    const char* name;
    std::string_view detail;
};

// What schemas of custom resources may not use at all.
constexpr Refusal kUnsupported[] = {
    {"id", "id is not supported"},
    {"additionalItems", "additionalItems is not supported"},
    {"patternProperties", "patternProperties is not supported"},
    {"definitions", "definitions is not supported"},
    {"dependencies", "dependencies is not supported"},
    {"$ref", "$ref is not supported"},
    {"uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"},
};

// What may not stand below anyOf and the like.
constexpr Refusal kNotNested[] = {
    {"type", "must be empty to be structural"},
    {"additionalProperties", "must be undefined to be structural"},
    {"default", "must be undefined to be structural"},
    {"title", "must be empty to be structural"},
    {"description", "must be empty to be structural"},
    {"nullable", "must be false to be structural"},
    {"externalDocs", "must be undefined to be structural"},
    {"x-kubernetes-preserve-unknown-fields", "must be false to be structural"},
    {"x-kubernetes-embedded-resource", "must be false to be structural"},
    {"x-kubernetes-int-or-string", "must be false to be structural"},
    {"x-kubernetes-list-map-keys", "must be empty to be structural"},
    {"x-kubernetes-list-type", "must be undefined to be structural"},
    {"x-kubernetes-map-type", "must be undefined to be structural"},
    {"x-kubernetes-validations", "must be empty to be structural"},
};

class SchemaChecker {
public:
    std::vector<FieldError> check(const Json& schema, const std::string& path) {
        if (flag(schema, "nullable")) forbidden(path + ".nullable", "nullable cannot be true at the root");
        parts(schema, path);
        std::vector<FieldError> before = std::exchange(errors_, {});
        structure(schema, path, Level::Root);
        complete(schema, schema, path);
        base::stable_sort(errors_,
                          [](const FieldError& a, const FieldError& b) { return a.text() < b.text(); });
        if (errors_.empty()) presets(schema, path);
        before.insert(before.end(), errors_.begin(), errors_.end());
        return before;
    }

private:
    void add(FieldErrorType type, const std::string& path, std::string value, std::string_view detail) {
        errors_.push_back({type, path, std::move(value), std::string(detail)});
    }
    void forbidden(const std::string& path, std::string_view detail) {
        add(FieldErrorType::Forbidden, path, {}, detail);
    }
    void invalid(const std::string& path, std::string_view value, std::string_view detail) {
        add(FieldErrorType::Invalid, path, go_quoted(value), detail);
    }
    void unsupported(const std::string& path, const std::string& value, std::string_view known) {
        add(FieldErrorType::Unsupported, path, go_quoted(value),
            std::string("supported values: ").append(known));
    }
    // The type must be `wanted` because of what `detail` says.
    void must_be(const Json& schema, const std::string& path, const std::string& wanted,
                 const std::string& detail) {
        const std::string type = base::text_at(schema, {"type"});
        if (type == wanted) return;
        const std::string text = "must be " + wanted + " if " + detail;
        if (type.empty()) add(FieldErrorType::Required, path + ".type", {}, text);
        else invalid(path + ".type", type, text);
    }

    // upstream: ValidateCustomResourceDefinitionOpenAPISchema
    void parts(const Json& schema, const std::string& path) {
        for (const Refusal& refusal : kUnsupported) {
            if (is_there(schema, refusal.name)) forbidden(path + "." + refusal.name, refusal.detail);
        }
        const std::string type = base::text_at(schema, {"type"});
        static constexpr std::string_view kTypes[] = {"array",  "boolean", "integer",
                                                      "number", "object",  "string"};
        if (type == "null") {
            forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative");
        } else if (!type.empty() &&
                   std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) {
            unsupported(path + ".type", type,
                        R"("array", "boolean", "integer", "number", "object", "string")");
        }
        const Json* items = base::find(schema, "items");
        if (items != nullptr && items->is_array())
            forbidden(path + ".items", "items must be a schema object and not an array");
        const Json* additional = base::find(schema, "additionalProperties");
        if (additional != nullptr && is_there(schema, "properties") && *additional != Json(true)) {
            forbidden(path + ".additionalProperties",
                      "additionalProperties and properties are mutual exclusive");
        } else if (additional != nullptr && *additional == Json(false)) {
            forbidden(path + ".additionalProperties", "must not be set to false");
        }
        const Json* preserve = base::find(schema, "x-kubernetes-preserve-unknown-fields");
        if (preserve != nullptr && *preserve == Json(false)) {
            add(FieldErrorType::Invalid, path + ".x-kubernetes-preserve-unknown-fields", "false",
                "must be true or undefined");
        }
        merging(schema, path);
        for (const char* name : kParts) {
            each_below(schema, name, path,
                       [this](const Json& inner, const std::string& at) { parts(inner, at); });
        }
    }

    void merging(const Json& schema, const std::string& path) {
        const std::string map_type = base::text_at(schema, {"x-kubernetes-map-type"});
        if (!map_type.empty()) {
            must_be(schema, path, "object", "x-kubernetes-map-type is specified");
            if (map_type != "atomic" && map_type != "granular")
                unsupported(path + ".x-kubernetes-map-type", map_type, R"("atomic", "granular")");
        }
        const std::string list_type = base::text_at(schema, {"x-kubernetes-list-type"});
        if (!list_type.empty()) {
            must_be(schema, path, "array", "x-kubernetes-list-type is specified");
            if (list_type != "atomic" && list_type != "set" && list_type != "map")
                unsupported(path + ".x-kubernetes-list-type", list_type, R"("atomic", "set", "map")");
        }
        const bool has_keys = is_there(schema, "x-kubernetes-list-map-keys");
        constexpr std::string_view kNeedsMap = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (has_keys && list_type.empty())
            add(FieldErrorType::Required, path + ".x-kubernetes-list-type", {}, kNeedsMap);
        else if (has_keys && list_type != "map")
            invalid(path + ".x-kubernetes-list-type", list_type, kNeedsMap);
        if (list_type == "map") keys(schema, path, has_keys);
    }

    // upstream: ValidateCustomResourceDefinitionOpenAPISchema, the part about x-kubernetes-list-map-keys
    void keys(const Json& schema, const std::string& path, bool has_keys) {
        const std::string at = path + ".x-kubernetes-list-map-keys";
        if (!has_keys) {
            return add(FieldErrorType::Required, at, {},
                       "must not be empty if x-kubernetes-list-type is map");
        }
        const Json* items = items_of(schema);
        if (items == nullptr) {
            return add(FieldErrorType::Required, path + ".items", {},
                       "must have a schema if x-kubernetes-list-type is map");
        }
        const std::string type = base::text_at(*items, {"type"});
        if (type != "object") {
            invalid(path + ".items.type", type,
                    "must be object if parent array's x-kubernetes-list-type is map");
        }
        const Json& names = *base::find(schema, "x-kubernetes-list-map-keys");
        const Json* required = base::find(*items, "required");
        for (const Json& name : names) {
            const std::string key = name.is_string() ? name.get<std::string>() : "";
            const Json* property = property_of(*items, key);
            if (property == nullptr) {
                invalid(at, key, "entries must all be names of item properties");
                continue;
            }
            const bool needed = required != nullptr && required->is_array() &&
                                std::find(required->begin(), required->end(), name) != required->end();
            if (needed || is_there(*property, "default")) continue;
            add(FieldErrorType::Required, keyed(path + ".items.properties", key) + ".default", {},
                "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required "
                "property");
        }
    }

    // upstream: validateStructuralInvariants
    void structure(const Json& schema, const std::string& path, Level level) {
        const std::string type = base::text_at(schema, {"type"});
        if (type == "array" && items_of(schema) == nullptr)
            add(FieldErrorType::Required, path + ".items", {}, "must be specified");
        each_below(schema, "items", path,
                   [this](const Json& inner, const std::string& at) { structure(inner, at, Level::Item); });
        each_below(schema, "properties", path,
                   [this](const Json& inner, const std::string& at) { structure(inner, at, Level::Field); });
        if (level == Level::Root && has_additional(schema))
            forbidden(path + ".additionalProperties", "must not be used at the root");
        each_below(schema, "additionalProperties", path,
                   [this](const Json& inner, const std::string& at) { structure(inner, at, Level::Field); });
        combinations(schema, path, flag(schema, "x-kubernetes-int-or-string"));
        pattern(schema, path);
        type_rules(schema, path, level, type);
    }

    void type_rules(const Json& schema, const std::string& path, Level level, const std::string& type) {
        const bool either = flag(schema, "x-kubernetes-int-or-string");
        const bool embedded = flag(schema, "x-kubernetes-embedded-resource");
        if (embedded) {
            must_be(schema, path, "object", "x-kubernetes-embedded-resource is true");
        } else if (type.empty() && !either && !keeps_unknown(schema)) {
            add(FieldErrorType::Required, path + ".type", {},
                level == Level::Root   ? "must not be empty at the root"
                : level == Level::Item ? "must not be empty for specified array items"
                                       : "must not be empty for specified object fields");
        }
        if (either && !type.empty())
            invalid(path + ".type", type, "must be empty if x-kubernetes-int-or-string is true");
        if (either && keeps_unknown(schema)) {
            add(FieldErrorType::Invalid, path + ".x-kubernetes-preserve-unknown-fields", "true",
                "must be false if x-kubernetes-int-or-string is true");
        }
        if (either && embedded) {
            add(FieldErrorType::Invalid, path + ".x-kubernetes-embedded-resource", "true",
                "must be false if x-kubernetes-int-or-string is true");
        }
        if (level == Level::Root && !type.empty() && type != "object")
            invalid(path + ".type", type, "must be object at the root");
        if (embedded && !keeps_unknown(schema) && !is_there(schema, "properties")) {
            add(FieldErrorType::Required, path + ".properties", {},
                "must not be empty if x-kubernetes-embedded-resource is true without "
                "x-kubernetes-preserve-unknown-fields");
        }
        const Json* metadata = level == Level::Root ? property_of(schema, "metadata") : nullptr;
        if (metadata != nullptr) root_metadata(*metadata, keyed(path + ".properties", "metadata"));
    }

    // upstream: validateStructuralMetadataInvariants
    void root_metadata(const Json& metadata, const std::string& path) {
        const std::string type = base::text_at(metadata, {"type"});
        if (type != "object") invalid(path + ".type", type, "must be object");
        bool more = false;
        for (const auto& [name, value] : metadata.items()) more |= name != "type" && name != "properties";
        for (const auto& [name, value] : properties_of(metadata).items())
            more |= name != "name" && name != "generateName";
        if (!more) return;
        forbidden(path,
                  "must not specify anything other than name and generateName, but metadata is implicitly "
                  "specified");
    }

    void pattern(const Json& schema, const std::string& path) {
        const std::string pattern = base::text_at(schema, {"pattern"});
        const base::Result<base::Regex> regex = base::Regex::compile(pattern, {.re2 = true});
        if (regex.ok()) return;
        invalid(path + ".pattern", pattern,
                "must be a valid regular expression, but isn't: " + regex.error().message);
    }

    // upstream: validateValueValidation. What is an integer or a string may say so.
    void combinations(const Json& schema, const std::string& path, bool either) {
        for (const char* name : kCombinations) {
            each_below(schema, name, path,
                       [&](const Json& inner, const std::string& at) { nested(inner, at, either); });
        }
    }

    // upstream: validateNestedValueValidation
    void nested(const Json& schema, const std::string& path, bool either) {
        combinations(schema, path, either);
        pattern(schema, path);
        each_below(schema, "items", path,
                   [this](const Json& inner, const std::string& at) { nested(inner, at, false); });
        each_below(schema, "properties", path,
                   [this](const Json& inner, const std::string& at) { nested(inner, at, false); });
        for (const Refusal& refusal : kNotNested) {
            if (either && std::string_view(refusal.name) == "type") continue;
            if (is_there(schema, refusal.name)) forbidden(path + "." + refusal.name, refusal.detail);
        }
        if (property_of(schema, "metadata") != nullptr) {
            forbidden(keyed(path + ".properties", "metadata"), "must not be specified in a nested context");
        }
    }

    // What anyOf and the like speak of must be described outside of them. upstream:
    // validateStructuralCompleteness
    void complete(const Json& outer, const Json& schema, const std::string& path) {
        for (const char* name : kCombinations) {
            each_below(schema, name, path,
                       [&](const Json& inner, const std::string& at) { described(outer, inner, path, at); });
        }
        if (&outer != &schema) return;
        for (const char* name : {"properties", "items", "additionalProperties"}) {
            each_below(schema, name, path,
                       [this](const Json& inner, const std::string& at) { complete(inner, inner, at); });
        }
    }

    void described(const Json& outer, const Json& inner, const std::string& path, const std::string& at) {
        complete(outer, inner, at);
        for (const auto& [name, property] : properties_of(inner).items()) {
            const Json* known = property_of(outer, name);
            const std::string there = keyed(path + ".properties", name);
            if (known != nullptr) {
                described(*known, property, there, keyed(at + ".properties", name));
            } else if (!has_additional(outer) && name != "metadata") {
                add(FieldErrorType::Required, there, {},
                    "because it is defined in " + keyed(at + ".properties", name));
            }
        }
        const Json* items = items_of(inner);
        if (items != nullptr && items_of(outer) == nullptr) {
            add(FieldErrorType::Required, path + ".items", {}, "because it is defined in " + at + ".items");
        } else if (items != nullptr) {
            described(*items_of(outer), *items, path + ".items", at + ".items");
        }
    }

    // upstream: defaulting.ValidateDefaults
    void presets(const Json& schema, const std::string& path) {
        if (const Json* preset = base::find(schema, "default")) {
            for (FieldError& error : validate_value(schema, *preset, {})) {
                const std::string below = error.path == "<nil>" ? "" : "." + error.path;
                error.path = path + ".default" + below;
                errors_.push_back(std::move(error));
            }
        }
        for (const char* name : {"properties", "items", "additionalProperties"}) {
            each_below(schema, name, path,
                       [this](const Json& inner, const std::string& at) { presets(inner, at); });
        }
    }

    std::vector<FieldError> errors_{};
};

}  // namespace

std::vector<FieldError> check_schema(const Json& schema, const std::string& path) {
    return SchemaChecker().check(schema, path);
}

void find_rules(const Json& schema, const std::string& path, std::vector<std::string>& places) {
    if (is_there(schema, "x-kubernetes-validations")) places.push_back(path + ".x-kubernetes-validations");
    for (const char* name : kParts) {
        each_below(schema, name, path,
                   [&](const Json& inner, const std::string& at) { find_rules(inner, at, places); });
    }
}

}  // namespace kubetab::api
