#include "engine/controllers/ttl_after_finished.h"

#include <optional>
#include <string>

#include "engine/api/pod_status.h"
#include "engine/controllers/job_util.h"

namespace kubetab::controllers {
namespace {

using api::Job;
using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

// When the job is to go; nullopt when it stays or is going already.
std::optional<sim::Instant> expiry(const Job& job) {
    const api::JobCondition* end = finished_condition(job);
    if (end == nullptr || !job.spec.ttlSecondsAfterFinished || api::is_terminating(job)) return std::nullopt;
    return end->lastTransitionTime.instant() + sim::seconds(*job.spec.ttlSecondsAfterFinished);
}

}  // namespace

TtlAfterFinishedController::TtlAfterFinishedController(sim::Simulation& simulation,
                                                       client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "ttl-after-finished-controller"),
      jobs_(informers.of<Job>()) {
    jobs_.on_change([this](const client::Change& change) {
        const bool stays = change.type != client::ChangeType::Deleted;
        if (stays && expiry(*api::cast<Job>(change.object))) {
            enqueue(ObjectKey::of(change.object->metadata), change.revision);
        }
    });
    for (const auto& [key, job] : jobs_.objects()) {
        if (expiry(static_cast<const Job&>(*job))) enqueue(key, 0);
    }
}

// upstream: processJob
Result<Requeue> TtlAfterFinishedController::reconcile(const ObjectKey& key) {
    const Ref<Job> cached = jobs_.find(key);
    if (!cached || !expiry(*cached)) return Requeue::none();
    const sim::Duration left = *expiry(*cached) - simulation_.now();
    if (left > sim::Duration{}) return Requeue::in(left);

    // The cache may be behind: the time may have been changed.
    const Result<Ref<Job>> fresh = client_.get<Job>(key);
    if (!fresh) {
        if (fresh.error().reason == base::Reason::NotFound) return Requeue::none();
        return fresh.error();
    }
    const std::optional<sim::Instant> due = expiry(**fresh);
    if (!due) return Requeue::none();
    if (*due > simulation_.now()) return Requeue::in(*due - simulation_.now());
    client_.because("ended " + std::to_string(*(*fresh)->spec.ttlSecondsAfterFinished) + " s ago");
    const Result<void> removed = client_.remove<Job>(
        key, {.propagation = api::Propagation::Foreground, .uid = (*fresh)->metadata.uid});
    if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed.error();
    return Requeue::none();
}

}  // namespace kubetab::controllers
