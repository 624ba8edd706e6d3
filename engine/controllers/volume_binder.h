// Persistent volume controller: binds claims to volumes, asks for volumes that have to be made, and decides
// what becomes of a volume whose claim is gone.
//
// A binding is written in four steps, volume first, so that one which was cut short is found and finished:
// the volume's claimRef, its phase, the claim's volumeName, its status. Claims without a volume are looked at
// again every 15 s; a new volume by itself wakes nobody.
//
// watches:  persistentvolumeclaims; persistentvolumes; storageclasses and pods, when a claim is looked at
// writes:   persistentvolumeclaims and persistentvolumes with their status; persistentvolumes (delete);
// events upstream: pkg/controller/volume/persistentvolume/pv_controller.go differs:  volumes are not
// recycled, because that is deprecated: they fail, and say what to do.
#pragma once

#include <set>

#include "engine/api/storage_terms.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class VolumeBinder : public client::Controller {
public:
    VolumeBinder(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    // Keys with a namespace are claims, the others volumes.
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    using Claim = api::Ref<api::PersistentVolumeClaim>;
    using Volume = api::Ref<api::PersistentVolume>;

    // volume_binder.cpp: claims
    base::Result<void> sync_claim(const Claim& claim);
    base::Result<void> sync_unbound_claim(const Claim& claim);
    base::Result<void> sync_named_claim(const Claim& claim);
    base::Result<void> sync_bound_claim(const Claim& claim);
    base::Result<void> without_volume(const Claim& claim, bool delayed);
    base::Result<void> provision(const Claim& claim);
    base::Result<bool> give_default_class(const Claim& claim);
    void say_who_is_waited_for(const Claim& claim);
    bool is_delayed(const api::PersistentVolumeClaim& claim) const;
    void look_at_former_claim(const api::PersistentVolume& before, const api::PersistentVolume& now);
    base::Result<void> lose(const Claim& claim, std::string_view reason, const std::string& message);

    // volume_reclaim.cpp: volumes
    base::Result<void> sync_volume(const Volume& volume);
    base::Result<void> sync_claimed_volume(const Volume& volume);
    base::Result<void> reclaim(const Volume& volume);
    base::Result<void> unbind(const Volume& volume);
    base::Result<void> fail(const Volume& volume, const char* reason, const std::string& message);
    base::Result<Volume> set_phase(const Volume& volume, std::string_view phase,
                                   const std::string& message = {});

    // volume_bind.cpp: the four steps
    base::Result<void> bind(const Volume& volume, const Claim& claim);
    base::Result<Volume> bind_volume(const Volume& volume, const Claim& claim);
    base::Result<Claim> bind_claim(const Claim& claim, const Volume& volume);
    // `volume` may be null.
    base::Result<void> set_claim_status(const Claim& claim, std::string_view phase, const Volume& volume);

    void record(const Claim& claim, client::EventType type, std::string_view reason, std::string message);
    void arm();

    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::PersistentVolume>& volumes_;
    client::Informer<api::StorageClass>& classes_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    std::set<api::ObjectKey> waiting_{};  // claims without a volume
    sim::Instant started_{};
    sim::EventId resync_ = 0;
};

}  // namespace kubetab::controllers
