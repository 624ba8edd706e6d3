#include "engine/server/rest/versions.h"

#include "engine/api/autoscaling_conversion.h"
#include "engine/api/events.h"
#include "engine/api/events_conversion.h"
#include "engine/api/former_conversion.h"
#include "engine/api/former_kinds.h"
#include "engine/api/policy.h"
#include "engine/api/served_kinds.h"
#include "engine/base/ensure.h"

namespace kubetab::server {
namespace {

using api::Kind;
using api::Object;
using base::Json;
using base::Result;

bool is_budget(const Kind& served) {
    return &served.stored() == &api::kind_of<api::PodDisruptionBudget>();
}

// Former versions mostly share the struct of what is stored.
bool is_converted(const Kind& served) {
    const Kind& stored = api::stored_kind(served);
    if (!api::is_former(served)) return &stored != &served;
    return served.make != stored.make || is_budget(served);
}

Json to_served(const Kind& served, Json stored) {
    if (served.group == api::kEventsGroup) return api::event_to_events(std::move(stored));
    if (!api::is_former(served)) return api::autoscaler_to_v1(std::move(stored));
    return is_budget(served) ? api::budget_to_former(std::move(stored))
                             : api::ingress_to_former(std::move(stored));
}

Json from_served(const Kind& served, Json document) {
    if (served.group == api::kEventsGroup) return api::event_from_events(std::move(document));
    if (!api::is_former(served)) return api::autoscaler_from_v1(std::move(document));
    return is_budget(served) ? api::budget_from_former(std::move(document))
                             : api::ingress_from_former(std::move(document));
}

std::shared_ptr<Object> in_version(const Kind& served, const Object& stored) {
    api::StrictIssues none;
    Result<std::shared_ptr<Object>> object =
        api::decode_object(served, to_served(served, api::to_json(api::stored_kind(served), stored)), none);
    ENSURE(object.ok());
    return *object;
}

}  // namespace

std::string encode_served(const Kind& served, const Object& stored) {
    return is_converted(served) ? api::encode(served, *in_version(served, stored))
                                : api::encode(served, stored);
}

void write_served(std::string& out, const Kind& served, const Object& stored) {
    if (is_converted(served)) return api::write_json(out, *served.type, in_version(served, stored).get());
    if (served.custom != nullptr) out += api::encode(served, stored);
    else api::write_json(out, *served.type, &stored);
}

Json served_json(const Kind& served, const Object& stored) {
    return is_converted(served) ? api::to_json(served, *in_version(served, stored))
                                : api::to_json(served, stored);
}

Result<std::shared_ptr<Object>> decode_served(const Kind& served, const Json& document,
                                              api::StrictIssues& issues) {
    Result<std::shared_ptr<Object>> object = api::decode_object(served, document, issues);
    if (object.ok() && is_converted(served)) {
        api::StrictIssues none;
        object = api::decode_object(api::stored_kind(served),
                                    from_served(served, api::to_json(served, **object)), none);
    }
    if (object.ok()) api::set_former_defaults(served, **object);
    return object;
}

void upgrade_configuration(const Kind& served, Json& document) {
    const bool same = base::text_at(document, {"apiVersion"}) == served.api_version();
    if (!same) return;
    if (is_converted(served)) document = from_served(served, std::move(document));
    if (api::is_former(served)) document["apiVersion"] = served.stored().api_version();
}

}  // namespace kubetab::server
