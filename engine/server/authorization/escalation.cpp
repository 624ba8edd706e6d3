#include "engine/server/authorization/escalation.h"

#include <set>

#include "engine/api/codec.h"
#include "engine/api/validation/value_text.h"

namespace kubetab::server {

using api::go_quoted;
using api::Kind;
using api::Object;
using api::PolicyRule;
using api::PolicyRules;
using base::Result;

namespace {

base::Status refused(const Kind& kind, const Object& object, const std::string& why) {
    base::Status status =
        base::failure(base::Reason::Forbidden,
                      kind.resource() + " " + go_quoted(object.metadata.name) + " is forbidden: " + why);
    status.group = kind.group;
    status.kind = kind.plural;
    status.name = object.metadata.name;
    return status;
}

// ["a" "b"], as Go's %q prints a list.
std::string quoted_list(const std::vector<std::string>& values) {
    std::string text = "[";
    for (const std::string& value : values) text += (text.size() > 1 ? " " : "") + go_quoted(value);
    return text + "]";
}

// Why the user may not give these rules away; "" when they may. upstream: ConfirmNoEscalation
std::string problem(const Rbac& rbac, const User& user, const std::string& namespace_,
                    const PolicyRules& rules) {
    const HeldRules held = rbac.rules_for(user, namespace_);
    const PolicyRules missing = api::uncovered(held.rules, rules);
    if (missing.empty()) return {};
    std::set<std::string> lines;
    for (const PolicyRule& rule : api::compacted(missing)) lines.insert(api::compact_text(rule));
    std::string text = "user " + go_quoted(user.name) + " (groups=" + quoted_list(user.groups) +
                       ") is attempting to grant RBAC permissions not currently held:";
    for (const std::string& line : lines) text += "\n" + line;
    if (!held.missing.empty()) text += "; resolution errors: [" + held.missing + "]";
    return text;
}

PolicyRules everything() {
    PolicyRules rules(2);
    rules[0].verbs = rules[0].apiGroups = rules[0].resources = {"*"};
    rules[1].verbs = rules[1].nonResourceURLs = {"*"};
    return rules;
}

Result<void> check_role(const Rbac& rbac, const User& user, const Attributes& attributes, const Kind& kind,
                        const Object& object, const Object* stored) {
    Attributes escalate = attributes;
    escalate.verb = "escalate";
    if (rbac.authorize(user, escalate).allowed) return {};
    const std::string why =
        problem(rbac, user, attributes.namespace_, static_cast<const api::Role&>(object).rules);
    if (!why.empty()) return refused(kind, object, why);
    const auto gathers = [&](const Object* role) {
        return role != nullptr && &kind == &api::kind_of<api::ClusterRole>() &&
               static_cast<const api::ClusterRole*>(role)->aggregationRule.has_value();
    };
    if ((gathers(&object) || gathers(stored)) && !problem(rbac, user, "", everything()).empty())
        return refused(kind, object, "must have cluster-admin privileges to use the aggregationRule");
    return {};
}

Result<void> check_binding(const Rbac& rbac, const User& user, const Attributes& attributes, const Kind& kind,
                           const Object& object) {
    const api::RoleRef& role = static_cast<const api::RoleBinding&>(object).roleRef;
    Attributes bind;
    bind.verb = "bind";
    bind.namespace_ = attributes.namespace_;
    bind.group = role.apiGroup.empty() ? std::string(api::kRbacGroup) : role.apiGroup.str();
    bind.resource = role.kind == "Role" ? "roles" : "clusterroles";
    bind.name = role.name;
    if (rbac.authorize(user, bind).allowed) return {};
    const PolicyRules rules = TRY(rbac.rules_of(role, attributes.namespace_));
    const std::string why = problem(rbac, user, attributes.namespace_, rules);
    if (!why.empty()) return refused(kind, object, why);
    return {};
}

// Who only lets go of an object, so that it can be collected, gives nothing away. upstream:
// IsOnlyMutatingGCFields
bool only_lets_go(const Kind& kind, const Object& object, const Object& stored) {
    const std::shared_ptr<Object> same = kind.copy(object);
    same->metadata.ownerReferences = stored.metadata.ownerReferences;
    same->metadata.finalizers = stored.metadata.finalizers;
    return api::equal(*kind.type, same.get(), &stored);
}

}  // namespace

Result<void> check_escalation(const Rbac& rbac, const User& user, const Attributes& attributes,
                              const Kind& kind, const Object& object, const Object* stored) {
    if (kind.group != api::kRbacGroup || user.in_group(kMasters)) return {};
    if (stored != nullptr && only_lets_go(kind, object, *stored)) return {};
    const bool role = &kind == &api::kind_of<api::Role>() || &kind == &api::kind_of<api::ClusterRole>();
    return role ? check_role(rbac, user, attributes, kind, object, stored)
                : check_binding(rbac, user, attributes, kind, object);
}

}  // namespace kubetab::server
