// What the commands about roles and rights share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/policy_rules.h"
#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec auth_command();
CommandSpec auth_can_i_command();
CommandSpec auth_reconcile_command();
CommandSpec auth_whoami_command();
CommandSpec create_cluster_role_command();
CommandSpec create_cluster_role_binding_command();
CommandSpec create_role_command();
CommandSpec create_role_binding_command();
CommandSpec create_token_command();

// The rules of a role, or of anything that has such a list under `rules`.
api::PolicyRules rules_of(const base::Json& role);
// Resources, paths, names and verbs of each rule, in the order in which kubectl shows them.
std::vector<std::vector<std::string>> rule_rows(const api::PolicyRules& rules);

}  // namespace kubetab::kubectl
