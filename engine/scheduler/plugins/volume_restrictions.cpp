// VolumeRestrictions: a claim with ReadWriteOncePod serves one pod in the whole cluster.
//
// upstream: pkg/scheduler/framework/plugins/volumerestrictions
// differs:  disks that pods name themselves are not compared, because claims are how disks are used.
#include <algorithm>
#include <set>

#include "engine/api/storage_terms.h"
#include "engine/client/informer.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr const char* kConflict =
    "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode";

class VolumeRestrictions : public Plugin {
public:
    explicit VolumeRestrictions(Surroundings& surroundings)
        : cache_(surroundings.cache), claims_(surroundings.informers.of<api::PersistentVolumeClaim>()) {}
    std::string_view name() const override { return "VolumeRestrictions"; }

    PreFilterResult pre_filter(const PodInfo& pod) override {
        exclusive_.clear();
        for (const api::Volume& volume : pod.spec().volumes) {
            if (!volume.source->persistentVolumeClaim) continue;
            const std::string& name = volume.source->persistentVolumeClaim->claimName;
            const api::Ref<api::PersistentVolumeClaim> claim = claims_.find({pod.namespace_(), name});
            if (!claim) return PreFilterResult::reject("persistentvolumeclaim \"" + name + "\" not found");
            if (api::has_mode(claim->spec.accessModes, "ReadWriteOncePod")) exclusive_.insert(name);
        }
        if (exclusive_.empty()) return PreFilterResult::skip();
        taken_ = is_taken(pod);
        return PreFilterResult::run();
    }
    bool counts_pods() const override { return true; }

    Refusal filter(const PodInfo&, const NodeInfo&) override {
        return taken_ ? Refusal{Verdict::Unschedulable, 0, 1} : Refusal{};
    }
    void explain(const PodInfo&, std::int32_t, std::vector<std::string>& texts) const override {
        texts.emplace_back(kConflict);
    }

    bool watches_storage() const override { return true; }
    bool useful(const ClusterEvent& event, const PodInfo& pod) override {
        if (event.kind == ClusterEvent::Kind::AssignedPodRemoved) return shares_claim(*event.pod, pod);
        return event.kind == ClusterEvent::Kind::StorageChanged &&
               event.storage_kind == &api::kind_of<api::PersistentVolumeClaim>() &&
               event.storage->metadata.namespace_ == pod.namespace_() &&
               uses(pod, event.storage->metadata.name);
    }

private:
    static bool uses(const PodInfo& pod, const std::string& claim) {
        const auto& volumes = pod.spec().volumes;
        return std::any_of(volumes.begin(), volumes.end(), [&](const api::Volume& volume) {
            return volume.source->persistentVolumeClaim &&
                   volume.source->persistentVolumeClaim->claimName == claim;
        });
    }
    static bool shares_claim(const PodInfo& a, const PodInfo& b) {
        const auto& volumes = a.spec().volumes;
        return a.namespace_() == b.namespace_() &&
               std::any_of(volumes.begin(), volumes.end(), [&](const api::Volume& volume) {
                   return volume.source->persistentVolumeClaim &&
                          uses(b, volume.source->persistentVolumeClaim->claimName);
               });
    }
    bool is_taken(const PodInfo& pod) const {
        for (const Slot slot : cache_.order()) {
            for (const CachedPod* other : cache_.node(slot).pods) {
                if (other->info.namespace_() != pod.namespace_()) continue;
                for (const std::string& claim : exclusive_) {
                    if (uses(other->info, claim)) return true;
                }
            }
        }
        return false;
    }

    Cache& cache_;
    client::Informer<api::PersistentVolumeClaim>& claims_;
    // Of this cycle.
    std::set<std::string> exclusive_{};
    bool taken_ = false;
};

}  // namespace

std::unique_ptr<Plugin> make_volume_restrictions(Surroundings& surroundings) {
    return std::make_unique<VolumeRestrictions>(surroundings);
}

}  // namespace kubetab::scheduler
