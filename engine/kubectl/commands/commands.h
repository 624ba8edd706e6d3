// One function per command, each in commands/<path with underscores>.cpp. commands.cpp lists them in order.
#pragma once

#include <string>
#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec get_command();
CommandSpec edit_command();
CommandSpec delete_command();
CommandSpec create_command();
CommandSpec create_config_map_command();
CommandSpec create_cron_job_command();
CommandSpec create_deployment_command();
CommandSpec create_job_command();
CommandSpec create_namespace_command();
CommandSpec create_secret_command();
CommandSpec create_secret_docker_registry_command();
CommandSpec create_secret_generic_command();
CommandSpec create_secret_tls_command();
CommandSpec create_service_command();
CommandSpec create_ingress_command();
CommandSpec create_priority_class_command();
CommandSpec create_service_account_command();
CommandSpec create_service_cluster_ip_command();
CommandSpec create_service_external_name_command();
CommandSpec create_service_load_balancer_command();
CommandSpec create_service_node_port_command();
CommandSpec apply_command();
CommandSpec apply_view_last_applied_command();
CommandSpec diff_command();
CommandSpec patch_command();
CommandSpec replace_command();
CommandSpec label_command();
CommandSpec annotate_command();
CommandSpec scale_command();
CommandSpec describe_command();
CommandSpec rollout_command();
CommandSpec rollout_history_command();
CommandSpec rollout_pause_command();
CommandSpec rollout_restart_command();
CommandSpec rollout_resume_command();
CommandSpec rollout_status_command();
CommandSpec rollout_undo_command();
CommandSpec set_command();
CommandSpec set_env_command();
CommandSpec set_image_command();
CommandSpec set_resources_command();
CommandSpec set_selector_command();
CommandSpec set_service_account_command();
CommandSpec cordon_command();
CommandSpec uncordon_command();
CommandSpec drain_command();
CommandSpec taint_command();

// The text of `kubectl <command> --help`; nullptr means kubectl itself. In commands/help.cpp.
std::string help_text(const CommandSpec* command);

// The text of `kubectl options`.
std::string options_help();

// Candidates for the last word of a command line. In completion.cpp.
std::vector<std::string> complete_words(client::Transport& transport, DiscoveryCache& cache,
                                        const Configuration& configuration,
                                        const sim::Invocation& invocation);

}  // namespace kubetab::kubectl
