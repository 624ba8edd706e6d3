// Faults of the disks behind volumes.
#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/storage_systems.h"
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::cluster {
namespace {

// The node of a pod that uses the claim; "" when nobody does.
std::string node_using(const store::Store& store, const api::ObjectKey& claim) {
    for (const auto& [key, object] : store.all(api::kind_of<api::Pod>())) {
        if (key.namespace_ != claim.namespace_) continue;
        const auto& pod = static_cast<const api::Pod&>(*object);
        for (const api::Volume& volume : pod.spec->volumes) {
            const auto& source = volume.source->persistentVolumeClaim;
            const bool uses = source && source->claimName == claim.name;
            if (uses && !pod.spec->nodeName.empty()) return pod.spec->nodeName;
        }
    }
    return "";
}

void set_full(FaultUse& use, bool full) {
    sim::Simulation& simulation = use.cluster.simulation();
    use.cluster.platform()
        .volumes.files(use.note, [&simulation] { return simulation.now(); })
        ->set_full(full);
}

base::Result<void> fill_volume(FaultUse& use) {
    const store::Store& store = use.cluster.store();
    const auto claim = api::cast<api::PersistentVolumeClaim>(
        store.get(api::kind_of<api::PersistentVolumeClaim>(), use.key()));
    const auto volume = api::cast<api::PersistentVolume>(
        store.get(api::kind_of<api::PersistentVolume>(), {"", claim->spec.volumeName}));
    if (!volume)
        return base::failure(base::Reason::BadRequest, "claim \"" + use.key().name + "\" has no volume yet");
    const std::string node = node_using(store, use.key());
    if (node.empty()) {
        return base::failure(base::Reason::BadRequest,
                             "no pod on a node uses the claim \"" + use.key().name + "\"");
    }
    use.note = api::storage_place(*volume, node).system;
    set_full(use, true);
    return {};
}
void empty_volume(FaultUse& use) {
    set_full(use, false);
}

}  // namespace

void add_volume_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "volume-full",
                      .acts_on = ActsOn::Claim,
                      .help = "the disk behind the claim is full: nothing more can be written to it",
                      .begin = fill_volume,
                      .end = empty_volume});
}

}  // namespace kubetab::cluster
