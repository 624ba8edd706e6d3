// What a request's path and parameters say of its write.

#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::Object;
using api::Request;
using base::Reason;
using base::Result;

Endpoint endpoint_of(const RequestInfo& info) {
    if (info.subresource == "status" || info.subresource == "approval") return Endpoint::Status;
    if (info.subresource == "ephemeralcontainers") return Endpoint::EphemeralContainers;
    return info.subresource == "finalize" ? Endpoint::Finalize : Endpoint::Main;
}

Result<void> match_namespace(const Request& request, const RequestInfo& info, Object& object) {
    api::Text& in_body = object.metadata.namespace_;
    if (!info.kind->namespaced) return {};
    if (in_body.empty()) in_body = info.namespace_;
    if (in_body == info.namespace_) return {};
    if (request.method == "POST") {
        return base::failure(
            Reason::BadRequest,
            "the namespace of the provided object does not match the namespace sent on the request");
    }
    return base::failure(Reason::BadRequest, "the namespace of the object (" + in_body +
                                                 ") does not match the namespace on the request (" +
                                                 info.namespace_ + ")");
}

Result<void> match_name(const RequestInfo& info, Object& object) {
    api::Text& in_body = object.metadata.name;
    if (in_body == info.name) return {};
    if (in_body.empty()) {
        return base::failure(Reason::BadRequest,
                             "the name of the object (" + info.name +
                                 " based on URL) was undeterminable: name must be provided");
    }
    return base::failure(Reason::BadRequest, "the name of the object (" + in_body +
                                                 ") does not match the name on the URL (" + info.name + ")");
}

// upstream: endpoints/handlers/create.go managerOrUserAgent
Writer writer_of(const Request& request, const RequestInfo& info, api::Time now) {
    const std::string manager = parameter(request, "fieldManager");
    const std::string agent = request.user_agent.substr(0, request.user_agent.find('/'));
    Writer writer{manager.empty() ? agent : manager, info.subresource, now};
    // Where the fields have other names, they are told in the version that is stored.
    const bool same_fields = info.served != nullptr && info.served->make == info.served->stored().make;
    if (same_fields && api::is_former(*info.served)) writer.api_version = info.served->api_version();
    return writer;
}

}  // namespace kubetab::server
