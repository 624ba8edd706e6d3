// Rbac: who may do what, by the roles and bindings in the store.
//
// Reads the store at every question and keeps nothing, so that a changed role counts at once. The typed
// client of the control plane's own processes is not asked.
//
// upstream: plugin/pkg/auth/authorizer/rbac/rbac.go; pkg/registry/rbac/validation/rule.go
// differs: no node authorizer, because kubelets here use the typed client.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/api/policy_rules.h"
#include "engine/base/status.h"
#include "engine/server/authorization/user.h"
#include "engine/store/store.h"

namespace kubetab::server {

// What somebody wants to do: with a resource, or with a path that is none.
struct Attributes {
    std::string verb{};
    std::string namespace_{};
    std::string group{};
    std::string resource{};
    std::string subresource{};
    std::string name{};
    std::string path{};  // when it is no resource
    bool on_resource = true;
};

struct Decision {
    bool allowed = false;
    std::string reason{};  // which binding allows it, or which role is missing; may be empty
};

// The rules that hold for somebody, and which roles of their bindings are missing.
struct HeldRules {
    api::PolicyRules rules{};
    std::string missing{};  // the failures as one text; "" is none
};

class Rbac {
public:
    // The store outlives it.
    explicit Rbac(const store::Store& store) : store_(store) {}

    Decision authorize(const User& user, const Attributes& attributes) const;
    // In a namespace ("" is outside all of them).
    HeldRules rules_for(const User& user, const std::string& namespace_) const;
    // The rules of the role that a binding in that namespace gives. NotFound when there is no such role.
    base::Result<api::PolicyRules> rules_of(const api::RoleRef& role, const std::string& namespace_) const;

private:
    struct Grant {
        const api::PolicyRule* rule = nullptr;
        const api::RoleBinding* binding = nullptr;
        const api::Subject* subject = nullptr;
    };
    // Sees every rule until it returns false.
    using Visitor = std::function<bool(const Grant&)>;
    void visit(const User& user, const std::string& namespace_, std::vector<std::string>& missing,
               const Visitor& visitor) const;
    bool visit_binding(const User& user, const api::RoleBinding& binding, std::vector<std::string>& missing,
                       const Visitor& visitor) const;
    base::Result<api::Ref<api::Role>> role_of(const api::RoleRef& role, const std::string& namespace_) const;

    const store::Store& store_;
};

// `pods "x" is forbidden: User "bob" cannot get resource "pods" in API group "" in the namespace "default"`
// upstream: apiserver/pkg/endpoints/handlers/responsewriters/errors.go [ForbiddenStatusError]
base::Status not_authorized(const User& user, const Attributes& attributes, const std::string& reason);

}  // namespace kubetab::server
