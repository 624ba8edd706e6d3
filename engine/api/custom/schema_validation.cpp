#include "engine/api/custom/schema_validation.h"

#include <algorithm>
#include <optional>

#include "engine/api/custom/formats.h"
#include "engine/api/custom/schema_parts.h"
#include "engine/api/validation/value_text.h"
#include "engine/base/json.h"
#include "engine/base/json_number.h"
#include "engine/base/json_text.h"
#include "engine/base/regex.h"
#include "engine/base/utf8.h"

namespace kubetab::api {

using base::Json;

namespace {

std::string type_name(const Json& value) {
    if (value.is_null()) return "null";
    if (value.is_object()) return "object";
    if (value.is_array()) return "array";
    if (value.is_string()) return "string";
    if (value.is_boolean()) return "boolean";
    return value.is_number_float() ? "number" : "integer";
}

// A value as field errors print it.
std::string printed(const Json& value) {
    return value.is_string() ? go_quoted(value.get_ref<const std::string&>()) : base::go_text(value);
}

std::optional<std::int64_t> bound(const Json& schema, std::string_view name) {
    const Json* value = base::find(schema, name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    return value->get<std::int64_t>();
}

// The types that a schema allows, as messages join them; empty for any.
std::string allowed_types(const Json& schema) {
    if (flag(schema, "x-kubernetes-int-or-string")) return "integer,string";
    return base::text_at(schema, {"type"});
}

bool has_type(const std::string& allowed, const Json& value) {
    if (allowed.empty()) return true;
    if (allowed == "integer,string") return value.is_string() || base::is_whole_number(value);
    if (allowed == "integer") return base::is_whole_number(value);
    if (allowed == "number") return value.is_number();
    return allowed == type_name(value);
}

class SchemaValidator {
public:
    std::vector<FieldError> take() { return std::move(errors_); }

    // upstream: SchemaValidator.Validate
    void value(const Json& schema, const Json& value, const std::string& path, const Json* old) {
        if (old != nullptr && *old == value) return;
        if (value.is_null() && flag(schema, "nullable")) return;
        const std::string allowed = allowed_types(schema);
        if (!has_type(allowed, value)) {
            wrong_type(path, allowed, type_name(value));
            if (value.is_null()) return;
        }
        combinations(schema, value, path);
        if (value.is_string()) text(schema, value.get_ref<const std::string&>(), path);
        if (value.is_number()) number(schema, value, path);
        if (value.is_array()) list(schema, value, path);
        choices(schema, value, path);
        if (value.is_object()) object(schema, value, path, old);
    }

private:
    void add(FieldErrorType type, const std::string& path, std::string value, std::string detail) {
        errors_.push_back({type, path.empty() ? "<nil>" : path, std::move(value), std::move(detail)});
    }
    void invalid(const std::string& path, std::string value, const std::string& problem) {
        add(FieldErrorType::Invalid, path, std::move(value), path + " in body " + problem);
    }
    void wrong_type(const std::string& path, const std::string& wanted, const std::string& found) {
        const std::string quoted = go_quoted(found);
        add(FieldErrorType::TypeInvalid, path, quoted,
            path + " in body must be of type " + wanted + ": " + quoted);
    }

    // upstream: schemaPropsValidator.Validate
    void combinations(const Json& schema, const Json& value, const std::string& path) {
        if (const Json* any = base::find(schema, "anyOf");
            any != nullptr && any->is_array() && !any->empty()) {
            std::vector<FieldError> best;
            if (matching(*any, value, path, best) == 0) {
                sentence("\"" + path + "\" must validate at least one schema (anyOf)");
                append(best);
            }
        }
        if (const Json* one = base::find(schema, "oneOf");
            one != nullptr && one->is_array() && !one->empty()) {
            std::vector<FieldError> best;
            const std::size_t valid = matching(*one, value, path, best);
            const std::string found =
                valid == 0 ? "Found none valid" : "Found " + std::to_string(valid) + " valid alternatives";
            if (valid != 1)
                sentence("\"" + path + "\" must validate one and only one schema (oneOf). " + found);
            if (valid == 0) append(best);
        }
        if (const Json* all = base::find(schema, "allOf"); all != nullptr && all->is_array()) {
            std::size_t valid = 0;
            for (const Json& part : *all) {
                const std::vector<FieldError> found = errors_of(part, value, path);
                if (found.empty()) ++valid;
                append(found);
            }
            if (valid != all->size()) {
                sentence("\"" + path + "\" must validate all the schemas (allOf)" +
                         (valid == 0 ? ". None validated" : ""));
            }
        }
        if (const Json* opposite = base::find(schema, "not"); opposite != nullptr) {
            if (errors_of(*opposite, value, path).empty())
                sentence("\"" + path + "\" must not validate the schema (not)");
        }
    }

    std::vector<FieldError> errors_of(const Json& schema, const Json& value, const std::string& path) {
        SchemaValidator inner;
        inner.value(schema, value, path, nullptr);
        return inner.take();
    }

    // How many of the schemas hold; `best` gets what the one with the fewest mistakes says.
    std::size_t matching(const Json& schemas, const Json& value, const std::string& path,
                         std::vector<FieldError>& best) {
        std::size_t valid = 0;
        for (const Json& part : schemas) {
            std::vector<FieldError> found = errors_of(part, value, path);
            if (found.empty()) ++valid;
            else if (best.empty() || found.size() < best.size()) best = std::move(found);
        }
        return valid;
    }

    void append(const std::vector<FieldError>& errors) {
        errors_.insert(errors_.end(), errors.begin(), errors.end());
    }
    // What is said of no field in particular.
    void sentence(std::string text) { add(FieldErrorType::Invalid, "", "\"\"", std::move(text)); }

    // upstream: stringValidator.Validate, formatValidator.Validate
    void text(const Json& schema, const std::string& text, const std::string& path) {
        const auto length = static_cast<std::int64_t>(base::from_utf8(text).size());
        const std::optional<std::int64_t> most = bound(schema, "maxLength");
        const std::optional<std::int64_t> least = bound(schema, "minLength");
        const std::string pattern = base::text_at(schema, {"pattern"});
        if (most && length > *most) {
            add(FieldErrorType::TooLong, path, {},
                "may not be more than " + std::to_string(*most) + " bytes");
        } else if (least && length < *least) {
            invalid(path, go_quoted(text), "should be at least " + std::to_string(*least) + " chars long");
        } else if (!pattern.empty()) {
            const base::Result<base::Regex> regex = base::Regex::compile(pattern, {.re2 = true});
            if (!regex.ok() || !regex->matches_somewhere(text))
                invalid(path, go_quoted(text), "should match '" + pattern + "'");
        }
        const std::string format = base::text_at(schema, {"format"});
        if (format.empty() || is_of_format(format, text)) return;
        add(FieldErrorType::TypeInvalid, path, go_quoted(text),
            path + " in body must be of type " + format + ": " + go_quoted(text));
    }

    // upstream: numberValidator.Validate
    void number(const Json& schema, const Json& value, const std::string& path) {
        const auto check = [&](const char* name, const auto& holds, const std::string& words) {
            const Json* limit = base::find(schema, name);
            if (limit == nullptr || !limit->is_number() || holds(*limit)) return;
            invalid(path, base::go_text(value), "should be " + words + " " + base::go_text(*limit));
        };
        const bool below = flag(schema, "exclusiveMaximum");
        const bool above = flag(schema, "exclusiveMinimum");
        check(
            "multipleOf", [&](const Json& of) { return base::is_multiple(value, of); }, "a multiple of");
        check(
            "maximum", [&](const Json& most) { return below ? value < most : value <= most; },
            below ? "less than" : "less than or equal to");
        check(
            "minimum", [&](const Json& least) { return above ? value > least : value >= least; },
            above ? "greater than" : "greater than or equal to");
    }

    // upstream: schemaSliceValidator.Validate
    void list(const Json& schema, const Json& value, const std::string& path) {
        if (const Json* items = items_of(schema)) {
            std::size_t index = 0;
            for (const Json& item : value)
                this->value(*items, item, path + "[" + std::to_string(index++) + "]", nullptr);
        }
        const auto size = static_cast<std::int64_t>(value.size());
        const std::optional<std::int64_t> least = bound(schema, "minItems");
        if (least && size < *least) {
            invalid(path, std::to_string(size), "should have at least " + std::to_string(*least) + " items");
        }
        too_many(path, size, bound(schema, "maxItems"));
    }

    void too_many(const std::string& path, std::int64_t size, std::optional<std::int64_t> most) {
        if (!most || size <= *most) return;
        add(FieldErrorType::TooMany, path, std::to_string(size),
            "must have at most " + std::to_string(*most) + " items");
    }

    // upstream: basicCommonValidator.Validate
    void choices(const Json& schema, const Json& value, const std::string& path) {
        const Json* choices = base::find(schema, "enum");
        if (choices == nullptr || !choices->is_array() || choices->empty()) return;
        std::string all;
        for (const Json& choice : *choices) {
            if (choice == value) return;
            all += all.empty() ? "" : ", ";
            all += choice.is_string() ? printed(choice) : go_quoted(choice.dump());
        }
        add(FieldErrorType::Unsupported, path, printed(value), "supported values: " + all);
    }

    // upstream: objectValidator.Validate
    void object(const Json& schema, const Json& value, const std::string& path, const Json* old) {
        const auto size = static_cast<std::int64_t>(value.size());
        const std::optional<std::int64_t> least = bound(schema, "minProperties");
        if (least && size < *least) {
            return invalid(path, std::to_string(size),
                           "should have at least " + std::to_string(*least) + " properties");
        }
        const std::optional<std::int64_t> most = bound(schema, "maxProperties");
        if (most && size > *most) return too_many(path, size, most);
        const auto below = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
        const Json* required = base::find(schema, "required");
        for (const Json& name : required != nullptr ? *required : Json::array()) {
            if (name.is_string() && !value.contains(name.get_ref<const std::string&>()))
                add(FieldErrorType::Required, below(name.get<std::string>()), {}, {});
        }
        for (const auto& [key, member] : value.items()) {
            const Json* property = property_of(schema, key);
            if (property == nullptr) property = additional_of(schema);
            if (property == nullptr) continue;
            this->value(*property, member, below(key), old != nullptr ? base::find(*old, key) : nullptr);
        }
    }

    std::vector<FieldError> errors_{};
};

// What tells an element of a list of type map apart. upstream: listtype/validation.go
Json keys_of(const Json& schema, const Json& item) {
    Json keys = Json::object();
    const Json* names = base::find(schema, "x-kubernetes-list-map-keys");
    for (const Json& name : names != nullptr ? *names : Json::array()) {
        const std::string key = name.is_string() ? name.get<std::string>() : "";
        if (const Json* value = base::find(item, key)) keys[key] = *value;
    }
    return keys;
}

void check_repeats(const Json& schema, const Json& list, const std::string& path,
                   std::vector<FieldError>& errors) {
    const std::string type = base::text_at(schema, {"x-kubernetes-list-type"});
    if (type != "set" && type != "map") return;
    std::vector<Json> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
        Json name = type == "set" ? list[i] : keys_of(schema, list[i]);
        if (std::find(seen.begin(), seen.end(), name) == seen.end()) {
            seen.push_back(std::move(name));
            continue;
        }
        errors.push_back({FieldErrorType::Duplicate,
                          path + "[" + std::to_string(i) + "]",
                          name.is_structured() ? base::go_syntax(name) : printed(name),
                          {}});
    }
}

void check_below(const Json& schema, const Json& value, const std::string& path,
                 std::vector<FieldError>& errors) {
    if (value.is_array()) {
        check_repeats(schema, value, path, errors);
        const Json* items = items_of(schema);
        for (std::size_t i = 0; items != nullptr && i < value.size(); ++i)
            check_below(*items, value[i], path + "[" + std::to_string(i) + "]", errors);
    }
    if (!value.is_object()) return;
    if (!path.empty() && flag(schema, "x-kubernetes-embedded-resource")) {
        for (const char* name : {"apiVersion", "kind"}) {
            if (base::text_at(value, {name}).empty())
                errors.push_back({FieldErrorType::Required, path + "." + name, {}, "must not be empty"});
        }
    }
    for (const auto& [key, member] : value.items()) {
        const Json* property = property_of(schema, key);
        if (property == nullptr) property = additional_of(schema);
        if (property != nullptr)
            check_below(*property, member, path.empty() ? key : path + "." + key, errors);
    }
}

}  // namespace

std::vector<FieldError> validate_value(const Json& schema, const Json& value, const ValueCheck& check) {
    SchemaValidator validator;
    validator.value(schema, value, check.path, check.old);
    return validator.take();
}

void check_structure(const Json& schema, const Json& object, std::vector<FieldError>& errors) {
    check_below(schema, object, "", errors);
}

}  // namespace kubetab::api
