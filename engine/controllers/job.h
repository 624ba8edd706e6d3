// Job controller: runs pods until enough of them have succeeded, or too many have failed.
//
// A pod that has ended keeps a finalizer until the status names its uid; then the finalizer goes and the pod
// is counted. So none is counted twice, and none is lost that is deleted meanwhile. Changes of pods are acted
// on a second later, several at once.
//
// watches:  jobs; pods, through their controlling owner reference
// writes:   pods (create, delete, adopt, release, the finalizer); jobs/status; events
// upstream: pkg/controller/job/job_controller.go
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/expectations.h"
#include "engine/client/informer.h"
#include "engine/controllers/job_sync.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {

class JobController : public client::Controller {
public:
    JobController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    void job_changed(const client::Change& change);
    void pod_changed(const client::Change& change);
    // After pods may have come and gone unseen; upstream would wait five minutes.
    void expect_nothing();
    void pod_deleted(const api::Pod& pod, std::int64_t revision);
    void forget(const api::ObjectKey& key);
    // The cache shows the pod without its finalizer.
    void observe_release(const api::ObjectKey& key, const api::Pod& pod);
    // The Job that controls the pod, or null.
    api::Ref<api::Job> controller_of(const api::Pod& pod) const;
    void enqueue_those_matching(const api::Pod& orphan, std::int64_t revision);

    base::Result<PodList> claimed_pods(const api::Job& job);
    api::Time now() const { return api::Time(simulation_.now()); }

    // Why the job is to end; sets the verdict.
    void judge(JobSync& sync);
    void judge_limits(JobSync& sync);
    void judge_indexes(JobSync& sync);
    // Deletes what still runs of a job that ends.
    std::optional<base::Status> delete_active(JobSync& sync, bool settled);
    void update_suspended(JobSync& sync, bool& changed);

    // job_pods.cpp: makes pods or deletes them; counts stay right when something fails.
    std::optional<base::Status> manage_pods(JobSync& sync);
    std::optional<base::Status> delete_pods(JobSync& sync, const PodList& pods);
    std::optional<base::Status> create_missing(JobSync& sync, std::int32_t missing);
    std::optional<base::Status> create_pods(JobSync& sync, std::int32_t count,
                                            const std::vector<std::int32_t>& indexes);
    std::vector<std::int32_t> indexes_due(const JobSync& sync, std::int32_t count, sim::Duration& wait) const;
    PodList pods_to_remove(const JobSync& sync, std::int32_t at_least) const;

    // job_tracking.cpp: counts the pods that have ended and stores the status.
    base::Result<void> track(JobSync& sync, bool changed);
    PodList note_ended(JobSync& sync, bool& changed, bool& full);
    bool note_pod(JobSync& sync, const api::Pod& pod, api::IndexRanges& new_indexes);
    void note_indexes(JobSync& sync, const api::IndexRanges& new_indexes, bool& changed);
    void note_verdict(JobSync& sync, bool& changed);
    base::Result<void> store(JobSync& sync);
    base::Result<void> release(JobSync& sync, const PodList& pods, Uids& held);
    bool finish(JobSync& sync);
    void record_end(const JobSync& sync);

    client::Informer<api::Job>& jobs_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    PodControl pod_control_;
    client::Expectations expectations_{};
    // Pods whose finalizer was taken off and whom the cache still shows with it.
    std::map<api::ObjectKey, Uids> released_{};
    std::map<api::ObjectKey, BackOffRecord> back_offs_{};
};

}  // namespace kubetab::controllers
