#include "engine/api/core/affinity.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<NodeSelectorRequirement>::doc = "";

std::span<const Field> Describe<NodeSelectorRequirement>::fields() {
    using T = NodeSelectorRequirement;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always(),
        field<T>("operator", &T::operator_).required().always(),
        field<T>("values", &T::values),
    };
    return table;
}

const std::string_view Describe<NodeSelectorTerm>::doc = "";

std::span<const Field> Describe<NodeSelectorTerm>::fields() {
    using T = NodeSelectorTerm;
    static const std::vector<Field> table{
        field<T>("matchExpressions", &T::matchExpressions),
        field<T>("matchFields", &T::matchFields),
    };
    return table;
}

const std::string_view Describe<PreferredSchedulingTerm>::doc = "";

std::span<const Field> Describe<PreferredSchedulingTerm>::fields() {
    using T = PreferredSchedulingTerm;
    static const std::vector<Field> table{
        field<T>("preference", &T::preference).required(),
        field<T>("weight", &T::weight).required().always(),
    };
    return table;
}

const std::string_view Describe<NodeSelector>::doc = "";

std::span<const Field> Describe<NodeSelector>::fields() {
    using T = NodeSelector;
    static const std::vector<Field> table{
        field<T>("nodeSelectorTerms", &T::nodeSelectorTerms).required().always(),
    };
    return table;
}

const std::string_view Describe<NodeAffinity>::doc = "";

std::span<const Field> Describe<NodeAffinity>::fields() {
    using T = NodeAffinity;
    static const std::vector<Field> table{
        field<T>("preferredDuringSchedulingIgnoredDuringExecution", &T::preferredDuringSchedulingIgnoredDuringExecution),
        field<T>("requiredDuringSchedulingIgnoredDuringExecution", &T::requiredDuringSchedulingIgnoredDuringExecution),
    };
    return table;
}

const std::string_view Describe<PodAffinityTerm>::doc = "";

std::span<const Field> Describe<PodAffinityTerm>::fields() {
    using T = PodAffinityTerm;
    static const std::vector<Field> table{
        field<T>("labelSelector", &T::labelSelector),
        field<T>("matchLabelKeys", &T::matchLabelKeys),
        field<T>("mismatchLabelKeys", &T::mismatchLabelKeys),
        field<T>("namespaceSelector", &T::namespaceSelector),
        field<T>("namespaces", &T::namespaces),
        field<T>("topologyKey", &T::topologyKey).required().always(),
    };
    return table;
}

const std::string_view Describe<WeightedPodAffinityTerm>::doc = "";

std::span<const Field> Describe<WeightedPodAffinityTerm>::fields() {
    using T = WeightedPodAffinityTerm;
    static const std::vector<Field> table{
        field<T>("podAffinityTerm", &T::podAffinityTerm).required(),
        field<T>("weight", &T::weight).required().always(),
    };
    return table;
}

const std::string_view Describe<PodAffinity>::doc = "";

std::span<const Field> Describe<PodAffinity>::fields() {
    using T = PodAffinity;
    static const std::vector<Field> table{
        field<T>("preferredDuringSchedulingIgnoredDuringExecution", &T::preferredDuringSchedulingIgnoredDuringExecution),
        field<T>("requiredDuringSchedulingIgnoredDuringExecution", &T::requiredDuringSchedulingIgnoredDuringExecution),
    };
    return table;
}

const std::string_view Describe<PodAntiAffinity>::doc = "";

std::span<const Field> Describe<PodAntiAffinity>::fields() {
    using T = PodAntiAffinity;
    static const std::vector<Field> table{
        field<T>("preferredDuringSchedulingIgnoredDuringExecution", &T::preferredDuringSchedulingIgnoredDuringExecution),
        field<T>("requiredDuringSchedulingIgnoredDuringExecution", &T::requiredDuringSchedulingIgnoredDuringExecution),
    };
    return table;
}

const std::string_view Describe<Affinity>::doc = "";

std::span<const Field> Describe<Affinity>::fields() {
    using T = Affinity;
    static const std::vector<Field> table{
        field<T>("nodeAffinity", &T::nodeAffinity),
        field<T>("podAffinity", &T::podAffinity),
        field<T>("podAntiAffinity", &T::podAntiAffinity),
    };
    return table;
}

const std::string_view Describe<Toleration>::doc = "";

std::span<const Field> Describe<Toleration>::fields() {
    using T = Toleration;
    static const std::vector<Field> table{
        field<T>("effect", &T::effect),
        field<T>("key", &T::key),
        field<T>("operator", &T::operator_),
        field<T>("tolerationSeconds", &T::tolerationSeconds),
        field<T>("value", &T::value),
    };
    return table;
}

const std::string_view Describe<TopologySpreadConstraint>::doc = "";

std::span<const Field> Describe<TopologySpreadConstraint>::fields() {
    using T = TopologySpreadConstraint;
    static const std::vector<Field> table{
        field<T>("labelSelector", &T::labelSelector),
        field<T>("matchLabelKeys", &T::matchLabelKeys),
        field<T>("maxSkew", &T::maxSkew).required().always(),
        field<T>("minDomains", &T::minDomains),
        field<T>("nodeAffinityPolicy", &T::nodeAffinityPolicy),
        field<T>("nodeTaintsPolicy", &T::nodeTaintsPolicy),
        field<T>("topologyKey", &T::topologyKey).required().always(),
        field<T>("whenUnsatisfiable", &T::whenUnsatisfiable).required().always(),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
