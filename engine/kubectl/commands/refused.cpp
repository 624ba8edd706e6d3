// Commands of kubectl that are known and refused: each says in one sentence why, and what to do instead.
#include <string>
#include <utility>
#include <vector>

#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/commands/pod_commands.h"

namespace kubetab::kubectl {
namespace {

base::Status refused(const Context& context, const std::string& why) {
    return client_error(context.path() + " is not supported here: " + why);
}

// The pod in "pod:/path" or "namespace/pod:/path"; "" for a local path.
std::string pod_of_path(const std::string& word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos) return "";
    const std::string pod = word.substr(0, colon);
    return pod.substr(pod.find('/') == std::string::npos ? 0 : pod.find('/') + 1);
}

// A pod that does not exist is the first thing to say.
base::Result<void> find_target(Context& context, const std::string& typed) {
    if (!typed.empty()) TRY(find_pod_or_owner(context, typed));
    return {};
}

Outcome copy(Context& context) {
    for (const std::string& word : context.arguments) {
        if (const auto found = find_target(context, pod_of_path(word)); !found) return found.error();
    }
    return refused(context,
                   "copy a file out with `kubectl exec POD -- cat FILE > FILE`, and in with "
                   "`kubectl exec -i POD -- sh -c 'cat > FILE' < FILE`");
}

Outcome proxy(Context& context) {
    return refused(context,
                   "nothing listens on this terminal's machine; ask the API server with "
                   "`kubectl get --raw PATH`");
}

Outcome customize(Context& context) {
    return refused(context, "write the manifests out and use `kubectl apply -f`");
}

Outcome plug_in(Context& context) {
    return refused(context, "plugins cannot be added; `kubectl why` is the one there is");
}

CommandSpec command(std::string path, std::string summary, Outcome (*run)(Context&), FlagTable flags = {}) {
    CommandSpec spec;
    spec.path = std::move(path);
    spec.summary = std::move(summary);
    spec.usage = spec.path + " [options]";
    spec.run = run;
    spec.flags = std::move(flags);
    spec.group = "Commands That Are Refused Here";
    return spec;
}

FlagSpec text(std::string name, char letter = 0) {
    return {std::move(name), letter, FlagType::Text, "", "Not supported"};
}
FlagSpec truth(std::string name, char letter = 0) {
    return {std::move(name), letter, FlagType::Bool, "false", "Not supported"};
}

}  // namespace

std::vector<CommandSpec> refused_commands() {
    const FlagTable output = {text("output", 'o')};
    return {
        command("proxy", "Run a proxy to the Kubernetes API server", proxy,
                {text("address"), text("port", 'p'), text("api-prefix"), text("www", 'w')}),
        command("cp", "Copy files and directories to and from containers", copy,
                {text("container", 'c'), truth("no-preserve"), text("retries")}),
        command("kustomize", "Build a kustomization target from a directory or URL", customize, output),
        command("plugin", "Provides utilities for interacting with plugins", plug_in, {truth("name-only")}),
    };
}

}  // namespace kubetab::kubectl
