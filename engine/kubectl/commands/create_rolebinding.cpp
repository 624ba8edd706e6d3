// kubectl create rolebinding and clusterrolebinding. upstream: kubectl/pkg/cmd/create/create_rolebinding.go,
// create_clusterrolebinding.go
#include <utility>

#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

base::Result<Json> subjects_of(const Context& context) {
    Json subjects = Json::array();
    for (const auto& [flag, kind] : {std::pair{"user", "User"}, std::pair{"group", "Group"}}) {
        for (const std::string& name : context.flags.list(flag))
            subjects.push_back({{"apiGroup", api::kRbacGroup}, {"kind", kind}, {"name", name}});
    }
    for (const std::string& account : context.flags.list("serviceaccount")) {
        const std::vector<std::string> parts = split(account, ':');
        if (parts.size() != 2 || parts[0].empty() || parts[1].empty())
            return client_error("serviceaccount must be <namespace>:<name>");
        subjects.push_back({{"kind", "ServiceAccount"}, {"name", parts[1]}, {"namespace", parts[0]}});
    }
    return subjects;
}

Outcome create_binding(Context& context, std::string_view kind, std::string_view role_kind,
                       const std::string& role) {
    base::Result<Json> subjects = subjects_of(context);
    if (!subjects) return subjects.error();
    Json object = created_object(std::string(api::kRbacGroup) + "/v1", kind, context.arguments.front());
    object["roleRef"] = {{"apiGroup", api::kRbacGroup}, {"kind", role_kind}, {"name", role}};
    if (!subjects->empty()) object["subjects"] = std::move(*subjects);
    return create_typed(context, std::move(object), lower(kind) + ":");
}

Outcome run_role_binding(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    const std::string& role = context.flags.text("role");
    const std::string& cluster_role = context.flags.text("clusterrole");
    if (role.empty() == cluster_role.empty())
        return client_error("exactly one of clusterrole or role must be specified");
    return role.empty() ? create_binding(context, "RoleBinding", "ClusterRole", cluster_role)
                        : create_binding(context, "RoleBinding", "Role", role);
}

Outcome run_cluster_role_binding(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    return create_binding(context, "ClusterRoleBinding", "ClusterRole", context.flags.text("clusterrole"));
}

FlagTable subject_flags() {
    return {
        {"group", 0, FlagType::TextArray, "", "Groups to bind to the role, may be repeated"},
        {"serviceaccount", 0, FlagType::TextArray, "",
         "Service accounts to bind to the role, in the format <namespace>:<name>, may be repeated"},
        {"user", 0, FlagType::TextArray, "", "Usernames to bind to the role, may be repeated"},
    };
}

}  // namespace

CommandSpec create_role_binding_command() {
    const FlagTable flags = {
        {"clusterrole", 0, FlagType::Text, "", "ClusterRole this RoleBinding should reference"},
        {"role", 0, FlagType::Text, "", "Role this RoleBinding should reference"},
    };
    return {
        .path = "create rolebinding",
        .aliases = {},
        .summary = "Create a role binding for a particular role or cluster role",
        .usage =
            "create rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] "
            "[--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none] [options]",
        .examples =
            "  # Let alice and an account read in this namespace\n  kubectl create rolebinding readers "
            "--clusterrole=view --user=alice --serviceaccount=default:bot",
        .flags = flags + subject_flags() + typed_create_flags(),
        .run = run_role_binding,
        .group = "",
    };
}

CommandSpec create_cluster_role_binding_command() {
    const FlagTable flags = {
        {"clusterrole", 0, FlagType::Text, "", "ClusterRole this ClusterRoleBinding should reference", "",
         true},
    };
    return {
        .path = "create clusterrolebinding",
        .aliases = {},
        .summary = "Create a cluster role binding for a particular cluster role",
        .usage =
            "create clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] "
            "[--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none] [options]",
        .examples =
            "  # Let bob do everything\n  kubectl create clusterrolebinding bob-administers "
            "--clusterrole=cluster-admin --user=bob",
        .flags = flags + subject_flags() + typed_create_flags(),
        .run = run_cluster_role_binding,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
