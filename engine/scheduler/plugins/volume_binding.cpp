// VolumeBinding: a pod whose claims do not exist cannot run anywhere.
//
// upstream: pkg/scheduler/framework/plugins/{volumebinding,volumerestrictions}
// FIXME: there are no PersistentVolumeClaims yet: every claim counts as missing.
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

class VolumeBinding : public Plugin {
public:
    std::string_view name() const override { return "VolumeBinding"; }
    PreFilterResult pre_filter(const PodInfo& pod) override {
        for (const api::Volume& volume : pod.spec().volumes) {
            if (volume.persistentVolumeClaim) {
                const std::string& claim = volume.persistentVolumeClaim->claimName;
                return PreFilterResult::reject("persistentvolumeclaim \"" + claim + "\" not found");
            }
            if (volume.ephemeral) {
                const std::string claim = pod.pod->metadata.name + "-" + volume.name;
                return PreFilterResult::reject(
                    "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + claim +
                    "\"");
            }
        }
        return PreFilterResult::skip();
    }
    // Only a claim would help, and none can come.
    bool useful(const ClusterEvent&, const PodInfo&) override { return false; }
};

}  // namespace

std::unique_ptr<Plugin> make_volume_binding() {
    return std::make_unique<VolumeBinding>();
}

}  // namespace kubetab::scheduler
