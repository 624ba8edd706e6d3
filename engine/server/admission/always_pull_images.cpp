// AlwaysPullImages: every container's image is pulled anew, so that having an image takes the right to pull
// it. Not run unless asked for. upstream: plugin/pkg/admission/alwayspullimages/admission.go

#include "engine/server/admission.h"

namespace kubetab::server {

base::Result<void> always_pull_images(const AdmissionRequest& request) {
    if (&request.kind != &api::kind_of<api::Pod>()) return {};
    api::PodSpec& spec = static_cast<api::Pod&>(request.object).spec.edit();
    for (api::Container& container : spec.initContainers) container.imagePullPolicy = "Always";
    for (api::Container& container : spec.containers) container.imagePullPolicy = "Always";
    if (spec.shared->ephemeralContainers.empty()) return {};
    for (api::EphemeralContainer& container : spec.shared.edit().ephemeralContainers)
        container.imagePullPolicy = "Always";
    return {};
}

}  // namespace kubetab::server
