// PVC and PV protection controllers: a claim that a scheduled pod uses, and a volume that is bound, stay
// until they are no longer in use, however often they are deleted.
//
// watches:  persistentvolumeclaims and pods; persistentvolumes
// writes:   the finalizers of persistentvolumeclaims and persistentvolumes
// upstream: pkg/controller/volume/{pvcprotection,pvprotection}
#pragma once

#include "engine/api/storage_terms.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class ClaimProtection : public client::Controller {
public:
    ClaimProtection(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::Pod>& pods_;
};

class VolumeProtection : public client::Controller {
public:
    VolumeProtection(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    client::Informer<api::PersistentVolume>& volumes_;
};

}  // namespace kubetab::controllers
