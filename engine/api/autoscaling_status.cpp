#include "engine/api/autoscaling.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<MetricValueStatus>::doc =
    "What a metric is now.";

std::span<const Field> Describe<MetricValueStatus>::fields() {
    using T = MetricValueStatus;
    static const std::vector<Field> table{
        field<T>("averageUtilization", &T::averageUtilization)
            .documented("The share of what pods request that they use on average, in percent."),
        field<T>("averageValue", &T::averageValue)
            .documented("What there is of the metric for each pod on average."),
        field<T>("value", &T::value)
            .documented("What the metric is as a whole."),
    };
    return table;
}

const std::string_view Describe<ContainerResourceMetricStatus>::doc =
    "What one container of each pod uses of a resource now.";

std::span<const Field> Describe<ContainerResourceMetricStatus>::fields() {
    using T = ContainerResourceMetricStatus;
    static const std::vector<Field> table{
        field<T>("container", &T::container).required().always()
            .documented("The name of the container."),
        field<T>("current", &T::current).required().always()
            .documented("How much of it is used now."),
        field<T>("name", &T::name).required().always()
            .documented("Which resource it is, such as cpu."),
    };
    return table;
}

const std::string_view Describe<ResourceMetricStatus>::doc =
    "What pods use of a resource now.";

std::span<const Field> Describe<ResourceMetricStatus>::fields() {
    using T = ResourceMetricStatus;
    static const std::vector<Field> table{
        field<T>("current", &T::current).required().always()
            .documented("How much of it is used now."),
        field<T>("name", &T::name).required().always()
            .documented("Which resource it is, such as cpu."),
    };
    return table;
}

const std::string_view Describe<PodsMetricStatus>::doc =
    "A metric of each pod now.";

std::span<const Field> Describe<PodsMetricStatus>::fields() {
    using T = PodsMetricStatus;
    static const std::vector<Field> table{
        field<T>("current", &T::current).required().always()
            .documented("What the metric is now."),
        field<T>("metric", &T::metric).required().always()
            .documented("Which metric it is."),
    };
    return table;
}

const std::string_view Describe<ObjectMetricStatus>::doc =
    "A metric of one other object now.";

std::span<const Field> Describe<ObjectMetricStatus>::fields() {
    using T = ObjectMetricStatus;
    static const std::vector<Field> table{
        field<T>("current", &T::current).required().always()
            .documented("What the metric is now."),
        field<T>("describedObject", &T::describedObject).required().always()
            .documented("Which object it is."),
        field<T>("metric", &T::metric).required().always()
            .documented("Which metric it is."),
    };
    return table;
}

const std::string_view Describe<ExternalMetricStatus>::doc =
    "A metric from outside the cluster now.";

std::span<const Field> Describe<ExternalMetricStatus>::fields() {
    using T = ExternalMetricStatus;
    static const std::vector<Field> table{
        field<T>("current", &T::current).required().always()
            .documented("What the metric is now."),
        field<T>("metric", &T::metric).required().always()
            .documented("Which metric it is."),
    };
    return table;
}

const std::string_view Describe<MetricStatus>::doc =
    "What one metric was when it was read last.";

std::span<const Field> Describe<MetricStatus>::fields() {
    using T = MetricStatus;
    static const std::vector<Field> table{
        field<T>("containerResource", &T::containerResource)
            .documented("What one container of each pod uses; for type ContainerResource."),
        field<T>("external", &T::external)
            .documented("A metric from outside the cluster; for type External."),
        field<T>("object", &T::object)
            .documented("A metric of one other object; for type Object."),
        field<T>("pods", &T::pods)
            .documented("A metric that each pod has; for type Pods."),
        field<T>("resource", &T::resource)
            .documented("What the pods use; for type Resource."),
        field<T>("type", &T::type).required().always()
            .documented("Which of the other fields is set."),
    };
    return table;
}

const std::string_view Describe<HorizontalPodAutoscalerCondition>::doc =
    "One finding about an autoscaler.";

std::span<const Field> Describe<HorizontalPodAutoscalerCondition>::fields() {
    using T = HorizontalPodAutoscalerCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime)
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The finding in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The finding's cause in one CamelCase word."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What was looked at, in CamelCase."),
    };
    return table;
}

const std::string_view Describe<HorizontalPodAutoscalerStatus>::doc =
    "What an autoscaler found and did last.";

std::span<const Field> Describe<HorizontalPodAutoscalerStatus>::fields() {
    using T = HorizontalPodAutoscalerStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Whether it can scale, and what holds it back."),
        field<T>("currentMetrics", &T::currentMetrics).always()
            .documented("What the metrics were."),
        field<T>("currentReplicas", &T::currentReplicas)
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

const std::string_view Describe<HorizontalPodAutoscaler>::doc =
    "A HorizontalPodAutoscaler changes the number of pods of something with the load that they have.";

std::span<const Field> Describe<HorizontalPodAutoscaler>::fields() {
    using T = HorizontalPodAutoscaler;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What is scaled, by what, and between which bounds."),
        field<T>("status", &T::status)
            .documented("What the autoscaler found and did last."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
