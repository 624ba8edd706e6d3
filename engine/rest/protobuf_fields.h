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

// Those of the program.
const ProtobufFields& known_messages();
// "apps.v1.Deployment" for apps/v1, "rbac.v1.Role" for rbac.authorization.k8s.io/v1, "core.v1.Pod" for v1.
std::string message_name(const std::string& api_version, const std::string& kind);

// What bodies begin with.
inline constexpr std::string_view kProtobufMagic{"k8s\0", 4};

}  // namespace kubetab::rest
