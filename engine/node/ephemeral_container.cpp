#include "engine/node/ephemeral_container.h"

namespace kubetab::node {

api::Container as_container(const api::EphemeralContainer& ephemeral) {
    api::Container container;
    container.image = ephemeral.image;
    container.imagePullPolicy = ephemeral.imagePullPolicy;
    container.name = ephemeral.name;
    container.volumeMounts = ephemeral.volumeMounts;
    container.shared = ephemeral.shared;
    return container;
}

std::optional<api::Container> find_ephemeral(const api::PodSpec& spec, std::string_view name) {
    for (const api::EphemeralContainer& candidate : spec.shared->ephemeralContainers) {
        if (candidate.name == name) return as_container(candidate);
    }
    return std::nullopt;
}

}  // namespace kubetab::node
