// ImageLocality: prefers nodes that already have the pod's images, by size, scaled by how widespread an image
// is.
//
// upstream: pkg/scheduler/framework/plugins/imagelocality
#include <algorithm>

#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

constexpr std::int64_t kMegabyte = 1024 * 1024;
constexpr std::int64_t kSmallest = 23 * kMegabyte;
constexpr std::int64_t kLargestPerContainer = 1000 * kMegabyte;

std::string with_tag(const std::string& image) {
    const std::size_t colon = image.rfind(':');
    const std::size_t slash = image.rfind('/');
    const bool tagged = colon != std::string::npos && (slash == std::string::npos || colon > slash);
    return tagged ? image : image + ":latest";
}

class ImageLocality : public Plugin {
public:
    explicit ImageLocality(Surroundings& surroundings) : cache_(surroundings.cache) {}

    std::string_view name() const override { return "ImageLocality"; }
    std::int64_t weight() const override { return 1; }
    void score(const PodInfo& pod, std::span<const NodeInfo* const> nodes,
               std::span<std::int64_t> scores) override {
        std::fill(scores.begin(), scores.end(), 0);
        add_images(pod.spec().initContainers, nodes, scores);
        add_images(pod.spec().containers, nodes, scores);
        const auto containers =
            static_cast<std::int64_t>(pod.spec().initContainers.size() + pod.spec().containers.size());
        const std::int64_t largest = std::max<std::int64_t>(containers, 1) * kLargestPerContainer;
        for (std::int64_t& score : scores) {
            score =
                kMaxNodeScore * (std::clamp(score, kSmallest, largest) - kSmallest) / (largest - kSmallest);
        }
    }

private:
    void add_images(const std::vector<api::Container>& containers, std::span<const NodeInfo* const> nodes,
                    std::span<std::int64_t> scores) const {
        const auto all = static_cast<std::int64_t>(cache_.order().size());
        for (const api::Container& container : containers) {
            const Cache::Image* image = cache_.find_image(with_tag(container.image));
            if (image == nullptr) continue;
            const std::int64_t worth = image->size * image->nodes / all;
            for (std::size_t i = 0; i < nodes.size(); ++i) {
                const auto slot = static_cast<std::size_t>(nodes[i]->slot);
                if (slot < image->on_slot.size() && image->on_slot[slot]) scores[i] += worth;
            }
        }
    }

    Cache& cache_;
};

}  // namespace

std::unique_ptr<Plugin> make_image_locality(Surroundings& surroundings) {
    return std::make_unique<ImageLocality>(surroundings);
}

}  // namespace kubetab::scheduler
