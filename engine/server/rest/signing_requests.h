// What the server itself writes into a CertificateSigningRequest.
// upstream: pkg/registry/certificates/certificates/strategy.go
#pragma once

#include "engine/api/object.h"
#include "engine/server/rest/request_info.h"

namespace kubetab::server {

// Of a new one: who asks.
void sign_with_requester(const RequestInfo& info, api::Object& object);
// Of an update by way of a subresource: keeps decisions out of the status, and everything else out of an
// approval; sets the times of conditions. Other kinds are left alone.
void keep_decisions_apart(const RequestInfo& info, api::Object& object, const api::Object& stored,
                          api::Time now);

}  // namespace kubetab::server
