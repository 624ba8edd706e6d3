#include "engine/api/type.h"

namespace kubetab::api {

const Field* find_field(const Type& type, std::string_view json_name) {
    for (const Field& field : type.fields()) {
        if (field.is_inline) {
            if (field.type().form != Form::Struct) continue;
            if (const Field* inner = find_field(field.type(), json_name)) return inner;
        } else if (field.name == json_name) {
            return &field;
        }
    }
    return nullptr;
}

const Type& value_type(const Type& type) {
    const bool pointer = type.form == Form::Optional || type.form == Form::Box;
    return pointer ? value_type(type.element()) : type;
}

std::string go_name(const Type& type) {
    switch (type.form) {
        case Form::Optional:
        case Form::Box: return go_name(type.element());
        case Form::List: return "[]" + go_name(type.element());
        case Form::Map: return "map[string]" + go_name(type.element());
        case Form::Struct: return "v1." + std::string(type.name);
        default: return std::string(type.name);
    }
}

namespace detail {

std::string_view scalar_name(Form form) {
    switch (form) {
        case Form::String: return "string";
        case Form::Bool: return "bool";
        case Form::Int32: return "int32";
        case Form::Int64: return "int64";
        case Form::Quantity: return "resource.Quantity";
        case Form::IntOrString: return "intstr.IntOrString";
        case Form::Time: return "v1.Time";
        case Form::MicroTime: return "v1.MicroTime";
        case Form::Bytes: return "[]uint8";
        case Form::Raw: return "runtime.RawExtension";
        default: return "";
    }
}

}  // namespace detail
}  // namespace kubetab::api
