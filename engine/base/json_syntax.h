// Mistakes in JSON text, in the words of Go's encoding/json, which kubectl and the API server show to users.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kubetab::base {

struct JsonMistake {
    std::string message{};   // "invalid character '}' looking for beginning of object key string"
    std::size_t offset = 0;  // bytes read when it was noticed, the wrong one included
};

// The first mistake of a document; nothing when it is well-formed. Depth is limited to kMaxDepth.
// upstream: Go encoding/json scanner.go
std::optional<JsonMistake> check_json_syntax(std::string_view text);

}  // namespace kubetab::base
