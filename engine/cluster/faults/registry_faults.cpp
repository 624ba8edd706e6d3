// Faults of the registries that images come from.
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::cluster {
namespace {

base::Result<void> slow_registries(FaultUse& use) {
    use.cluster.slow_registry(std::max<std::int64_t>(use.number("factor"), 1));
    return {};
}
void usual_speed(FaultUse& use) {
    use.cluster.slow_registry(1);
}

base::Result<void> registries_down(FaultUse& use) {
    use.cluster.platform().registry.set_answering(false);
    return {};
}
void registries_up(FaultUse& use) {
    use.cluster.platform().registry.set_answering(true);
}

base::Result<void> remove_image(FaultUse& use) {
    const runtime::ImageReference reference = TRY(runtime::parse_image_reference(use.target));
    use.cluster.platform().registry.hide(reference);
    return {};
}
void put_image_back(FaultUse& use) {
    const base::Result<runtime::ImageReference> reference = runtime::parse_image_reference(use.target);
    if (reference.ok()) use.cluster.platform().registry.show(*reference);
}

}  // namespace

void add_registry_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "registry-slow",
                      .help = "images take longer to download",
                      .begin = slow_registries,
                      .end = usual_speed,
                      .parameters = {{"factor", "20", "how many times as long"}}});
    faults.push_back({.name = "registry-down",
                      .help = "registries answer 503 Service Unavailable",
                      .begin = registries_down,
                      .end = registries_up});
    faults.push_back({.name = "image-gone",
                      .acts_on = ActsOn::Image,
                      .help = "the image is not found in its registry any more",
                      .begin = remove_image,
                      .end = put_image_back});
}

}  // namespace kubetab::cluster
