// What becomes of a recommended number of pods: it is held back by recent recommendations, by how fast the
// number may change, and by the autoscaler's bounds.
//
// upstream: pkg/controller/podautoscaler/horizontal.go [normalizeDesiredReplicas,
//           normalizeDesiredReplicasWithBehaviors]
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/api/autoscaling.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

struct TimedCount {
    std::int32_t count = 0;
    sim::Instant at{};
};

// What an autoscaler remembers; lost with the controller's process. Each list is as long as its window or its
// longest period at most, because what is older is dropped.
struct ScalingHistory {
    std::vector<TimedCount> recommendations{};
    std::vector<TimedCount> added{};    // pods, by scaling up
    std::vector<TimedCount> removed{};  // pods, by scaling down
};

struct ScalingRequest {
    std::int32_t current = 0;
    std::int32_t desired = 0;
    std::int32_t least = 0;
    std::int32_t most = 0;
};

// Reason and message of a condition.
struct Finding {
    std::string_view reason{};
    std::string_view message{};
};

struct NormalizedScale {
    std::int32_t replicas = 0;
    Finding able{};  // AbleToScale
    bool limited = false;
    Finding limit{};  // ScalingLimited
};

// Notes the recommendation in the history. `behavior` is that of the spec, null when there is none.
NormalizedScale normalize(const api::HorizontalPodAutoscalerBehavior* behavior, ScalingHistory& history,
                          const ScalingRequest& request, sim::Instant now);
// Notes that the number was changed. upstream: storeScaleEvent
void note_scaling(const api::HorizontalPodAutoscalerBehavior* behavior, ScalingHistory& history,
                  std::int32_t before, std::int32_t after, sim::Instant now);

}  // namespace kubetab::controllers
