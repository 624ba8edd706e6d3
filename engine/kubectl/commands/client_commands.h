// Commands about the client itself and about what the server knows, each in commands/<path with
// underscores>.cpp or with its siblings. commands.cpp lists them in order.
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec explain_command();
CommandSpec version_command();
CommandSpec api_resources_command();
CommandSpec api_versions_command();
CommandSpec cluster_info_command();
CommandSpec cluster_info_dump_command();
CommandSpec options_command();
CommandSpec completion_command();
CommandSpec config_command();
CommandSpec config_current_context_command();
CommandSpec config_delete_cluster_command();
CommandSpec config_delete_context_command();
CommandSpec config_delete_user_command();
CommandSpec config_get_clusters_command();
CommandSpec config_get_contexts_command();
CommandSpec config_get_users_command();
CommandSpec config_rename_context_command();
CommandSpec config_set_command();
CommandSpec config_set_cluster_command();
CommandSpec config_set_context_command();
CommandSpec config_set_credentials_command();
CommandSpec config_unset_command();
CommandSpec config_use_context_command();
CommandSpec config_view_command();

}  // namespace kubetab::kubectl
