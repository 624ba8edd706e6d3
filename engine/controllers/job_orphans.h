// Lets go of pods that carry the job controller's finalizer and that no running Job counts any more: their
// Job has ended or is gone, or they have been taken from it.
//
// Keys of its queue are pods. A second queue of the job controller upstream.
//
// watches:  pods, jobs
// writes:   pods (the finalizer)
// upstream: pkg/controller/job/job_controller.go [syncOrphanPod]
#pragma once

#include "engine/api/batch.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class JobOrphansController : public client::Controller {
public:
    JobOrphansController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& pod) override;

private:
    bool is_orphan(const api::Pod& pod) const;
    void job_changed(const client::Change& change);

    client::Informer<api::Job>& jobs_;
    client::Informer<api::Pod>& pods_;
};

}  // namespace kubetab::controllers
