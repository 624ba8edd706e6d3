// The steps of a binding, each of which is left out when it is done already.
// upstream: pkg/controller/volume/persistentvolume/pv_controller.go [bind]
#include "engine/api/codec.h"
#include "engine/controllers/volume_binder.h"

namespace kubetab::controllers {
namespace {

using api::PersistentVolume;
using api::PersistentVolumeClaim;
using base::Result;

}  // namespace

Result<void> VolumeBinder::bind(const Volume& volume, const Claim& claim) {
    client_.because("claim " + claim->metadata.name + " gets volume " + volume->metadata.name);
    const Volume referring = TRY(bind_volume(volume, claim));
    const Volume bound = TRY(set_phase(referring, "Bound"));
    const Claim referred = TRY(bind_claim(claim, bound));
    return set_claim_status(referred, "Bound", bound);
}

// upstream: GetBindVolumeToClaim
Result<VolumeBinder::Volume> VolumeBinder::bind_volume(const Volume& volume, const Claim& claim) {
    PersistentVolume next = *volume;
    if (!is_for(*volume, *claim)) next.metadata.annotations[api::kBoundByController] = "yes";
    if (!volume->spec.claimRef || volume->spec.claimRef->uid != claim->metadata.uid) {
        next.spec.claimRef =
            client::EventRecorder::reference_to(api::kind_of<PersistentVolumeClaim>(), *claim);
    }
    if (api::equal(next, *volume)) return volume;
    return client_.update(std::move(next));
}

// upstream: bindClaimToVolume
Result<VolumeBinder::Claim> VolumeBinder::bind_claim(const Claim& claim, const Volume& volume) {
    PersistentVolumeClaim next = *claim;
    if (claim->spec.volumeName != volume->metadata.name) {
        next.spec.volumeName = volume->metadata.name;
        next.metadata.annotations[api::kBoundByController] = "yes";
    }
    next.metadata.annotations[api::kBindCompleted] = "yes";
    if (api::equal(next, *claim)) return claim;
    return client_.update(std::move(next));
}

// upstream: updateClaimStatus
Result<void> VolumeBinder::set_claim_status(const Claim& claim, std::string_view phase,
                                            const Volume& volume) {
    PersistentVolumeClaim next = *claim;
    next.status.phase = phase;
    if (!volume) {
        next.status.accessModes.clear();
        next.status.capacity.clear();
    } else {
        next.status.accessModes = volume->spec.accessModes;
        // What the claim has may lag behind the volume while that is being made bigger.
        if (claim->status.phase != "Bound" || claim->status.capacity.empty())
            next.status.capacity["storage"] = capacity_of(*volume);
    }
    if (api::equal(next.status, claim->status)) return {};
    TRY(client_.update_status(std::move(next)));
    return {};
}

}  // namespace kubetab::controllers
