#include "engine/api/storage_terms.h"

#include <algorithm>

#include "engine/api/selectors.h"

namespace kubetab::api {
namespace {

struct ModeName {
    std::string_view mode;
    std::string_view brief;
};

constexpr ModeName kModes[] = {{"ReadWriteOnce", "RWO"},
                               {"ReadOnlyMany", "ROX"},
                               {"ReadWriteMany", "RWX"},
                               {"ReadWriteOncePod", "RWOP"}};

std::string class_name(const ObjectMeta& metadata, const Text& field) {
    return metadata.annotations.value_or(kBetaStorageClass, field);
}

// It could be anybody's: nothing but the claim's wishes decides.
bool suits(const PersistentVolume& volume, const PersistentVolumeClaim& claim, const Selector* selector) {
    return volume.status.phase == "Available" &&
           (selector == nullptr || selector->matches(volume.metadata.labels)) &&
           class_of(volume) == class_of(claim) && offers_modes(volume, claim);
}

// Without a node, fewer modes are a better fit; then less space. upstream: findByClaim
bool is_better(const PersistentVolume& volume, const PersistentVolume& best, bool on_node) {
    const std::size_t modes = volume.spec.accessModes.size();
    const std::size_t best_modes = best.spec.accessModes.size();
    if (!on_node && modes != best_modes) return modes < best_modes;
    return capacity_of(volume) < capacity_of(best);
}

}  // namespace

std::string access_modes_text(const std::vector<Text>& modes) {
    std::string text;
    for (const ModeName& name : kModes) {
        if (has_mode(modes, name.mode)) text.append(text.empty() ? "" : ",").append(name.brief);
    }
    return text;
}

bool has_mode(const std::vector<Text>& modes, std::string_view mode) {
    return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

std::string class_of(const PersistentVolume& volume) {
    return class_name(volume.metadata, volume.spec.storageClassName);
}

std::string class_of(const PersistentVolumeClaim& claim) {
    return class_name(claim.metadata, claim.spec.storageClassName.value_or(""));
}

Quantity capacity_of(const PersistentVolume& volume) {
    return volume.spec.capacity.value_or("storage", {});
}

Quantity request_of(const PersistentVolumeClaim& claim) {
    return claim.spec.resources.requests.value_or("storage", {});
}

bool is_for(const PersistentVolume& volume, const PersistentVolumeClaim& claim) {
    const ObjectReference& reference = *volume.spec.claimRef;
    return volume.spec.claimRef.has_value() && reference.name == claim.metadata.name &&
           reference.namespace_ == claim.metadata.namespace_ &&
           (reference.uid.empty() || reference.uid == claim.metadata.uid);
}

bool is_bound(const PersistentVolumeClaim& claim) {
    return !claim.spec.volumeName.empty() && claim.metadata.annotations.contains(kBindCompleted);
}

bool offers_modes(const PersistentVolume& volume, const PersistentVolumeClaim& claim) {
    return std::all_of(claim.spec.accessModes.begin(), claim.spec.accessModes.end(),
                       [&](const Text& mode) { return has_mode(volume.spec.accessModes, mode); });
}

bool same_volume_mode(const PersistentVolume& volume, const PersistentVolumeClaim& claim) {
    return volume.spec.volumeMode.value_or("Filesystem") == claim.spec.volumeMode.value_or("Filesystem");
}

Ref<PersistentVolume> find_matching_volume(const PersistentVolumeClaim& claim,
                                           const std::vector<Ref<PersistentVolume>>& volumes,
                                           const VolumeSearch& search) {
    std::optional<Selector> selector;
    if (claim.spec.selector) {
        const base::Result<Selector> parsed = Selector::of(claim.spec.selector);
        if (!parsed.ok()) return nullptr;
        selector = *parsed;
    }
    Ref<PersistentVolume> best;
    for (const Ref<PersistentVolume>& volume : volumes) {
        const bool free = !volume->spec.claimRef.has_value();
        const bool kept = is_for(*volume, claim);
        if (search.taken != nullptr && search.taken->contains(volume->metadata.name)) continue;
        if ((!free && !kept) || capacity_of(*volume) < request_of(claim)) continue;
        if (!same_volume_mode(*volume, claim) || volume->metadata.deletionTimestamp.is_set()) continue;
        const bool reachable = !search.reachable || search.reachable(*volume);
        if (kept) return reachable ? volume : nullptr;
        if (!search.reachable && search.delayed) continue;
        if (!reachable || !suits(*volume, claim, selector ? &*selector : nullptr)) continue;
        if (!best || is_better(*volume, *best, bool(search.reachable))) best = volume;
    }
    return best;
}

bool is_default_class(const StorageClass& storage_class) {
    const base::StringMap& annotations = storage_class.metadata.annotations;
    return annotations.value_or("storageclass.kubernetes.io/is-default-class", "") == "true" ||
           annotations.value_or("storageclass.beta.kubernetes.io/is-default-class", "") == "true";
}

Ref<StorageClass> default_class(const std::vector<Ref<StorageClass>>& classes) {
    Ref<StorageClass> best;
    for (const Ref<StorageClass>& each : classes) {
        if (!is_default_class(*each)) continue;
        const Time made = each->metadata.creationTimestamp;
        const Time best_made = best ? best->metadata.creationTimestamp : Time();
        const bool wins =
            !best || made > best_made || (made == best_made && each->metadata.name < best->metadata.name);
        if (wins) best = each;
    }
    return best;
}

std::string claim_name(const ObjectMeta& pod, const Volume& volume) {
    if (volume.source->persistentVolumeClaim) return volume.source->persistentVolumeClaim->claimName;
    return volume.source->ephemeral ? pod.name + "-" + volume.name : "";
}

}  // namespace kubetab::api
