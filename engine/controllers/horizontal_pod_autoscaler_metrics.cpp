// HorizontalPodAutoscaler controller: what its metrics ask for.
// upstream: pkg/controller/podautoscaler/horizontal.go [computeReplicasForMetrics]

#include <algorithm>

#include "engine/controllers/horizontal_pod_autoscaler.h"
#include "engine/controllers/printed_selector.h"

namespace kubetab::controllers {

using api::MetricSpec;
using api::ObjectKey;
using api::Ref;
using base::Result;

namespace {

constexpr std::string_view kNoCustomMetrics =
    "unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) "
    "registered";

std::string pods_failure(const api::MetricIdentifier& metric) {
    return "unable to get metric " + metric.name + ": " + std::string(kNoCustomMetrics);
}

// Upstream gives the values in another order than the sentence has places for them.
std::string object_failure(const api::ObjectMetricSource& source, const api::Text& in_namespace) {
    return "unable to get metric " + source.metric.name + ": " + source.describedObject.kind + " on " +
           in_namespace + " " + source.describedObject.name + "/" + std::string(kNoCustomMetrics);
}

std::string external_failure(const api::MetricIdentifier& metric, const api::Text& in_namespace) {
    const std::string selector = metric.selector ? printed_selector(*metric.selector) : "nil";
    return "unable to get external metric " + in_namespace + "/" + metric.name + "/" + selector +
           ": unable to fetch metrics from external metrics API: the server could not find the requested "
           "resource (get " +
           metric.name + ".external.metrics.k8s.io)";
}

}  // namespace

// upstream: computeReplicasForMetrics
std::optional<HorizontalPodAutoscalerController::Recommendation> HorizontalPodAutoscalerController::recommend(
    Autoscaler& autoscaler, const Target& target) {
    const std::vector<MetricSpec>& metrics = autoscaler.spec.metrics;
    std::vector<api::MetricStatus>& statuses = autoscaler.status.currentMetrics;
    statuses.clear();
    const Result<api::Selector> selector = selector_of(autoscaler, target);
    if (!selector.ok()) {
        warn(autoscaler, "FailedComputeMetricsReplicas", selector.error().message);
        return std::nullopt;
    }
    statuses.resize(metrics.size());
    Recommendation best;
    Proposal first_failure;
    std::size_t failures = 0;
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        Proposal proposal = propose(autoscaler, metrics[i], target, *selector, statuses[i]);
        if (!proposal.failure.empty()) {
            if (failures++ == 0) first_failure = std::move(proposal);
        } else if (best.replicas == 0 || proposal.replicas > best.replicas) {
            best = {proposal.replicas, std::move(proposal.metric)};
        }
    }
    const bool unsure = failures > 0 && best.replicas < target.scale.desired;
    if (failures >= metrics.size() || unsure) {
        set_condition(autoscaler, "ScalingActive", "False", first_failure.reason, first_failure.message);
        warn(autoscaler, "FailedComputeMetricsReplicas",
             "invalid metrics (" + std::to_string(failures) + " invalid out of " +
                 std::to_string(metrics.size()) + "), first error is: " + first_failure.failure);
        return std::nullopt;
    }
    set_condition(autoscaler, "ScalingActive", "True", "ValidMetricFound",
                  "the HPA was able to successfully calculate a replica count from " + best.metric);
    return best;
}

// upstream: validateAndParseSelector, hpasControllingPodsUnderSelector
Result<api::Selector> HorizontalPodAutoscalerController::selector_of(Autoscaler& autoscaler,
                                                                     const Target& target) {
    const std::string& text = target.scale.selector;
    const auto invalid = [&](const char* event, const std::string& why, const std::string& finding) {
        warn(autoscaler, event, why);
        set_condition(autoscaler, "ScalingActive", "False",
                      std::string_view(event) == "AmbiguousSelector" ? event : "InvalidSelector", finding);
        return base::failure(base::Reason::Unknown, why);
    };
    if (text.empty()) {
        return invalid("SelectorRequired", "selector is required",
                       "the HPA target's scale is missing a selector");
    }
    api::Selector selector = TRY(api::Selector::parse(text));
    const ObjectKey own = ObjectKey::of(autoscaler.metadata);
    selectors_[own] = selector;
    std::set<ObjectKey> selecting;
    for (const Ref<api::Pod>& pod : pods_.in_namespace(own.namespace_)) {
        if (!selector.matches(pod->metadata.labels)) continue;
        for (const auto& [key, other] : selectors_) {
            if (key.namespace_ == own.namespace_ && other.matches(pod->metadata.labels))
                selecting.insert(key);
        }
    }
    if (selecting.size() < 2) return selector;
    std::string names;
    for (const ObjectKey& key : selecting) names += (names.empty() ? "" : " ") + key.text();
    const std::string why = "pods by selector " + text + " are controlled by multiple HPAs: [" + names + "]";
    return invalid("AmbiguousSelector", why, why);
}

// upstream: getUnableComputeReplicaCountCondition
HorizontalPodAutoscalerController::Proposal HorizontalPodAutoscalerController::refused(
    const Autoscaler& autoscaler, std::string_view reason, const std::string& why, const std::string& about) {
    warn(autoscaler, reason, why);
    Proposal proposal;
    proposal.failure = "failed to get " + about + " metric value: " + why;
    proposal.reason = reason;
    proposal.message = "the HPA was unable to compute the replica count: " + why;
    return proposal;
}

// upstream: computeReplicasForMetric
HorizontalPodAutoscalerController::Proposal HorizontalPodAutoscalerController::propose(
    const Autoscaler& autoscaler, const MetricSpec& metric, const Target& target,
    const api::Selector& selector, api::MetricStatus& status) {
    const api::Text& in_namespace = autoscaler.metadata.namespace_;
    if (metric.type == "Object") {
        return refused(autoscaler, "FailedGetObjectMetric", object_failure(*metric.object, in_namespace),
                       "object");
    }
    if (metric.type == "Pods")
        return refused(autoscaler, "FailedGetPodsMetric", pods_failure(metric.pods->metric), "pods");
    if (metric.type == "External") {
        const api::MetricIdentifier& external = metric.external->metric;
        const std::string why = external_failure(external, in_namespace);
        Proposal proposal = refused(autoscaler, "FailedGetExternalMetric", why, external.name + " external");
        // Upstream says it once more in between, in two ways.
        const std::string again = metric.external->target.averageValue
                                      ? external.name + " external metric: "
                                      : "external metric " + external.name + ": ";
        proposal.failure =
            "failed to get " + external.name + " external metric value: failed to get " + again + why;
        return proposal;
    }
    return by_resource(autoscaler, metric, target, selector, status);
}

// upstream: computeStatusForResourceMetricGeneric
HorizontalPodAutoscalerController::Proposal HorizontalPodAutoscalerController::by_resource(
    const Autoscaler& autoscaler, const MetricSpec& metric, const Target& target,
    const api::Selector& selector, api::MetricStatus& status) {
    const bool of_container = metric.type == "ContainerResource";
    const api::MetricTarget& wanted =
        of_container ? metric.containerResource->target : metric.resource->target;
    std::vector<Ref<api::Pod>> pods;
    for (const Ref<api::Pod>& pod : pods_.in_namespace(autoscaler.metadata.namespace_)) {
        if (selector.matches(pod->metadata.labels)) pods.push_back(pod);
    }
    ResourceQuestion question;
    question.resource = of_container ? metric.containerResource->name : metric.resource->name;
    if (of_container) question.container = metric.containerResource->container;
    question.target = &wanted;
    question.current = target.scale.desired;
    question.in_namespace = autoscaler.metadata.namespace_;
    question.selector = &selector;
    question.pods = &pods;
    const Result<CalculatedReplicas> calculated =
        ReplicaCalculator(metrics_, simulation_.now()).calculate(question);
    const std::string name = question.resource;
    if (!calculated.ok()) {
        const std::string what = wanted.averageValue ? " usage: " : " utilization: ";
        return refused(autoscaler,
                       of_container ? "FailedGetContainerResourceMetric" : "FailedGetResourceMetric",
                       "failed to get " + name + what + calculated.error().message,
                       name + (of_container ? " container" : " resource"));
    }
    api::MetricValueStatus current;
    current.averageUtilization = calculated->utilization;
    current.averageValue = api::Quantity::of_milli(calculated->average_milli);
    status.type = metric.type;
    if (of_container) {
        api::ContainerResourceMetricStatus& entry = status.containerResource.edit();
        entry.container = question.container;
        entry.name = question.resource;
        entry.current = current;
    } else {
        api::ResourceMetricStatus& entry = status.resource.edit();
        entry.name = question.resource;
        entry.current = current;
    }
    Proposal proposal;
    proposal.replicas = calculated->replicas;
    proposal.metric = name + (of_container ? " container resource" : " resource");
    if (!wanted.averageValue) proposal.metric += " utilization (percentage of request)";
    return proposal;
}

}  // namespace kubetab::controllers
