// Validation of Deployment and ReplicaSet.
// upstream: pkg/apis/apps/validation/validation.go
#pragma once

#include "engine/api/apps.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_deployment(const Deployment& object, Errors& errors);
void validate_deployment_update(const Deployment& now, const Deployment& old, Errors& errors);
void validate_deployment_status(const Deployment& now, const Deployment& old, Errors& errors);
void validate_replica_set(const ReplicaSet& object, Errors& errors);
void validate_replica_set_update(const ReplicaSet& now, const ReplicaSet& old, Errors& errors);
void validate_replica_set_status(const ReplicaSet& now, const ReplicaSet& old, Errors& errors);

}  // namespace kubetab::api
