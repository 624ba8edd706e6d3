#include "engine/server/rest/versions.h"

#include "engine/api/autoscaling_conversion.h"
#include "engine/api/events.h"
#include "engine/api/events_conversion.h"
#include "engine/api/served_kinds.h"
#include "engine/base/ensure.h"

namespace kubetab::server {
namespace {

using api::Kind;
using api::Object;
using base::Json;
using base::Result;

bool is_converted(const Kind& served) {
    return &api::stored_kind(served) != &served;
}

Json to_served(const Kind& served, Json stored) {
    const bool events = served.group == api::kEventsGroup;
    return events ? api::event_to_events(std::move(stored)) : api::autoscaler_to_v1(std::move(stored));
}

Json from_served(const Kind& served, Json document) {
    const bool events = served.group == api::kEventsGroup;
    return events ? api::event_from_events(std::move(document))
                  : api::autoscaler_from_v1(std::move(document));
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
    if (!object.ok() || !is_converted(served)) return object;
    api::StrictIssues none;
    return api::decode_object(api::stored_kind(served), from_served(served, api::to_json(served, **object)),
                              none);
}

void upgrade_configuration(const Kind& served, Json& document) {
    const bool same = base::text_at(document, {"apiVersion"}) == served.api_version();
    if (is_converted(served) && same) document = from_served(served, std::move(document));
}

}  // namespace kubetab::server
