#include "engine/controllers/volume_binder.h"

#include <algorithm>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/api/storage_systems.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::PersistentVolume;
using api::PersistentVolumeClaim;
using api::Ref;
using base::Result;
using client::EventType;
using client::Requeue;

constexpr std::int32_t kResync = 16;
constexpr sim::Duration kResyncPeriod = sim::seconds(15);
constexpr sim::Duration kSettling = sim::milliseconds(10);
constexpr std::string_view kInTree = "kubernetes.io/";

// Why a volume that a claim asks for by name cannot be its. upstream: checkVolumeSatisfyClaim
std::string unsuitable(const PersistentVolume& volume, const PersistentVolumeClaim& claim) {
    if (capacity_of(volume) < request_of(claim)) return "requested PV is too small";
    if (class_of(volume) != class_of(claim)) return "storageClassName does not match";
    if (!same_volume_mode(volume, claim)) return "incompatible volumeMode";
    if (!offers_modes(volume, claim)) return "incompatible accessMode";
    return {};
}

bool is_new(const Ref<PersistentVolume>& volume) {
    return volume->status.phase == "Pending" && volume->spec.claimRef->uid.empty() &&
           !volume->metadata.deletionTimestamp.is_set();
}

}  // namespace

VolumeBinder::VolumeBinder(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "persistentvolume-controller"),
      claims_(informers.of<PersistentVolumeClaim>()),
      volumes_(informers.of<PersistentVolume>()),
      classes_(informers.of<api::StorageClass>()),
      pods_(informers.of<api::Pod>()),
      events_(simulation, client_, "persistentvolume-controller"),
      started_(simulation.now()) {
    index_by_claim(pods_);
    for (const auto& [key, object] : volumes_.objects()) enqueue(key, volumes_.revision());
    for (const auto& [key, object] : claims_.objects()) enqueue(key, claims_.revision());
    claims_.on_change([this](const client::Change& change) {
        enqueue(ObjectKey::of(change.object->metadata), change.revision);
        const auto& claim = static_cast<const PersistentVolumeClaim&>(*change.object);
        if (change.type == client::ChangeType::Deleted && !claim.spec.volumeName.empty())
            enqueue({"", claim.spec.volumeName}, change.revision);
    });
    volumes_.on_change([this](const client::Change& change) {
        const auto& volume = static_cast<const PersistentVolume&>(*change.object);
        enqueue({"", volume.metadata.name}, change.revision);
        if (change.type == client::ChangeType::Deleted && volume.spec.claimRef)
            enqueue({volume.spec.claimRef->namespace_, volume.spec.claimRef->name}, change.revision);
        if (change.previous)
            look_at_former_claim(static_cast<const PersistentVolume&>(*change.previous), volume);
    });
}

// A volume that is given to another claim by hand leaves a bound one behind, which is found when all claims
// are looked at again. upstream: resync
void VolumeBinder::look_at_former_claim(const PersistentVolume& before, const PersistentVolume& now) {
    if (!before.spec.claimRef || before.spec.claimRef->uid.empty()) return;
    if (now.spec.claimRef && now.spec.claimRef->uid == before.spec.claimRef->uid) return;
    waiting_.insert({before.spec.claimRef->namespace_, before.spec.claimRef->name});
    arm();
}

Result<Requeue> VolumeBinder::reconcile(const ObjectKey& key) {
    if (key.namespace_.empty()) {
        const Volume volume = volumes_.find(key);
        if (volume) TRY(sync_volume(volume));
        return Requeue::none();
    }
    const Claim claim = claims_.find(key);
    if (!claim || is_bound(*claim)) {
        waiting_.erase(key);
    } else {
        waiting_.insert(key);
        arm();
    }
    if (claim) TRY(sync_claim(claim));
    return Requeue::none();
}

void VolumeBinder::handle_own(const sim::Event&) {
    resync_ = 0;
    for (const ObjectKey& key : waiting_) enqueue(key, 0);
    arm();
}

void VolumeBinder::arm() {
    if (waiting_.empty() || resync_ != 0) return;
    const std::int64_t periods = (simulation_.now() - started_).ns / kResyncPeriod.ns + 1;
    const sim::Instant due = started_ + kResyncPeriod * periods;
    resync_ = simulation_.schedule({.component = component_,
                                    .after = due - simulation_.now(),
                                    .kind = kResync,
                                    .cadence = sim::Cadence::Heartbeat});
}

void VolumeBinder::record(const Claim& claim, EventType type, std::string_view reason, std::string message) {
    events_.record(*claim, {type, reason, std::move(message), {}});
}

// upstream: syncClaim
Result<void> VolumeBinder::sync_claim(const Claim& claim) {
    if (claim->metadata.annotations.contains(api::kBindCompleted)) return sync_bound_claim(claim);
    return claim->spec.volumeName.empty() ? sync_unbound_claim(claim) : sync_named_claim(claim);
}

// The class says that volumes are chosen with the node. upstream: IsDelayBindingMode
bool VolumeBinder::is_delayed(const PersistentVolumeClaim& claim) const {
    const Ref<api::StorageClass> storage_class = classes_.find({"", class_of(claim)});
    return storage_class && storage_class->volumeBindingMode.value_or("") == "WaitForFirstConsumer";
}

// upstream: syncUnboundClaim
Result<void> VolumeBinder::sync_unbound_claim(const Claim& claim) {
    const bool delayed = is_delayed(*claim);
    const std::vector<Volume> volumes = volumes_.all();
    const Volume volume = find_matching_volume(*claim, volumes, {.delayed = delayed});
    if (volume) return bind(volume, claim);
    if (std::any_of(volumes.begin(), volumes.end(), is_new)) {
        // One that came in the same instant has not been looked at yet, and may be the claim's.
        enqueue_after(ObjectKey::of(claim->metadata), kSettling);
        return {};
    }
    return without_volume(claim, delayed);
}

Result<void> VolumeBinder::without_volume(const Claim& claim, bool delayed) {
    if (TRY(give_default_class(claim))) return {};
    if (delayed && !claim->metadata.annotations.contains(api::kSelectedNode)) {
        say_who_is_waited_for(claim);
    } else if (!class_of(*claim).empty()) {
        return provision(claim);
    } else {
        record(claim, EventType::Normal, "FailedBinding",
               "no persistent volumes available for this claim and no storage class is set");
    }
    return set_claim_status(claim, "Pending", nullptr);
}

// A claim from before there was a default class gets it now. True when it did.
// upstream: assignDefaultStorageClass
Result<bool> VolumeBinder::give_default_class(const Claim& claim) {
    if (claim->spec.storageClassName || claim->metadata.annotations.contains(api::kBetaStorageClass))
        return false;
    const Ref<api::StorageClass> storage_class = api::default_class(classes_.all());
    if (!storage_class) return false;
    PersistentVolumeClaim next = *claim;
    next.spec.storageClassName = storage_class->metadata.name;
    client_.because("there is a default class now");
    TRY(client_.update(std::move(next)));
    return true;
}

// upstream: emitEventForUnboundDelayBindingClaim
void VolumeBinder::say_who_is_waited_for(const Claim& claim) {
    std::string names;
    std::size_t count = 0;
    for (const Ref<api::Pod>& pod : pods_.by_index(kByClaim, ObjectKey::of(claim->metadata).text())) {
        if (!pod->spec->nodeName.empty() || pod->metadata.deletionTimestamp.is_set()) continue;
        names += (count++ == 0 ? "" : ",") + pod->metadata.name;
    }
    if (count == 0) {
        record(claim, EventType::Normal, "WaitForFirstConsumer",
               "waiting for first consumer to be created before binding");
        return;
    }
    record(claim, EventType::Normal, "WaitForPodScheduled",
           "waiting for pod" + std::string(count > 1 ? "s " : " ") + names + " to be scheduled");
}

// upstream: provisionClaim, provisionClaimOperationExternal
Result<void> VolumeBinder::provision(const Claim& claim) {
    const std::string name = class_of(*claim);
    const Ref<api::StorageClass> storage_class = classes_.find({"", name});
    if (!storage_class) {
        record(claim, EventType::Warning, "ProvisioningFailed",
               "storageclass.storage.k8s.io \"" + name + "\" not found");
        return {};
    }
    std::string provisioner = storage_class->provisioner;
    const api::StorageSystem* system = api::find_storage_system(provisioner);
    if (system == nullptr && provisioner.starts_with(kInTree)) {
        record(claim, EventType::Warning, "ProvisioningFailed",
               "no volume plugin matched name: " + provisioner);
        return {};
    }
    if (system != nullptr) provisioner = system->provisioner;
    PersistentVolumeClaim next = *claim;
    next.metadata.annotations[api::kBetaStorageProvisioner] = provisioner;
    next.metadata.annotations[api::kStorageProvisioner] = provisioner;
    Claim written = claim;
    if (next.metadata.annotations != claim->metadata.annotations) {
        client_.because("its volume is to be made by " + provisioner);
        written = TRY(client_.update(std::move(next)));
    }
    record(written, EventType::Normal, "ExternalProvisioning",
           "Waiting for a volume to be created either by the external provisioner '" + provisioner +
               "' or manually by the system administrator. If volume creation is delayed, please verify that "
               "the provisioner is running and correctly registered.");
    return {};
}

// A claim that asks for a volume by name.
Result<void> VolumeBinder::sync_named_claim(const Claim& claim) {
    const std::string& name = claim->spec.volumeName;
    const Volume volume = volumes_.find({"", name});
    if (!volume) return set_claim_status(claim, "Pending", nullptr);
    if (!volume->spec.claimRef) {
        const std::string problem = unsuitable(*volume, *claim);
        if (problem.empty()) return bind(volume, claim);
        record(claim, EventType::Warning, "VolumeMismatch",
               "Cannot bind to requested volume \"" + name + "\": " + problem);
        return set_claim_status(claim, "Pending", nullptr);
    }
    if (is_for(*volume, *claim)) return bind(volume, claim);
    record(claim, EventType::Warning, "FailedBinding",
           "volume \"" + name + "\" already bound to a different claim.");
    return set_claim_status(claim, "Pending", nullptr);
}

// upstream: syncBoundClaim
Result<void> VolumeBinder::sync_bound_claim(const Claim& claim) {
    if (claim->spec.volumeName.empty()) {
        return lose(claim, "ClaimLost",
                    "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
    }
    const Volume volume = volumes_.find({"", claim->spec.volumeName});
    if (!volume) {
        return lose(claim, "ClaimLost",
                    "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    }
    const bool ours = !volume->spec.claimRef || volume->spec.claimRef->uid == claim->metadata.uid;
    if (ours) return bind(volume, claim);
    return lose(claim, "ClaimMisbound",
                "Two claims are bound to the same volume, this one is bound incorrectly");
}

Result<void> VolumeBinder::lose(const Claim& claim, std::string_view reason, const std::string& message) {
    if (claim->status.phase != "Lost") record(claim, EventType::Warning, reason, message);
    return set_claim_status(claim, "Lost", nullptr);
}

}  // namespace kubetab::controllers
