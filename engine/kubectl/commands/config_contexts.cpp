// The contexts of a kubeconfig: which there are, which is used, what they name.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/config
#include <algorithm>

#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/config_common.h"
#include "engine/kubectl/printers/tab_writer.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using Section = Kubeconfig::Section;

Outcome run_current_context(Context& context, Kubeconfig& kubeconfig) {
    if (kubeconfig.current_context().empty()) return client_error("current-context is not set");
    context.out(kubeconfig.current_context() + "\n");
    return 0;
}

// upstream: get_contexts.go
Outcome run_get_contexts(Context& context, Kubeconfig& kubeconfig) {
    constexpr std::string_view kKnownForms[] = {"json",
                                                "yaml",
                                                "wide",
                                                "custom-columns",
                                                "custom-columns-file",
                                                "go-template",
                                                "go-template-file",
                                                "jsonpath",
                                                "jsonpath-file"};
    const std::string& output = context.flags.text("output");
    const bool names_only = output == "name";
    if (!output.empty() && !names_only) {
        bool known = false;
        for (const std::string_view form : kKnownForms) known = known || output == form;
        if (!known) return client_error("output must be one of '' or 'name': " + output);
        context.out("--output " + output +
                    " is not available in kubectl config get-contexts; resetting to default output format\n");
    }
    const auto& contexts = kubeconfig.entries(Section::Contexts);
    std::vector<base::Status> errors;
    for (const std::string& name : context.arguments) {
        if (contexts.count(name) == 0) errors.push_back(client_error("context " + name + " not found"));
    }
    TableRows rows;
    if (!names_only && !context.flags.truth("no-headers"))
        rows.push_back({"CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"});
    for (const auto& [name, value] : contexts) {
        const bool wanted =
            context.arguments.empty() ||
            std::find(context.arguments.begin(), context.arguments.end(), name) != context.arguments.end();
        if (!wanted) continue;
        if (names_only) {
            rows.push_back({name});
            continue;
        }
        const bool current = name == kubeconfig.current_context();
        rows.push_back({current ? "*" : " ", name, base::text_at(value, {"cluster"}),
                        base::text_at(value, {"user"}), base::text_at(value, {"namespace"})});
    }
    context.out(TabWriter().format(rows));
    return errors;
}

Outcome run_use_context(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 1) return unexpected_config_arguments(context);
    const std::string& name = context.arguments.front();
    if (name.empty()) return client_error("empty context names are not allowed");
    if (kubeconfig.find(Section::Contexts, name) == nullptr) {
        return client_error("no context exists with the name: " + quote(name));
    }
    kubeconfig.set_current_context(name);
    return save_kubeconfig(context, kubeconfig, "Switched to context " + quote(name) + ".\n");
}

Outcome run_set_context(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() > 1) return unexpected_config_arguments(context);
    const Flags& flags = context.flags;
    std::string name = context.arguments.empty() ? std::string() : context.arguments.front();
    const bool current = flags.truth("current");
    if (name.empty() && !current)
        return client_error("you must specify a non-empty context name or --current");
    if (!name.empty() && current) return client_error("you cannot specify both a context name and --current");
    if (current) name = kubeconfig.current_context();
    if (name.empty()) return client_error("no current context is set");
    const bool exists = kubeconfig.find(Section::Contexts, name) != nullptr;
    Json& entry = kubeconfig.entries(Section::Contexts)[name];
    if (!entry.is_object()) entry = Json::object();
    for (const char* field : {"cluster", "user", "namespace"}) {
        if (flags.changed(field)) entry[field] = flags.text(field);
    }
    if (base::text_at(entry, {"namespace"}).empty()) entry.erase("namespace");
    return save_kubeconfig(context, kubeconfig,
                           "Context " + quote(name) + (exists ? " modified.\n" : " created.\n"));
}

Outcome run_delete_context(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 1) {
        context.out(help_text(context.command));
        return 0;
    }
    const std::string& name = context.arguments.front();
    if (kubeconfig.entries(Section::Contexts).erase(name) == 0) {
        return client_error("cannot delete context " + name + ", not in " + kubeconfig.path());
    }
    if (kubeconfig.current_context() == name) {
        context.err(
            "warning: this removed your active context, use \"kubectl config use-context\" to select a "
            "different one\n");
    }
    return save_kubeconfig(context, kubeconfig,
                           "deleted context " + name + " from " + kubeconfig.path() + "\n");
}

Outcome run_rename_context(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 2) return unexpected_config_arguments(context);
    const std::string& old_name = context.arguments[0];
    const std::string& new_name = context.arguments[1];
    if (new_name.empty()) return client_error("You must specify a new non-empty context name");
    auto& contexts = kubeconfig.entries(Section::Contexts);
    const std::string cannot = "cannot rename the context " + quote(old_name) + ", ";
    if (contexts.count(old_name) == 0) return client_error(cannot + "it's not in " + kubeconfig.path());
    if (contexts.count(new_name) != 0) {
        return client_error(cannot + "the context " + quote(new_name) + " already exists in " +
                            kubeconfig.path());
    }
    contexts[new_name] = contexts[old_name];
    contexts.erase(old_name);
    if (kubeconfig.current_context() == old_name) kubeconfig.set_current_context(new_name);
    return save_kubeconfig(context, kubeconfig,
                           "Context " + quote(old_name) + " renamed to " + quote(new_name) + ".\n");
}

}  // namespace

CommandSpec config_current_context_command() {
    return config_subcommand("current-context", "Display the current-context",
                             "current-context [flags] [options]",
                             "  # Display the current-context\n  kubectl config current-context",
                             with_kubeconfig<run_current_context>);
}

CommandSpec config_get_contexts_command() {
    CommandSpec command = config_subcommand(
        "get-contexts", "Describe one or many contexts", "get-contexts [(-o|--output=)name)]",
        "  # List the contexts of the kubeconfig file\n  kubectl config get-contexts\n\n"
        "  # One of them\n  kubectl config get-contexts my-context",
        with_kubeconfig<run_get_contexts>);
    command.flags = {{"no-headers", 0, FlagType::Bool, "false",
                      "When using the default output format, don't print headers"},
                     {"output", 'o', FlagType::Text, "", "Output format. One of: (name)"}};
    return command;
}

CommandSpec config_use_context_command() {
    CommandSpec command = config_subcommand("use-context", "Set the current-context in a kubeconfig file",
                                            "use-context CONTEXT_NAME",
                                            "  # Speak to the cluster of the context minikube from now on\n"
                                            "  kubectl config use-context minikube",
                                            with_kubeconfig<run_use_context>);
    command.aliases = {"use"};
    return command;
}

CommandSpec config_set_context_command() {
    CommandSpec command = config_subcommand("set-context", "Set a context entry in kubeconfig",
                                            "set-context [NAME | --current] [--cluster=cluster_nickname] "
                                            "[--user=user_nickname] [--namespace=namespace]",
                                            "  # Use another namespace from now on\n  kubectl config "
                                            "set-context --current --namespace=kube-system\n\n"
                                            "  # A second context for the same cluster and user\n"
                                            "  kubectl config set-context system --cluster=kubernetes "
                                            "--user=kubernetes-admin --namespace=kube-system",
                                            with_kubeconfig<run_set_context>);
    command.flags = {{"cluster", 0, FlagType::Text, "", "cluster for the context entry in kubeconfig"},
                     {"current", 0, FlagType::Bool, "false", "Modify the current context"},
                     {"namespace", 0, FlagType::Text, "", "namespace for the context entry in kubeconfig"},
                     {"user", 0, FlagType::Text, "", "user for the context entry in kubeconfig"}};
    return command;
}

CommandSpec config_delete_context_command() {
    return config_subcommand("delete-context", "Delete the specified context from the kubeconfig",
                             "delete-context NAME",
                             "  # Forget the context minikube\n  kubectl config delete-context minikube",
                             with_kubeconfig<run_delete_context>);
}

CommandSpec config_rename_context_command() {
    return config_subcommand("rename-context", "Rename a context from the kubeconfig file",
                             "rename-context CONTEXT_NAME NEW_NAME",
                             "  # Give the context old-name another name\n"
                             "  kubectl config rename-context old-name new-name",
                             with_kubeconfig<run_rename_context>);
}

}  // namespace kubetab::kubectl
