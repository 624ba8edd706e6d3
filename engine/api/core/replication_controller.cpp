#include "engine/api/core/replication_controller.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ReplicationControllerSpec>::doc =
    "Which pods a ReplicationController counts, how many it wants and how it makes "
    "them.";

std::span<const Field> Describe<ReplicationControllerSpec>::fields() {
    using T = ReplicationControllerSpec;
    static const std::vector<Field> table{
        field<T>("minReadySeconds", &T::minReadySeconds).preset("0")
            .documented("How long a pod must stay ready before it counts as available."),
        field<T>("replicas", &T::replicas).preset("1")
            .documented("How many pods should run; 1 when left out."),
        field<T>("selector", &T::selector)
            .documented("Which pods are counted: those with all these labels; the labels of the "
                        "template when left out."),
        field<T>("template", &T::template_)
            .documented("The pod that is made when one is missing; a change touches only pods made "
                        "later."),
    };
    return table;
}

const std::string_view Describe<ReplicationControllerCondition>::doc =
    "One judgement on a ReplicationController.";

std::span<const Field> Describe<ReplicationControllerCondition>::fields() {
    using T = ReplicationControllerCondition;
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

const std::string_view Describe<ReplicationControllerStatus>::doc =
    "How many pods there are, as the controller last counted them.";

std::span<const Field> Describe<ReplicationControllerStatus>::fields() {
    using T = ReplicationControllerStatus;
    static const std::vector<Field> table{
        field<T>("availableReplicas", &T::availableReplicas)
            .documented("Pods that have been ready for at least minReadySeconds."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("The latest judgements on this ReplicationController."),
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

const std::string_view Describe<ReplicationController>::doc =
    "A ReplicationController keeps a number of equal pods running; the elder of the "
    "ReplicaSet, which Deployments use.";

std::span<const Field> Describe<ReplicationController>::fields() {
    using T = ReplicationController;
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
