// kubectl config view. upstream: staging/src/k8s.io/kubectl/pkg/cmd/config/view.go
#include <iterator>

#include "engine/base/base64.h"
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/config_common.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using Section = Kubeconfig::Section;

template <class Map>
void keep_only(Map& entries, const std::string& name) {
    for (auto it = entries.begin(); it != entries.end();)
        it = it->first == name ? std::next(it) : entries.erase(it);
}

// upstream: client-go/tools/clientcmd/api/helpers.go MinifyConfig
base::Result<void> minify(Kubeconfig& configuration) {
    const std::string& current = configuration.current_context();
    if (current.empty()) return client_error("current-context must exist in order to minify");
    const Json* chosen = configuration.find(Section::Contexts, current);
    if (chosen == nullptr) return client_error("cannot locate context " + current);
    const std::string cluster = base::text_at(*chosen, {"cluster"});
    const std::string user = base::text_at(*chosen, {"user"});
    if (!cluster.empty() && configuration.find(Section::Clusters, cluster) == nullptr) {
        return client_error("cannot locate cluster " + cluster);
    }
    if (!user.empty() && configuration.find(Section::Users, user) == nullptr) {
        return client_error("cannot locate user " + user);
    }
    keep_only(configuration.entries(Section::Contexts), current);
    keep_only(configuration.entries(Section::Clusters), cluster);
    keep_only(configuration.entries(Section::Users), user);
    return {};
}

void hide(Json& object, const char* key, const char* shown) {
    if (!base::text_at(object, {key}).empty()) object[key] = shown;
}

// upstream: ShortenConfig, RedactSecrets
void hide_secrets(Kubeconfig& configuration) {
    for (auto& [name, cluster] : configuration.entries(Section::Clusters)) {
        hide(cluster, "certificate-authority-data", "DATA+OMITTED");
    }
    for (auto& [name, user] : configuration.entries(Section::Users)) {
        hide(user, "client-certificate-data", "DATA+OMITTED");
        hide(user, "client-key-data", "DATA+OMITTED");
        hide(user, "token", "REDACTED");
        hide(user, "password", "REDACTED");
    }
}

// Reads what the entries name as files into the entries. upstream: FlattenConfig
base::Result<void> flatten(const Context& context, Kubeconfig& configuration) {
    for (const Section section : {Section::Clusters, Section::Users}) {
        for (auto& [name, entry] : configuration.entries(section)) {
            for (const char* key : {"certificate-authority", "client-certificate", "client-key"}) {
                const std::string file = base::text_at(entry, {key});
                if (file.empty()) continue;
                const std::string text = TRY(context.read_file(file));
                entry.erase(key);
                entry[std::string(key) + "-data"] = base::base64_encode(text);
            }
        }
    }
    return {};
}

Outcome run(Context& context, Kubeconfig& kubeconfig) {
    const Flags& flags = context.flags;
    if (!context.arguments.empty()) {
        return usage_error(context.path(), "unexpected arguments: [" + join(context.arguments, " ") + "]");
    }
    if (!flags.truth("merge") && flags.text("kubeconfig").empty()) {
        return client_error("if merge==false a precise file must be specified");
    }
    if (const auto output = check_output(context); !output) return output.error();
    Kubeconfig shown = kubeconfig;
    if (flags.truth("minify")) {
        if (!flags.text("context").empty()) shown.set_current_context(flags.text("context"));
        if (const auto minified = minify(shown); !minified) return minified.error();
    }
    if (flags.truth("flatten")) {
        if (const auto flattened = flatten(context, shown); !flattened) return flattened.error();
    } else if (!flags.truth("raw")) {
        hide_secrets(shown);
    }
    const auto text = context.printer->print(shown.document(), nullptr);
    if (!text) return text.error();
    context.out(*text);
    return 0;
}

}  // namespace

CommandSpec config_view_command() {
    CommandSpec command = config_subcommand(
        "view", "Display merged kubeconfig settings or a specified kubeconfig file", "view [flags] [options]",
        "  # Show the settings\n  kubectl config view\n\n"
        "  # Only what the current context uses\n  kubectl config view --minify\n\n"
        "  # One value\n  kubectl config view -o jsonpath='{.clusters[0].cluster.server}'",
        with_kubeconfig<run>);
    command.flags = {{"flatten", 0, FlagType::Bool, "false", "Put what files hold into the output"},
                     {"merge", 0, FlagType::Bool, "true", "Merge the full hierarchy of kubeconfig files"},
                     {"minify", 0, FlagType::Bool, "false", "Remove what the current-context does not use"},
                     {"raw", 0, FlagType::Bool, "false", "Display raw byte data and sensitive data"}};
    command.flags = command.flags + output_flags();
    for (FlagSpec& flag : command.flags) {
        if (flag.name == "output") flag.default_value = "yaml";
    }
    return command;
}

}  // namespace kubetab::kubectl
