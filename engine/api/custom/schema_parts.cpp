#include "engine/api/custom/schema_parts.h"

#include "engine/base/json.h"

namespace kubetab::api {

using base::Json;

bool flag(const Json& schema, std::string_view name) {
    const Json* value = base::find(schema, name);
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

const Json* property_of(const Json& schema, std::string_view name) {
    const Json* properties = base::find(schema, "properties");
    return properties != nullptr ? base::find(*properties, name) : nullptr;
}

const Json& properties_of(const Json& schema) {
    static const Json none = Json::object();
    const Json* properties = base::find(schema, "properties");
    return properties != nullptr && properties->is_object() ? *properties : none;
}

const Json* items_of(const Json& schema) {
    const Json* items = base::find(schema, "items");
    return items != nullptr && items->is_object() ? items : nullptr;
}

bool has_additional(const Json& schema) {
    const Json* additional = base::find(schema, "additionalProperties");
    return additional != nullptr && (additional->is_object() || *additional == Json(true));
}

const Json* additional_of(const Json& schema) {
    const Json* additional = base::find(schema, "additionalProperties");
    return additional != nullptr && additional->is_object() ? additional : nullptr;
}

bool keeps_unknown(const Json& schema) {
    return flag(schema, "x-kubernetes-preserve-unknown-fields");
}

}  // namespace kubetab::api
