// Json: nlohmann's value type, and a reader with hard limits.
//
// Costly to include: only .cpp files and headers of engine/kubectl include this; other headers take
// <nlohmann/json_fwd.hpp>. Objects keep their keys sorted, which is how Kubernetes prints them.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::base {

using Json = nlohmann::json;

inline constexpr std::size_t kMaxDocumentBytes = std::size_t{3} * 1024 * 1024;
inline constexpr int kMaxDepth = 128;

// Reads one JSON document. Errors carry line and column. Never throws; over a limit → BadRequest.
Result<Json> parse_json(std::string_view text);

// A member, or nullptr when `value` is no object or lacks it.
const Json* find(const Json& value, std::string_view key);
// The value at a path of member names, or nullptr.
const Json* find(const Json& value, std::initializer_list<std::string_view> path);
// The string at a path of member names, or "" when it is absent or no string.
std::string text_at(const Json& value, std::initializer_list<std::string_view> path);
// The integer at a path of member names, or `otherwise`.
std::int64_t int_at(const Json& value, std::initializer_list<std::string_view> path,
                    std::int64_t otherwise = 0);

}  // namespace kubetab::base
