#include "engine/api/apps.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<RollingUpdateDeployment>::doc =
    "How far a rolling update may go above and below the wanted number of pods.";

std::span<const Field> Describe<RollingUpdateDeployment>::fields() {
    using T = RollingUpdateDeployment;
    static const std::vector<Field> table{
        field<T>("maxSurge", &T::maxSurge)
            .documented("How many pods more than wanted may exist during an update: a number or a share, "
                        "25% by default."),
        field<T>("maxUnavailable", &T::maxUnavailable)
            .documented("How many of the wanted pods may be missing during an update: a number or a "
                        "share, 25% by default."),
    };
    return table;
}

const std::string_view Describe<DeploymentStrategy>::doc = "How old pods give way to new ones.";

std::span<const Field> Describe<DeploymentStrategy>::fields() {
    using T = DeploymentStrategy;
    static const std::vector<Field> table{
        field<T>("rollingUpdate", &T::rollingUpdate)
            .documented("The pace of a rolling update; only with type RollingUpdate."),
        field<T>("type", &T::type).preset(R"("RollingUpdate")").one_of("Recreate|RollingUpdate")
            .documented("RollingUpdate (the default) swaps pods a few at a time; Recreate stops all old "
                        "ones first."),
    };
    return table;
}

const std::string_view Describe<DeploymentSpec>::doc =
    "What the Deployment should keep running and how it gets to a new version.";

std::span<const Field> Describe<DeploymentSpec>::fields() {
    using T = DeploymentSpec;
    static const std::vector<Field> table{
        field<T>("minReadySeconds", &T::minReadySeconds)
            .documented("How long a new pod must stay ready before it counts as available."),
        field<T>("paused", &T::paused)
            .documented("While true, changes of the template wait; unpausing rolls them out together."),
        field<T>("progressDeadlineSeconds", &T::progressDeadlineSeconds).preset("600")
            .documented("After so many seconds without progress the rollout is reported as stuck; 600 by "
                        "default."),
        field<T>("replicas", &T::replicas).preset("1")
            .documented("How many pods should run; 1 when left out."),
        field<T>("revisionHistoryLimit", &T::revisionHistoryLimit).preset("10")
            .documented("How many old ReplicaSets are kept for going back to them; 10 by default."),
        field<T>("selector", &T::selector).required()
            .documented("Which pods belong to this Deployment; must match the labels of the template and "
                        "stays as it is."),
        field<T>("strategy", &T::strategy).retain_keys()
            .documented("How pods are replaced when the template changes."),
        field<T>("template", &T::template_).required().always()
            .documented("The pod that is made, as often as replicas says; changing it starts a rollout."),
    };
    return table;
}

const std::string_view Describe<DeploymentCondition>::doc =
    "One judgement on a Deployment: whether it is available, whether it moves on.";

std::span<const Field> Describe<DeploymentCondition>::fields() {
    using T = DeploymentCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("lastUpdateTime", &T::lastUpdateTime).always()
            .documented("When this condition was last written."),
        field<T>("message", &T::message)
            .documented("The judgement in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The judgement's cause in one CamelCase word, for programs."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What is judged: Available, Progressing or ReplicaFailure."),
    };
    return table;
}

const std::string_view Describe<DeploymentStatus>::doc =
    "How far the Deployment has come, as its controller last saw it.";

std::span<const Field> Describe<DeploymentStatus>::fields() {
    using T = DeploymentStatus;
    static const std::vector<Field> table{
        field<T>("availableReplicas", &T::availableReplicas)
            .documented("Pods that have been ready for at least minReadySeconds."),
        field<T>("collisionCount", &T::collisionCount)
            .documented("How often the name of a new ReplicaSet was taken already; goes into the next name."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("The latest judgements: available, progressing, failing to make pods."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the controller has acted on."),
        field<T>("readyReplicas", &T::readyReplicas)
            .documented("Pods of this Deployment whose readiness probes succeed."),
        field<T>("replicas", &T::replicas)
            .documented("All pods of this Deployment that have not ended, old and new."),
        field<T>("unavailableReplicas", &T::unavailableReplicas)
            .documented("Pods still missing until everything wanted is available."),
        field<T>("updatedReplicas", &T::updatedReplicas)
            .documented("Pods that were made from the present template."),
    };
    return table;
}

const std::string_view Describe<Deployment>::doc =
    "A Deployment keeps a number of equal pods running and replaces them bit by bit when you change them.";

std::span<const Field> Describe<Deployment>::fields() {
    using T = Deployment;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: how many pods, made from which template, replaced how."),
        field<T>("status", &T::status)
            .documented("What there is: counts and conditions; written by the controller."),
    };
    return table;
}

const std::string_view Describe<ReplicaSetSpec>::doc =
    "Which pods a ReplicaSet counts, how many it wants and how it makes them.";

std::span<const Field> Describe<ReplicaSetSpec>::fields() {
    using T = ReplicaSetSpec;
    static const std::vector<Field> table{
        field<T>("minReadySeconds", &T::minReadySeconds)
            .documented("How long a pod must stay ready before it counts as available."),
        field<T>("replicas", &T::replicas).preset("1")
            .documented("How many pods should run; 1 when left out."),
        field<T>("selector", &T::selector).required()
            .documented("Which pods are counted; must match the labels of the template and stays as it is."),
        field<T>("template", &T::template_).always()
            .documented("The pod that is made when one is missing; a change touches only pods made later."),
    };
    return table;
}

const std::string_view Describe<ReplicaSetCondition>::doc = "One judgement on a ReplicaSet.";

std::span<const Field> Describe<ReplicaSetCondition>::fields() {
    using T = ReplicaSetCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The judgement in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The judgement's cause in one CamelCase word, for programs."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What is judged; ReplicaFailure means that pods could not be made or removed."),
    };
    return table;
}

const std::string_view Describe<ReplicaSetStatus>::doc =
    "How many pods there are, as the controller last counted them.";

std::span<const Field> Describe<ReplicaSetStatus>::fields() {
    using T = ReplicaSetStatus;
    static const std::vector<Field> table{
        field<T>("availableReplicas", &T::availableReplicas)
            .documented("Pods that have been ready for at least minReadySeconds."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("The latest judgements on this ReplicaSet."),
        field<T>("fullyLabeledReplicas", &T::fullyLabeledReplicas)
            .documented("Pods that carry all labels of the template."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the controller has acted on."),
        field<T>("readyReplicas", &T::readyReplicas)
            .documented("Pods whose readiness probes succeed."),
        field<T>("replicas", &T::replicas).required().always()
            .documented("Pods that match the selector and have not ended."),
    };
    return table;
}

const std::string_view Describe<ReplicaSet>::doc =
    "A ReplicaSet sees to it that a given number of equal pods exist; Deployments make them for you.";

std::span<const Field> Describe<ReplicaSet>::fields() {
    using T = ReplicaSet;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: how many pods, and from which template."),
        field<T>("status", &T::status)
            .documented("What there is: counts of pods; written by the controller."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
