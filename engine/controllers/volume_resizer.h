// Volume resizer: makes the volumes of claims that ask for more bigger, in place of the resizers of the
// simulated storage systems; then the file system on it, in place of the kubelet that has it mounted.
//
// watches:  persistentvolumeclaims; pods; persistentvolumes, when a claim is looked at
// writes:   persistentvolumes; persistentvolumeclaims/status; events on claims and pods
// upstream: pkg/controller/volume/expand/expand_controller.go; external-resizer pkg/controller/controller.go;
//           pkg/volume/util/operationexecutor/node_expander.go
// differs:  the kubelet's part is done here, because kubelets do not watch claims.
#pragma once

#include <map>

#include "engine/api/storage_systems.h"
#include "engine/api/storage_terms.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class VolumeResizer : public client::Controller {
public:
    VolumeResizer(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    using Claim = api::Ref<api::PersistentVolumeClaim>;
    using Volume = api::Ref<api::PersistentVolume>;

    base::Result<client::Requeue> grow_volume(const Claim& claim, const Volume& volume,
                                              const api::StorageSystem& system);
    base::Result<client::Requeue> grow_file_system(const Claim& claim, const Volume& volume);
    base::Result<void> set_condition(const Claim& claim, std::string_view type, std::string_view message);
    base::Result<void> finish(const Claim& claim, const Volume& volume);
    // A pod that runs with the claim; null: none does.
    api::Ref<api::Pod> user_of(const api::ObjectKey& claim) const;

    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::PersistentVolume>& volumes_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder expander_;
    client::EventRecorder resizer_;
    struct Growth {
        api::Quantity wanted{};
        sim::Instant begun{};
    };
    std::map<api::Text, Growth> growing_{};  // by the claim's uid; goes with the claim
};

}  // namespace kubetab::controllers
