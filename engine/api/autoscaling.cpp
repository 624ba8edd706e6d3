#include "engine/api/autoscaling.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<CrossVersionObjectReference>::doc =
    "Names an object in the same namespace.";

std::span<const Field> Describe<CrossVersionObjectReference>::fields() {
    using T = CrossVersionObjectReference;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion)
            .documented("The API group and version of the object."),
        field<T>("kind", &T::kind).required().always()
            .documented("The kind of the object."),
        field<T>("name", &T::name).required().always()
            .documented("The name of the object."),
    };
    return table;
}

const std::string_view Describe<MetricIdentifier>::doc =
    "Names a metric.";

std::span<const Field> Describe<MetricIdentifier>::fields() {
    using T = MetricIdentifier;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The name of the metric."),
        field<T>("selector", &T::selector)
            .documented("Selects, where a metric has labels, those of its series that count."),
    };
    return table;
}

const std::string_view Describe<MetricTarget>::doc =
    "What a metric should be.";

std::span<const Field> Describe<MetricTarget>::fields() {
    using T = MetricTarget;
    static const std::vector<Field> table{
        field<T>("averageUtilization", &T::averageUtilization)
            .documented("The share of what pods request that they should use on average, in percent."),
        field<T>("averageValue", &T::averageValue)
            .documented("What there should be of the metric for each pod on average."),
        field<T>("type", &T::type).required().always().one_of("AverageValue|Utilization|Value")
            .documented("Which of the other fields counts: Utilization, Value or AverageValue."),
        field<T>("value", &T::value)
            .documented("What the metric should be as a whole."),
    };
    return table;
}

const std::string_view Describe<ContainerResourceMetricSource>::doc =
    "Scales by what one container of each pod uses of a resource.";

std::span<const Field> Describe<ContainerResourceMetricSource>::fields() {
    using T = ContainerResourceMetricSource;
    static const std::vector<Field> table{
        field<T>("container", &T::container).required().always()
            .documented("The name of the container."),
        field<T>("name", &T::name).required().always()
            .documented("The resource, such as cpu."),
        field<T>("target", &T::target).required().always()
            .documented("What the use should be."),
    };
    return table;
}

const std::string_view Describe<ResourceMetricSource>::doc =
    "Scales by what pods use of a resource.";

std::span<const Field> Describe<ResourceMetricSource>::fields() {
    using T = ResourceMetricSource;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The resource, such as cpu."),
        field<T>("target", &T::target).required().always()
            .documented("What the use should be."),
    };
    return table;
}

const std::string_view Describe<PodsMetricSource>::doc =
    "Scales by a metric that each pod has.";

std::span<const Field> Describe<PodsMetricSource>::fields() {
    using T = PodsMetricSource;
    static const std::vector<Field> table{
        field<T>("metric", &T::metric).required().always()
            .documented("Which metric it is."),
        field<T>("target", &T::target).required().always()
            .documented("What it should be on average."),
    };
    return table;
}

const std::string_view Describe<ObjectMetricSource>::doc =
    "Scales by a metric of one other object.";

std::span<const Field> Describe<ObjectMetricSource>::fields() {
    using T = ObjectMetricSource;
    static const std::vector<Field> table{
        field<T>("describedObject", &T::describedObject).required().always()
            .documented("Which object it is."),
        field<T>("metric", &T::metric).required().always()
            .documented("Which metric it is."),
        field<T>("target", &T::target).required().always()
            .documented("What it should be."),
    };
    return table;
}

const std::string_view Describe<ExternalMetricSource>::doc =
    "Scales by a metric that belongs to nothing in the cluster.";

std::span<const Field> Describe<ExternalMetricSource>::fields() {
    using T = ExternalMetricSource;
    static const std::vector<Field> table{
        field<T>("metric", &T::metric).required().always()
            .documented("Which metric it is."),
        field<T>("target", &T::target).required().always()
            .documented("What it should be."),
    };
    return table;
}

const std::string_view Describe<MetricSpec>::doc =
    "One thing to scale by.";

std::span<const Field> Describe<MetricSpec>::fields() {
    using T = MetricSpec;
    static const std::vector<Field> table{
        field<T>("containerResource", &T::containerResource)
            .documented("What one container of each pod uses of a resource; for type ContainerResource."),
        field<T>("external", &T::external)
            .documented("A metric from outside the cluster; for type External."),
        field<T>("object", &T::object)
            .documented("A metric of one other object; for type Object."),
        field<T>("pods", &T::pods)
            .documented("A metric that each pod has; for type Pods."),
        field<T>("resource", &T::resource)
            .documented("What the pods use of a resource; for type Resource."),
        field<T>("type", &T::type).required().always()
            .documented("Which of the other fields is set."),
    };
    return table;
}

const std::string_view Describe<HPAScalingPolicy>::doc =
    "How fast the number of pods may change.";

std::span<const Field> Describe<HPAScalingPolicy>::fields() {
    using T = HPAScalingPolicy;
    static const std::vector<Field> table{
        field<T>("periodSeconds", &T::periodSeconds).required().always()
            .documented("So many seconds back the changes are added up."),
        field<T>("type", &T::type).required().always().one_of("Percent|Pods")
            .documented("Whether the value counts pods or is a share of those there are."),
        field<T>("value", &T::value).required().always()
            .documented("The most that may come or go in a period."),
    };
    return table;
}

const std::string_view Describe<HPAScalingRules>::doc =
    "How the number of pods may change in one direction.";

std::span<const Field> Describe<HPAScalingRules>::fields() {
    using T = HPAScalingRules;
    static const std::vector<Field> table{
        field<T>("policies", &T::policies)
            .documented("Bounds on the speed, of which selectPolicy chooses one."),
        field<T>("selectPolicy", &T::selectPolicy).one_of("Disabled|Max|Min")
            .documented("Whether the policy counts that allows most or the one that allows least, or there is no scaling in this direction."),
        field<T>("stabilizationWindowSeconds", &T::stabilizationWindowSeconds)
            .documented("So many seconds back recommendations are looked at, so that the number does not swing."),
    };
    return table;
}

const std::string_view Describe<HorizontalPodAutoscalerBehavior>::doc =
    "How fast an autoscaler may act.";

std::span<const Field> Describe<HorizontalPodAutoscalerBehavior>::fields() {
    using T = HorizontalPodAutoscalerBehavior;
    static const std::vector<Field> table{
        field<T>("scaleDown", &T::scaleDown)
            .documented("When there are too many pods."),
        field<T>("scaleUp", &T::scaleUp)
            .documented("When there are too few pods."),
    };
    return table;
}

const std::string_view Describe<HorizontalPodAutoscalerSpec>::doc =
    "What is scaled, by what, and between which bounds.";

std::span<const Field> Describe<HorizontalPodAutoscalerSpec>::fields() {
    using T = HorizontalPodAutoscalerSpec;
    static const std::vector<Field> table{
        field<T>("behavior", &T::behavior)
            .documented("How fast it may go up and down."),
        field<T>("maxReplicas", &T::maxReplicas).required().always()
            .documented("The most pods there may be."),
        field<T>("metrics", &T::metrics)
            .documented("What to scale by; the metric that asks for most pods counts."),
        field<T>("minReplicas", &T::minReplicas).preset("1")
            .documented("The fewest pods."),
        field<T>("scaleTargetRef", &T::scaleTargetRef).required().always()
            .documented("What is scaled, such as a Deployment."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
