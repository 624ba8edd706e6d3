// Validation of DaemonSet, StatefulSet, ControllerRevision, ReplicationController and PodTemplate.
// upstream: pkg/apis/apps/validation/validation.go, pkg/apis/core/validation/validation.go
#pragma once

#include "engine/api/controller_revision.h"
#include "engine/api/core/pod_template.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/stateful_set.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_daemon_set(const DaemonSet& object, Errors& errors);
void validate_daemon_set_update(const DaemonSet& now, const DaemonSet& old, Errors& errors);
void validate_daemon_set_status(const DaemonSet& now, const DaemonSet& old, Errors& errors);
void validate_stateful_set(const StatefulSet& object, Errors& errors);
void validate_stateful_set_update(const StatefulSet& now, const StatefulSet& old, Errors& errors);
void validate_stateful_set_status(const StatefulSet& now, const StatefulSet& old, Errors& errors);
void validate_controller_revision(const ControllerRevision& object, Errors& errors);
void validate_controller_revision_update(const ControllerRevision& now, const ControllerRevision& old,
                                         Errors& errors);
void validate_replication_controller(const ReplicationController& object, Errors& errors);
void validate_replication_controller_status(const ReplicationController& now,
                                            const ReplicationController& old, Errors& errors);
void validate_pod_template_object(const PodTemplate& object, Errors& errors);

}  // namespace kubetab::api
