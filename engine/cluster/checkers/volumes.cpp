// A claim and its volume belong to each other alone: two claims never name one volume, and the volume of a
// bound claim names that claim.

#include <map>

#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class VolumesChecker : public Checker {
public:
    std::string_view invariant() const override { return "claims and volumes are bound one to one"; }

    Violation see(const store::Write& write) override {
        if (write.kind != &api::kind_of<api::PersistentVolumeClaim>()) return {};
        const auto& claim = static_cast<const api::PersistentVolumeClaim&>(*write.object);
        const std::string& volume = claim.spec.volumeName;
        if (claim.status.phase != "Bound" || volume.empty()) return {};
        const std::string name = name_of(*write.kind, claim);
        if (write.type == api::ChangeType::Deleted) {
            const auto held = holders_.find(volume);
            if (held != holders_.end() && held->second == name) holders_.erase(held);
            return {};
        }
        const auto [it, added] = holders_.emplace(volume, name);
        if (it->second == name) return {};
        return it->second + " and " + name + " are both bound to " + volume;
    }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        for (const auto& [key, object] : store.all(api::kind_of<api::PersistentVolumeClaim>())) {
            const auto& claim = static_cast<const api::PersistentVolumeClaim&>(*object);
            if (claim.status.phase != "Bound") continue;
            const std::string name = name_of(api::kind_of<api::PersistentVolumeClaim>(), claim);
            const auto volume = api::cast<api::PersistentVolume>(
                store.get(api::kind_of<api::PersistentVolume>(), {"", claim.spec.volumeName}));
            if (!volume) return name + " is bound to " + claim.spec.volumeName + ", which is gone";
            if (!volume->spec.claimRef || volume->spec.claimRef->uid != claim.metadata.uid)
                return name + " is bound to " + claim.spec.volumeName + ", which is not bound to it";
        }
        return {};
    }

private:
    std::map<std::string, std::string> holders_{};  // claims by volume
};

}  // namespace

std::unique_ptr<Checker> make_volumes_checker() {
    return std::make_unique<VolumesChecker>();
}

}  // namespace kubetab::cluster
