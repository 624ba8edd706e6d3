#include "engine/api/defaults/autoscaling.h"

#include "engine/api/autoscaling_conversion.h"

namespace kubetab::api {
namespace {

constexpr std::int32_t kUtilization = 80;
constexpr std::int32_t kPeriodSeconds = 15;

// upstream: GenerateHPAScaleUpRules, GenerateHPAScaleDownRules
// differs:  an empty list of policies counts as none at all, because a list is never null here.
void default_rules(HPAScalingRules& rules, std::vector<HPAScalingPolicy> policies) {
    if (!rules.selectPolicy) rules.selectPolicy = Text("Max");
    if (rules.policies.empty()) rules.policies = std::move(policies);
}

}  // namespace

// upstream: SetDefaults_HorizontalPodAutoscaler, SetDefaults_HorizontalPodAutoscalerBehavior
void default_horizontal_pod_autoscaler(HorizontalPodAutoscaler& object) {
    for (const char* name : kAutoscalerAnnotations) object.metadata.annotations.erase(name);
    HorizontalPodAutoscalerSpec& spec = object.spec;
    if (spec.metrics.empty()) {
        MetricSpec metric;
        metric.type = "Resource";
        ResourceMetricSource& cpu = metric.resource.edit();
        cpu.name = "cpu";
        cpu.target.type = "Utilization";
        cpu.target.averageUtilization = kUtilization;
        spec.metrics.push_back(std::move(metric));
    }
    if (!spec.behavior) return;
    HorizontalPodAutoscalerBehavior& behavior = spec.behavior.edit();
    HPAScalingRules& up = behavior.scaleUp.edit();
    if (!up.stabilizationWindowSeconds) up.stabilizationWindowSeconds = 0;
    default_rules(up, {{kPeriodSeconds, "Pods", 4}, {kPeriodSeconds, "Percent", 100}});
    default_rules(behavior.scaleDown.edit(), {{kPeriodSeconds, "Percent", 100}});
}

}  // namespace kubetab::api
