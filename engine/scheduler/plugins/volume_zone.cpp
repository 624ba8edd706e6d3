// VolumeZone: a volume that is labelled with a zone or region is used from there.
//
// upstream: pkg/scheduler/framework/plugins/volumezone
#include <algorithm>
#include <vector>

#include "engine/api/storage_terms.h"
#include "engine/client/informer.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr const char* kConflict = "node(s) had no available volume zone";
constexpr std::string_view kLabels[] = {"failure-domain.beta.kubernetes.io/zone",
                                        "failure-domain.beta.kubernetes.io/region",
                                        "topology.kubernetes.io/zone", "topology.kubernetes.io/region"};
// Between the zones of a volume that has several.
constexpr std::string_view kSeparator = "__";

bool names(std::string_view list, std::string_view value) {
    for (;;) {
        const std::size_t end = list.find(kSeparator);
        if (list.substr(0, end) == value) return true;
        if (end == std::string_view::npos) return false;
        list.remove_prefix(end + kSeparator.size());
    }
}

class VolumeZone : public Plugin {
public:
    explicit VolumeZone(Surroundings& surroundings)
        : claims_(surroundings.informers.of<api::PersistentVolumeClaim>()),
          volumes_(surroundings.informers.of<api::PersistentVolume>()) {}
    std::string_view name() const override { return "VolumeZone"; }

    PreFilterResult pre_filter(const PodInfo& pod) override {
        demands_.clear();
        for (const api::Volume& volume : pod.spec().volumes) {
            if (!volume.source->persistentVolumeClaim) continue;
            const api::ObjectKey key{pod.namespace_(), volume.source->persistentVolumeClaim->claimName};
            const api::Ref<api::PersistentVolumeClaim> claim = claims_.find(key);
            const api::Ref<api::PersistentVolume> bound =
                claim ? volumes_.find({"", claim->spec.volumeName}) : nullptr;
            if (!bound) continue;
            for (const std::string_view label : kLabels) {
                const api::Text* value = bound->metadata.labels.get(label);
                if (value != nullptr) demands_.emplace_back(label, *value);
            }
        }
        return demands_.empty() ? PreFilterResult::skip() : PreFilterResult::run();
    }

    Refusal filter(const PodInfo&, const NodeInfo& node) override {
        const base::StringMap& labels = node.labels();
        const bool placed = std::any_of(std::begin(kLabels), std::end(kLabels),
                                        [&](std::string_view label) { return labels.contains(label); });
        if (!placed) return {};
        for (const auto& [label, value] : demands_) {
            const api::Text* own = labels.get(label);
            if (own == nullptr || !names(value, *own)) return {Verdict::Unresolvable, 0, 1};
        }
        return {};
    }
    void explain(const PodInfo&, std::int32_t, std::vector<std::string>& texts) const override {
        texts.emplace_back(kConflict);
    }

    bool watches_storage() const override { return true; }
    bool useful(const ClusterEvent& event, const PodInfo&) override {
        return event.kind == ClusterEvent::Kind::StorageChanged || event.concerns_node();
    }

private:
    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::PersistentVolume>& volumes_;
    std::vector<std::pair<std::string_view, api::Text>> demands_{};  // of this cycle
};

}  // namespace

std::unique_ptr<Plugin> make_volume_zone(Surroundings& surroundings) {
    return std::make_unique<VolumeZone>(surroundings);
}

}  // namespace kubetab::scheduler
