#include "engine/api/core/affinity.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<NodeSelectorRequirement>::doc = "A test of one label or field of a node.";

std::span<const Field> Describe<NodeSelectorRequirement>::fields() {
    using T = NodeSelectorRequirement;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("The label, or the field, that is looked at."),
        field<T>("operator", &T::operator_).required().always().one_of("In|NotIn|Exists|DoesNotExist|Gt|Lt")
            .documented("How the value is compared; Gt and Lt read it as a number."),
        field<T>("values", &T::values)
            .documented("What to compare with: several for In and NotIn, one for Gt and Lt, none for the "
                        "others."),
    };
    return table;
}

const std::string_view Describe<NodeSelectorTerm>::doc =
    "Tests that a node must pass all together; an empty term matches no node.";

std::span<const Field> Describe<NodeSelectorTerm>::fields() {
    using T = NodeSelectorTerm;
    static const std::vector<Field> table{
        field<T>("matchExpressions", &T::matchExpressions)
            .documented("Tests of the node's labels."),
        field<T>("matchFields", &T::matchFields)
            .documented("Tests of the node's fields; only metadata.name is possible."),
    };
    return table;
}

const std::string_view Describe<PreferredSchedulingTerm>::doc =
    "A wish for certain nodes and how much it counts.";

std::span<const Field> Describe<PreferredSchedulingTerm>::fields() {
    using T = PreferredSchedulingTerm;
    static const std::vector<Field> table{
        field<T>("preference", &T::preference).required()
            .documented("The nodes that are wished for."),
        field<T>("weight", &T::weight).required().always()
            .documented("Points, 1 to 100, that such a node gets."),
    };
    return table;
}

const std::string_view Describe<NodeSelector>::doc = "A choice of nodes: whoever passes one of the terms.";

std::span<const Field> Describe<NodeSelector>::fields() {
    using T = NodeSelector;
    static const std::vector<Field> table{
        field<T>("nodeSelectorTerms", &T::nodeSelectorTerms).required().always()
            .documented("The terms; one match is enough."),
    };
    return table;
}

const std::string_view Describe<NodeAffinity>::doc = "Which nodes a pod must or would rather run on.";

std::span<const Field> Describe<NodeAffinity>::fields() {
    using T = NodeAffinity;
    static const std::vector<Field> table{
        field<T>("preferredDuringSchedulingIgnoredDuringExecution", &T::preferredDuringSchedulingIgnoredDuringExecution)
            .documented("Wishes: nodes that fulfil them get points, the others stay possible."),
        field<T>("requiredDuringSchedulingIgnoredDuringExecution", &T::requiredDuringSchedulingIgnoredDuringExecution)
            .documented("Conditions: only such nodes are possible; pods that run already stay."),
    };
    return table;
}

const std::string_view Describe<PodAffinityTerm>::doc =
    "A set of pods, and what counts as being in one place with them.";

std::span<const Field> Describe<PodAffinityTerm>::fields() {
    using T = PodAffinityTerm;
    static const std::vector<Field> table{
        field<T>("labelSelector", &T::labelSelector)
            .documented("The pods, by their labels; left out, none."),
        field<T>("matchLabelKeys", &T::matchLabelKeys)
            .documented("Labels whose values are taken from the incoming pod and added to labelSelector "
                        "with In."),
        field<T>("mismatchLabelKeys", &T::mismatchLabelKeys)
            .documented("Labels whose values are taken from the incoming pod and added to labelSelector "
                        "with NotIn."),
        field<T>("namespaceSelector", &T::namespaceSelector)
            .documented("Namespaces to look in, by their labels; {} means all of them."),
        field<T>("namespaces", &T::namespaces)
            .documented("Namespaces to look in, by name; with neither, the pod's own."),
        field<T>("topologyKey", &T::topologyKey).required().always()
            .documented("The node label that says what one place is, such as kubernetes.io/hostname."),
    };
    return table;
}

const std::string_view Describe<WeightedPodAffinityTerm>::doc =
    "A wish to be near, or away from, certain pods and how much it counts.";

std::span<const Field> Describe<WeightedPodAffinityTerm>::fields() {
    using T = WeightedPodAffinityTerm;
    static const std::vector<Field> table{
        field<T>("podAffinityTerm", &T::podAffinityTerm).required()
            .documented("The pods, and what counts as near."),
        field<T>("weight", &T::weight).required().always()
            .documented("Points, 1 to 100, for a node where it comes true."),
    };
    return table;
}

const std::string_view Describe<PodAffinity>::doc = "Which other pods a pod wants to be near.";

std::span<const Field> Describe<PodAffinity>::fields() {
    using T = PodAffinity;
    static const std::vector<Field> table{
        field<T>("preferredDuringSchedulingIgnoredDuringExecution", &T::preferredDuringSchedulingIgnoredDuringExecution)
            .documented("Wishes: places near such pods get points."),
        field<T>("requiredDuringSchedulingIgnoredDuringExecution", &T::requiredDuringSchedulingIgnoredDuringExecution)
            .documented("Conditions: only places near all of these pods are possible."),
    };
    return table;
}

const std::string_view Describe<PodAntiAffinity>::doc = "Which other pods a pod wants to keep away from.";

std::span<const Field> Describe<PodAntiAffinity>::fields() {
    using T = PodAntiAffinity;
    static const std::vector<Field> table{
        field<T>("preferredDuringSchedulingIgnoredDuringExecution", &T::preferredDuringSchedulingIgnoredDuringExecution)
            .documented("Wishes: places with such pods lose points."),
        field<T>("requiredDuringSchedulingIgnoredDuringExecution", &T::requiredDuringSchedulingIgnoredDuringExecution)
            .documented("Conditions: places where any such pod runs are impossible."),
    };
    return table;
}

const std::string_view Describe<Affinity>::doc =
    "Where a pod should run: by properties of nodes and by its neighbours.";

std::span<const Field> Describe<Affinity>::fields() {
    using T = Affinity;
    static const std::vector<Field> table{
        field<T>("nodeAffinity", &T::nodeAffinity)
            .documented("Rules about the labels of nodes."),
        field<T>("podAffinity", &T::podAffinity)
            .documented("Rules about pods to be near."),
        field<T>("podAntiAffinity", &T::podAntiAffinity)
            .documented("Rules about pods to keep away from."),
    };
    return table;
}

const std::string_view Describe<Toleration>::doc = "A taint of nodes that the pod puts up with.";

std::span<const Field> Describe<Toleration>::fields() {
    using T = Toleration;
    static const std::vector<Field> table{
        field<T>("effect", &T::effect).one_of("NoSchedule|PreferNoSchedule|NoExecute")
            .documented("The effect that is tolerated; left out, every one."),
        field<T>("key", &T::key)
            .documented("The taint's key; left out, with operator Exists, every taint."),
        field<T>("operator", &T::operator_).one_of("Exists|Equal")
            .documented("Equal (the default) compares the value too; Exists takes any value."),
        field<T>("tolerationSeconds", &T::tolerationSeconds)
            .documented("With NoExecute: how long the pod may stay once the taint is there; left out, for "
                        "ever."),
        field<T>("value", &T::value)
            .documented("The taint's value, for operator Equal."),
    };
    return table;
}

const std::string_view Describe<TopologySpreadConstraint>::doc =
    "How evenly pods should be spread over zones, nodes or other groups of nodes.";

std::span<const Field> Describe<TopologySpreadConstraint>::fields() {
    using T = TopologySpreadConstraint;
    static const std::vector<Field> table{
        field<T>("labelSelector", &T::labelSelector)
            .documented("The pods that are counted in each group."),
        field<T>("matchLabelKeys", &T::matchLabelKeys)
            .documented("Labels whose values are taken from the incoming pod and narrow labelSelector."),
        field<T>("maxSkew", &T::maxSkew).required().always()
            .documented("How many pods the fullest group may have more than the emptiest one."),
        field<T>("minDomains", &T::minDomains)
            .documented("With fewer groups than this, the emptiest is taken to have no pod; DoNotSchedule "
                        "only."),
        field<T>("nodeAffinityPolicy", &T::nodeAffinityPolicy).one_of("Honor|Ignore")
            .documented("Honor (the default) counts only nodes that the pod's node rules allow."),
        field<T>("nodeTaintsPolicy", &T::nodeTaintsPolicy).one_of("Honor|Ignore")
            .documented("Honor counts only nodes whose taints are tolerated; Ignore (the default) counts "
                        "all."),
        field<T>("topologyKey", &T::topologyKey).required().always()
            .documented("The node label whose values make the groups."),
        field<T>("whenUnsatisfiable", &T::whenUnsatisfiable).required().always()
            .one_of("DoNotSchedule|ScheduleAnyway")
            .documented("DoNotSchedule lets the pod wait; ScheduleAnyway only prefers emptier groups."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
