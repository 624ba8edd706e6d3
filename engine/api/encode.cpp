#include <array>
#include <charconv>

#include "engine/api/codec.h"
#include "engine/base/base64.h"
#include "engine/base/json.h"

namespace kubetab::api {
namespace {

void write_integer(std::string& out, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void write_members(std::string& out, const Type& type, const void* value, bool& first) {
    for (const Field& field : type.fields()) {
        const Type& field_type = field.type();
        const void* member = field.in(value);
        if (field.is_inline && field_type.form == Form::Raw) {
            // The members of a JSON object, without its braces.
            const std::string_view json = static_cast<const Raw*>(member)->json;
            if (json.size() <= 2) continue;
            if (!first) out += ',';
            first = false;
            out += json.substr(1, json.size() - 2);
            continue;
        }
        if (field.is_inline) {
            write_members(out, field_type, member, first);
            continue;
        }
        if (!field.is_always && is_empty(field_type, member)) continue;
        if (!first) out += ',';
        first = false;
        out += '"';
        out += field.name;
        out += "\":";
        write_json(out, field_type, member);
    }
}

void write_list(std::string& out, const Type& type, const void* value) {
    const std::size_t size = type.accessors.size(value);
    if (size == 0) {
        out += "null";
        return;
    }
    for (std::size_t i = 0; i < size; ++i) {
        out += i == 0 ? '[' : ',';
        write_json(out, type.element(), type.accessors.at(value, i));
    }
    out += ']';
}

void write_map(std::string& out, const Type& type, const void* value) {
    out += '{';
    const std::size_t size = type.accessors.size(value);
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0) out += ',';
        write_string(out, type.accessors.key(value, i));
        out += ':';
        write_json(out, type.element(), type.accessors.at(value, i));
    }
    out += '}';
}

void write_pointer(std::string& out, const Type& type, const void* value) {
    if (type.accessors.has(value)) {
        write_json(out, type.element(), type.accessors.get(value));
    } else {
        out += type.element().form == Form::Struct ? "{}" : "null";
    }
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            default:
                if (byte < 0x20) {
                    out += "\\u00";
                    out += kHex[byte >> 4];
                    out += kHex[byte & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void write_json(std::string& out, const Type& type, const void* value) {
    switch (type.form) {
        case Form::String: write_string(out, *static_cast<const Text*>(value)); break;
        case Form::Bool: out += *static_cast<const bool*>(value) ? "true" : "false"; break;
        case Form::Int32: write_integer(out, *static_cast<const std::int32_t*>(value)); break;
        case Form::Int64: write_integer(out, *static_cast<const std::int64_t*>(value)); break;
        case Form::Quantity: write_string(out, static_cast<const Quantity*>(value)->text()); break;
        case Form::IntOrString: {
            const auto& either = *static_cast<const IntOrString*>(value);
            if (either.is_string) {
                write_string(out, either.text);
            } else {
                write_integer(out, either.number);
            }
            break;
        }
        case Form::Time: {
            const auto& time = *static_cast<const Time*>(value);
            if (time.is_set()) {
                write_string(out, format_time(time.seconds));
            } else {
                out += "null";
            }
            break;
        }
        case Form::MicroTime: {
            const auto& time = *static_cast<const MicroTime*>(value);
            if (time.is_set()) {
                write_string(out, format_micro_time(time.microseconds));
            } else {
                out += "null";
            }
            break;
        }
        case Form::Bytes:
            write_string(out, base::base64_encode(static_cast<const Bytes*>(value)->data));
            break;
        case Form::Raw: {
            const auto& raw = *static_cast<const Raw*>(value);
            out += raw.json.empty() ? "null" : raw.json;
            break;
        }
        case Form::Struct: {
            out += '{';
            bool first = true;
            write_members(out, type, value, first);
            out += '}';
            break;
        }
        case Form::Optional:
        case Form::Box: write_pointer(out, type, value); break;
        case Form::List: write_list(out, type, value); break;
        case Form::Map: write_map(out, type, value); break;
    }
}

std::string encode(const Kind& kind, const Object& object) {
    std::string out =
        "{\"kind\":\"" + std::string(kind.kind) + "\",\"apiVersion\":\"" + kind.api_version() + "\"";
    bool first = false;
    write_members(out, *kind.type, &object, first);
    out += '}';
    return out;
}

base::Json to_json(const Type& type, const void* value) {
    std::string text;
    write_json(text, type, value);
    base::Result<base::Json> parsed = base::parse_json(text);
    ENSURE(parsed.ok());
    return std::move(parsed).value();
}

base::Json to_json(const Kind& kind, const Object& object) {
    base::Json document = to_json(*kind.type, &object);
    document["apiVersion"] = kind.api_version();
    document["kind"] = kind.kind;
    return document;
}

bool is_empty(const Type& type, const void* value) {
    switch (type.form) {
        case Form::String: return static_cast<const Text*>(value)->empty();
        case Form::Bool: return !*static_cast<const bool*>(value);
        case Form::Int32: return *static_cast<const std::int32_t*>(value) == 0;
        case Form::Int64: return *static_cast<const std::int64_t*>(value) == 0;
        case Form::Quantity: return static_cast<const Quantity*>(value)->is_zero();
        case Form::IntOrString: return *static_cast<const IntOrString*>(value) == IntOrString();
        case Form::Time: return !static_cast<const Time*>(value)->is_set();
        case Form::MicroTime: return !static_cast<const MicroTime*>(value)->is_set();
        case Form::Bytes: return static_cast<const Bytes*>(value)->data.empty();
        case Form::Raw: return static_cast<const Raw*>(value)->json.empty();
        case Form::Struct: return false;
        case Form::Optional:
        case Form::Box: return !type.accessors.has(value);
        case Form::List:
        case Form::Map: return type.accessors.size(value) == 0;
    }
    return true;
}

}  // namespace kubetab::api
