#include "engine/api/validation/rbac.h"

#include <initializer_list>

#include "engine/api/validation/metadata.h"

namespace kubetab::api {
namespace {

enum class Scope { Namespace, Cluster };

void validate_rule(const PolicyRule& rule, Scope scope, const Path& path, Errors& errors) {
    if (rule.verbs.empty()) errors.required(path.child("verbs"), "verbs must contain at least one value");
    if (!rule.nonResourceURLs.empty()) {
        const Path urls = path.child("nonResourceURLs");
        const std::string value = go_text(rule.nonResourceURLs);
        const bool mixed = !rule.apiGroups.empty() || !rule.resources.empty() || !rule.resourceNames.empty();
        if (scope == Scope::Namespace)
            errors.invalid(urls, value, "namespaced rules cannot apply to non-resource URLs");
        if (mixed)
            errors.invalid(urls, value, "rules cannot apply to both regular resources and non-resource URLs");
        return;
    }
    if (rule.apiGroups.empty())
        errors.required(path.child("apiGroups"), "resource rules must supply at least one api group");
    if (rule.resources.empty())
        errors.required(path.child("resources"), "resource rules must supply at least one resource");
}

void validate_rules(const std::vector<PolicyRule>& rules, Scope scope, Errors& errors) {
    for (std::size_t i = 0; i < rules.size(); ++i)
        validate_rule(rules[i], scope, Path("rules").index(i), errors);
}

void validate_subject(const Subject& subject, Scope scope, const Path& path, Errors& errors) {
    if (subject.name.empty()) errors.required(path.child("name"));
    if (subject.kind == "ServiceAccount") {
        if (!subject.name.empty()) errors.check(path.child("name"), subject.name, dns_subdomain);
        errors.one_of(path.child("apiGroup"), subject.apiGroup, {""});
        if (scope == Scope::Cluster && subject.namespace_.empty()) errors.required(path.child("namespace"));
    } else if (subject.kind == "User" || subject.kind == "Group") {
        errors.one_of(path.child("apiGroup"), subject.apiGroup, {kRbacGroup});
    } else {
        errors.one_of(path.child("kind"), subject.kind, {"ServiceAccount", "User", "Group"});
    }
}

void validate_binding(const RoleBinding& object, Scope scope, Errors& errors) {
    const Path role("roleRef");
    errors.one_of(role.child("apiGroup"), object.roleRef.apiGroup, {kRbacGroup});
    if (scope == Scope::Cluster) {
        errors.one_of(role.child("kind"), object.roleRef.kind, {"ClusterRole"});
    } else {
        errors.one_of(role.child("kind"), object.roleRef.kind, {"Role", "ClusterRole"});
    }
    if (object.roleRef.name.empty()) {
        errors.required(role.child("name"));
    } else {
        errors.check(role.child("name"), object.roleRef.name, path_segment);
    }
    for (std::size_t i = 0; i < object.subjects.size(); ++i)
        validate_subject(object.subjects[i], scope, Path("subjects").index(i), errors);
}

void validate_same_role(const RoleRef& now, const RoleRef& old, Errors& errors) {
    if (now == old) return;
    errors.invalid(Path("roleRef"),
                   "rbac.RoleRef{APIGroup:" + go_quoted(now.apiGroup) + ", Kind:" + go_quoted(now.kind) +
                       ", Name:" + go_quoted(now.name) + "}",
                   "cannot change roleRef");
}

}  // namespace

void validate_role(const Role& object, Errors& errors) {
    validate_rules(object.rules, Scope::Namespace, errors);
}

void validate_cluster_role(const ClusterRole& object, Errors& errors) {
    validate_rules(object.rules, Scope::Cluster, errors);
    if (!object.aggregationRule) return;
    const Path path = Path("aggregationRule").child("clusterRoleSelectors");
    const std::vector<LabelSelector>& selectors = object.aggregationRule->clusterRoleSelectors;
    if (selectors.empty())
        errors.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    for (std::size_t i = 0; i < selectors.size(); ++i)
        validate_label_selector(selectors[i], path.index(i), errors);
}

void validate_role_binding(const RoleBinding& object, Errors& errors) {
    validate_binding(object, Scope::Namespace, errors);
}

void validate_role_binding_update(const RoleBinding& now, const RoleBinding& old, Errors& errors) {
    validate_role_binding(now, errors);
    validate_same_role(now.roleRef, old.roleRef, errors);
}

void validate_cluster_role_binding(const ClusterRoleBinding& object, Errors& errors) {
    validate_binding(object, Scope::Cluster, errors);
}

void validate_cluster_role_binding_update(const ClusterRoleBinding& now, const ClusterRoleBinding& old,
                                          Errors& errors) {
    validate_cluster_role_binding(now, errors);
    validate_same_role(now.roleRef, old.roleRef, errors);
}

}  // namespace kubetab::api
