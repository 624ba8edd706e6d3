// The status of a Deployment and its conditions: Available, Progressing, ReplicaFailure. No state, no writes.
//
// upstream: pkg/controller/deployment/progress.go, sync.go [calculateStatus]
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/controllers/deployment_util.h"

namespace kubetab::controllers {

// Sets the condition and moves it to the end. Nothing changes when status and reason are the same already;
// the transition time moves only with the status.
void set_condition(api::DeploymentStatus& status, api::DeploymentCondition condition);
api::DeploymentCondition condition_of(std::string_view type, std::string_view status, std::string_view reason,
                                      std::string message, sim::Instant now);

// A Deployment without a deadline has no Progressing condition.
bool has_progress_deadline(const api::Deployment& deployment);
// All pods are of the new template and available, and the controller has seen the latest spec.
bool is_complete(const api::Deployment& deployment, const api::DeploymentStatus& status);
// More new pods, fewer old ones, more ready or more available ones than before.
bool has_progressed(const api::DeploymentStatus& before, const api::DeploymentStatus& after);
bool has_timed_out(const api::Deployment& deployment, const api::DeploymentStatus& status, sim::Instant now);

// The counts, and Available. upstream: calculateStatus
api::DeploymentStatus status_of(const api::Deployment& deployment, const ReplicaSetList& all,
                                const api::Ref<api::ReplicaSet>& current, sim::Instant now);
// The same, with Progressing and ReplicaFailure. upstream: syncRolloutStatus
api::DeploymentStatus rollout_status_of(const api::Deployment& deployment, const ReplicaSetList& all,
                                        const api::Ref<api::ReplicaSet>& current, sim::Instant now);
// When to look again whether the rollout is stuck; nothing when it is complete or known to be stuck.
// upstream: requeueStuckDeployment
std::optional<sim::Duration> until_progress_check(const api::Deployment& deployment,
                                                  const api::DeploymentStatus& status, sim::Instant now);

}  // namespace kubetab::controllers
