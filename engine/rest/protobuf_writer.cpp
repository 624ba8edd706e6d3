#include "engine/rest/protobuf_writer.h"

#include <cstdint>

#include "engine/api/values.h"
#include "engine/base/base64.h"
#include "engine/base/json.h"
#include "engine/base/large_json.h"
#include "engine/rest/protobuf.h"
#include "engine/rest/protobuf_fields.h"

namespace kubetab::rest {

using base::Json;

namespace {

constexpr std::uint32_t kNumber = 0;
constexpr std::uint32_t kLength = 2;

void write_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7f));
    out += static_cast<char>(value);
}

void write_number(std::string& out, std::uint32_t field, std::int64_t value) {
    write_varint(out, field << 3 | kNumber);
    write_varint(out, static_cast<std::uint64_t>(value));
}

void write_bytes(std::string& out, std::uint32_t field, std::string_view bytes) {
    write_varint(out, field << 3 | kLength);
    write_varint(out, bytes.size());
    out += bytes;
}

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string time_message(const Json& value) {
    constexpr std::int64_t kMicro = 1'000'000;
    std::string out;
    const std::optional<std::int64_t> time = api::parse_time_microseconds(text_of(value));
    if (!time) return out;
    const std::int64_t rest = (*time % kMicro + kMicro) % kMicro;
    write_number(out, 1, (*time - rest) / kMicro);
    write_number(out, 2, rest * 1'000);
    return out;
}

std::string choice_message(const Json& value) {
    std::string out;
    write_number(out, 1, value.is_string() ? 1 : 0);
    write_number(out, 2, value.is_number_integer() ? value.get<std::int64_t>() : 0);
    write_bytes(out, 3, text_of(value));
    return out;
}

class Encoder {
public:
    explicit Encoder(const ProtobufFields& fields) : fields_(fields) {}

    std::string message(const std::string& type, const Json& value) const {
        if (type == "meta.v1.Time" || type == "meta.v1.MicroTime") return time_message(value);
        if (type == "intstr.IntOrString") return choice_message(value);
        std::string out;
        if (type == "meta.v1.FieldsV1" || type == "runtime.RawExtension") {
            write_bytes(out, 1, value.dump(-1, ' ', false, Json::error_handler_t::replace));
        } else if (type == "resource.Quantity") {
            write_bytes(out, 1, value.is_string() ? text_of(value) : value.dump());
        } else if (type.ends_with(".ExtraValue")) {
            for (const Json& item : value) write_bytes(out, 1, text_of(item));
        } else if (const ProtobufMessage* known = fields_.find(type); known != nullptr && value.is_object()) {
            for (const auto& [number, field] : *known) write_field(out, number, field, value);
        }
        return out;
    }

    std::string list(const std::string& item_type, const Json& value) const {
        std::string out;
        write_bytes(out, 1, message("meta.v1.ListMeta", value.value("metadata", Json::object())));
        const auto items = value.find("items");
        if (items == value.end() || !items->is_array()) return out;
        for (const Json& item : *items) write_bytes(out, 2, message(item_type, item));
        return out;
    }

private:
    void write_field(std::string& out, std::uint32_t number, const ProtobufField& field,
                     const Json& parent) const {
        if (field.name == "-") {
            const std::string inlined = message(field.type, parent);
            if (!inlined.empty()) write_bytes(out, number, inlined);
            return;
        }
        const auto value = parent.find(field.name);
        if (value == parent.end() || value->is_null()) return;
        if (field.repeat == Repeat::Once) return write_value(out, number, field, *value);
        if (field.repeat == Repeat::List) {
            for (const Json& item : *value) write_value(out, number, field, item);
            return;
        }
        for (const auto& [key, item] : value->items()) {
            std::string entry;
            write_bytes(entry, 1, key);
            write_value(entry, 2, field, item);
            write_bytes(out, number, entry);
        }
    }

    void write_value(std::string& out, std::uint32_t number, const ProtobufField& field,
                     const Json& value) const {
        if (field.type == "string") return write_bytes(out, number, text_of(value));
        if (field.type == "bytes")
            return write_bytes(out, number, base::base64_decode(text_of(value)).value_or(""));
        if (field.type == "bool")
            return write_number(out, number, value.is_boolean() && value.get<bool>() ? 1 : 0);
        if (field.type == "int32" || field.type == "int64")
            return write_number(out, number, value.is_number_integer() ? value.get<std::int64_t>() : 0);
        write_bytes(out, number, message(field.type, value));
    }

    const ProtobufFields& fields_;
};

std::optional<std::string> encoded(const std::string& api_version, const std::string& kind,
                                   const Json& object) {
    static constexpr std::string_view kList = "List";
    const ProtobufFields& fields = known_messages();
    const std::string type = message_name(api_version, kind);
    if (fields.find(type) != nullptr) return Encoder(fields).message(type, object);
    if (!type.ends_with(kList)) return std::nullopt;
    const std::string item = type.substr(0, type.size() - kList.size());
    if (fields.find(item) == nullptr) return std::nullopt;
    return Encoder(fields).list(item, object);
}

}  // namespace

std::optional<std::string> json_to_protobuf(const std::string& json) {
    const base::Result<Json> object = base::parse_large_json(json, json.size());
    if (!object.ok()) return std::nullopt;
    const std::string api_version = base::text_at(*object, {"apiVersion"});
    const std::string kind = base::text_at(*object, {"kind"});
    const std::optional<std::string> bytes = encoded(api_version, kind, *object);
    if (!bytes) return std::nullopt;
    std::string type;
    write_bytes(type, 1, api_version);
    write_bytes(type, 2, kind);
    std::string body(kProtobufMagic);
    write_bytes(body, 1, type);
    write_bytes(body, 2, *bytes);
    write_bytes(body, 3, "");
    write_bytes(body, 4, "");
    return body;
}

}  // namespace kubetab::rest
