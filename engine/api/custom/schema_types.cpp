#include "engine/api/custom/schema_types.h"

#include "engine/api/custom/schema_parts.h"
#include "engine/api/meta.h"
#include "engine/base/json.h"

namespace kubetab::api {

using base::Json;

namespace {

constexpr std::string_view kObject = "Object";

const Type& make_untyped() {
    static const Type type{.form = Form::Map, .name = kObject, .element = &untyped};
    return type;
}

// Of a value that is no object and no list.
const Type& scalar_of(const Json& schema) {
    const std::string type = base::text_at(schema, {"type"});
    static const Type number{.form = Form::Int64, .name = "number"};
    if (flag(schema, "x-kubernetes-int-or-string")) return type_of<IntOrString>();
    if (type == "boolean") return type_of<bool>();
    if (type == "integer") return type_of<std::int64_t>();
    if (type == "number") return number;
    return type == "string" ? type_of<Text>() : untyped();
}

std::string joined_texts(const Json* list, char separator) {
    std::string text;
    for (const Json& item : list != nullptr && list->is_array() ? *list : Json::array()) {
        if (!text.empty()) text += separator;
        text += item.is_string() ? item.get<std::string>() : item.dump();
    }
    return text;
}

bool names(const Json* list, const std::string& name) {
    for (const Json& item : list != nullptr && list->is_array() ? *list : Json::array()) {
        if (item == Json(name)) return true;
    }
    return false;
}

}  // namespace

const Type& untyped() {
    return make_untyped();
}

bool is_untyped(const Type& type) {
    return &type == &untyped();
}

SchemaTypes::SchemaTypes(const Json& schema) {
    object_ = &add_struct(schema, true);
}

std::string_view SchemaTypes::keep(std::string text) {
    return texts_.emplace_back(std::move(text));
}

Field SchemaTypes::field_of(const std::string& name, const Json& schema) {
    Field field;
    field.name = keep(name);
    field.type = TypeLink::to(type_of_schema(schema));
    field.doc = keep(base::text_at(schema, {"description"}));
    field.choices = keep(joined_texts(base::find(schema, "enum"), '|'));
    if (const Json* preset = base::find(schema, "default")) field.preset_text = keep(preset->dump());
    const std::string list = base::text_at(schema, {"x-kubernetes-list-type"});
    field.is_merge = list == "map" || list == "set";
    if (list == "map")
        field.merge_key_name = keep(joined_texts(base::find(schema, "x-kubernetes-list-map-keys"), ','));
    field.is_nested = true;
    return field;
}

// An object (of the resource, or embedded) has metadata without being told.
Type& SchemaTypes::add_struct(const Json& schema, bool is_object) {
    std::vector<Field> fields;
    const Json* required = base::find(schema, "required");
    const auto add = [&](const char* name, const Type& type) {
        Field field;
        field.name = name;
        field.type = TypeLink::to(type);
        fields.push_back(field);
    };
    if (is_object) add("metadata", type_of<ObjectMeta>());
    if (flag(schema, "x-kubernetes-embedded-resource")) {
        add("apiVersion", type_of<Text>());
        add("kind", type_of<Text>());
    }
    for (const auto& [name, property] : properties_of(schema).items()) {
        if (is_object && (name == "metadata" || name == "apiVersion" || name == "kind")) continue;
        fields.push_back(field_of(name, property));
        fields.back().is_required = names(required, name);
    }
    Type& type = types_.emplace_back();
    type.form = Form::Struct;
    type.name = kObject;
    type.doc = keep(base::text_at(schema, {"description"}));
    type.fields = FieldsLink::to(spans_.emplace_back(tables_.emplace_back(std::move(fields))));
    if (keeps_unknown(schema)) type.element = &untyped;
    type.is_atomic = base::text_at(schema, {"x-kubernetes-map-type"}) == "atomic";
    return type;
}

const Type& SchemaTypes::type_of_schema(const Json& schema) {
    const std::string type = base::text_at(schema, {"type"});
    if (type == "array") {
        const Json* items = items_of(schema);
        const Type& element = items != nullptr ? type_of_schema(*items) : untyped();
        return types_.emplace_back(Type{.form = Form::List, .element = TypeLink::to(element)});
    }
    if (type != "object") return scalar_of(schema);
    const bool embedded = flag(schema, "x-kubernetes-embedded-resource");
    if (embedded || !properties_of(schema).empty()) return add_struct(schema, embedded);
    if (!has_additional(schema)) {
        return keeps_unknown(schema) ? untyped() : add_struct(schema, false);
    }
    const Json* additional = additional_of(schema);
    const Type& element = additional != nullptr ? type_of_schema(*additional) : untyped();
    return types_.emplace_back(Type{.form = Form::Map, .element = TypeLink::to(element)});
}

}  // namespace kubetab::api
