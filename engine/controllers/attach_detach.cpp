#include "engine/controllers/attach_detach.h"

#include <algorithm>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::PersistentVolume;
using api::PersistentVolumeClaim;
using api::Ref;
using api::VolumeAttachment;
using base::Result;
using client::EventType;
using client::Requeue;

// How long upstream waits for a driver that does not answer.
constexpr sim::Duration kPatience = sim::minutes(2);

bool may_be_shared(const PersistentVolume& volume) {
    return api::has_mode(volume.spec.accessModes, "ReadWriteMany") ||
           api::has_mode(volume.spec.accessModes, "ReadOnlyMany");
}

}  // namespace

AttachDetachController::AttachDetachController(sim::Simulation& simulation,
                                               client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "attachdetach-controller"),
      pods_(informers.of<api::Pod>()),
      claims_(informers.of<PersistentVolumeClaim>()),
      volumes_(informers.of<PersistentVolume>()),
      attachments_(informers.of<VolumeAttachment>()),
      drivers_(informers.of<api::CSIDriver>()),
      events_(simulation, client_, "attachdetach-controller") {
    index_by_claim(pods_);
    for (const auto& [key, object] : volumes_.objects()) enqueue(key, volumes_.revision());
    pods_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted) refused_.erase(change.object->metadata.uid);
        wake_volumes_of(*change.object, change.revision);
    });
    volumes_.on_change([this](const client::Change& change) {
        enqueue({"", change.object->metadata.name}, change.revision);
    });
    attachments_.on_change([this](const client::Change& change) {
        const auto& attachment = static_cast<const VolumeAttachment&>(*change.object);
        const std::string name = attachment.spec.source.persistentVolumeName.value_or("");
        if (!name.empty()) enqueue({"", name}, change.revision);
    });
}

void AttachDetachController::wake_volumes_of(const api::Object& object, std::int64_t revision) {
    const auto& pod = static_cast<const api::Pod&>(object);
    for (const api::Volume& volume : pod.spec->volumes) {
        const std::string name = api::claim_name(pod.metadata, volume);
        const Ref<PersistentVolumeClaim> claim =
            name.empty() ? nullptr : claims_.find({pod.metadata.namespace_, name});
        if (claim && !claim->spec.volumeName.empty()) enqueue({"", claim->spec.volumeName}, revision);
    }
}

std::map<api::Text, AttachDetachController::Pods> AttachDetachController::users_of(
    const PersistentVolume& volume) const {
    std::map<api::Text, Pods> users;
    if (!volume.spec.claimRef) return users;
    const ObjectKey claim{volume.spec.claimRef->namespace_, volume.spec.claimRef->name};
    for (const Ref<api::Pod>& pod : pods_.by_index(kByClaim, claim.text())) {
        if (!pod->spec->nodeName.empty() && !api::is_pod_finished(*pod))
            users[pod->spec->nodeName].push_back(pod);
    }
    return users;
}

std::vector<AttachDetachController::Attachment> AttachDetachController::attachments_of(
    const api::Text& volume) const {
    std::vector<Attachment> result;
    for (const Attachment& attachment : attachments_.all()) {
        if (attachment->spec.source.persistentVolumeName.value_or("") == volume) result.push_back(attachment);
    }
    return result;
}

Result<Requeue> AttachDetachController::reconcile(const ObjectKey& key) {
    const Volume volume = volumes_.find(key);
    const std::vector<Attachment> attachments = attachments_of(key.name);
    const Ref<api::CSIDriver> driver =
        volume && volume->spec.csi ? drivers_.find({"", volume->spec.csi->driver}) : nullptr;
    const std::string attacher = volume ? api::attacher_of(*volume, driver.get()) : "";
    if (attacher.empty() && attachments.empty()) return Requeue::none();
    std::map<api::Text, Pods> users;
    if (volume) users = users_of(*volume);

    Requeue again = Requeue::none();
    Attachment held;
    for (const Attachment& attachment : attachments) {
        const auto user = users.find(attachment->spec.nodeName);
        held = attachment;  // Until its end is seen, also when it is detached now.
        if (user == users.end()) {
            TRY(detach(*attachment));
            continue;
        }
        const sim::Duration left = TRY(finish(volume, attachment, user->second));
        if (left > sim::Duration{}) again = Requeue::in(left);
        users.erase(user);
    }
    if (attacher.empty()) return again;
    for (const auto& [node, pods] : users) {
        if (held && !may_be_shared(*volume)) {
            refuse_second(*volume, held, pods);
            continue;
        }
        TRY(attach(volume, attacher, node));
        if (!may_be_shared(*volume)) break;
    }
    return again;
}

Result<void> AttachDetachController::attach(const Volume& volume, const std::string& attacher,
                                            const api::Text& node) {
    VolumeAttachment attachment;
    attachment.metadata.name = api::attachment_name(*volume, node);
    attachment.spec.attacher = attacher;
    attachment.spec.nodeName = node;
    attachment.spec.source.persistentVolumeName = volume->metadata.name;
    client_.because("a pod on " + node + " needs the volume");
    const Result<Attachment> made = client_.create(std::move(attachment));
    if (!made.ok() && made.error().reason != base::Reason::AlreadyExists) return made.error();
    return {};
}

Result<sim::Duration> AttachDetachController::finish(const Volume& volume, const Attachment& attachment,
                                                     const Pods& pods) {
    if (attachment->status.attached || attachment->metadata.deletionTimestamp.is_set())
        return sim::Duration{};
    const api::StorageSystem* system = api::find_storage_system(attachment->spec.attacher);
    const sim::Duration takes = system != nullptr ? system->takes : kPatience;
    const sim::Instant due = attachment->metadata.creationTimestamp.instant() + takes;
    if (simulation_.now() < due) return due - simulation_.now();
    if (system == nullptr) {
        for (const Ref<api::Pod>& pod : pods) {
            events_.record(
                *pod, {EventType::Warning,
                       "FailedAttachVolume",
                       "AttachVolume.Attach failed for volume \"" + volume->metadata.name +
                           "\" : timed out waiting for external-attacher of " + attachment->spec.attacher +
                           " CSI driver to attach volume " + volume->spec.csi->volumeHandle,
                       {}});
        }
        return sim::Duration{};
    }
    VolumeAttachment next = *attachment;
    next.status.attached = true;
    client_.because("attaching takes its time");
    TRY(client_.update_status(std::move(next)));
    for (const Ref<api::Pod>& pod : pods) {
        events_.record(*pod, {EventType::Normal,
                              "SuccessfulAttachVolume",
                              "AttachVolume.Attach succeeded for volume \"" + volume->metadata.name + "\" ",
                              {}});
    }
    return sim::Duration{};
}

// upstream: reportMultiAttachError
void AttachDetachController::refuse_second(const PersistentVolume& volume, const Attachment& first,
                                           const Pods& pods) {
    const std::map<api::Text, Pods> users = users_of(volume);
    const auto holders = users.find(first->spec.nodeName);
    for (const Ref<api::Pod>& pod : pods) {
        if (!refused_.insert(pod->metadata.uid).second) continue;
        std::string same_namespace;
        std::size_t elsewhere = 0;
        if (holders != users.end()) {
            for (const Ref<api::Pod>& holder : holders->second) {
                if (holder->metadata.namespace_ != pod->metadata.namespace_) {
                    ++elsewhere;
                } else {
                    same_namespace += (same_namespace.empty() ? "" : ", ") + holder->metadata.name;
                }
            }
        }
        std::string who =
            "Volume is already exclusively attached to one node and can't be attached to another";
        if (!same_namespace.empty()) who = "Volume is already used by pod(s) " + same_namespace;
        if (!same_namespace.empty() && elsewhere > 0)
            who += " and " + std::to_string(elsewhere) + " pod(s) in different namespaces";
        events_.record(*pod, {EventType::Warning,
                              "FailedAttachVolume",
                              "Multi-Attach error for volume \"" + volume.metadata.name + "\" " + who,
                              {}});
    }
}

Result<void> AttachDetachController::detach(const VolumeAttachment& attachment) {
    client_.because("no pod on " + attachment.spec.nodeName + " needs the volume");
    const Result<void> removed = client_.remove<VolumeAttachment>(ObjectKey::of(attachment.metadata));
    if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed.error();
    return {};
}

}  // namespace kubetab::controllers
