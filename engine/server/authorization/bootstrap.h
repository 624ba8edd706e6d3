// The roles and bindings that every new cluster has. upstream:
// plugin/pkg/auth/authorizer/rbac/bootstrappolicy; pkg/registry/rbac/rest/storage_rbac.go
// [PolicyData.EnsureRBACPolicy]; kubeadm's binding of its administrators
#pragma once

#include <string_view>

#include "engine/server/server.h"

namespace kubetab::server {

// Places them in upstream's order. Call it once, before anybody asks the REST front. Nothing is drawn from
// the cluster's chance, so that a list that grows leaves every other random name as it was.
void create_bootstrap_policy(Server& server);

// The text of assets/rbac.txt.
std::string_view bootstrap_policy_text();

}  // namespace kubetab::server
