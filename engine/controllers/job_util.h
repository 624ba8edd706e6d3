// Questions about a Job and its pods that the parts of the job controller share.
//
// upstream: pkg/controller/job/{job_controller,util}.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/api/batch.h"
#include "engine/api/core/pod.h"
#include "engine/client/client.h"

namespace kubetab::controllers {

// The condition Complete or Failed that is True, or null. upstream: FinishedCondition
const api::JobCondition* finished_condition(const api::Job& job);
inline bool is_job_finished(const api::Job& job) {
    return finished_condition(job) != nullptr;
}
bool is_suspended(const api::Job& job);
bool is_indexed(const api::Job& job);
// spec.managedBy names somebody else.
bool is_managed_by_another(const api::Job& job);
// A pod that is being deleted is replaced only once it has ended. upstream: onlyReplaceFailedPods
bool replaces_failed_only(const api::Job& job);

bool has_tracking_finalizer(const api::Pod& pod);
// Takes the finalizer off the stored pod, whatever else has changed of it. A pod that is gone is fine.
base::Result<void> remove_tracking_finalizer(client::Client& client, const api::Pod& pod);
// The index that the pod was made for; nullopt when it has none. upstream: getCompletionIndex
std::optional<std::int32_t> completion_index(const api::Pod& pod);
// The number in an annotation, 0 without one.
std::int32_t number_in(const api::Pod& pod, std::string_view annotation);
// It failed, or is being deleted without having succeeded. upstream: isPodFailed
bool is_failed(const api::Pod& pod, const api::Job& job);

api::JobCondition make_condition(std::string_view type, std::string_view reason, std::string_view message,
                                 api::Time now);
// Puts the condition into the list; a new one that is False is left out. True when the list changed.
// upstream: ensureJobConditionStatus
bool ensure_condition(std::vector<api::JobCondition>& conditions, const api::JobCondition& wanted);

}  // namespace kubetab::controllers
