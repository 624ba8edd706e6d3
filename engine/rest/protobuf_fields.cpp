#include "engine/rest/protobuf_fields.h"

#include <charconv>

#include "engine/rest/protobuf.h"

namespace kubetab::rest {
namespace {

std::string_view word(std::string_view& text, char separator) {
    const std::size_t at = text.find(separator);
    const std::string_view taken = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return taken;
}

ProtobufField field_of(std::string_view text) {
    ProtobufField field;
    field.name = std::string(word(text, ':'));
    static constexpr std::string_view kList = "list:";
    static constexpr std::string_view kMap = "map:";
    if (text.starts_with(kList)) {
        field.repeat = Repeat::List;
        text.remove_prefix(kList.size());
    } else if (text.starts_with(kMap)) {
        field.repeat = Repeat::Map;
        text.remove_prefix(kMap.size());
    }
    field.type = std::string(text);
    return field;
}

}  // namespace

ProtobufFields::ProtobufFields(std::string_view text) {
    while (!text.empty()) {
        std::string_view line = word(text, '\n');
        if (line.empty() || line.front() == '#') continue;
        ProtobufMessage& message = messages_[std::string(word(line, ' '))];
        while (!line.empty()) {
            std::string_view field = word(line, ' ');
            const std::string_view number_text = word(field, ':');
            std::uint32_t number = 0;
            std::from_chars(number_text.data(), number_text.data() + number_text.size(), number);
            message.emplace(number, field_of(field));
        }
    }
}

const ProtobufMessage* ProtobufFields::find(std::string_view message) const {
    const auto it = messages_.find(message);
    return it == messages_.end() ? nullptr : &it->second;
}

const ProtobufFields& known_messages() {
    static const ProtobufFields fields(protobuf_fields_text());
    return fields;
}

std::string message_name(const std::string& api_version, const std::string& kind) {
    const bool meta = kind == "DeleteOptions" || kind == "Status";
    const std::size_t slash = api_version.find('/');
    if (meta) return "meta.v1." + kind;
    if (slash == std::string::npos) return "core." + api_version + "." + kind;
    const std::string group = api_version.substr(0, slash);
    return group.substr(0, group.find('.')) + "." + api_version.substr(slash + 1) + "." + kind;
}

}  // namespace kubetab::rest
