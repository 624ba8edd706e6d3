#include "engine/server/managed_fields/typed_document.h"

#include <set>

#include "engine/api/custom/schema_types.h"
#include "engine/base/json.h"
#include "engine/server/managed_fields/list_elements.h"
#include "engine/server/managed_fields/merge_shape.h"

namespace kubetab::server {
namespace {

using api::Field;
using api::Form;
using api::Type;
using base::Json;

// As Go's %v prints decoded JSON.
std::string go_text(const Json& value) {
    if (value.is_null()) return "<nil>";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_structured()) return value.dump();
    std::string text;
    for (const auto& [key, item] : value.items()) {
        if (!text.empty()) text += " ";
        text += (value.is_object() ? key + ":" : "") + go_text(item);
    }
    return (value.is_object() ? "map[" : "[") + text + "]";
}

// As Go's %#v prints it.
std::string go_syntax(const Json& value) {
    if (value.is_null()) return "interface {}(nil)";
    if (!value.is_structured()) return value.dump();
    std::string text;
    for (const auto& [key, item] : value.items()) {
        if (!text.empty()) text += ", ";
        text += (value.is_object() ? Json(key).dump() + ":" : "") + go_syntax(item);
    }
    return (value.is_object() ? "map[string]interface {}{" : "[]interface {}{") + text + "}";
}

std::string go_type(const Json& value) {
    if (value.is_string()) return "string";
    if (value.is_boolean()) return "bool";
    return value.is_object() ? "map[string]interface {}" : "[]interface {}";
}

std::string wrapped(const Json& value) {
    return "&{" + go_text(value) + "}";
}

// What is wrong with a scalar; empty when nothing is. upstream: validateScalar
std::string scalar_problem(const Type& type, const Json& value) {
    if (value.is_null()) return "";
    switch (type.form) {
        case Form::Int32:
        case Form::Int64:
            return value.is_number() ? "" : "expected numeric (int or float), got " + go_type(value);
        case Form::Bool: return value.is_boolean() ? "" : "expected boolean, got " + wrapped(value);
        case Form::String:
        case Form::Bytes:
            return value.is_string()
                       ? ""
                       : "expected string, got &value.valueUnstructured{Value:" + go_syntax(value) + "}";
        default: return value.is_structured() ? "expected any scalar, got " + wrapped(value) : "";
    }
}

class Describer {
public:
    explicit Describer(Duplicates duplicates) : duplicates_(duplicates) {}

    TypedDocument describe(const Type& type, const Json& document) {
        TypedDocument result;
        members(type, document, result.fields, true);
        result.errors = std::move(errors_);
        return result;
    }

private:
    // Adds the value to its parent's set. An element of a list is a member even when it names fields.
    void value(const FieldElement& element, const Type& outer, const MergeShape& declared, const Json& json,
               FieldSet& parent, bool is_item) {
        const Type& type = api::value_type(outer);
        const MergeShape shape = shape_at(type, declared, &json);
        FieldSet below;
        path_.push_back(element);
        inside(type, shape, json, below);
        path_.pop_back();
        const bool whole = shape.form == MergeShape::Form::Scalar || shape.form == MergeShape::Form::Atomic;
        const bool nothing = json.is_null() || (json.is_object() && json.empty());
        if (whole) below = {};
        parent.add(element, whole || is_item || nothing, std::move(below));
    }

    void inside(const Type& type, const MergeShape& shape, const Json& json, FieldSet& below) {
        const bool open = api::is_untyped(type) && !json.is_object();
        if (type.form == Form::Raw || json.is_null() || open) return;
        if (type.form == Form::List) {
            if (!json.is_array()) return problem("expected list, got " + wrapped(json));
            return items(type, shape, json, below);
        }
        if (type.form == Form::Struct || type.form == Form::Map) {
            if (!json.is_object()) return problem("expected map, got " + wrapped(json));
            return type.form == Form::Struct ? members(type, json, below, false) : entries(type, json, below);
        }
        if (const std::string wrong = scalar_problem(type, json); !wrong.empty()) problem(wrong);
    }

    // The first field that nobody knows ends the look at a struct, as upstream's does.
    void members(const Type& type, const Json& json, FieldSet& below, bool is_root) {
        for (const auto& [key, member] : json.items()) {
            const FieldElement element = field_element(key);
            if (is_root && (key == "apiVersion" || key == "kind")) {
                below.add(element, true, {});
                continue;
            }
            const Field* field = api::find_field(type, key);
            if (field == nullptr && type.element) {
                value(element, type.element(), shape_of(type.element()), member, below, true);
                continue;
            }
            if (field == nullptr) {
                path_.push_back(element);
                problem("field not declared in schema");
                path_.pop_back();
                return;
            }
            value(element, field->type(), shape_of(type, *field), member, below, false);
        }
    }

    void entries(const Type& type, const Json& json, FieldSet& below) {
        const MergeShape shape = shape_of(type.element());
        for (const auto& [key, entry] : json.items()) {
            value(field_element(key), type.element(), shape, entry, below, true);
        }
    }

    void items(const Type& type, const MergeShape& shape, const Json& json, FieldSet& below) {
        const Type& item_type = api::value_type(type.element());
        std::set<std::string, std::less<>> seen;
        std::size_t index = 0;
        for (const Json& item : json) {
            const std::string place = std::to_string(index++);
            FieldElement element = "i:" + place;
            if (shape.is_list_of_many()) {
                const base::Result<FieldElement> named = element_of(shape, item_type, item);
                if (!named.ok()) return problem("element " + place + ": " + named.error().message);
                element = *named;
                const bool again = !seen.insert(element).second;
                if (again && duplicates_ == Duplicates::Refused) {
                    problem("duplicate entries for key " + element_text(element));
                }
            }
            value(element, item_type, shape_of(item_type), item, below, true);
        }
    }

    void problem(const std::string& text) { errors_.push_back(path_text(path_) + ": " + text); }

    Duplicates duplicates_;
    FieldPath path_{};
    std::vector<std::string> errors_{};
};

}  // namespace

TypedDocument describe_document(const api::Kind& kind, const Json& document, Duplicates duplicates) {
    return Describer(duplicates).describe(document_type(kind), document);
}

std::string joined_errors(const std::vector<std::string>& errors) {
    if (errors.size() == 1) return errors.front();
    std::string text = "errors:";
    for (const std::string& error : errors) text += "\n  " + error;
    return text;
}

}  // namespace kubetab::server
