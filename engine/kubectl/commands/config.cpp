// kubectl config and its lists. upstream: staging/src/k8s.io/kubectl/pkg/cmd/config
#include <utility>

#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/config_common.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using Section = Kubeconfig::Section;

Outcome print_names(Context& context, const Kubeconfig& kubeconfig, Section section) {
    context.out("NAME\n");
    for (const auto& [name, value] : kubeconfig.entries(section)) context.out(name + "\n");
    return 0;
}

Outcome run_get_clusters(Context& context, Kubeconfig& kubeconfig) {
    return print_names(context, kubeconfig, Section::Clusters);
}
Outcome run_get_users(Context& context, Kubeconfig& kubeconfig) {
    return print_names(context, kubeconfig, Section::Users);
}

Outcome run_delete_cluster(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 1) {
        context.out(help_text(context.command));
        return 0;
    }
    const std::string& name = context.arguments.front();
    if (kubeconfig.entries(Section::Clusters).erase(name) == 0) {
        return client_error("cannot delete cluster " + name + ", not in " + kubeconfig.path());
    }
    return save_kubeconfig(context, kubeconfig,
                           "deleted cluster " + name + " from " + kubeconfig.path() + "\n");
}

Outcome run_delete_user(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 1) return usage_error(context.path(), "user to delete is required");
    const std::string& name = context.arguments.front();
    if (kubeconfig.entries(Section::Users).erase(name) == 0) {
        return client_error("cannot delete user " + name + ", not in " + kubeconfig.path());
    }
    return save_kubeconfig(context, kubeconfig, "deleted user " + name + " from " + kubeconfig.path() + "\n");
}

}  // namespace

base::Status unexpected_config_arguments(Context& context) {
    context.out(help_text(context.command));
    return client_error("Unexpected args: [" + join(context.arguments, " ") + "]");
}

base::Result<Kubeconfig> read_kubeconfig(const Context& context) {
    const std::string& given = context.flags.text("kubeconfig");
    return Kubeconfig::load(context.files,
                            TRY(kubeconfig_path(given, context.directory, context.environment)));
}

Outcome save_kubeconfig(Context& context, const Kubeconfig& kubeconfig, const std::string& said) {
    if (const auto saved = kubeconfig.save(context.files); !saved) {
        return client_error("open " + kubeconfig.path() + ": " + lower(saved.error().message));
    }
    context.out(said);
    return 0;
}

CommandSpec config_subcommand(std::string name, std::string summary, std::string usage, std::string examples,
                              Outcome (*run)(Context&)) {
    CommandSpec command;
    command.path = "config " + std::move(name);
    command.summary = std::move(summary);
    command.usage = "config " + std::move(usage);
    command.examples = std::move(examples);
    command.run = run;
    return command;
}

CommandSpec config_command() {
    CommandSpec command;
    command.path = "config";
    command.summary = "Modify kubeconfig files";
    command.usage = "config SUBCOMMAND [options]";
    command.examples =
        "  # Use another namespace from now on\n"
        "  kubectl config set-context --current --namespace=kube-system\n\n"
        "  # See what kubectl is told\n"
        "  kubectl config view";
    command.group = "Other Commands";
    return command;
}

CommandSpec config_get_clusters_command() {
    return config_subcommand("get-clusters", "Display clusters defined in the kubeconfig",
                             "get-clusters [flags] [options]",
                             "  # List the clusters that kubectl knows about\n  kubectl config get-clusters",
                             with_kubeconfig<run_get_clusters>);
}

CommandSpec config_get_users_command() {
    return config_subcommand("get-users", "Display users defined in the kubeconfig",
                             "get-users [flags] [options]",
                             "  # List the users that kubectl knows about\n  kubectl config get-users",
                             with_kubeconfig<run_get_users>);
}

CommandSpec config_delete_cluster_command() {
    return config_subcommand("delete-cluster", "Delete the specified cluster from the kubeconfig",
                             "delete-cluster NAME",
                             "  # Forget the cluster old\n  kubectl config delete-cluster old",
                             with_kubeconfig<run_delete_cluster>);
}

CommandSpec config_delete_user_command() {
    return config_subcommand(
        "delete-user", "Delete the specified user from the kubeconfig", "delete-user NAME [flags] [options]",
        "  # Forget the user bob\n  kubectl config delete-user bob", with_kubeconfig<run_delete_user>);
}

}  // namespace kubetab::kubectl
