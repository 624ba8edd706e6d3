#include "engine/controllers/ephemeral_volume.h"

#include <algorithm>

#include "engine/api/kinds.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::PersistentVolumeClaim;
using base::Result;
using client::Requeue;

bool has_templates(const api::Pod& pod) {
    return std::any_of(pod.spec->volumes.begin(), pod.spec->volumes.end(),
                       [](const api::Volume& volume) { return volume.source->ephemeral.has_value(); });
}

}  // namespace

EphemeralVolumeController::EphemeralVolumeController(sim::Simulation& simulation,
                                                     client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "ephemeral-volume-controller"),
      pods_(informers.of<api::Pod>()),
      claims_(informers.of<PersistentVolumeClaim>()),
      events_(simulation, client_, "ephemeral_volume") {
    const auto consider = [this](const api::Object& object, std::int64_t revision) {
        const auto& pod = static_cast<const api::Pod&>(object);
        if (has_templates(pod)) enqueue(ObjectKey::of(pod.metadata), revision);
    };
    for (const auto& [key, object] : pods_.objects()) consider(*object, pods_.revision());
    pods_.on_change([consider](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted) consider(*change.object, change.revision);
    });
    // A claim that is gone is made again.
    claims_.on_change([this](const client::Change& change) {
        const api::OwnerReference* owner = api::controller_of(change.object->metadata);
        if (change.type == client::ChangeType::Deleted && owner != nullptr && owner->kind == "Pod")
            enqueue({change.object->metadata.namespace_, owner->name}, change.revision);
    });
}

// upstream: syncHandler
Result<Requeue> EphemeralVolumeController::reconcile(const ObjectKey& key) {
    const api::Ref<api::Pod> pod = pods_.find(key);
    if (!pod || pod->metadata.deletionTimestamp.is_set()) return Requeue::none();
    for (const api::Volume& volume : pod->spec->volumes) {
        if (!volume.source->ephemeral) continue;
        const Result<void> made = make_claim(*pod, volume);
        if (made.ok()) continue;
        events_.record(*pod, {client::EventType::Warning,
                              "FailedBinding",
                              "ephemeral volume " + volume.name + ": " + made.error().message,
                              {}});
        return made.error();
    }
    return Requeue::none();
}

// upstream: handleVolume
Result<void> EphemeralVolumeController::make_claim(const api::Pod& pod, const api::Volume& volume) {
    const ObjectKey key{pod.metadata.namespace_, api::claim_name(pod.metadata, volume)};
    const Result<api::Ref<PersistentVolumeClaim>> present = client_.get<PersistentVolumeClaim>(key);
    if (present.ok()) {
        const api::OwnerReference* owner = api::controller_of((*present)->metadata);
        if (owner != nullptr && owner->uid == pod.metadata.uid) return {};
        return base::failure(base::Reason::InternalError, "PVC " + key.text() + " was not created for pod " +
                                                              ObjectKey::of(pod.metadata).text() +
                                                              " (pod is not owner)");
    }
    PersistentVolumeClaim claim;
    claim.metadata = volume.source->ephemeral->volumeClaimTemplate->metadata;
    claim.metadata.name = key.name;
    claim.metadata.namespace_ = key.namespace_;
    claim.metadata.ownerReferences = {controller_reference(api::kind_of<api::Pod>(), pod.metadata)};
    claim.spec = volume.source->ephemeral->volumeClaimTemplate->spec;
    client_.because("pod " + pod.metadata.name + " has a volume of its own");
    TRY(client_.create(std::move(claim)));
    return {};
}

}  // namespace kubetab::controllers
