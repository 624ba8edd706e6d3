// Attach/detach controller: attaches volumes to the nodes whose pods use them, and detaches them when the
// last such pod is gone. Stands in for the attachers of the simulated storage systems, too.
//
// A volume that one node alone may use is not attached to a second one before the first has let go.
//
// watches:  pods; persistentvolumeclaims; persistentvolumes; volumeattachments; csidrivers, when a volume is
// looked at writes:   volumeattachments with their status; events on pods upstream:
// pkg/controller/volume/attachdetach/reconciler/reconciler.go; external-attacher differs:  a volume is
// detached when its pods have left the API, by when their node has let go of it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/api/storage_systems.h"
#include "engine/api/storage_terms.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class AttachDetachController : public client::Controller {
public:
    AttachDetachController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    // Keys are volumes.
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    using Volume = api::Ref<api::PersistentVolume>;
    using Attachment = api::Ref<api::VolumeAttachment>;
    using Pods = std::vector<api::Ref<api::Pod>>;

    void wake_volumes_of(const api::Object& pod, std::int64_t revision);
    // The pods that need the volume, by node.
    std::map<api::Text, Pods> users_of(const api::PersistentVolume& volume) const;
    std::vector<Attachment> attachments_of(const api::Text& volume) const;
    base::Result<void> attach(const Volume& volume, const std::string& attacher, const api::Text& node);
    // How much longer it takes; zero when it is done or cannot be done.
    base::Result<sim::Duration> finish(const Volume& volume, const Attachment& attachment, const Pods& pods);
    void refuse_second(const api::PersistentVolume& volume, const Attachment& first, const Pods& pods);
    base::Result<void> detach(const api::VolumeAttachment& attachment);

    client::Informer<api::Pod>& pods_;
    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::PersistentVolume>& volumes_;
    client::Informer<api::VolumeAttachment>& attachments_;
    client::Informer<api::CSIDriver>& drivers_;
    client::EventRecorder events_;
    std::set<api::Text> refused_{};  // uids of pods that were told that another node has the volume
};

}  // namespace kubetab::controllers
