// Escalation: nobody gives away rights that they do not have, unless they may do just that.
//
// Roles are checked by their rules, bindings by the rules of the role they give. Members of system:masters,
// and who may `escalate` the role or `bind` it, are let through.
//
// upstream: pkg/registry/rbac/role/policybased/storage.go and its three neighbours; escalation_check.go
#pragma once

#include "engine/server/authorization/rbac.h"

namespace kubetab::server {

// `kind` and `object` are what is written; `stored` is null for a new one. `attributes` are those of the
// request. Kinds other than roles and bindings pass.
base::Result<void> check_escalation(const Rbac& rbac, const User& user, const Attributes& attributes,
                                    const api::Kind& kind, const api::Object& object,
                                    const api::Object* stored);

}  // namespace kubetab::server
