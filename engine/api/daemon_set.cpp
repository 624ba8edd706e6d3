#include "engine/api/daemon_set.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<RollingUpdateDaemonSet>::doc =
    "How far a rolling update of a DaemonSet may go below or above a pod per node.";

std::span<const Field> Describe<RollingUpdateDaemonSet>::fields() {
    using T = RollingUpdateDaemonSet;
    static const std::vector<Field> table{
        field<T>("maxSurge", &T::maxSurge)
            .documented("On how many nodes a new pod may start beside the old one: a number or a share, "
                        "0 by default."),
        field<T>("maxUnavailable", &T::maxUnavailable)
            .documented("On how many nodes the pod may be missing during an update: a number or a "
                        "share, 1 by default."),
    };
    return table;
}

const std::string_view Describe<DaemonSetUpdateStrategy>::doc =
    "How old pods of a DaemonSet give way to new ones.";

std::span<const Field> Describe<DaemonSetUpdateStrategy>::fields() {
    using T = DaemonSetUpdateStrategy;
    static const std::vector<Field> table{
        field<T>("rollingUpdate", &T::rollingUpdate)
            .documented("The pace of a rolling update; only with type RollingUpdate."),
        field<T>("type", &T::type).preset(R"("RollingUpdate")").one_of("OnDelete|RollingUpdate")
            .documented("RollingUpdate (the default) replaces pods node by node; OnDelete waits until "
                        "you delete the old ones."),
    };
    return table;
}

const std::string_view Describe<DaemonSetSpec>::doc =
    "Which pod should run on which nodes, and how it is replaced.";

std::span<const Field> Describe<DaemonSetSpec>::fields() {
    using T = DaemonSetSpec;
    static const std::vector<Field> table{
        field<T>("minReadySeconds", &T::minReadySeconds)
            .documented("How long a new pod must stay ready before it counts as available."),
        field<T>("revisionHistoryLimit", &T::revisionHistoryLimit).preset("10")
            .documented("How many old revisions are kept for going back to them; 10 by default."),
        field<T>("selector", &T::selector).required()
            .documented("Which pods belong to this DaemonSet; must match the labels of the template and "
                        "stays as it is."),
        field<T>("template", &T::template_).required().always()
            .documented("The pod that every suitable node gets; its node selector, affinity and "
                        "tolerations say which are suitable."),
        field<T>("updateStrategy", &T::updateStrategy)
            .documented("How pods are replaced when the template changes."),
    };
    return table;
}

const std::string_view Describe<DaemonSetCondition>::doc =
    "One judgement on a DaemonSet; its controller makes none so far.";

std::span<const Field> Describe<DaemonSetCondition>::fields() {
    using T = DaemonSetCondition;
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
            .documented("What is judged."),
    };
    return table;
}

const std::string_view Describe<DaemonSetStatus>::doc =
    "On how many nodes the pod should run and does, as the controller last counted.";

std::span<const Field> Describe<DaemonSetStatus>::fields() {
    using T = DaemonSetStatus;
    static const std::vector<Field> table{
        field<T>("collisionCount", &T::collisionCount)
            .documented("How often the name of a new revision was taken already; goes into the next "
                        "name."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("The latest judgements on this DaemonSet."),
        field<T>("currentNumberScheduled", &T::currentNumberScheduled).required().always()
            .documented("Nodes that should run the pod and have at least one."),
        field<T>("desiredNumberScheduled", &T::desiredNumberScheduled).required().always()
            .documented("Nodes that should run the pod."),
        field<T>("numberAvailable", &T::numberAvailable)
            .documented("Nodes whose pod has been ready for at least minReadySeconds."),
        field<T>("numberMisscheduled", &T::numberMisscheduled).required().always()
            .documented("Nodes that run the pod and should not."),
        field<T>("numberReady", &T::numberReady).required().always()
            .documented("Nodes whose pod is ready."),
        field<T>("numberUnavailable", &T::numberUnavailable)
            .documented("Nodes that should run the pod and have no available one."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the controller has acted on."),
        field<T>("updatedNumberScheduled", &T::updatedNumberScheduled)
            .documented("Nodes whose pod was made from the present template."),
    };
    return table;
}

const std::string_view Describe<DaemonSet>::doc =
    "A DaemonSet runs one pod on every node that suits it, and on nodes that join "
    "later.";

std::span<const Field> Describe<DaemonSet>::fields() {
    using T = DaemonSet;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: which pod, on which nodes, replaced how."),
        field<T>("status", &T::status)
            .documented("What there is: counts of nodes; written by the controller."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
