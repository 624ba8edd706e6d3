// Authentication: from a request to the user it comes from.
// upstream: apiserver/pkg/endpoints/filters/authentication.go, impersonation.go
#pragma once

#include "engine/api/transport.h"
#include "engine/base/status.h"
#include "engine/server/authorization/rbac.h"
#include "engine/server/authorization/tokens.h"
#include "engine/server/authorization/user.h"

namespace kubetab::server {

// The user of the certificate, the token's account, or nobody known; the administrator for a request through
// the administrator's own door. Then whoever that user impersonates. Unauthorized for a token that is not
// valid, Forbidden for an impersonation that is not allowed. Groups without a user are for the caller to
// refuse.
// `caller` is null at the administrator's own door.
base::Result<User> authenticate(const Rbac& rbac, const Tokens& tokens, const api::Request& request,
                                const Caller* caller);

}  // namespace kubetab::server
