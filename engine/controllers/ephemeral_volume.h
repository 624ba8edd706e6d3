// Ephemeral volume controller: makes the claims that stand in pods as templates. They belong to the pod and
// go with it.
//
// watches:  pods; persistentvolumeclaims
// writes:   persistentvolumeclaims (create); events on pods
// upstream: pkg/controller/volume/ephemeral/controller.go
#pragma once

#include "engine/api/storage_terms.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class EphemeralVolumeController : public client::Controller {
public:
    EphemeralVolumeController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    base::Result<void> make_claim(const api::Pod& pod, const api::Volume& volume);

    client::Informer<api::Pod>& pods_;
    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::EventRecorder events_;
};

}  // namespace kubetab::controllers
