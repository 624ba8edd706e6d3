// Validation of roles and their bindings. upstream: pkg/apis/rbac/validation/validation.go
#pragma once

#include "engine/api/rbac.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_role(const Role& object, Errors& errors);
void validate_cluster_role(const ClusterRole& object, Errors& errors);
void validate_role_binding(const RoleBinding& object, Errors& errors);
void validate_role_binding_update(const RoleBinding& now, const RoleBinding& old, Errors& errors);
void validate_cluster_role_binding(const ClusterRoleBinding& object, Errors& errors);
void validate_cluster_role_binding_update(const ClusterRoleBinding& now, const ClusterRoleBinding& old,
                                          Errors& errors);

}  // namespace kubetab::api
