#include "engine/api/defaults/workload_sets.h"

#include "engine/api/defaults/pod_spec.h"

namespace kubetab::api {

// upstream: SetDefaults_DaemonSet
void default_daemon_set(DaemonSet& object) {
    default_template(object.spec.template_);
    DaemonSetUpdateStrategy& strategy = object.spec.updateStrategy;
    if (!strategy.type.empty() && strategy.type != "RollingUpdate") return;
    const RollingUpdateDaemonSet& now = *strategy.rollingUpdate;
    if (now.maxUnavailable && now.maxSurge) return;
    RollingUpdateDaemonSet& rolling = strategy.rollingUpdate.edit();
    if (!rolling.maxUnavailable) rolling.maxUnavailable = IntOrString(1);
    if (!rolling.maxSurge) rolling.maxSurge = IntOrString(0);
}

// upstream: SetDefaults_StatefulSet; maxUnavailable is dropped, as long as its feature gate is off
void default_stateful_set(StatefulSet& object) {
    default_template(object.spec.template_);
    StatefulSetUpdateStrategy& strategy = object.spec.updateStrategy;
    if (strategy.type.empty()) {
        strategy.type = "RollingUpdate";
        if (!strategy.rollingUpdate) strategy.rollingUpdate.edit();
    }
    if (strategy.rollingUpdate) {
        RollingUpdateStatefulSetStrategy& rolling = strategy.rollingUpdate.edit();
        rolling.maxUnavailable.reset();
        if (strategy.type == "RollingUpdate" && !rolling.partition) rolling.partition = 0;
    }
    if (!object.spec.persistentVolumeClaimRetentionPolicy) {
        object.spec.persistentVolumeClaimRetentionPolicy.edit();
    }
    for (VolumeClaimTemplate& claim : object.spec.volumeClaimTemplates) {
        claim.apiVersion = "v1";
        claim.kind = "PersistentVolumeClaim";
        claim.status.phase = "Pending";
        if (!claim.spec.volumeMode) claim.spec.volumeMode = "Filesystem";
    }
}

// upstream: SetDefaults_ReplicationController
void default_replication_controller(ReplicationController& object) {
    if (!object.spec.template_) return;  // Validation says so.
    default_template(object.spec.template_);
    const base::StringMap& labels = object.spec.template_->metadata.labels;
    if (object.spec.selector.empty()) object.spec.selector = labels;
    if (object.metadata.labels.empty()) object.metadata.labels = labels;
}

void default_pod_template(PodTemplate& object) {
    default_template(object.template_);
}

}  // namespace kubetab::api
