// From an HTTP request to an api::Request, and from an api::Response to HTTP.
#pragma once

#include "engine/api/transport.h"
#include "engine/base/status.h"
#include "engine/rest/http.h"
#include "engine/rest/media_types.h"
#include "engine/rest/target.h"

namespace kubetab::rest {

// Bodies become JSON whatever they were written in; patches keep their type. Fails with the refusal of a body
// that cannot be read.
base::Result<api::Request> read_request(const HttpRequest& http, Target target, const Wanted& wanted);

HttpResponse write_response(const api::Response& response, const Wanted& wanted);
// For text that is no log and no object: what /healthz says, "404 page not found".
HttpResponse write_text(const api::Response& response);
// The failure as a Status object.
HttpResponse refusal(const base::Status& status);

// `299 - "text"`. upstream: apimachinery/pkg/util/net NewWarningHeader
std::string warning_header(std::string_view text);

}  // namespace kubetab::rest
