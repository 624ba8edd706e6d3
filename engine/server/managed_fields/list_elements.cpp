#include "engine/server/managed_fields/list_elements.h"

#include "engine/api/codec.h"
#include "engine/base/json.h"

namespace kubetab::server {

using api::Field;
using api::Type;
using base::Json;
using base::Reason;
using base::Result;

namespace {

constexpr std::string_view kKeyed = "associative list with keys ";
constexpr std::string_view kUnkeyed = "associative list without keys has an element that's ";

void add_key(std::string& text, std::string_view key, std::string_view json) {
    text += text.empty() ? "k:{" : ",";
    api::write_string(text, key);
    text += ':';
    text += json;
}

base::Status nameless(std::string_view list, const std::string& why) {
    return base::failure(Reason::Unknown, std::string(list) + why);
}

Result<FieldElement> value_element(const Json& item) {
    if (item.is_null()) return nameless(kUnkeyed, "an explicit null");
    if (item.is_object()) return nameless(kUnkeyed, "a map type");
    if (item.is_array()) return nameless(kUnkeyed, "a list type");
    return FieldElement("v:" + item.dump());
}

// What the element's keys have when it does not say: the field's preset, or nothing.
std::string_view preset_of(const Type& type, std::string_view key) {
    const Field* field = type.form == api::Form::Struct ? api::find_field(type, key) : nullptr;
    return field != nullptr ? field->preset_text : std::string_view();
}

}  // namespace

Result<FieldElement> element_of(const MergeShape& list, const Type& type, const Json& item) {
    if (list.form == MergeShape::Form::Set) return value_element(item);
    if (item.is_null()) return nameless(kKeyed, "may not have a null element");
    if (!item.is_object()) return nameless(kKeyed, "may not have non-map elements");
    std::string text;
    for (const std::string_view key : list.keys) {
        if (key.empty()) continue;
        const Json* value = base::find(item, key);
        const std::string_view preset = preset_of(type, key);
        if (value == nullptr && preset.empty()) {
            return nameless(kKeyed, "has an element that omits key field \"" + std::string(key) +
                                        "\" (and doesn't have default value)");
        }
        add_key(text, key, value != nullptr ? value->dump() : std::string(preset));
    }
    return FieldElement(text + "}");
}

FieldElement element_of(const MergeShape& list, const Type& type, const void* item) {
    std::string text;
    if (list.form == MergeShape::Form::Set) {
        text = "v:";
        api::write_json(text, type, item);
        return FieldElement(std::move(text));
    }
    for (const std::string_view key : list.keys) {
        const Field* field = key.empty() ? nullptr : api::find_field(type, key);
        if (field == nullptr) continue;
        const bool preset = api::is_empty(field->type(), field->in(item)) && !field->preset_text.empty();
        std::string json(preset ? field->preset_text : std::string_view());
        if (!preset) api::write_json(json, field->type(), field->in(item));
        add_key(text, key, json);
    }
    return FieldElement(text + "}");
}

}  // namespace kubetab::server
