#include "engine/api/autoscaling_v1.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<HorizontalPodAutoscalerSpecV1>::doc =
    "What is scaled and between which bounds, in the version that knows only the use of cpu.";

std::span<const Field> Describe<HorizontalPodAutoscalerSpecV1>::fields() {
    using T = HorizontalPodAutoscalerSpecV1;
    static const std::vector<Field> table{
        field<T>("maxReplicas", &T::maxReplicas).required().always()
            .documented("The most pods there may be."),
        field<T>("minReplicas", &T::minReplicas).preset("1")
            .documented("The fewest pods."),
        field<T>("scaleTargetRef", &T::scaleTargetRef).required().always()
            .documented("What is scaled, such as a Deployment."),
        field<T>("targetCPUUtilizationPercentage", &T::targetCPUUtilizationPercentage)
            .documented("The share of the cpu that pods request that they should use on average, in percent."),
    };
    return table;
}

const std::string_view Describe<HorizontalPodAutoscalerStatusV1>::doc =
    "What an autoscaler found and did last, in the version that knows only the use of cpu.";

std::span<const Field> Describe<HorizontalPodAutoscalerStatusV1>::fields() {
    using T = HorizontalPodAutoscalerStatusV1;
    static const std::vector<Field> table{
        field<T>("currentCPUUtilizationPercentage", &T::currentCPUUtilizationPercentage)
            .documented("The share of the cpu that pods request that they use on average, in percent."),
        field<T>("currentReplicas", &T::currentReplicas).required().always()
            .documented("How many pods there were."),
        field<T>("desiredReplicas", &T::desiredReplicas).required().always()
            .documented("How many pods it wanted."),
        field<T>("lastScaleTime", &T::lastScaleTime)
            .documented("When it last changed the number."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the status is about."),
    };
    return table;
}

const std::string_view Describe<HorizontalPodAutoscalerV1>::doc =
    "A HorizontalPodAutoscaler changes the number of pods of something with the use of cpu that they have.";

std::span<const Field> Describe<HorizontalPodAutoscalerV1>::fields() {
    using T = HorizontalPodAutoscalerV1;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What is scaled and between which bounds."),
        field<T>("status", &T::status)
            .documented("What the autoscaler found and did last."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
