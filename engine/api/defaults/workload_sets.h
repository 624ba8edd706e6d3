// Conditional defaults of DaemonSet, StatefulSet, ReplicationController and PodTemplate. Plain ones stand in
// the field tables. upstream: pkg/apis/apps/v1/defaults.go, pkg/apis/core/v1/defaults.go
#pragma once

#include "engine/api/core/pod_template.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/stateful_set.h"

namespace kubetab::api {

void default_daemon_set(DaemonSet& object);
void default_stateful_set(StatefulSet& object);
void default_replication_controller(ReplicationController& object);
void default_pod_template(PodTemplate& object);

}  // namespace kubetab::api
