// kubectl version. upstream: staging/src/k8s.io/kubectl/pkg/cmd/version/version.go
#include <array>

#include "engine/base/yaml.h"
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/config_common.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kClientVersion = "v1.32.5";
constexpr std::string_view kKustomizeVersion = "v5.5.0";

Json client_version() {
    return {{"major", "1"},
            {"minor", "32"},
            {"gitVersion", kClientVersion},
            {"gitCommit", "simulated"},
            {"gitTreeState", "clean"},
            {"buildDate", "2025-05-15T00:00:00Z"},
            {"goVersion", "simulated"},
            {"compiler", "simulated"},
            {"platform", "linux/amd64"}};
}

// Go prints the fields of a struct in their order, not sorted.
std::string version_json(std::string_view name, const Json& version) {
    constexpr std::array<const char*, 9> kOrder = {"major",     "minor",        "gitVersion",
                                                   "gitCommit", "gitTreeState", "buildDate",
                                                   "goVersion", "compiler",     "platform"};
    std::string text = "  " + quote(name) + ": {\n";
    for (const char* key : kOrder) {
        text += "    " + quote(key) + ": " + quote(base::text_at(version, {key}));
        text += key == kOrder.back() ? "\n" : ",\n";
    }
    return text + "  }";
}

void print_json(Context& context, const Json& all) {
    std::vector<std::string> parts = {version_json("clientVersion", all["clientVersion"]),
                                      "  \"kustomizeVersion\": " + quote(kKustomizeVersion)};
    if (all.contains("serverVersion")) parts.push_back(version_json("serverVersion", all["serverVersion"]));
    context.out("{\n" + join(parts, ",\n") + "\n}\n");
}

// Why the kubeconfig leads to no server; "" when it does.
base::Result<std::string> connection_failure(const Context& context) {
    const Kubeconfig kubeconfig = TRY(read_kubeconfig(context));
    return TRY(connection_of(kubeconfig, context.flags.text("context"))).failure;
}

Outcome run(Context& context) {
    const std::string& output = context.flags.text("output");
    if (!context.arguments.empty()) {
        return client_error("extra arguments: [" + join(context.arguments, " ") + "]");
    }
    if (!output.empty() && output != "yaml" && output != "json") {
        return client_error("--output must be 'yaml' or 'json'");
    }
    Json all = {{"clientVersion", client_version()}, {"kustomizeVersion", kKustomizeVersion}};
    std::vector<base::Status> errors;
    std::string unreachable;
    if (!context.flags.truth("client")) {
        const auto failure = connection_failure(context);
        if (!failure) return failure.error();
        unreachable = *failure;
        const auto server = unreachable.empty() ? get_json(context, "/version") : base::Result<Json>(Json());
        if (!server) errors.push_back(server.error());
        else if (server->is_object()) all["serverVersion"] = *server;
    }
    if (output == "json") {
        print_json(context, all);
    } else if (output == "yaml") {
        context.out(base::to_yaml(all) + "\n");
    } else {
        context.out("Client Version: " + std::string(kClientVersion) + "\n");
        context.out("Kustomize Version: " + std::string(kKustomizeVersion) + "\n");
        const std::string server = base::text_at(all, {"serverVersion", "gitVersion"});
        if (!server.empty()) context.out("Server Version: " + server + "\n");
    }
    if (!unreachable.empty()) {
        context.err(unreachable);
        return 1;
    }
    return errors;
}

}  // namespace

CommandSpec version_command() {
    return {
        .path = "version",
        .aliases = {},
        .summary = "Print the client and server version information",
        .usage = "version [flags] [options]",
        .examples = "  # Print the versions of this client and of the server\n  kubectl version",
        .flags = {{"client", 0, FlagType::Bool, "false",
                   "If true, shows client version only (no server required)"},
                  {"output", 'o', FlagType::Text, "", "One of 'yaml' or 'json'"}},
        .run = run,
        .group = "Other Commands",
    };
}

}  // namespace kubetab::kubectl
