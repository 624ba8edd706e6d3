#include "engine/api/validation/workload_sets.h"

#include <string>

#include "engine/api/codec.h"
#include "engine/api/selectors.h"
#include "engine/api/validation/metadata.h"
#include "engine/api/validation/pod.h"
#include "engine/api/validation/workload_rules.h"

namespace kubetab::api {
namespace {

const Path kSelector("spec.selector");
const Path kStrategy("spec.updateStrategy");
const Path kTemplate("spec.template");

bool is_empty(const Box<LabelSelector>& selector) {
    return selector->matchLabels.empty() && selector->matchExpressions.empty();
}

// An absent selector selects nothing. Of a broken one nothing more is said.
bool selects(const Box<LabelSelector>& selector, const PodTemplateSpec& pod_template) {
    if (!selector) return false;
    const base::Result<Selector> parsed = Selector::of(selector);
    return !parsed.ok() || parsed->matches(pod_template.metadata.labels);
}

// The strategy as Go prints it, `type` being one that has no parameters.
std::string strategy_text(std::string_view kind, std::string_view type, std::string_view parameters) {
    return "apps." + std::string(kind) + "{Type:" + go_quoted(type) + ", RollingUpdate:(*apps." +
           std::string(parameters) + ")(nil)}";
}

// upstream: ValidateRollingUpdateDaemonSet
void validate_rolling_update(const RollingUpdateDaemonSet& rolling, Errors& errors) {
    const Path unavailable_path = kStrategy.child("rollingUpdate").child("maxUnavailable");
    const Path surge_path = kStrategy.child("rollingUpdate").child("maxSurge");
    const IntOrString unavailable = rolling.maxUnavailable.value_or(IntOrString());
    const IntOrString surge = rolling.maxSurge.value_or(IntOrString());
    validate_amount(unavailable, unavailable_path, errors);
    validate_share(unavailable, unavailable_path, errors);
    validate_amount(surge, surge_path, errors);
    validate_share(surge, surge_path, errors);
    if (number_of(surge) != 0 && number_of(unavailable) != 0) {
        errors.invalid(surge_path, go_text(surge), "may not be set when maxUnavailable is non-zero");
    } else if (number_of(surge) == 0 && number_of(unavailable) == 0) {
        errors.required(unavailable_path, "cannot be 0 when maxSurge is 0");
    }
}

// upstream: ValidateDaemonSetUpdateStrategy
void validate_strategy(const DaemonSetUpdateStrategy& strategy, Errors& errors) {
    if (strategy.type == "OnDelete") return;
    if (strategy.type != "RollingUpdate") {
        errors.unsupported(kStrategy,
                           strategy_text("DaemonSetUpdateStrategy", strategy.type, "RollingUpdateDaemonSet"),
                           {"RollingUpdate", "OnDelete"});
    } else if (!strategy.rollingUpdate) {
        errors.required(kStrategy.child("rollingUpdate"));
    } else {
        validate_rolling_update(*strategy.rollingUpdate, errors);
    }
}

void validate_strategy(const StatefulSetUpdateStrategy& strategy, Errors& errors) {
    const Path rolling = kStrategy.child("rollingUpdate");
    if (strategy.type == "OnDelete") {
        if (strategy.rollingUpdate) {
            const std::string partition = std::to_string(strategy.rollingUpdate->partition.value_or(0));
            errors.invalid(rolling,
                           "apps.RollingUpdateStatefulSetStrategy{Partition:" + partition +
                               ", MaxUnavailable:(*intstr.IntOrString)(nil)}",
                           "only allowed for updateStrategy 'RollingUpdate'");
        }
    } else if (strategy.type == "RollingUpdate") {
        if (strategy.rollingUpdate) {
            errors.not_negative(rolling.child("partition"), strategy.rollingUpdate->partition.value_or(0));
        }
    } else {
        errors.invalid(
            kStrategy,
            strategy_text("StatefulSetUpdateStrategy", strategy.type, "RollingUpdateStatefulSetStrategy"),
            "must be 'RollingUpdate' or 'OnDelete'");
    }
}

void validate_retention(const StatefulSetPersistentVolumeClaimRetentionPolicy& policy, Errors& errors) {
    const Path path("spec.persistentVolumeClaimRetentionPolicy");
    errors.one_of(path.child("whenDeleted"), policy.whenDeleted, {"Retain", "Delete"});
    errors.one_of(path.child("whenScaled"), policy.whenScaled, {"Retain", "Delete"});
}

// What an update may change. upstream: ValidateStatefulSetUpdate
bool only_changes_what_may(const StatefulSetSpec& now, const StatefulSetSpec& old) {
    StatefulSetSpec before = old;
    before.replicas = now.replicas;
    before.template_ = now.template_;
    before.ordinals = now.ordinals;
    before.minReadySeconds = now.minReadySeconds;
    before.updateStrategy = now.updateStrategy;
    before.revisionHistoryLimit = now.revisionHistoryLimit;
    before.persistentVolumeClaimRetentionPolicy = now.persistentVolumeClaimRetentionPolicy;
    return equal(now, before);
}

}  // namespace

// upstream: ValidateDaemonSetSpec
void validate_daemon_set(const DaemonSet& object, Errors& errors) {
    const DaemonSetSpec& spec = object.spec;
    if (spec.selector) validate_label_selector(*spec.selector, kSelector, errors);
    validate_template_labels(*spec.template_, selects(spec.selector, *spec.template_), errors);
    if (spec.selector && is_empty(spec.selector)) {
        errors.invalid(kSelector, go_text(*spec.selector), "empty selector is invalid for daemonset");
    }
    validate_pod_template(*spec.template_, kTemplate, errors);
    validate_always_running(*spec.template_, "DaemonSet", errors);
    errors.not_negative(Path("spec.minReadySeconds"), spec.minReadySeconds);
    validate_strategy(spec.updateStrategy, errors);
    errors.not_negative(Path("spec.revisionHistoryLimit"), spec.revisionHistoryLimit.value_or(0));
}

void validate_daemon_set_update(const DaemonSet& now, const DaemonSet& old, Errors& errors) {
    validate_daemon_set(now, errors);
    if (!equal(now.spec.selector, old.spec.selector))
        errors.invalid(kSelector, go_text(*now.spec.selector), kImmutable);
}

// upstream: validateDaemonSetStatus
void validate_daemon_set_status(const DaemonSet& now, const DaemonSet& old, Errors& errors) {
    const DaemonSetStatus& status = now.status;
    const Path path("status");
    errors.not_negative(path.child("currentNumberScheduled"), status.currentNumberScheduled);
    errors.not_negative(path.child("numberMisscheduled"), status.numberMisscheduled);
    errors.not_negative(path.child("desiredNumberScheduled"), status.desiredNumberScheduled);
    errors.not_negative(path.child("numberReady"), status.numberReady);
    errors.not_negative(path.child("observedGeneration"), status.observedGeneration);
    errors.not_negative(path.child("updatedNumberScheduled"), status.updatedNumberScheduled);
    errors.not_negative(path.child("numberAvailable"), status.numberAvailable);
    errors.not_negative(path.child("numberUnavailable"), status.numberUnavailable);
    const Path collisions = path.child("collisionCount");
    errors.not_negative(collisions, status.collisionCount.value_or(0));
    if (status.collisionCount.value_or(0) < old.status.collisionCount.value_or(0))
        errors.invalid(collisions, *status.collisionCount, "cannot be decremented");
}

// The pod's spec is not looked at, as upstream does not. upstream: ValidateStatefulSetSpec
void validate_stateful_set(const StatefulSet& object, Errors& errors) {
    const StatefulSetSpec& spec = object.spec;
    if (spec.podManagementPolicy != "OrderedReady" && spec.podManagementPolicy != "Parallel") {
        errors.invalid(Path("spec.podManagementPolicy"), go_quoted(spec.podManagementPolicy),
                       "must be 'OrderedReady' or 'Parallel'");
    }
    validate_strategy(spec.updateStrategy, errors);
    validate_retention(*spec.persistentVolumeClaimRetentionPolicy, errors);
    errors.not_negative(Path("spec.replicas"), spec.replicas.value_or(0));
    errors.not_negative(Path("spec.minReadySeconds"), spec.minReadySeconds);
    if (spec.ordinals) errors.not_negative(Path("spec.ordinals.start"), spec.ordinals->start);
    if (!spec.selector) {
        errors.required(kSelector);
    } else {
        validate_label_selector(*spec.selector, kSelector, errors);
        if (is_empty(spec.selector))
            errors.invalid(kSelector, go_text(*spec.selector), "empty selector is invalid for statefulset");
    }
    validate_template_labels(*spec.template_, selects(spec.selector, *spec.template_), errors);
    validate_labels(spec.template_->metadata.labels, kTemplate.child("labels"), errors);
    validate_annotations(spec.template_->metadata.annotations, kTemplate.child("annotations"), errors);
    validate_always_running(*spec.template_, "StatefulSet", errors);
}

void validate_stateful_set_update(const StatefulSet& now, const StatefulSet& old, Errors& errors) {
    validate_stateful_set(now, errors);
    if (only_changes_what_may(now.spec, old.spec)) return;
    errors.forbidden(Path("spec"),
                     "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                     "'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are "
                     "forbidden");
}

// upstream: ValidateStatefulSetStatus
void validate_stateful_set_status(const StatefulSet& now, const StatefulSet& old, Errors& errors) {
    const StatefulSetStatus& status = now.status;
    const Path path("status");
    errors.not_negative(path.child("replicas"), status.replicas);
    errors.not_negative(path.child("readyReplicas"), status.readyReplicas);
    errors.not_negative(path.child("currentReplicas"), status.currentReplicas);
    errors.not_negative(path.child("updatedReplicas"), status.updatedReplicas);
    errors.not_negative(path.child("availableReplicas"), status.availableReplicas);
    errors.not_negative(path.child("observedGeneration"), status.observedGeneration);
    errors.not_negative(path.child("collisionCount"), status.collisionCount.value_or(0));
    constexpr std::string_view kAbove = "cannot be greater than status.replicas";
    not_above(path.child("readyReplicas"), status.readyReplicas, status.replicas, kAbove, errors);
    not_above(path.child("currentReplicas"), status.currentReplicas, status.replicas, kAbove, errors);
    not_above(path.child("updatedReplicas"), status.updatedReplicas, status.replicas, kAbove, errors);
    not_above(path.child("availableReplicas"), status.availableReplicas, status.replicas, kAbove, errors);
    not_above(path.child("availableReplicas"), status.availableReplicas, status.readyReplicas,
              "cannot be greater than status.readyReplicas", errors);
    if (status.collisionCount.value_or(0) < old.status.collisionCount.value_or(0))
        errors.invalid(path.child("collisionCount"), *status.collisionCount, "cannot be decremented");
}

void validate_controller_revision(const ControllerRevision& object, Errors& errors) {
    errors.not_negative(Path("revision"), object.revision);
    if (object.data.json.empty()) errors.required(Path("data"), "data is mandatory");
    else if (!object.data.json.str().starts_with('{'))
        errors.required(Path("data"), "data must be a valid JSON object");
}

void validate_controller_revision_update(const ControllerRevision& now, const ControllerRevision& old,
                                         Errors& errors) {
    validate_controller_revision(now, errors);
    if (now.data != old.data) errors.invalid(Path("data"), now.data.json.str(), kImmutable);
}

// upstream: ValidateReplicationControllerSpec
void validate_replication_controller(const ReplicationController& object, Errors& errors) {
    const ReplicationControllerSpec& spec = object.spec;
    errors.not_negative(Path("spec.minReadySeconds"), spec.minReadySeconds);
    if (spec.selector.empty()) errors.required(kSelector);
    errors.not_negative(Path("spec.replicas"), spec.replicas.value_or(0));
    if (!spec.template_) return errors.required(kTemplate);
    if (!spec.selector.empty()) {
        bool matches = true;
        for (const auto& [key, value] : spec.selector) {
            const Text* found = spec.template_->metadata.labels.get(key);
            matches = matches && found != nullptr && *found == value;
        }
        validate_template_labels(*spec.template_, matches, errors);
    }
    validate_pod_template(*spec.template_, kTemplate, errors);
    validate_always_running(*spec.template_, "ReplicationController", errors);
}

void validate_replication_controller_status(const ReplicationController& now, const ReplicationController&,
                                            Errors& errors) {
    const ReplicationControllerStatus& status = now.status;
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

void validate_pod_template_object(const PodTemplate& object, Errors& errors) {
    validate_pod_template(*object.template_, Path("template"), errors);
}

}  // namespace kubetab::api
