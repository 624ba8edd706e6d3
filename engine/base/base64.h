// Standard base64 with padding, as JSON carries bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kubetab::base {

std::string base64_encode(std::string_view bytes);
// nullopt when the text is not base64.
std::optional<std::string> base64_decode(std::string_view text);
// Where the mistake is in a text that base64_decode() refuses. upstream: Go encoding/base64 [decodeQuantum]
std::size_t base64_mistake(std::string_view text);

}  // namespace kubetab::base
