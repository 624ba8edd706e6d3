// upstream:
// staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/{strategy,status_strategy}.go

#include <utility>

#include "engine/api/custom/custom_resource.h"
#include "engine/base/json.h"
#include "engine/server/strategy.h"

namespace kubetab::server {

using base::Json;

namespace {

constexpr const char* kStatus = "status";

// Gives `to` the status of `from`, or none.
void take_status(Json& to, const Json& from) {
    if (const Json* status = base::find(from, kStatus)) to[kStatus] = *status;
    else to.erase(kStatus);
}

}  // namespace

void prepare_custom_create(const api::Kind& kind, api::Object& object) {
    object.metadata.generation = 1;
    if (!kind.has_subresource(kStatus)) return;
    Json content = api::content_of(object);
    content.erase(kStatus);
    api::set_content(object, content);
}

void prepare_custom_update(const api::Kind& kind, api::Object& object, const api::Object& stored,
                           Endpoint endpoint) {
    Json content = api::content_of(object);
    const Json before = api::content_of(stored);
    if (endpoint == Endpoint::Status) {
        Json kept = before;
        take_status(kept, content);
        api::set_content(object, kept);
        std::vector<api::ManagedFieldsEntry> managers = std::move(object.metadata.managedFields);
        object.metadata = stored.metadata;
        object.metadata.managedFields = std::move(managers);
        return;
    }
    if (kind.has_subresource(kStatus)) take_status(content, before);
    api::set_content(object, content);
    if (content != before) ++object.metadata.generation;
}

}  // namespace kubetab::server
