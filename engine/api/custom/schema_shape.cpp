#include "engine/api/custom/schema_shape.h"

#include <utility>

#include "engine/api/custom/schema_parts.h"
#include "engine/base/json.h"

namespace kubetab::api {

using base::Json;

namespace {

class Pruner {
public:
    explicit Pruner(std::vector<std::string>* issues) : issues_(issues) {}

    // Without a schema nothing in the value is known.
    void prune(const Json* schema, Json& value, const std::string& path) {
        if (value.is_array()) {
            const Json* items = schema != nullptr ? items_of(*schema) : nullptr;
            const bool any = schema != nullptr && keeps_unknown(*schema) && items == nullptr;
            for (std::size_t i = 0; i < value.size() && !any; ++i) {
                prune(items, value[i], path + "[" + std::to_string(i) + "]");
            }
        }
        if (!value.is_object()) return;
        std::vector<std::string> unknown;
        for (const auto& [key, member] : value.items()) {
            const std::string here = path.empty() ? key : path + "." + key;
            const Json* property = schema != nullptr ? property_of(*schema, key) : nullptr;
            if (property != nullptr) {
                prune(property, member, here);
            } else if (schema != nullptr && has_additional(*schema)) {
                prune(additional_of(*schema), member, here);
            } else if (schema == nullptr || !(keeps_unknown(*schema) || is_own(*schema, key))) {
                unknown.push_back(key);
                if (issues_ != nullptr) issues_->push_back("unknown field \"" + here + "\"");
            }
        }
        for (const std::string& key : unknown) value.erase(key);
    }

private:
    // What an embedded object has without being told.
    static bool is_own(const Json& schema, const std::string& key) {
        return flag(schema, "x-kubernetes-embedded-resource") &&
               (key == "apiVersion" || key == "kind" || key == "metadata");
    }

    std::vector<std::string>* issues_;
};

// Whether a value stands for nothing that may be null.
bool is_empty_null(const Json& schema, const Json& value) {
    return value.is_null() && !flag(schema, "nullable");
}

void fill(const Json& schema, Json& value) {
    if (value.is_array()) {
        const Json* items = items_of(schema);
        for (Json& item : value) {
            if (items == nullptr) break;
            const Json* preset = base::find(*items, "default");
            if (preset != nullptr && is_empty_null(*items, item)) item = *preset;
            fill(*items, item);
        }
    }
    if (!value.is_object()) return;
    for (const auto& [key, property] : properties_of(schema).items()) {
        const Json* preset = base::find(property, "default");
        const Json* present = base::find(value, key);
        if (preset != nullptr && (present == nullptr || is_empty_null(property, *present))) {
            value[key] = *preset;
        }
    }
    for (const auto& [key, member] : value.items()) {
        const Json* property = property_of(schema, key);
        if (property == nullptr) property = additional_of(schema);
        if (property != nullptr) fill(*property, member);
    }
}

}  // namespace

void shape(const Json& schema, Json& content, std::vector<std::string>* issues) {
    Pruner(issues).prune(&schema, content, "");
    fill(schema, content);
    content.erase("metadata");  // A schema may describe it, but metadata has its own place.
}

}  // namespace kubetab::api
