// TTL-after-finished controller: deletes Jobs so many seconds after they have ended as
// spec.ttlSecondsAfterFinished says.
//
// watches:  jobs
// writes:   jobs (delete, in the foreground)
// upstream: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go
#pragma once

#include "engine/api/batch.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class TtlAfterFinishedController : public client::Controller {
public:
    TtlAfterFinishedController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    client::Informer<api::Job>& jobs_;
};

}  // namespace kubetab::controllers
