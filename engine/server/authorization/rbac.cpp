#include "engine/server/authorization/rbac.h"

#include "engine/api/validation/value_text.h"

namespace kubetab::server {

using api::go_quoted;
using api::Ref;
using api::Role;
using api::RoleBinding;
using api::Subject;
using base::Result;

namespace {

// upstream: appliesToUser
bool is_about(const Subject& subject, const User& user, const std::string& namespace_) {
    if (subject.kind == "User") return subject.name == user.name;
    if (subject.kind == "Group") return user.in_group(subject.name);
    if (subject.kind != "ServiceAccount") return false;
    const std::string& home = subject.namespace_.empty() ? namespace_ : subject.namespace_.str();
    return !home.empty() && user.name == account_user_name(home, subject.name);
}

bool allows(const api::PolicyRule& rule, const Attributes& attributes, const std::string& resource) {
    if (!api::allows_verb(rule, attributes.verb)) return false;
    if (!attributes.on_resource) return api::allows_path(rule, attributes.path);
    return api::allows_resource(rule, attributes.group, resource, attributes.name);
}

// upstream: rbac.go [clusterRoleBindingDescriber, roleBindingDescriber]
std::string describe(const RoleBinding& binding, const Subject& subject) {
    const std::string& home = binding.metadata.namespace_;
    std::string who = subject.name;
    if (subject.kind == "ServiceAccount")
        who += "/" + (subject.namespace_.empty() ? home : subject.namespace_.str());
    const std::string name = binding.metadata.name + (home.empty() ? std::string() : "/" + home);
    return "RBAC: allowed by " + std::string(home.empty() ? "ClusterRoleBinding " : "RoleBinding ") +
           go_quoted(name) + " of " + binding.roleRef.kind + " " + go_quoted(binding.roleRef.name) + " to " +
           subject.kind + " " + go_quoted(who);
}

std::string resource_text(const Attributes& attributes) {
    return attributes.subresource.empty() ? attributes.resource
                                          : attributes.resource + "/" + attributes.subresource;
}

// upstream: utilerrors.NewAggregate
std::string joined(const std::vector<std::string>& errors) {
    if (errors.size() < 2) return errors.empty() ? "" : errors.front();
    std::string text = "[";
    for (const std::string& error : errors) text.append(text.size() > 1 ? ", " : "").append(error);
    return text + "]";
}

}  // namespace

// upstream: DefaultRuleResolver.GetRoleReferenceRules; the listers name the resource in the singular
Result<Ref<Role>> Rbac::role_of(const api::RoleRef& role, const std::string& namespace_) const {
    const bool of_cluster = role.kind == "ClusterRole";
    if (!of_cluster && role.kind != "Role") {
        return base::failure(base::Reason::Unknown,
                             "unsupported role reference kind: " + go_quoted(role.kind));
    }
    const api::Kind& kind = of_cluster ? api::kind_of<api::ClusterRole>() : api::kind_of<Role>();
    const Ref<api::Object> found = store_.get(kind, {of_cluster ? "" : namespace_, role.name});
    if (found) return api::cast<Role>(found);
    base::Status status = base::failure(base::Reason::NotFound, std::string(kind.singular) + "." +
                                                                    std::string(api::kRbacGroup) + " " +
                                                                    go_quoted(role.name) + " not found");
    status.group = api::kRbacGroup;
    status.kind = kind.singular;
    status.name = role.name;
    return status;
}

Result<api::PolicyRules> Rbac::rules_of(const api::RoleRef& role, const std::string& namespace_) const {
    return TRY(role_of(role, namespace_))->rules;
}

bool Rbac::visit_binding(const User& user, const RoleBinding& binding, std::vector<std::string>& missing,
                         const Visitor& visitor) const {
    const std::string& namespace_ = binding.metadata.namespace_;
    for (const Subject& subject : binding.subjects) {
        if (!is_about(subject, user, namespace_)) continue;
        const Result<Ref<Role>> role = role_of(binding.roleRef, namespace_);
        if (!role.ok()) {
            missing.push_back(role.error().message);
            return true;
        }
        for (const api::PolicyRule& rule : (*role)->rules) {
            if (!visitor({&rule, &binding, &subject})) return false;
        }
        return true;
    }
    return true;
}

void Rbac::visit(const User& user, const std::string& namespace_, std::vector<std::string>& missing,
                 const Visitor& visitor) const {
    for (const auto& [key, object] : store_.all(api::kind_of<api::ClusterRoleBinding>())) {
        if (!visit_binding(user, static_cast<const RoleBinding&>(*object), missing, visitor)) return;
    }
    if (namespace_.empty()) return;
    const api::ObjectMap& bindings = store_.all(api::kind_of<RoleBinding>());
    for (auto it = bindings.lower_bound({namespace_, ""}); it != bindings.end(); ++it) {
        const auto& [key, object] = *it;
        if (key.namespace_ != namespace_) return;
        if (!visit_binding(user, static_cast<const RoleBinding&>(*object), missing, visitor)) return;
    }
}

Decision Rbac::authorize(const User& user, const Attributes& attributes) const {
    if (user.in_group(kMasters)) return {.allowed = true};
    const std::string resource = resource_text(attributes);
    Decision decision;
    std::vector<std::string> missing;
    visit(user, attributes.namespace_, missing, [&](const Grant& grant) {
        if (!allows(*grant.rule, attributes, resource)) return true;
        decision = {.allowed = true, .reason = describe(*grant.binding, *grant.subject)};
        return false;
    });
    if (!decision.allowed && !missing.empty()) decision.reason = "RBAC: " + joined(missing);
    return decision;
}

HeldRules Rbac::rules_for(const User& user, const std::string& namespace_) const {
    HeldRules held;
    std::vector<std::string> missing;
    visit(user, namespace_, missing, [&](const Grant& grant) {
        held.rules.push_back(*grant.rule);
        return true;
    });
    held.missing = joined(missing);
    return held;
}

base::Status not_authorized(const User& user, const Attributes& attributes, const std::string& reason) {
    std::string text = "User " + go_quoted(user.name) + " cannot " + attributes.verb;
    if (!attributes.on_resource) {
        text += " path " + go_quoted(attributes.path);
    } else {
        text += " resource " + go_quoted(resource_text(attributes)) + " in API group " +
                go_quoted(attributes.group) +
                (attributes.namespace_.empty() ? " at the cluster scope"
                                               : " in the namespace " + go_quoted(attributes.namespace_));
    }
    if (!reason.empty()) text += ": " + reason;
    std::string what = attributes.resource;
    if (!attributes.group.empty()) what += "." + attributes.group;
    std::string message = "forbidden: " + text;
    if (!what.empty()) {
        message = what + (attributes.name.empty() ? "" : " " + go_quoted(attributes.name)) +
                  " is forbidden: " + text;
    }
    base::Status status = base::failure(base::Reason::Forbidden, message);
    status.group = attributes.group;
    status.kind = attributes.resource;
    status.name = attributes.name;
    return status;
}

}  // namespace kubetab::server
