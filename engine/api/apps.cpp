#include "engine/api/apps.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<RollingUpdateDeployment>::doc = "";

std::span<const Field> Describe<RollingUpdateDeployment>::fields() {
    using T = RollingUpdateDeployment;
    static const std::vector<Field> table{
        field<T>("maxSurge", &T::maxSurge),
        field<T>("maxUnavailable", &T::maxUnavailable),
    };
    return table;
}

const std::string_view Describe<DeploymentStrategy>::doc = "";

std::span<const Field> Describe<DeploymentStrategy>::fields() {
    using T = DeploymentStrategy;
    static const std::vector<Field> table{
        field<T>("rollingUpdate", &T::rollingUpdate),
        field<T>("type", &T::type).preset(R"("RollingUpdate")"),
    };
    return table;
}

const std::string_view Describe<DeploymentSpec>::doc = "";

std::span<const Field> Describe<DeploymentSpec>::fields() {
    using T = DeploymentSpec;
    static const std::vector<Field> table{
        field<T>("minReadySeconds", &T::minReadySeconds),
        field<T>("paused", &T::paused),
        field<T>("progressDeadlineSeconds", &T::progressDeadlineSeconds).preset("600"),
        field<T>("replicas", &T::replicas).preset("1"),
        field<T>("revisionHistoryLimit", &T::revisionHistoryLimit).preset("10"),
        field<T>("selector", &T::selector).required(),
        field<T>("strategy", &T::strategy).retain_keys(),
        field<T>("template", &T::template_).required().always(),
    };
    return table;
}

const std::string_view Describe<DeploymentCondition>::doc = "";

std::span<const Field> Describe<DeploymentCondition>::fields() {
    using T = DeploymentCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always(),
        field<T>("lastUpdateTime", &T::lastUpdateTime).always(),
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
        field<T>("status", &T::status).required().always(),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<DeploymentStatus>::doc = "";

std::span<const Field> Describe<DeploymentStatus>::fields() {
    using T = DeploymentStatus;
    static const std::vector<Field> table{
        field<T>("availableReplicas", &T::availableReplicas),
        field<T>("collisionCount", &T::collisionCount),
        field<T>("conditions", &T::conditions).merge("type"),
        field<T>("observedGeneration", &T::observedGeneration),
        field<T>("readyReplicas", &T::readyReplicas),
        field<T>("replicas", &T::replicas),
        field<T>("unavailableReplicas", &T::unavailableReplicas),
        field<T>("updatedReplicas", &T::updatedReplicas),
    };
    return table;
}

const std::string_view Describe<Deployment>::doc = "";

std::span<const Field> Describe<Deployment>::fields() {
    using T = Deployment;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec),
        field<T>("status", &T::status),
    };
    return table;
}

const std::string_view Describe<ReplicaSetSpec>::doc = "";

std::span<const Field> Describe<ReplicaSetSpec>::fields() {
    using T = ReplicaSetSpec;
    static const std::vector<Field> table{
        field<T>("minReadySeconds", &T::minReadySeconds),
        field<T>("replicas", &T::replicas).preset("1"),
        field<T>("selector", &T::selector).required(),
        field<T>("template", &T::template_).always(),
    };
    return table;
}

const std::string_view Describe<ReplicaSetCondition>::doc = "";

std::span<const Field> Describe<ReplicaSetCondition>::fields() {
    using T = ReplicaSetCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always(),
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
        field<T>("status", &T::status).required().always(),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<ReplicaSetStatus>::doc = "";

std::span<const Field> Describe<ReplicaSetStatus>::fields() {
    using T = ReplicaSetStatus;
    static const std::vector<Field> table{
        field<T>("availableReplicas", &T::availableReplicas),
        field<T>("conditions", &T::conditions).merge("type"),
        field<T>("fullyLabeledReplicas", &T::fullyLabeledReplicas),
        field<T>("observedGeneration", &T::observedGeneration),
        field<T>("readyReplicas", &T::readyReplicas),
        field<T>("replicas", &T::replicas).required().always(),
    };
    return table;
}

const std::string_view Describe<ReplicaSet>::doc = "";

std::span<const Field> Describe<ReplicaSet>::fields() {
    using T = ReplicaSet;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec),
        field<T>("status", &T::status),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
