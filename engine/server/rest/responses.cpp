// Building responses.

#include "engine/api/codec.h"
#include "engine/server/rest/created.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::Request;
using api::Response;
using base::Json;

Json status_document(const base::Status& status) {
    Json details = Json::object();
    if (!status.name.empty()) details["name"] = status.name;
    if (!status.group.empty()) details["group"] = status.group;
    if (!status.kind.empty()) details["kind"] = status.kind;
    if (!status.uid.empty()) details["uid"] = status.uid;
    if (status.retry_after_seconds > 0) details["retryAfterSeconds"] = status.retry_after_seconds;
    for (const base::StatusCause& cause : status.causes) {
        Json entry = {{"reason", cause.reason}, {"message", cause.message}};
        if (!cause.field.empty()) entry["field"] = cause.field;
        details["causes"].push_back(entry);
    }
    Json document = {{"apiVersion", "v1"},  {"kind", "Status"},          {"metadata", Json::object()},
                     {"status", "Failure"}, {"message", status.message}, {"code", status.code}};
    if (status.reason != base::Reason::Unknown) document["reason"] = base::to_string(status.reason);
    if (!details.empty()) document["details"] = details;
    return document;
}

Response refuse(const base::Status& status) {
    return json_response(status_document(status), status.code);
}

Response refuse_by_code(const base::Status& status) {
    Json document = status_document(status);
    if (document.find("details") == document.end()) document["details"] = Json::object();
    return json_response(document, status.code);
}

Response json_response(const Json& body, int code) {
    Response response;
    response.code = code;
    response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

Response created_response() {
    return json_response({{"apiVersion", "v1"},
                          {"kind", "Status"},
                          {"metadata", Json::object()},
                          {"status", "Success"},
                          {"code", 201}},
                         201);
}

// The learner's commands name themselves, so that the causal chain can say "you".
api::Cause cause_of(const Request& request) {
    api::Cause cause;
    cause.actor = request.user.empty() ? request.user_agent : request.user;
    cause.reason = parameter(request, "fieldManager");
    return cause;
}

DryRun dry_run_of(const Request& request) {
    return parameter(request, "dryRun") == "All" ? DryRun::Yes : DryRun::No;
}

Response Rest::no_resource(const Request&) const {
    return refuse_by_code(
        base::failure(base::Reason::NotFound, "the server could not find the requested resource"));
}

}  // namespace kubetab::server
