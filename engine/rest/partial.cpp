#include "engine/rest/partial.h"

#include "engine/base/json.h"
#include "engine/base/large_json.h"

namespace kubetab::rest {

using base::Json;

namespace {

constexpr const char* kVersion = "meta.k8s.io/v1";

Json partial(const Json& object) {
    if (object.value("kind", "") == "Status") return object;
    return {{"kind", "PartialObjectMetadata"},
            {"apiVersion", kVersion},
            {"metadata", object.value("metadata", Json::object())}};
}

std::string text_of(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string partial_object(const std::string& json) {
    const base::Result<Json> document = base::parse_large_json(json, json.size());
    if (!document.ok() || !document->is_object()) return json;
    const Json* items = base::find(*document, "items");
    if (items == nullptr || !items->is_array()) return text_of(partial(*document));
    Json list = {{"kind", "PartialObjectMetadataList"},
                 {"apiVersion", kVersion},
                 {"metadata", document->value("metadata", Json::object())},
                 {"items", Json::array()}};
    for (const Json& item : *items) list["items"].push_back(partial(item));
    return text_of(list);
}

std::string partial_event(const std::string& json) {
    base::Result<Json> event = base::parse_large_json(json, json.size());
    if (!event.ok() || base::find(*event, "object") == nullptr) return json;
    (*event)["object"] = partial((*event)["object"]);
    return text_of(*event);
}

}  // namespace kubetab::rest
