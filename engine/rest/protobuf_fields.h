// ProtobufFields: the messages of assets/protobuf_fields.txt by name.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace kubetab::rest {

enum class Repeat : std::uint8_t { Once, List, Map };

struct ProtobufField {
    std::string name{};  // as in JSON; "-": the fields of the message stand in its parent
    std::string type{};  // a scalar, or a message; of a list or map, that of its values
    Repeat repeat = Repeat::Once;
};

using ProtobufMessage = std::map<std::uint32_t, ProtobufField>;  // by number

class ProtobufFields {
public:
    explicit ProtobufFields(std::string_view text);
    // Null when it is not listed.
    const ProtobufMessage* find(std::string_view message) const;

private:
    std::map<std::string, ProtobufMessage, std::less<>> messages_{};
};

}  // namespace kubetab::rest
