// NodeVolumeLimits: a node takes no more volumes of a CSI driver than its CSINode says.
//
// upstream: pkg/scheduler/framework/plugins/nodevolumelimits/csi.go
// differs:  volumes that are attached to a node without a pod there are not counted.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/api/storage_systems.h"
#include "engine/api/storage_terms.h"
#include "engine/client/informer.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr const char* kTooMany = "node(s) exceed max volume count";

// Of each driver the volumes: their names, or those of claims without one.
using DriverVolumes = std::map<std::string, std::set<std::string>, std::less<>>;

class VolumeLimits : public Plugin {
public:
    explicit VolumeLimits(Surroundings& surroundings)
        : claims_(surroundings.informers.of<api::PersistentVolumeClaim>()),
          volumes_(surroundings.informers.of<api::PersistentVolume>()),
          classes_(surroundings.informers.of<api::StorageClass>()),
          nodes_(surroundings.informers.of<api::CSINode>()) {}
    std::string_view name() const override { return "NodeVolumeLimits"; }

    PreFilterResult pre_filter(const PodInfo& pod) override {
        wanted_.clear();
        add_volumes(pod, wanted_);
        return wanted_.empty() ? PreFilterResult::skip() : PreFilterResult::run();
    }

    Refusal filter(const PodInfo&, const NodeInfo& node) override {
        const api::Ref<api::CSINode> limits = nodes_.find({"", node.name});
        if (!limits) return {};
        DriverVolumes used;
        for (const CachedPod* pod : node.pods) add_volumes(pod->info, used);
        for (const api::CSINodeDriver& driver : limits->spec.drivers) {
            const auto wanted = wanted_.find(driver.name.view());
            if (wanted == wanted_.end() || !driver.allocatable || !driver.allocatable->count) continue;
            std::set<std::string>& all = used[driver.name.str()];
            const std::size_t before = all.size();
            all.insert(wanted->second.begin(), wanted->second.end());
            const auto most = static_cast<std::size_t>(std::max(0, *driver.allocatable->count));
            if (all.size() > before && all.size() > most) return {Verdict::Unschedulable, 0, 1};
        }
        return {};
    }
    void explain(const PodInfo&, std::int32_t, std::vector<std::string>& texts) const override {
        texts.emplace_back(kTooMany);
    }

    bool watches_storage() const override { return true; }
    bool useful(const ClusterEvent& event, const PodInfo&) override {
        return event.kind == ClusterEvent::Kind::AssignedPodRemoved ||
               event.kind == ClusterEvent::Kind::NodeAdded ||
               (event.kind == ClusterEvent::Kind::StorageChanged &&
                event.storage_kind != &api::kind_of<api::StorageClass>());
    }

private:
    // upstream: filterAttachableVolumes
    void add_volumes(const PodInfo& pod, DriverVolumes& volumes) const {
        for (const api::Volume& volume : pod.spec().volumes) {
            const bool own = volume.source->ephemeral.has_value();
            if (!own && !volume.source->persistentVolumeClaim) continue;
            const api::Text name = own ? api::Text(pod.pod->metadata.name + "-" + volume.name.str())
                                       : volume.source->persistentVolumeClaim->claimName;
            const api::Ref<api::PersistentVolumeClaim> claim = claims_.find({pod.namespace_(), name});
            if (!claim) continue;
            const api::Ref<api::PersistentVolume> bound = volumes_.find({"", claim->spec.volumeName});
            const std::string driver = bound ? driver_of(*bound) : driver_for(*claim);
            if (driver.empty()) continue;
            volumes[driver].insert(bound ? bound->metadata.name.str()
                                         : api::ObjectKey::of(claim->metadata).text());
        }
    }

    static std::string driver_of(const api::PersistentVolume& volume) {
        if (volume.spec.csi) return volume.spec.csi->driver;
        const api::StorageSystem* const system = api::storage_system_of(volume);
        return system == nullptr ? "" : std::string(system->provisioner);
    }

    // Of a claim that has no volume yet. upstream: getCSIDriverInfoFromSC
    std::string driver_for(const api::PersistentVolumeClaim& claim) const {
        const api::Ref<api::StorageClass> chosen = classes_.find({"", api::class_of(claim)});
        if (!chosen) return "";
        const api::StorageSystem* const system = api::find_storage_system(chosen->provisioner);
        return system == nullptr ? chosen->provisioner.str() : std::string(system->provisioner);
    }

    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::PersistentVolume>& volumes_;
    client::Informer<api::StorageClass>& classes_;
    client::Informer<api::CSINode>& nodes_;
    DriverVolumes wanted_{};  // of this cycle
};

}  // namespace

std::unique_ptr<Plugin> make_volume_limits(Surroundings& surroundings) {
    return std::make_unique<VolumeLimits>(surroundings);
}

}  // namespace kubetab::scheduler
