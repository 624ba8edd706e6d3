#include "engine/api/rbac.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PolicyRule>::doc =
    "A PolicyRule says what may be done with which resources or paths.";

std::span<const Field> Describe<PolicyRule>::fields() {
    using T = PolicyRule;
    static const std::vector<Field> table{
        field<T>("apiGroups", &T::apiGroups)
            .documented("API groups of the resources; \"\" is the core group and \"*\" is every group."),
        field<T>("nonResourceURLs", &T::nonResourceURLs)
            .documented("Paths that are no resources; a \"*\" at the end stands for any rest. Only cluster roles have them."),
        field<T>("resourceNames", &T::resourceNames)
            .documented("Names of the objects that the rule is about; none means all of them."),
        field<T>("resources", &T::resources)
            .documented("Resources, or resource/subresource; \"*\" is every one."),
        field<T>("verbs", &T::verbs).required().always()
            .documented("What may be done; \"*\" is everything."),
    };
    return table;
}

const std::string_view Describe<Role>::doc =
    "A Role is a list of rights in one namespace; a RoleBinding gives them to somebody.";

std::span<const Field> Describe<Role>::fields() {
    using T = Role;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("rules", &T::rules).always()
            .documented("The rights, each with the resources it is about."),
    };
    return table;
}

const std::string_view Describe<AggregationRule>::doc =
    "An AggregationRule says from which other cluster roles the rules are gathered.";

std::span<const Field> Describe<AggregationRule>::fields() {
    using T = AggregationRule;
    static const std::vector<Field> table{
        field<T>("clusterRoleSelectors", &T::clusterRoleSelectors)
            .documented("Labels of cluster roles; the rules of those that any selector finds are gathered."),
    };
    return table;
}

const std::string_view Describe<ClusterRole>::doc =
    "A ClusterRole is a list of rights that are given in one namespace by a RoleBinding, or everywhere by a ClusterRoleBinding.";

std::span<const Field> Describe<ClusterRole>::fields() {
    using T = ClusterRole;
    static const std::vector<Field> table{
        field<T>("aggregationRule", &T::aggregationRule)
            .documented("When set, a controller fills the rules from other cluster roles, and what is written there is lost."),
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("rules", &T::rules).always()
            .documented("The rights, each with the resources or paths it is about."),
    };
    return table;
}

const std::string_view Describe<RoleRef>::doc = "A RoleRef names the role that a binding gives.";

std::span<const Field> Describe<RoleRef>::fields() {
    using T = RoleRef;
    static const std::vector<Field> table{
        field<T>("apiGroup", &T::apiGroup).required().always()
            .documented("API group of the role: rbac.authorization.k8s.io."),
        field<T>("kind", &T::kind).required().always()
            .documented("Role or ClusterRole."),
        field<T>("name", &T::name).required().always()
            .documented("Name of the role."),
    };
    return table;
}

const std::string_view Describe<Subject>::doc = "A Subject is a user, a group or a service account.";

std::span<const Field> Describe<Subject>::fields() {
    using T = Subject;
    static const std::vector<Field> table{
        field<T>("apiGroup", &T::apiGroup)
            .documented("API group of the subject: \"\" for a service account, rbac.authorization.k8s.io for users and groups."),
        field<T>("kind", &T::kind).required().always()
            .documented("User, Group or ServiceAccount."),
        field<T>("name", &T::name).required().always()
            .documented("Name of the subject."),
        field<T>("namespace", &T::namespace_)
            .documented("Namespace of a service account; users and groups have none."),
    };
    return table;
}

const std::string_view Describe<RoleBinding>::doc =
    "A RoleBinding gives the rights of a role, in its own namespace, to its subjects.";

std::span<const Field> Describe<RoleBinding>::fields() {
    using T = RoleBinding;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("roleRef", &T::roleRef).required()
            .documented("The role whose rights are given; it cannot be changed."),
        field<T>("subjects", &T::subjects)
            .documented("Who gets the rights."),
    };
    return table;
}

const std::string_view Describe<ClusterRoleBinding>::doc =
    "A ClusterRoleBinding gives the rights of a cluster role, in every namespace and beyond, to its subjects.";

std::span<const Field> Describe<ClusterRoleBinding>::fields() {
    return Describe<RoleBinding>::fields();
}

// clang-format on

}  // namespace kubetab::api
