// Validation of ConfigMap, Secret, Namespace, Node, Lease.
// upstream: pkg/apis/core/validation/validation.go, pkg/apis/coordination/validation/validation.go
#pragma once

#include "engine/api/coordination.h"
#include "engine/api/core/config.h"
#include "engine/api/core/node.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_config_map(const ConfigMap& object, Errors& errors);
void validate_config_map_update(const ConfigMap& now, const ConfigMap& old, Errors& errors);
void validate_secret(const Secret& object, Errors& errors);
void validate_secret_update(const Secret& now, const Secret& old, Errors& errors);
void validate_namespace(const Namespace& object, Errors& errors);
void validate_namespace_status(const Namespace& object, Errors& errors);
void validate_node(const Node& object, Errors& errors);
void validate_node_update(const Node& now, const Node& old, Errors& errors);
void validate_lease(const Lease& object, Errors& errors);

}  // namespace kubetab::api
