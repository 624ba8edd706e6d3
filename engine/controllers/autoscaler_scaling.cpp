#include "engine/controllers/autoscaler_scaling.h"

#include <algorithm>
#include <limits>

namespace kubetab::controllers {
namespace {

using api::HPAScalingRules;

constexpr std::int32_t kDownWindowSeconds =
    300;  // upstream: HorizontalPodAutoscalerDownscaleStabilizationWindow
constexpr std::int32_t kUpLimitMinimum = 4;
constexpr std::int32_t kUpLimitFactor = 2;

constexpr Finding kReady{"ReadyForNewScale", "recommended size matches current size"};
constexpr Finding kHeldDown{
    "ScaleUpStabilized",
    "recent recommendations were lower than current one, applying the lowest recent recommendation"};
constexpr Finding kHeldUp{
    "ScaleDownStabilized",
    "recent recommendations were higher than current one, applying the highest recent recommendation"};
constexpr Finding kWithin{"DesiredWithinRange", "the desired count is within the acceptable range"};
constexpr Finding kTooMany{"TooManyReplicas",
                           "the desired replica count is more than the maximum replica count"};
constexpr Finding kTooFew{"TooFewReplicas",
                          "the desired replica count is less than the minimum replica count"};
constexpr Finding kUpLimit{"ScaleUpLimit",
                           "the desired replica count is increasing faster than the maximum scale rate"};
constexpr Finding kDownLimit{"ScaleDownLimit",
                             "the desired replica count is decreasing faster than the maximum scale rate"};

struct Limited {
    std::int32_t replicas;
    Finding why;
};

// A finding that the number stays as it is means that nothing limits it.
NormalizedScale normalized(std::int32_t stabilized, const Finding& able, const Limited& limited) {
    return {limited.replicas, able, limited.replicas != stabilized, limited.why};
}

void forget_older(std::vector<TimedCount>& list, sim::Instant cutoff) {
    std::erase_if(list, [&](const TimedCount& each) { return each.at < cutoff; });
}

// upstream: stabilizeRecommendation
std::int32_t highest_recent(ScalingHistory& history, std::int32_t desired, sim::Instant now) {
    forget_older(history.recommendations, now - sim::seconds(kDownWindowSeconds));
    std::int32_t highest = desired;
    for (const TimedCount& each : history.recommendations) highest = std::max(highest, each.count);
    history.recommendations.push_back({desired, now});
    return highest;
}

// upstream: convertDesiredReplicasWithRules
Limited within_rules(const ScalingRequest& request, std::int32_t desired) {
    const std::int32_t up_limit = std::max(kUpLimitFactor * request.current, kUpLimitMinimum);
    const bool by_rate = request.most > up_limit;
    const std::int32_t most = by_rate ? up_limit : request.most;
    if (desired < request.least) return {request.least, kTooFew};
    if (desired > most) return {most, by_rate ? kUpLimit : kTooMany};
    return {desired, kWithin};
}

// Between the lowest recommendation of the one window and the highest of the other.
// upstream: stabilizeRecommendationWithBehaviors
std::int32_t stabilized(const api::HorizontalPodAutoscalerBehavior& behavior, ScalingHistory& history,
                        const ScalingRequest& request, sim::Instant now) {
    const sim::Instant up = now - sim::seconds(behavior.scaleUp->stabilizationWindowSeconds.value_or(0));
    const sim::Instant down =
        now - sim::seconds(behavior.scaleDown->stabilizationWindowSeconds.value_or(kDownWindowSeconds));
    std::int32_t lowest = request.desired;
    std::int32_t highest = request.desired;
    for (const TimedCount& each : history.recommendations) {
        if (each.at > up) lowest = std::min(lowest, each.count);
        if (each.at > down) highest = std::max(highest, each.count);
    }
    forget_older(history.recommendations, std::min(up, down));
    history.recommendations.push_back({request.desired, now});
    return std::min(std::max(request.current, lowest), highest);
}

// upstream: getReplicasChangePerPeriod
std::int32_t changed_within(std::int32_t seconds, const std::vector<TimedCount>& changes, sim::Instant now) {
    std::int32_t total = 0;
    for (const TimedCount& each : changes) {
        if (each.at > now - sim::seconds(seconds)) total += each.count;
    }
    return total;
}

enum class Direction { Up, Down };

// upstream: calculateScaleUpLimitWithScalingRules, calculateScaleDownLimitWithBehaviors
std::int32_t rate_limit(const HPAScalingRules& rules, const ScalingHistory& history, std::int32_t current,
                        Direction direction, sim::Instant now) {
    if (rules.selectPolicy == "Disabled") return current;
    const bool up = direction == Direction::Up;
    // The least change is the lowest number on the way up, and the highest one on the way down.
    const bool take_lowest = up == (rules.selectPolicy == "Min");
    std::int32_t result =
        take_lowest ? std::numeric_limits<std::int32_t>::max() : std::numeric_limits<std::int32_t>::min();
    for (const api::HPAScalingPolicy& policy : rules.policies) {
        const std::int64_t begin = std::int64_t{current} -
                                   changed_within(policy.periodSeconds, history.added, now) +
                                   changed_within(policy.periodSeconds, history.removed, now);
        const bool in_pods = policy.type == "Pods";
        const std::int64_t share = up ? 100 + std::int64_t{policy.value} : 100 - std::int64_t{policy.value};
        std::int64_t proposed = in_pods ? begin + (up ? policy.value : -policy.value) : begin * share / 100;
        // Rounded up on the way up, so that a small share of few pods is one.
        if (up && !in_pods && begin * share % 100 != 0) ++proposed;
        const auto bounded = static_cast<std::int32_t>(
            std::min<std::int64_t>(proposed, std::numeric_limits<std::int32_t>::max()));
        result = take_lowest ? std::min(result, bounded) : std::max(result, bounded);
    }
    return result;
}

// upstream: convertDesiredReplicasWithBehaviorRate
Limited within_rate(const api::HorizontalPodAutoscalerBehavior& behavior, const ScalingHistory& history,
                    const ScalingRequest& request, std::int32_t desired, sim::Instant now) {
    if (desired > request.current) {
        const std::int32_t limit = std::max(
            rate_limit(*behavior.scaleUp, history, request.current, Direction::Up, now), request.current);
        const bool by_rate = request.most > limit;
        const std::int32_t most = by_rate ? limit : request.most;
        if (desired > most) return {most, by_rate ? kUpLimit : kTooMany};
    } else if (desired < request.current) {
        const std::int32_t limit = std::min(
            rate_limit(*behavior.scaleDown, history, request.current, Direction::Down, now), request.current);
        const bool by_rate = request.least < limit;
        const std::int32_t least = by_rate ? limit : request.least;
        if (desired < least) return {least, by_rate ? kDownLimit : kTooFew};
    }
    return {desired, kWithin};
}

// upstream: getLongestPolicyPeriod
sim::Duration longest_period(const HPAScalingRules& rules) {
    std::int32_t longest = 0;
    for (const api::HPAScalingPolicy& policy : rules.policies)
        longest = std::max(longest, policy.periodSeconds);
    return sim::seconds(longest);
}

}  // namespace

NormalizedScale normalize(const api::HorizontalPodAutoscalerBehavior* behavior, ScalingHistory& history,
                          const ScalingRequest& request, sim::Instant now) {
    if (behavior == nullptr) {
        const std::int32_t desired = highest_recent(history, request.desired, now);
        return normalized(desired, desired != request.desired ? kHeldUp : kReady,
                          within_rules(request, desired));
    }
    const std::int32_t desired = stabilized(*behavior, history, request, now);
    const Finding held = request.desired >= request.current ? kHeldDown : kHeldUp;
    return normalized(desired, desired != request.desired ? held : kReady,
                      within_rate(*behavior, history, request, desired, now));
}

void note_scaling(const api::HorizontalPodAutoscalerBehavior* behavior, ScalingHistory& history,
                  std::int32_t before, std::int32_t after, sim::Instant now) {
    if (behavior == nullptr) return;
    const bool up = after > before;
    std::vector<TimedCount>& changes = up ? history.added : history.removed;
    forget_older(changes, now - longest_period(up ? *behavior->scaleUp : *behavior->scaleDown));
    changes.push_back({up ? after - before : before - after, now});
}

}  // namespace kubetab::controllers
