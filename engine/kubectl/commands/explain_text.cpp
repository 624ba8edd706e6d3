#include "engine/kubectl/commands/explain_text.h"

#include <algorithm>
#include <optional>

#include "engine/api/custom/schema_types.h"
#include "engine/api/json_schema.h"
#include "engine/base/stable_sort.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/printers/tab_writer.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using api::Form;
using api::Type;

constexpr std::size_t kWidth = 76;
constexpr std::size_t kShownChoices = 4;

// One field as it stands in the JSON object.
struct Property {
    std::string_view name{};
    const Type* type = nullptr;
    std::string_view doc{};
    std::string_view choices{};
    bool required = false;
    bool is_from_schema = false;  // of a custom resource
};

std::string indented(std::string_view text, std::size_t amount) {
    const std::string pad(amount, ' ');
    std::string result = pad;
    for (const char c : text) {
        result += c;
        if (c == '\n') result += pad;
    }
    return result;
}

void add_properties(const Type& type, std::vector<Property>& into) {
    const bool is_from_schema = type.name == "Object";  // see SchemaTypes
    for (const api::Field& field : type.fields()) {
        if (field.is_inline) add_properties(field.type(), into);
        else
            into.push_back(
                {field.name, &field.type(), field.doc, field.choices, field.is_required, is_from_schema});
    }
}

// Sorted by name. An object also has what says its kind.
std::vector<Property> properties_of(const Type& type, bool is_object) {
    std::vector<Property> result;
    if (is_object) {
        const Type& text = api::type_of<api::Text>();
        result.push_back({"apiVersion", &text,
                          "Group and version of the API that this manifest is written for.", "", false,
                          false});
        result.push_back({"kind", &text, "Which kind of object this is, in CamelCase; it cannot be changed.",
                          "", false, false});
    }
    add_properties(type, result);
    base::stable_sort(result, [](const Property& a, const Property& b) { return a.name < b.name; });
    return result;
}

// JSON that is kept as it is: the name of its type says what it is for.
bool is_field_set(std::string_view field) {
    return field == "fieldsV1";
}

// upstream: apiextensions/v1 types_jsonschema.go, whose numbers are plain ones
std::string raw_text(const Type& type, std::string_view field) {
    if (is_field_set(field)) return "FieldsV1";
    if (type.name == api::JsonNumber::kName) return "number";
    return &type == &api::type_of<api::Raw>() ? "RawExtension" : std::string(type.name);
}

// Of a field of that name.
std::string type_text(const Type& type, std::string_view field) {
    switch (type.form) {
        case Form::Optional:
        case Form::Box: return type_text(type.element(), field);
        case Form::List: return "[]" + type_text(type.element(), field);
        case Form::Map:
            if (api::is_untyped(type)) return "Object";
            return "map[string]" + type_text(type.element(), field);
        case Form::Struct: return std::string(type.name);
        case Form::Bool: return "boolean";
        case Form::Int32:
        case Form::Int64: return type.name == "number" ? "number" : "integer";
        case Form::Quantity: return "Quantity";
        case Form::IntOrString: return "IntOrString";
        case Form::Raw: return raw_text(type, field);
        case Form::String:
        case Form::Time:
        case Form::MicroTime:
        case Form::Bytes: break;
    }
    return "string";
}

// What is said of a type wherever it is used, each with its newline.
std::string type_doc(const Type& type, std::string_view field) {
    switch (type.form) {
        case Form::Optional:
        case Form::Box:
        case Form::List:
        case Form::Map: return api::is_untyped(type) ? "" : type_doc(type.element(), field);
        case Form::Struct: return type.doc.empty() ? "" : std::string(type.doc) + "\n";
        case Form::Quantity:
            return "Quantity is a number with a suffix: 500m is half of one, 2k is 2000, 1Mi is 1024 times "
                   "1024, and 1e3 "
                   "works too.\n";
        case Form::IntOrString:
            return "IntOrString is a number, or text such as a port's name or a percentage.\n";
        case Form::Time: return "Time is written as in 2030-12-31T23:59:59Z.\n";
        case Form::MicroTime: return "MicroTime is written as in 2030-12-31T23:59:59.000000Z.\n";
        case Form::Raw:
            if (&type != &api::type_of<api::Raw>()) return "";
            return is_field_set(field) ? "FieldsV1 is a tree of the fields that one manager has set.\n"
                                       : "RawExtension is any JSON object, kept as it is.\n";
        default: return "";
    }
}

// Sorted, as the published documents list them; those of a schema as its author has written them.
std::vector<std::string> choices_of(const Property& property) {
    if (property.choices.empty()) return {};
    std::vector<std::string> result = split(property.choices, '|');
    if (!property.is_from_schema) std::sort(result.begin(), result.end());
    for (std::string& choice : result) {
        if (choice.empty()) choice = "\"\"";
    }
    return result;
}

std::string short_choices(const Property& property, std::size_t indent) {
    const std::vector<std::string> all = choices_of(property);
    if (all.empty()) return "";
    std::string text = "\n" + std::string(indent, ' ') + "enum: ";
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i >= kShownChoices) return text + ", ....";
        text += (i > 0 ? ", " : "") + all[i];
    }
    return text;
}

std::string long_choices(const Property& property) {
    const std::vector<std::string> all = choices_of(property);
    if (all.empty()) return "";
    std::string text = "ENUM:";
    for (const std::string& choice : all) text += "\n    " + choice;
    return text;
}

// The struct behind pointers, lists and maps; nullptr when there is none.
const Type* struct_of(const Type& type) {
    if (type.form == Form::Struct) return &type;
    return type.element != nullptr && !api::is_untyped(type) ? struct_of(type.element()) : nullptr;
}

// `outer` are the structs on the way: one that contains itself is not listed in itself again.
std::string field_list(const Type& type, bool is_object, Depth depth, std::vector<const Type*> outer) {
    const Type* inner = struct_of(type);
    if (inner == nullptr || std::find(outer.begin(), outer.end(), inner) != outer.end()) return "";
    const std::size_t level = outer.size() + 1;
    outer.push_back(inner);
    std::string text;
    for (const Property& property : properties_of(*inner, is_object)) {
        text += std::string(level * 2, ' ') + std::string(property.name) + "\t<" +
                type_text(*property.type, property.name) + ">" + (property.required ? " -required-" : "") +
                short_choices(property, level * 2) + "\n";
        if (depth == Depth::Recursive) {
            text += field_list(*property.type, false, depth, outer);
        } else {
            const std::string_view doc = property.doc.empty() ? "<no description>" : property.doc;
            text += indented(wrap_words(doc, kWidth), 4) + "\n\n";
        }
    }
    return text;
}

std::optional<Property> find_property(const Type& type, bool is_object, std::string_view name) {
    const Type* inner = struct_of(type);
    if (inner == nullptr) return std::nullopt;
    for (const Property& property : properties_of(*inner, is_object)) {
        if (property.name == name) return property;
    }
    return std::nullopt;
}

// Where the path leads; nothing when a field of it does not exist.
std::optional<Property> follow(const Type& kind, const std::vector<std::string>& path) {
    Property at{"", &kind, "", "", false, false};
    bool is_object = true;
    for (const std::string& name : path) {
        const std::optional<Property> next = find_property(*at.type, is_object, name);
        if (!next) return std::nullopt;
        at = *next;
        is_object = false;
    }
    return at;
}

}  // namespace

std::string wrap_words(std::string_view text, std::size_t width) {
    std::string result;
    bool first_line = true;
    for (const std::string& line : split(text, '\n')) {
        if (!first_line) result += "\n";
        first_line = false;
        std::size_t used = 0;
        for (const std::string& word : split(line, ' ')) {
            const std::size_t length = text_width(word);
            const bool first = used == 0;
            if (!first && used + 1 + length > width) {
                result += "\n" + word;
                used = length;
                continue;
            }
            result += (first ? "" : " ") + word;
            used += length + (first ? 0 : 1);
        }
    }
    return result;
}

std::vector<std::string> field_names(const Type& kind, const std::vector<std::string>& path) {
    const std::optional<Property> at = follow(kind, path);
    const Type* inner = at ? struct_of(*at->type) : nullptr;
    std::vector<std::string> names;
    if (inner == nullptr) return names;
    for (const Property& property : properties_of(*inner, path.empty())) names.emplace_back(property.name);
    return names;
}

base::Result<std::string> explain_text(const Type& kind, const std::vector<std::string>& path, Depth depth) {
    const std::optional<Property> found = follow(kind, path);
    if (!found) return client_error("field " + quote(path.back()) + " does not exist");
    const Property& at = *found;
    std::string text;
    if (!path.empty()) {
        text += "FIELD: " + std::string(at.name) + " <" + type_text(*at.type, at.name) + ">\n" +
                long_choices(at) + "\n\n";
    }
    std::string description = at.doc.empty() ? "" : std::string(at.doc) + "\n";
    description += type_doc(*at.type, at.name);
    if (description.empty()) description = "<empty>";
    text += "DESCRIPTION:\n" + indented(wrap_words(description, kWidth), 4) + "\n";
    const std::string fields = field_list(*at.type, path.empty(), depth, {});
    if (!fields.empty()) text += "FIELDS:\n" + fields;
    return text + "\n";
}

}  // namespace kubetab::kubectl
