#include "engine/api/codec.h"

namespace kubetab::api {
namespace {

template <class T>
bool same(const void* a, const void* b) {
    return *static_cast<const T*>(a) == *static_cast<const T*>(b);
}

bool equal_fields(const Type& type, const void* a, const void* b) {
    for (const Field& field : type.fields()) {
        if (!equal(field.type(), field.in(a), field.in(b))) return false;
    }
    return true;
}

bool equal_items(const Type& type, const void* a, const void* b) {
    const std::size_t size = type.accessors.size(a);
    if (size != type.accessors.size(b)) return false;
    for (std::size_t i = 0; i < size; ++i) {
        if (type.form == Form::Map && type.accessors.key(a, i) != type.accessors.key(b, i)) return false;
        if (!equal(type.element(), type.accessors.at(a, i), type.accessors.at(b, i))) return false;
    }
    return true;
}

bool equal_pointers(const Type& type, const void* a, const void* b) {
    if (type.form == Form::Box && type.accessors.same(a, b)) return true;
    const bool has_a = type.accessors.has(a);
    if (has_a != type.accessors.has(b)) return false;
    return !has_a || equal(type.element(), type.accessors.get(a), type.accessors.get(b));
}

}  // namespace

bool equal(const Type& type, const void* a, const void* b) {
    switch (type.form) {
        case Form::String: return same<Text>(a, b);
        case Form::Bool: return same<bool>(a, b);
        case Form::Int32: return same<std::int32_t>(a, b);
        case Form::Int64: return same<std::int64_t>(a, b);
        case Form::Quantity: return same<Quantity>(a, b);
        case Form::IntOrString: return same<IntOrString>(a, b);
        case Form::Time: return same<Time>(a, b);
        case Form::MicroTime: return same<MicroTime>(a, b);
        case Form::Bytes: return same<Bytes>(a, b);
        case Form::Raw: return same<Raw>(a, b);
        case Form::Struct: return equal_fields(type, a, b);
        case Form::Optional:
        case Form::Box: return equal_pointers(type, a, b);
        case Form::List:
        case Form::Map: return equal_items(type, a, b);
    }
    return false;
}

}  // namespace kubetab::api
