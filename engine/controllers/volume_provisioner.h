// Volume provisioner: stands in for the provisioners of the storage systems that are simulated
// (engine/api/storage_systems.h). Makes the volume that a claim waits for, and removes a released one that is
// not to be kept.
//
// watches:  persistentvolumeclaims; persistentvolumes; volumeattachments; storageclasses and nodes, when one
// is made writes:   persistentvolumes (create, delete); events in the name of the provisioner upstream:
// sig-storage-lib-external-provisioner controller/controller.go; external-provisioner differs:  what cannot
// be made is not tried again until the claim changes, because nothing else would help;
//           handles are the volume's name, as no cloud gives them.
#pragma once

#include <map>
#include <string>

#include "engine/api/storage_systems.h"
#include "engine/api/storage_terms.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class VolumeProvisioner : public client::Controller {
public:
    VolumeProvisioner(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    // Keys with a namespace are claims, the others volumes.
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    using Claim = api::Ref<api::PersistentVolumeClaim>;
    using Volume = api::Ref<api::PersistentVolume>;

    base::Result<client::Requeue> provision(const Claim& claim);
    base::Result<client::Requeue> remove(const Volume& volume);
    // The volume for the claim, or why there can be none.
    base::Result<api::PersistentVolume> make(const api::StorageSystem& system,
                                             const api::PersistentVolumeClaim& claim,
                                             const api::StorageClass& storage_class) const;
    base::Result<void> place(const api::StorageSystem& system, const api::PersistentVolumeClaim& claim,
                             api::PersistentVolume& volume) const;
    api::Ref<api::Node> node_for(const api::PersistentVolumeClaim& claim) const;
    // Each provisioner reports under its own name.
    client::EventRecorder& events_of(const api::StorageSystem& system);

    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::PersistentVolume>& volumes_;
    client::Informer<api::StorageClass>& classes_;
    client::Informer<api::VolumeAttachment>& attachments_;
    client::Informer<api::Node>& nodes_;
    std::map<std::string, client::EventRecorder, std::less<>> events_{};
    // When work began: of claims by uid, of volumes by name. Entries go with the object.
    std::map<api::Text, sim::Instant> begun_{};
};

}  // namespace kubetab::controllers
