#include "engine/server/rest/selection.h"

#include "engine/server/rest/request_info.h"

namespace kubetab::server {

base::Result<Selection> Selection::of(const api::Request& request, const api::Kind& kind,
                                      const std::string& in_namespace) {
    Selection selection;
    selection.kind_ = &kind;
    selection.namespace_ = in_namespace;
    base::Result<api::Selector> labels = api::Selector::parse(parameter(request, "labelSelector"));
    if (!labels.ok()) return base::failure(base::Reason::BadRequest, labels.error().message);
    selection.labels_ = std::move(*labels);
    base::Result<api::FieldSelector> fields = api::FieldSelector::parse(parameter(request, "fieldSelector"));
    if (!fields.ok()) return base::failure(base::Reason::BadRequest, fields.error().message);
    TRY(fields->check(kind));
    selection.fields_ = std::move(*fields);
    return selection;
}

bool Selection::matches(const api::Object& object) const {
    if (!namespace_.empty() && object.metadata.namespace_ != namespace_) return false;
    if (!labels_.empty() && !labels_.matches(object.metadata.labels)) return false;
    return fields_.empty() || fields_.matches(api::selectable_fields(*kind_, object));
}

}  // namespace kubetab::server
