// What can be done with the rules of roles: taken apart, put together, compared.
// upstream: component-helpers/auth/rbac/validation/policy_comparator.go;
// pkg/registry/rbac/validation/policy_compact.go; kubectl/pkg/util/rbac/rbac.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/rbac.h"

namespace kubetab::api {

using PolicyRules = std::vector<PolicyRule>;

// The rule as rules of one group, one resource, one name and one verb each, or of one path and one verb.
PolicyRules break_down(const PolicyRule& rule);
// Rules of one group and one resource that differ in their verbs only become one, after all others; each verb
// once.
PolicyRules compacted(const PolicyRules& rules);
// The parts of `wanted` that no rule of `held` allows. Empty: everything is covered.
PolicyRules uncovered(const PolicyRules& held, const PolicyRules& wanted);

bool allows_verb(const PolicyRule& rule, std::string_view verb);
// `resource` is "pods" or "pods/log".
bool allows_resource(const PolicyRule& rule, std::string_view group, std::string_view resource,
                     std::string_view name);
bool allows_path(const PolicyRule& rule, std::string_view path);

// As Go prints the rule's message, which kubectl sorts by: &PolicyRule{Verbs:[get],APIGroups:[],…}.
std::string message_text(const PolicyRule& rule);
// {APIGroups:["apps"], Resources:["deployments"], Verbs:["get"]}
std::string compact_text(const PolicyRule& rule);
// [a b], as Go's %v prints a list.
std::string list_text(const std::vector<Text>& values);

}  // namespace kubetab::api
