#include "engine/controllers/job_orphans.h"

#include "engine/controllers/indexes.h"
#include "engine/controllers/job_util.h"

namespace kubetab::controllers {

using api::Job;
using api::ObjectKey;
using api::Pod;
using api::Ref;
using client::Requeue;

JobOrphansController::JobOrphansController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "job-controller"),
      jobs_(informers.of<Job>()),
      pods_(informers.of<Pod>()) {
    index_by_controller(pods_);
    jobs_.on_change([this](const client::Change& change) { job_changed(change); });
    pods_.on_change([this](const client::Change& change) {
        const Ref<Pod> pod = api::cast<Pod>(change.object);
        const bool stays = change.type != client::ChangeType::Deleted;
        if (stays && is_orphan(*pod)) enqueue(ObjectKey::of(pod->metadata), change.revision);
    });
    for (const auto& [key, pod] : pods_.objects()) {
        if (is_orphan(static_cast<const Pod&>(*pod))) enqueue(key, 0);
    }
}

base::Result<Requeue> JobOrphansController::reconcile(const ObjectKey& key) {
    const Ref<Pod> pod = pods_.find(key);
    if (!pod || !is_orphan(*pod)) return Requeue::none();
    client_.because("no job counts it any more");
    TRY(remove_tracking_finalizer(client_, *pod));
    return Requeue::none();
}

bool JobOrphansController::is_orphan(const Pod& pod) const {
    if (!has_tracking_finalizer(pod)) return false;
    const api::OwnerReference* reference = api::controller_of(pod.metadata);
    if (reference == nullptr) return true;
    if (reference->kind != "Job" || reference->apiVersion != "batch/v1") return false;
    const Ref<Job> job = jobs_.find({pod.metadata.namespace_, reference->name});
    if (!job || job->metadata.uid != reference->uid) return true;
    return is_job_finished(*job) && !is_managed_by_another(*job);
}

void JobOrphansController::job_changed(const client::Change& change) {
    const Ref<Job> job = api::cast<Job>(change.object);
    if (change.type != client::ChangeType::Deleted && !is_job_finished(*job)) return;
    for (const Ref<Pod>& pod : pods_.by_index(kByController, job->metadata.uid)) {
        if (is_orphan(*pod)) enqueue(ObjectKey::of(pod->metadata), change.revision);
    }
}

}  // namespace kubetab::controllers
