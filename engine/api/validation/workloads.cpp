#include "engine/api/validation/workloads.h"

#include "engine/api/codec.h"
#include "engine/api/selectors.h"
#include "engine/api/validation/metadata.h"
#include "engine/api/validation/pod.h"
#include "engine/api/validation/workload_rules.h"

namespace kubetab::api {
namespace {

const Path kSelector("spec.selector");

// upstream: ValidatePodTemplateSpecForReplicaSet
void validate_template(const Box<PodTemplateSpec>& pod_template, const Box<LabelSelector>& source,
                       const Selector& selector, Errors& errors) {
    const bool empty = source && selector.empty();
    validate_template_labels(*pod_template, empty || selector.matches(pod_template->metadata.labels), errors);
    validate_pod_template(*pod_template, Path("spec.template"), errors);
    validate_always_running(*pod_template, "ReplicaSet", errors);
}

void validate_selector_and_template(const Box<LabelSelector>& selector,
                                    const Box<PodTemplateSpec>& pod_template, Errors& errors) {
    if (!selector) {
        errors.required(kSelector);
    } else {
        validate_label_selector(*selector, kSelector, errors);
        if (selector->matchLabels.empty() && selector->matchExpressions.empty()) {
            errors.invalid(kSelector, go_text(*selector), "empty selector is invalid for deployment");
        }
    }
    const base::Result<Selector> parsed = Selector::of(selector);
    if (!parsed) {
        errors.invalid(kSelector, go_text(*selector), "invalid label selector");
    } else {
        validate_template(pod_template, selector, *parsed, errors);
    }
}

// upstream: ValidateDeploymentStrategy
void validate_strategy(const DeploymentStrategy& strategy, Errors& errors) {
    const Path path("spec.strategy");
    const Path rolling_path = path.child("rollingUpdate");
    if (strategy.type == "Recreate") {
        if (strategy.rollingUpdate) {
            errors.forbidden(rolling_path, "may not be specified when strategy `type` is 'Recreate'");
        }
        return;
    }
    if (strategy.type != "RollingUpdate") {
        errors.unsupported(path,
                           "apps.DeploymentStrategy{Type:" + go_quoted(strategy.type) +
                               ", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}",
                           {"Recreate", "RollingUpdate"});
        return;
    }
    const IntOrString unavailable = strategy.rollingUpdate->maxUnavailable.value_or(IntOrString());
    const IntOrString surge = strategy.rollingUpdate->maxSurge.value_or(IntOrString());
    validate_amount(unavailable, rolling_path.child("maxUnavailable"), errors);
    validate_amount(surge, rolling_path.child("maxSurge"), errors);
    if (number_of(unavailable) == 0 && number_of(surge) == 0) {
        errors.invalid(rolling_path.child("maxUnavailable"), go_text(unavailable),
                       "may not be 0 when `maxSurge` is 0");
    }
    validate_share(unavailable, rolling_path.child("maxUnavailable"), errors);
}

}  // namespace

// upstream: ValidateDeploymentSpec
void validate_deployment(const Deployment& object, Errors& errors) {
    const DeploymentSpec& spec = object.spec;
    const Path path("spec");
    errors.not_negative(path.child("replicas"), spec.replicas.value_or(0));
    validate_selector_and_template(spec.selector, spec.template_, errors);
    validate_strategy(spec.strategy, errors);
    errors.not_negative(path.child("minReadySeconds"), spec.minReadySeconds);
    if (spec.revisionHistoryLimit)
        errors.not_negative(path.child("revisionHistoryLimit"), *spec.revisionHistoryLimit);
    if (!spec.progressDeadlineSeconds) return;
    const Path deadline = path.child("progressDeadlineSeconds");
    errors.not_negative(deadline, *spec.progressDeadlineSeconds);
    if (*spec.progressDeadlineSeconds <= spec.minReadySeconds) {
        errors.invalid(deadline, *spec.progressDeadlineSeconds, "must be greater than minReadySeconds");
    }
}

void validate_deployment_update(const Deployment& now, const Deployment& old, Errors& errors) {
    validate_deployment(now, errors);
    if (!equal(now.spec.selector, old.spec.selector))
        errors.invalid(kSelector, go_text(*now.spec.selector), kImmutable);
}

// upstream: ValidateDeploymentStatus
void validate_deployment_status(const Deployment& now, const Deployment& old, Errors& errors) {
    const DeploymentStatus& status = now.status;
    const Path path("status");
    errors.not_negative(path.child("observedGeneration"), status.observedGeneration);
    errors.not_negative(path.child("replicas"), status.replicas);
    errors.not_negative(path.child("updatedReplicas"), status.updatedReplicas);
    errors.not_negative(path.child("readyReplicas"), status.readyReplicas);
    errors.not_negative(path.child("availableReplicas"), status.availableReplicas);
    errors.not_negative(path.child("unavailableReplicas"), status.unavailableReplicas);
    errors.not_negative(path.child("collisionCount"), status.collisionCount);
    constexpr std::string_view kAbove = "cannot be greater than status.replicas";
    not_above(path.child("updatedReplicas"), status.updatedReplicas, status.replicas, kAbove, errors);
    not_above(path.child("readyReplicas"), status.readyReplicas, status.replicas, kAbove, errors);
    not_above(path.child("availableReplicas"), status.availableReplicas, status.replicas, kAbove, errors);
    not_above(path.child("availableReplicas"), status.availableReplicas, status.readyReplicas,
              "cannot be greater than readyReplicas", errors);
    if (status.collisionCount < old.status.collisionCount) {
        errors.invalid(path.child("collisionCount"), status.collisionCount, "cannot be decremented");
    }
}

// upstream: ValidateReplicaSetSpec
void validate_replica_set(const ReplicaSet& object, Errors& errors) {
    const Path path("spec");
    errors.not_negative(path.child("replicas"), object.spec.replicas.value_or(0));
    errors.not_negative(path.child("minReadySeconds"), object.spec.minReadySeconds);
    validate_selector_and_template(object.spec.selector, object.spec.template_, errors);
}

void validate_replica_set_update(const ReplicaSet& now, const ReplicaSet& old, Errors& errors) {
    validate_replica_set(now, errors);
    if (!equal(now.spec.selector, old.spec.selector))
        errors.invalid(kSelector, go_text(*now.spec.selector), kImmutable);
}

// upstream: ValidateReplicaSetStatus
void validate_replica_set_status(const ReplicaSet& now, const ReplicaSet&, Errors& errors) {
    const ReplicaSetStatus& status = now.status;
    const Path path("status");
    errors.not_negative(path.child("replicas"), status.replicas);
    errors.not_negative(path.child("fullyLabeledReplicas"), status.fullyLabeledReplicas);
    errors.not_negative(path.child("readyReplicas"), status.readyReplicas);
    errors.not_negative(path.child("availableReplicas"), status.availableReplicas);
    errors.not_negative(path.child("observedGeneration"), status.observedGeneration);
    constexpr std::string_view kAbove = "cannot be greater than status.replicas";
    not_above(path.child("fullyLabeledReplicas"), status.fullyLabeledReplicas, status.replicas, kAbove,
              errors);
    not_above(path.child("readyReplicas"), status.readyReplicas, status.replicas, kAbove, errors);
    not_above(path.child("availableReplicas"), status.availableReplicas, status.replicas, kAbove, errors);
    not_above(path.child("availableReplicas"), status.availableReplicas, status.readyReplicas,
              "cannot be greater than readyReplicas", errors);
}

}  // namespace kubetab::api
