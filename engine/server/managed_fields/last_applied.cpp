#include "engine/server/managed_fields/last_applied.h"

#include "engine/api/codec.h"
#include "engine/base/json.h"
#include "engine/server/managed_fields/comparison.h"
#include "engine/server/managed_fields/typed_document.h"

namespace kubetab::server {

using base::Json;

namespace {

constexpr std::string_view kAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
// upstream: apimachinery/pkg/api/validation [TotalAnnotationSizeLimitB]
constexpr std::size_t kAnnotationsLimit = std::size_t{256} * 1024;

// As Go's encoder writes it, whose < > & are safe in HTML.
std::string encoded(const Json& document) {
    std::string text;
    for (const char c : document.dump(-1, ' ', false, Json::error_handler_t::replace)) {
        if (c == '<') text += "\\u003c";
        else if (c == '>') text += "\\u003e";
        else if (c == '&') text += "\\u0026";
        else text += c;
    }
    return text + "\n";
}

std::string annotation_of(const api::Object& object) {
    const auto found = object.metadata.annotations.find(kAnnotation);
    return found == object.metadata.annotations.end() ? std::string() : found->second.str();
}

}  // namespace

bool is_kubectl(const Writer& writer) {
    return writer.manager == "kubectl";
}

std::optional<FieldSet> last_applied_fields(const api::Kind& kind, const api::Object& live) {
    const base::Result<Json> document = base::parse_json(annotation_of(live));
    if (!document.ok() || base::text_at(*document, {"apiVersion"}) != kind.api_version()) return std::nullopt;
    const TypedDocument described = describe_document(kind, *document, Duplicates::Refused);
    api::StrictIssues issues;
    const auto applied = api::decode_object(kind, *document, issues);
    if (!described.errors.empty() || !applied.ok()) return std::nullopt;
    const Comparison found = compared(kind, **applied, live);
    return without(without(described.fields, found.changed()), found.removed);
}

void renew_last_applied(api::Object& object, const Json& document) {
    if (annotation_of(object).empty()) return;
    Json copy = document;
    const Json* annotations = base::find(copy, {"metadata", "annotations"});
    if (annotations != nullptr && annotations->is_object())
        copy["metadata"]["annotations"].erase(std::string(kAnnotation));
    object.metadata.annotations[kAnnotation] = encoded(copy);
    std::size_t total = 0;
    for (const auto& [key, value] : object.metadata.annotations) total += key.size() + value.size();
    if (total > kAnnotationsLimit) object.metadata.annotations.erase(kAnnotation);
}

}  // namespace kubetab::server
