#include <limits>
#include <string>

#include "engine/api/codec.h"
#include "engine/api/custom/custom_resource.h"
#include "engine/api/json_schema.h"
#include "engine/base/base64.h"
#include "engine/base/json.h"

namespace kubetab::api {
namespace {

using base::Json;
using base::Reason;
using base::Result;
using base::Status;

// Where decoding stands: for strict issues with indexes, for type errors without.
struct Place {
    std::string_view owner{};  // name of the struct that holds the field
    std::string path{};        // spec.containers.env.value
    std::string indexed{};     // spec.containers[0].env[1].value
};

std::string json_name(const Json& value) {
    switch (value.type()) {
        case Json::value_t::boolean: return "bool";
        case Json::value_t::string: return "string";
        case Json::value_t::array: return "array";
        case Json::value_t::object: return "object";
        default: return "number";
    }
}

Status wrong_type(const Json& value, const Type& type, const Place& place) {
    std::string what = json_name(value);
    const bool to_integer = type.form == Form::Int32 || type.form == Form::Int64;
    if (value.is_number() && to_integer) what += " " + value.dump();
    std::string text = "json: cannot unmarshal " + what + " into Go ";
    if (place.path.empty()) {
        text += "value of type " + go_name(type);
    } else {
        text += "struct field " + std::string(place.owner) + "." + place.path + " of type " + go_name(type);
    }
    return base::failure(Reason::BadRequest, std::move(text));
}

Result<void> decode_at(const Type& type, void* value, const Json& document, StrictIssues& issues,
                       const Place& place);

Result<void> decode_struct(const Type& type, void* value, const Json& document, StrictIssues& issues,
                           const Place& place) {
    if (!document.is_object()) return wrong_type(document, type, place);
    for (const auto& [key, member] : document.items()) {
        const bool type_meta = place.path.empty() && (key == "apiVersion" || key == "kind");
        const Field* field = find_field(type, key);
        if (field == nullptr) {
            const std::string full = place.indexed.empty() ? key : place.indexed + "." + key;
            if (!type_meta) issues.push_back("unknown field \"" + full + "\"");
            continue;
        }
        if (member.is_null()) continue;
        Place inner;
        inner.owner = type.name;
        inner.path = place.path.empty() ? key : place.path + "." + key;
        inner.indexed = place.indexed.empty() ? key : place.indexed + "." + key;
        TRY(decode_at(field->type(), field->in(value), member, issues, inner));
    }
    return {};
}

Result<void> decode_list(const Type& type, void* value, const Json& document, StrictIssues& issues,
                         const Place& place) {
    if (!document.is_array()) return wrong_type(document, type, place);
    std::size_t index = 0;
    for (const Json& item : document) {
        Place inner = place;
        inner.indexed += "[" + std::to_string(index++) + "]";
        void* slot = type.accessors.append(value);
        if (!item.is_null()) TRY(decode_at(type.element(), slot, item, issues, inner));
    }
    return {};
}

Result<void> decode_map(const Type& type, void* value, const Json& document, StrictIssues& issues,
                        const Place& place) {
    if (!document.is_object()) return wrong_type(document, type, place);
    for (const auto& [key, member] : document.items()) {
        Place inner = place;
        inner.indexed += "." + key;
        void* slot = type.accessors.insert(value, key);
        if (!member.is_null()) TRY(decode_at(type.element(), slot, member, issues, inner));
    }
    return {};
}

template <class Integer>
Result<void> decode_integer(const Type& type, void* value, const Json& document, const Place& place) {
    const bool fits_signed = document.is_number_integer() && !document.is_number_unsigned();
    const bool fits_unsigned =
        document.is_number_unsigned() &&
        document.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!fits_signed && !fits_unsigned) return wrong_type(document, type, place);
    const auto number = document.get<std::int64_t>();
    if (number < std::numeric_limits<Integer>::min() || number > std::numeric_limits<Integer>::max()) {
        return wrong_type(document, type, place);
    }
    *static_cast<Integer*>(value) = static_cast<Integer>(number);
    return {};
}

Result<void> decode_quantity(void* value, const Json& document, const Type& type, const Place& place) {
    if (!document.is_string() && !document.is_number()) return wrong_type(document, type, place);
    const std::string text = document.is_string() ? document.get<std::string>() : document.dump();
    *static_cast<Quantity*>(value) = TRY(Quantity::parse(text));
    return {};
}

Result<std::int64_t> decode_microseconds(const Json& document, const Type& type, const Place& place) {
    if (!document.is_string()) return wrong_type(document, type, place);
    const auto text = document.get<std::string>();
    const std::optional<std::int64_t> parsed = parse_time_microseconds(text);
    if (!parsed) {
        return base::failure(Reason::BadRequest, "parsing time \"" + text +
                                                     "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"" +
                                                     text + "\" as \"2006\"");
    }
    return *parsed;
}

Result<void> decode_scalar(const Type& type, void* value, const Json& document, const Place& place) {
    switch (type.form) {
        case Form::String:
            if (!document.is_string()) return wrong_type(document, type, place);
            *static_cast<Text*>(value) = document.get<std::string>();
            return {};
        case Form::Bool:
            if (!document.is_boolean()) return wrong_type(document, type, place);
            *static_cast<bool*>(value) = document.get<bool>();
            return {};
        case Form::Int32: return decode_integer<std::int32_t>(type, value, document, place);
        case Form::Int64: return decode_integer<std::int64_t>(type, value, document, place);
        case Form::Quantity: return decode_quantity(value, document, type, place);
        case Form::IntOrString: {
            auto& either = *static_cast<IntOrString*>(value);
            if (document.is_string()) {
                either = IntOrString(document.get<std::string>());
                return {};
            }
            std::int32_t number = 0;
            TRY(decode_integer<std::int32_t>(type_of<std::int32_t>(), &number, document, place));
            either = IntOrString(number);
            return {};
        }
        case Form::Time: {
            const std::int64_t microseconds = TRY(decode_microseconds(document, type, place));
            static_cast<Time*>(value)->seconds = microseconds / 1'000'000;
            return {};
        }
        case Form::MicroTime:
            static_cast<MicroTime*>(value)->microseconds = TRY(decode_microseconds(document, type, place));
            return {};
        case Form::Bytes: {
            if (!document.is_string()) return wrong_type(document, type, place);
            const auto& text = document.get_ref<const std::string&>();
            std::optional<std::string> decoded = base::base64_decode(text);
            if (!decoded) {
                return base::failure(Reason::BadRequest, "illegal base64 data at input byte " +
                                                             std::to_string(base::base64_mistake(text)));
            }
            static_cast<Bytes*>(value)->data = std::move(*decoded);
            return {};
        }
        case Form::Raw:
            if (type.name == JsonNumber::kName && !document.is_number())
                return wrong_type(document, type, place);
            static_cast<Raw*>(value)->json = document.dump();
            return {};
        default: return {};
    }
}

Result<void> decode_at(const Type& type, void* value, const Json& document, StrictIssues& issues,
                       const Place& place) {
    switch (type.form) {
        case Form::Struct: return decode_struct(type, value, document, issues, place);
        case Form::List: return decode_list(type, value, document, issues, place);
        case Form::Map: return decode_map(type, value, document, issues, place);
        case Form::Optional:
        case Form::Box: return decode_at(type.element(), type.accessors.edit(value), document, issues, place);
        default: return decode_scalar(type, value, document, place);
    }
}

bool is_unset(const Type& type, const void* value) {
    return type.form != Form::Struct && is_empty(type, value);
}

// True when apply_presets would change the value.
bool lacks_presets(const Type& type, const void* value) {
    switch (type.form) {
        case Form::Struct:
            for (const Field& field : type.fields()) {
                const void* member = field.in(value);
                if (!field.preset_text.empty() && is_unset(field.type(), member)) return true;
                if (field.is_nested && lacks_presets(field.type(), member)) return true;
            }
            return false;
        case Form::Box:
            return type.accessors.has(value) && lacks_presets(type.element(), type.accessors.get(value));
        case Form::List: {
            if (type.element().form != Form::Struct) return false;
            const std::size_t size = type.accessors.size(value);
            for (std::size_t i = 0; i < size; ++i) {
                if (lacks_presets(type.element(), type.accessors.at(value, i))) return true;
            }
            return false;
        }
        default: return false;
    }
}

void preset(const Field& field, void* member) {
    base::Result<Json> document = base::parse_json(field.preset_text);
    ENSURE(document.ok());
    StrictIssues issues;
    ENSURE(decode(field.type(), member, *document, issues).ok());
}

}  // namespace

Result<void> decode(const Type& type, void* value, const Json& document, StrictIssues& issues) {
    return decode_at(type, value, document, issues, Place{});
}

Result<std::shared_ptr<Object>> decode_object(const Kind& kind, const Json& document, StrictIssues& issues) {
    if (kind.custom != nullptr) return decode_custom(kind, document, issues);
    std::shared_ptr<Object> object = kind.make();
    TRY(decode(*kind.type, object.get(), document, issues));
    return object;
}

void apply_presets(const Type& type, void* value) {
    switch (type.form) {
        case Form::Struct:
            for (const Field& field : type.fields()) {
                const void* seen = field.in(static_cast<const void*>(value));
                if (!field.preset_text.empty() && is_unset(field.type(), seen))
                    preset(field, field.in(value));
                // What lacks nothing in a part is not edited, so that the part stays shared.
                if (field.is_nested && (field.part == nullptr || lacks_presets(field.type(), seen)))
                    apply_presets(field.type(), field.in(value));
            }
            return;
        case Form::Box:
            // A box that lacks nothing is not edited, so that it stays shared.
            if (lacks_presets(type, value)) apply_presets(type.element(), type.accessors.edit(value));
            return;
        case Form::List:
            // Neither is a list.
            if (type.element().form != Form::Struct || !lacks_presets(type, value)) return;
            for (std::size_t i = 0; i < type.accessors.size(value); ++i) {
                apply_presets(type.element(), type.accessors.change(value, i));
            }
            return;
        default: return;
    }
}

}  // namespace kubetab::api
