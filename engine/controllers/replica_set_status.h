// The status of a ReplicaSet or ReplicationController, computed from what its pods add up to.
//
// upstream: pkg/controller/replicaset/replica_set_utils.go
#pragma once

#include <optional>
#include <vector>

#include "engine/api/apps.h"
#include "engine/api/core/pod.h"
#include "engine/api/core/replication_controller.h"
#include "engine/base/status.h"
#include "engine/controllers/replica_counts.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

// Of either kind. `failure` is what managing the pods failed with, if it did.
template <class Set>
StatusOf<Set> status_of(const Set& replica_set, const ReplicaCounts& counts,
                        const std::optional<base::Status>& failure, sim::Instant now);
// How long until the next ready pod has been so for minReadySeconds; nothing when none is waiting for that.
std::optional<sim::Duration> until_next_available(const std::vector<api::Ref<api::Pod>>& pods,
                                                  std::int32_t min_ready_seconds, sim::Instant now);

}  // namespace kubetab::controllers
