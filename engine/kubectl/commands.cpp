#include <algorithm>
#include <utility>

#include "engine/kubectl/command.h"
#include "engine/kubectl/commands/apply_last_applied.h"
#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/commands/policy_commands.h"

namespace kubetab::kubectl {
namespace {

std::string expand_alias(const std::vector<CommandSpec>& all, const std::string& parent,
                         std::string_view word) {
    const std::string prefix = parent.empty() ? std::string() : parent + " ";
    for (const CommandSpec& command : all) {
        const std::size_t cut = command.path.rfind(' ');
        const std::string above = cut == std::string::npos ? std::string() : command.path.substr(0, cut);
        if (above != parent) continue;
        if (command.path == prefix + std::string(word)) return command.path;
        for (const std::string& alias : command.aliases) {
            if (alias == word) return command.path;
        }
    }
    return {};
}

std::vector<CommandSpec> make_commands() {
    // clang-format off
    std::vector<CommandSpec> list = {
        create_command(),
        create_cluster_role_command(),
        create_cluster_role_binding_command(),
        create_config_map_command(),
        create_cron_job_command(),
        create_deployment_command(),
        create_ingress_command(),
        create_job_command(),
        create_namespace_command(),
        create_pod_disruption_budget_command(),
        create_priority_class_command(),
        create_quota_command(),
        create_role_command(),
        create_role_binding_command(),
        create_secret_command(),
        create_secret_docker_registry_command(),
        create_secret_generic_command(),
        create_secret_tls_command(),
        create_service_command(),
        create_service_cluster_ip_command(),
        create_service_external_name_command(),
        create_service_load_balancer_command(),
        create_service_node_port_command(),
        create_service_account_command(),
        create_token_command(),
        expose_command(),
        run_command(),
        set_command(),
        set_env_command(),
        set_image_command(),
        set_resources_command(),
        set_selector_command(),
        set_service_account_command(),
        explain_command(),
        get_command(),
        edit_command(),
        delete_command(),
        rollout_command(),
        rollout_history_command(),
        rollout_pause_command(),
        rollout_restart_command(),
        rollout_resume_command(),
        rollout_status_command(),
        rollout_undo_command(),
        scale_command(),
        autoscale_command(),
        certificate_command(),
        certificate_approve_command(),
        certificate_deny_command(),
        cluster_info_command(),
        cluster_info_dump_command(),
        top_command(),
        top_node_command(),
        top_pod_command(),
        cordon_command(),
        uncordon_command(),
        drain_command(),
        taint_command(),
        describe_command(),
        auth_command(),
        auth_can_i_command(),
        auth_reconcile_command(),
        auth_whoami_command(),
        logs_command(),
        attach_command(),
        exec_command(),
        port_forward_command(),
        debug_command(),
        events_command(),
        diff_command(),
        apply_command(),
        apply_edit_last_applied_command(),
        apply_set_last_applied_command(),
        apply_view_last_applied_command(),
        patch_command(),
        replace_command(),
        wait_command(),
        label_command(),
        annotate_command(),
        completion_command(),
        api_resources_command(),
        api_versions_command(),
        config_command(),
        config_current_context_command(),
        config_delete_cluster_command(),
        config_delete_context_command(),
        config_delete_user_command(),
        config_get_clusters_command(),
        config_get_contexts_command(),
        config_get_users_command(),
        config_rename_context_command(),
        config_set_command(),
        config_set_cluster_command(),
        config_set_context_command(),
        config_set_credentials_command(),
        config_unset_command(),
        config_use_context_command(),
        config_view_command(),
        version_command(),
        options_command(),
    };
    // clang-format on
    for (CommandSpec& refused : refused_commands()) list.push_back(std::move(refused));
    return list;
}

}  // namespace

const std::vector<CommandSpec>& commands() {
    static const std::vector<CommandSpec> list = make_commands();  // A constant of the program.
    return list;
}

const CommandSpec* find_command(std::string_view path) {
    std::string found;
    std::size_t start = 0;
    while (start <= path.size()) {
        const std::size_t end = std::min(path.find(' ', start), path.size());
        found = expand_alias(commands(), found, path.substr(start, end - start));
        if (found.empty()) return nullptr;
        start = end + 1;
    }
    for (const CommandSpec& command : commands()) {
        if (command.path == found) return &command;
    }
    return nullptr;
}

}  // namespace kubetab::kubectl
