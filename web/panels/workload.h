// Workload: what the panels show of any object that keeps pods running.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/api/core/pod_spec.h"
#include "engine/api/object.h"

namespace kubetab::web {

struct Workload {
    std::int32_t wanted = 0;  // pods
    std::int32_t ready = 0;
    // The pod's description; lives as long as the object.
    const api::PodSpec* pod = nullptr;
};

// Nothing for kinds that keep no pods.
std::optional<Workload> workload_of(const api::Kind& kind, const api::Object& object);

}  // namespace kubetab::web
