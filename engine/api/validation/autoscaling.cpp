#include "engine/api/validation/autoscaling.h"

#include "engine/api/validation/metadata.h"

namespace kubetab::api {
namespace {

constexpr std::int32_t kWindowMax = 3600;
constexpr std::int32_t kPeriodMax = 1800;

std::string at_most(std::int32_t most) {
    return "must be less than or equal to " + std::to_string(most);
}

// Something that must be there and follow a rule.
void check_named(const Path& path, const Text& value, std::string_view missing, NameRule rule,
                 Errors& errors) {
    if (value.empty()) errors.required(path, missing);
    else errors.check(path, value, rule);
}

// upstream: ValidateCrossVersionObjectReference
void validate_reference(const CrossVersionObjectReference& reference, const Path& path, Errors& errors) {
    check_named(path.child("kind"), reference.kind, {}, path_segment, errors);
    check_named(path.child("name"), reference.name, {}, path_segment, errors);
}

void validate_identifier(const MetricIdentifier& metric, const Path& path, Errors& errors) {
    check_named(path.child("name"), metric.name, "must specify a metric name", path_segment, errors);
}

void check_positive(const Path& path, const std::optional<Quantity>& amount, Errors& errors) {
    if (amount && amount->sign() <= 0) errors.invalid(path, go_text(*amount), "must be positive");
}

// upstream: validateMetricTarget
void validate_target(const MetricTarget& target, const Path& path, Errors& errors) {
    if (target.type.empty()) errors.required(path.child("type"), "must specify a metric target type");
    if (target.type != "Utilization" && target.type != "Value" && target.type != "AverageValue") {
        errors.invalid(path.child("type"), go_quoted(target.type),
                       "must be either Utilization, Value, or AverageValue");
    }
    check_positive(path.child("value"), target.value, errors);
    check_positive(path.child("averageValue"), target.averageValue, errors);
    if (target.averageUtilization && *target.averageUtilization < 1)
        errors.invalid(path.child("averageUtilization"), *target.averageUtilization,
                       "must be greater than 0");
}

// upstream: validateObjectSource
void validate_source(const ObjectMetricSource& source, const Path& path, Errors& errors) {
    validate_reference(source.describedObject, path.child("describedObject"), errors);
    validate_identifier(source.metric, path.child("metric"), errors);
    validate_target(source.target, path.child("target"), errors);
    if (source.target.value || source.target.averageValue) return;
    errors.required(path.child("target").child("averageValue"),
                    "must set either a target value or averageValue");
}

// upstream: validateExternalSource
void validate_source(const ExternalMetricSource& source, const Path& path, Errors& errors) {
    const Path target = path.child("target");
    validate_identifier(source.metric, path.child("metric"), errors);
    validate_target(source.target, target, errors);
    if (!source.target.value && !source.target.averageValue) {
        errors.required(target.child("averageValue"),
                        "must set either a target value for metric or a per-pod target");
    }
    if (source.target.value && source.target.averageValue) {
        errors.forbidden(target.child("value"),
                         "may not set both a target value for metric and a per-pod target");
    }
}

// upstream: validatePodsSource
void validate_source(const PodsMetricSource& source, const Path& path, Errors& errors) {
    validate_identifier(source.metric, path.child("metric"), errors);
    validate_target(source.target, path.child("target"), errors);
    if (source.target.averageValue && source.target.averageValue->sign() > 0) return;
    errors.required(path.child("target").child("averageValue"),
                    "must specify a positive target averageValue");
}

// What both sources of resources share.
void validate_resource_target(const MetricTarget& metric_target, const Path& path, Errors& errors) {
    validate_target(metric_target, path, errors);
    if (!metric_target.averageUtilization && !metric_target.averageValue) {
        errors.required(path.child("averageUtilization"),
                        "must set either a target raw value or a target utilization");
    }
    if (metric_target.averageUtilization && metric_target.averageValue) {
        errors.forbidden(path.child("averageValue"),
                         "may not set both a target raw value and a target utilization");
    }
}

// upstream: validateResourceSource
void validate_source(const ResourceMetricSource& source, const Path& path, Errors& errors) {
    if (source.name.empty()) errors.required(path.child("name"), "must specify a resource name");
    validate_resource_target(source.target, path.child("target"), errors);
}

// upstream: validateContainerResourceSource
void validate_source(const ContainerResourceMetricSource& source, const Path& path, Errors& errors) {
    if (source.name.empty()) errors.required(path.child("name"), "must specify a resource name");
    check_named(path.child("container"), source.container, "must specify a container", dns_label, errors);
    validate_resource_target(source.target, path.child("target"), errors);
}

void check_source_type(const Path& path, const Text& type, Errors& errors) {
    errors.one_of(path.child("type"), type, {"ContainerResource", "External", "Object", "Pods", "Resource"});
}

// upstream: validateMetricSpec
void validate_metric(const MetricSpec& metric, const Path& path, Errors& errors) {
    if (metric.type.empty()) errors.required(path.child("type"), "must specify a metric source type");
    check_source_type(path, metric.type, errors);
    std::vector<std::string_view> present;
    std::string_view expected;
    bool missing = false;
    const auto look = [&](std::string_view type, std::string_view field, const auto& source) {
        if (metric.type == type) {
            expected = field;
            missing = !source.has_value();
        }
        if (!source) return;
        present.push_back(field);
        if (present.size() == 1) validate_source(*source, path.child(field), errors);
    };
    look("Object", "object", metric.object);
    look("External", "external", metric.external);
    look("Pods", "pods", metric.pods);
    look("Resource", "resource", metric.resource);
    look("ContainerResource", "containerResource", metric.containerResource);
    if (missing)
        errors.required(path.child(expected), "must populate information for the given metric source");
    if (expected.empty()) check_source_type(path, metric.type, errors);
    if (present.size() < 2) return;
    for (const std::string_view field : present) {
        if (field != expected)
            errors.forbidden(path.child(field), "must populate the given metric source only");
    }
}

// upstream: validateMetrics
void validate_metrics(const HorizontalPodAutoscalerSpec& spec, const Path& path, Errors& errors) {
    bool from_zero = false;
    for (std::size_t i = 0; i < spec.metrics.size(); ++i) {
        validate_metric(spec.metrics[i], path.index(i), errors);
        from_zero = from_zero || spec.metrics[i].object || spec.metrics[i].external;
    }
    if (spec.minReplicas != 0 || from_zero) return;
    errors.forbidden(
        path, "must specify at least one Object or External metric to support scaling to zero replicas");
}

// upstream: validateScalingRules, validateScalingPolicy
void validate_rules(const HPAScalingRules& rules, const Path& path, Errors& errors) {
    const std::int32_t window = rules.stabilizationWindowSeconds.value_or(0);
    const Path window_path = path.child("stabilizationWindowSeconds");
    if (window < 0) errors.invalid(window_path, window, "must be greater than or equal to zero");
    if (window > kWindowMax) errors.invalid(window_path, window, at_most(kWindowMax));
    if (rules.selectPolicy)
        errors.one_of(path.child("selectPolicy"), *rules.selectPolicy, {"Disabled", "Max", "Min"});
    const Path policies = path.child("policies");
    if (rules.policies.empty()) errors.required(policies, "must specify at least one Policy");
    for (std::size_t i = 0; i < rules.policies.size(); ++i) {
        const HPAScalingPolicy& policy = rules.policies[i];
        const Path here = policies.index(i);
        errors.one_of(here.child("type"), policy.type, {"Percent", "Pods"});
        if (policy.value <= 0) errors.invalid(here.child("value"), policy.value, kPositive);
        const Path period = here.child("periodSeconds");
        if (policy.periodSeconds <= 0) errors.invalid(period, policy.periodSeconds, kPositive);
        if (policy.periodSeconds > kPeriodMax)
            errors.invalid(period, policy.periodSeconds, at_most(kPeriodMax));
    }
}

}  // namespace

// upstream: validateHorizontalPodAutoscalerSpec
void validate_horizontal_pod_autoscaler(const HorizontalPodAutoscaler& object, Errors& errors) {
    const HorizontalPodAutoscalerSpec& spec = object.spec;
    const Path path("spec");
    const std::int32_t least = spec.minReplicas.value_or(1);
    const Path most = path.child("maxReplicas");
    if (least < 1) errors.invalid(path.child("minReplicas"), least, "must be greater than or equal to 1");
    if (spec.maxReplicas < 1) errors.invalid(most, spec.maxReplicas, "must be greater than 0");
    if (spec.maxReplicas < least)
        errors.invalid(most, spec.maxReplicas, "must be greater than or equal to `minReplicas`");
    validate_reference(spec.scaleTargetRef, path.child("scaleTargetRef"), errors);
    validate_metrics(spec, path.child("metrics"), errors);
    if (!spec.behavior) return;
    const Path behavior = path.child("behavior");
    if (spec.behavior->scaleUp) validate_rules(*spec.behavior->scaleUp, behavior.child("scaleUp"), errors);
    if (spec.behavior->scaleDown)
        validate_rules(*spec.behavior->scaleDown, behavior.child("scaleDown"), errors);
}

// upstream: ValidateHorizontalPodAutoscalerStatusUpdate
void validate_horizontal_pod_autoscaler_status(const HorizontalPodAutoscaler& object, Errors& errors) {
    const Path path("status");
    errors.not_negative(path.child("currentReplicas"), object.status.currentReplicas);
    errors.not_negative(path.child("desiredReplicas"), object.status.desiredReplicas);
}

// upstream: ValidateAPIService
void validate_api_service(const APIService& object, Errors& errors) {
    const APIServiceSpec& spec = object.spec;
    const Path path("spec");
    const std::string name = spec.version + "." + spec.group;
    if (object.metadata.name != name) {
        errors.invalid(Path("metadata").child("name"), go_quoted(object.metadata.name),
                       "must be `spec.version+\".\"+spec.group`: " + go_quoted(name));
    }
    if (spec.group.empty() && spec.version != "v1") {
        errors.required(path.child("group"), "only v1 may have an empty group and it better be legacy kube");
    }
    if (!spec.group.empty()) errors.check(path.child("group"), spec.group, dns_subdomain);
    errors.check(path.child("version"), spec.version, dns_1035_label);
    const auto priority = [&](std::string_view field, std::int32_t value, std::int32_t most) {
        if (value > 0 && value <= most) return;
        errors.invalid(path.child(field), value, "must be positive and less than " + std::to_string(most));
    };
    priority("groupPriorityMinimum", spec.groupPriorityMinimum, 20000);
    priority("versionPriority", spec.versionPriority, 1000);
    const std::size_t certificates = spec.caBundle.data.size();
    const Path insecure = path.child("insecureSkipTLSVerify");
    if (!spec.service) {
        if (certificates > 0) {
            errors.invalid(path.child("caBundle"), go_quoted(std::to_string(certificates) + " bytes"),
                           "local APIServices may not have a caBundle");
        }
        if (spec.insecureSkipTLSVerify)
            errors.invalid(insecure, "true", "local APIServices may not have insecureSkipTLSVerify");
        return;
    }
    if (spec.service->namespace_.empty()) errors.required(path.child("service").child("namespace"));
    if (spec.service->name.empty()) errors.required(path.child("service").child("name"));
    if (spec.insecureSkipTLSVerify && certificates > 0)
        errors.invalid(insecure, "true", "may not be true if caBundle is present");
}

}  // namespace kubetab::api
