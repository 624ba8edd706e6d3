#include "engine/controllers/volume_protection.h"

#include <algorithm>

#include "engine/api/kinds.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::PersistentVolume;
using api::PersistentVolumeClaim;
using api::Ref;
using base::Result;
using client::Requeue;

// Puts the finalizer on what is not being deleted, and takes it from what is and is not in use.
template <class T>
Result<Requeue> protect(client::Client& client, const T& object, std::string_view finalizer, bool used) {
    const api::Texts& present = object.metadata.finalizers;
    const bool has = std::find(present.begin(), present.end(), finalizer) != present.end();
    const bool deleting = object.metadata.deletionTimestamp.is_set();
    if (deleting ? !has || used : has) return Requeue::none();
    T next = object;
    if (deleting) {
        std::erase(next.metadata.finalizers.edit(), finalizer);
    } else {
        next.metadata.finalizers.emplace_back(finalizer);
    }
    client.because(deleting ? "nobody uses it" : "somebody may use it");
    const Result<Ref<T>> written = client.update(std::move(next));
    if (!written.ok() && written.error().reason != base::Reason::NotFound) return written.error();
    return Requeue::none();
}

}  // namespace

ClaimProtection::ClaimProtection(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "pvc-protection-controller"),
      claims_(informers.of<PersistentVolumeClaim>()),
      pods_(informers.of<api::Pod>()) {
    index_by_claim(pods_);
    for (const auto& [key, object] : claims_.objects()) enqueue(key, claims_.revision());
    claims_.on_change([this](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted)
            enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    pods_.on_change([this](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted) return;
        for (const api::Volume& volume : static_cast<const api::Pod&>(*change.object).spec->volumes) {
            const std::string name = api::claim_name(change.object->metadata, volume);
            if (!name.empty()) enqueue({change.object->metadata.namespace_, name}, change.revision);
        }
    });
}

// upstream: processPVC, isBeingUsed
Result<Requeue> ClaimProtection::reconcile(const ObjectKey& key) {
    const Ref<PersistentVolumeClaim> claim = claims_.find(key);
    if (!claim) return Requeue::none();
    const std::vector<Ref<api::Pod>> pods = pods_.by_index(kByClaim, key.text());
    const bool used = std::any_of(pods.begin(), pods.end(),
                                  [](const Ref<api::Pod>& pod) { return !pod->spec->nodeName.empty(); });
    return protect(client_, *claim, api::kClaimProtection, used);
}

VolumeProtection::VolumeProtection(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "pv-protection-controller"),
      volumes_(informers.of<PersistentVolume>()) {
    for (const auto& [key, object] : volumes_.objects()) enqueue(key, volumes_.revision());
    volumes_.on_change([this](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted)
            enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
}

// upstream: processPV
Result<Requeue> VolumeProtection::reconcile(const ObjectKey& key) {
    const Ref<PersistentVolume> volume = volumes_.find(key);
    if (!volume) return Requeue::none();
    return protect(client_, *volume, api::kVolumeProtection, volume->status.phase == "Bound");
}

}  // namespace kubetab::controllers
