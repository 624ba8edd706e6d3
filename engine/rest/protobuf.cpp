#include "engine/rest/protobuf.h"

#include <cstdint>
#include <optional>

#include "engine/api/values.h"
#include "engine/base/base64.h"
#include "engine/base/json.h"
#include "engine/rest/protobuf_fields.h"

namespace kubetab::rest {

using base::Json;

namespace {

// One field as it stands in the bytes.
struct Encoded {
    std::uint32_t number = 0;
    std::uint64_t value = 0;   // of a number
    std::string_view bytes{};  // of anything with a length
};

// Reads fields one after the other. After a mistake it stands still at the end and `broken` is true.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    bool broken() const { return broken_; }
    // Nothing at the end.
    std::optional<Encoded> next() {
        if (rest_.empty()) return std::nullopt;
        const std::uint64_t key = varint();
        Encoded field{.number = static_cast<std::uint32_t>(key >> 3)};
        switch (key & 7) {
            case 0: field.value = varint(); break;
            case 1: field.bytes = take(8); break;
            case 2: field.bytes = take(varint()); break;
            case 5: field.bytes = take(4); break;
            default: fail(); break;
        }
        if (broken_) return std::nullopt;
        return field;
    }

private:
    void fail() {
        broken_ = true;
        rest_ = {};
    }
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if ((byte & 0x80) == 0) return value;
        }
        fail();
        return 0;
    }
    std::string_view take(std::uint64_t length) {
        if (length > rest_.size()) {
            fail();
            return {};
        }
        const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(length));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view rest_;
    bool broken_ = false;
};

class Decoder {
public:
    explicit Decoder(const ProtobufFields& fields) : fields_(fields) {}

    bool broken() const { return broken_; }

    Json message(const std::string& type, std::string_view bytes, int depth) {
        if (depth > base::kMaxDepth) {
            broken_ = true;
            return nullptr;
        }
        if (type == "meta.v1.Time" || type == "meta.v1.MicroTime") return time(type, bytes);
        if (type == "intstr.IntOrString") return int_or_string(bytes);
        if (type == "meta.v1.FieldsV1" || type == "runtime.RawExtension") return raw(bytes);
        Json object = Json::object();
        fill(object, type, bytes, depth);
        if (type == "resource.Quantity") return base::text_at(object, {"string"});
        if (type.ends_with(".ExtraValue")) return object.value("items", Json::array());
        return object;
    }

private:
    void fill(Json& object, const std::string& type, std::string_view bytes, int depth) {
        const ProtobufMessage* known = fields_.find(type);
        if (known == nullptr) return;
        Reader reader(bytes);
        while (const std::optional<Encoded> encoded = reader.next()) {
            const auto it = known->find(encoded->number);
            if (it == known->end()) continue;
            const ProtobufField& field = it->second;
            if (field.repeat == Repeat::Map) {
                add_entry(object[field.name], field, encoded->bytes, depth);
            } else if (field.repeat == Repeat::List) {
                object[field.name].push_back(value(field, *encoded, depth));
            } else if (field.name == "-") {
                const Json inlined = value(field, *encoded, depth);
                if (inlined.is_object()) object.update(inlined);
            } else {
                object[field.name] = value(field, *encoded, depth);
            }
        }
        broken_ = broken_ || reader.broken();
    }

    void add_entry(Json& map, const ProtobufField& field, std::string_view bytes, int depth) {
        Reader reader(bytes);
        std::string key;
        Encoded entry;
        while (const std::optional<Encoded> encoded = reader.next()) {
            if (encoded->number == 1) key = std::string(encoded->bytes);
            if (encoded->number == 2) entry = *encoded;
        }
        broken_ = broken_ || reader.broken();
        map[key] = value(field, entry, depth);
    }

    Json value(const ProtobufField& field, const Encoded& encoded, int depth) {
        if (field.type == "string") return std::string(encoded.bytes);
        if (field.type == "bytes") return base::base64_encode(encoded.bytes);
        if (field.type == "bool") return encoded.value != 0;
        if (field.type == "int32") return static_cast<std::int32_t>(encoded.value);
        if (field.type == "int64") return static_cast<std::int64_t>(encoded.value);
        return message(field.type, encoded.bytes, depth + 1);
    }

    // What was not set has no bytes.
    Json time(const std::string& type, std::string_view bytes) {
        if (bytes.empty()) return nullptr;
        Reader reader(bytes);
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        while (const std::optional<Encoded> encoded = reader.next()) {
            if (encoded->number == 1) seconds = static_cast<std::int64_t>(encoded->value);
            if (encoded->number == 2) nanoseconds = static_cast<std::int32_t>(encoded->value);
        }
        static constexpr std::int64_t kLastSecond = 253'402'300'799;  // of the year 9999
        broken_ = broken_ || reader.broken() || seconds > kLastSecond || seconds < -kLastSecond;
        if (broken_) return nullptr;
        if (type == "meta.v1.Time") return api::format_time(seconds);
        return api::format_micro_time(seconds * 1'000'000 + nanoseconds / 1'000);
    }

    Json int_or_string(std::string_view bytes) {
        Reader reader(bytes);
        bool is_text = false;
        std::int32_t number = 0;
        std::string text;
        while (const std::optional<Encoded> encoded = reader.next()) {
            if (encoded->number == 1) is_text = encoded->value == 1;
            if (encoded->number == 2) number = static_cast<std::int32_t>(encoded->value);
            if (encoded->number == 3) text = std::string(encoded->bytes);
        }
        broken_ = broken_ || reader.broken();
        return is_text ? Json(text) : Json(number);
    }

    Json raw(std::string_view bytes) {
        Reader reader(bytes);
        std::string_view text;
        while (const std::optional<Encoded> encoded = reader.next()) {
            if (encoded->number == 1) text = encoded->bytes;
        }
        broken_ = broken_ || reader.broken();
        if (text.empty()) return nullptr;
        const base::Result<Json> document = base::parse_json(text);
        broken_ = broken_ || !document.ok();
        return document.ok() ? *document : Json();
    }

    const ProtobufFields& fields_;
    bool broken_ = false;
};

// runtime.Unknown: which kind the object is of, and its bytes.
struct Envelope {
    std::string api_version{};
    std::string kind{};
    std::string_view object{};
};

std::optional<Envelope> open(std::string_view bytes) {
    Envelope envelope;
    Reader reader(bytes);
    while (const std::optional<Encoded> encoded = reader.next()) {
        if (encoded->number == 2) envelope.object = encoded->bytes;
        if (encoded->number != 1) continue;
        Reader type(encoded->bytes);
        while (const std::optional<Encoded> part = type.next()) {
            if (part->number == 1) envelope.api_version = std::string(part->bytes);
            if (part->number == 2) envelope.kind = std::string(part->bytes);
        }
        if (type.broken()) return std::nullopt;
    }
    if (reader.broken()) return std::nullopt;
    return envelope;
}

}  // namespace

base::Result<std::string> protobuf_to_json(std::string_view body) {
    if (!body.starts_with(kProtobufMagic)) {
        return base::failure(base::Reason::BadRequest,
                             "provided data does not appear to be a protobuf message, expected prefix "
                             "[107 56 115 0]");
    }
    const std::optional<Envelope> envelope = open(body.substr(kProtobufMagic.size()));
    Decoder decoder(known_messages());
    if (envelope) {
        Json object =
            decoder.message(message_name(envelope->api_version, envelope->kind), envelope->object, 0);
        if (object.is_object() && !decoder.broken()) {
            if (!envelope->api_version.empty()) object["apiVersion"] = envelope->api_version;
            if (!envelope->kind.empty()) object["kind"] = envelope->kind;
            return object.dump(-1, ' ', false, Json::error_handler_t::replace);
        }
    }
    return base::failure(base::Reason::BadRequest, "the protobuf message is malformed");
}

}  // namespace kubetab::rest
