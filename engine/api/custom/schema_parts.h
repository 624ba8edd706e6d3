// Parts of a schema document (openAPIV3Schema) by what they mean; null where there is none.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace kubetab::api {

bool flag(const nlohmann::json& schema, std::string_view name);
const nlohmann::json* property_of(const nlohmann::json& schema, std::string_view name);
// Its properties, or an empty object.
const nlohmann::json& properties_of(const nlohmann::json& schema);
const nlohmann::json* items_of(const nlohmann::json& schema);
// Whether fields beside the properties are allowed, and what they look like if that is said.
bool has_additional(const nlohmann::json& schema);
const nlohmann::json* additional_of(const nlohmann::json& schema);
bool keeps_unknown(const nlohmann::json& schema);

}  // namespace kubetab::api
