// kubectl debug. upstream: kubectl/pkg/cmd/debug/debug.go
// differs: --copy-to and --custom are refused.
#include <utility>

#include "engine/kubectl/commands/debug_attached.h"
#include "engine/kubectl/commands/debug_containers.h"
#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

// upstream: debugByEphemeralContainer
base::Result<DebugTarget> debug_pod(Context& context, const DebugRequest& request, const Info& info) {
    const Json added = debug_container(context, request, info.object);
    const std::string name = text_at(added, {"name"});
    Json order = Json::array();
    for (const std::string& known : container_names(info.object).ephemeral)
        order.push_back(Json{{"name", known}});
    order.push_back(Json{{"name", name}});
    const Json change = {{"spec",
                          {{"$setElementOrder/ephemeralContainers", std::move(order)},
                           {"ephemeralContainers", Json::array({added})}}}};
    Info pod = info;
    pod.object = TRY(
        patch(context, pod_path(info.object, "ephemeralcontainers"), PatchType::Strategic, change.dump()));
    return DebugTarget{std::move(pod), name};
}

// upstream: visitNode
base::Result<DebugTarget> debug_node(Context& context, const DebugRequest& request, const Info& info) {
    const Json pod = node_debug_pod(context, request, info.object);
    const Discovery* const discovery = TRY(context.discovery());
    Info made;
    const ApiResource* const pods = discovery->find_kind("v1", "Pod");
    if (pods == nullptr) return client_error("the server doesn't have a resource type \"pods\"");
    made.resource = *pods;
    made.namespace_ = context.current_namespace;
    made.name = text_at(pod, {"metadata", "name"});
    made.object = TRY(post_json(context, made.resource.collection_path(made.namespace_), pod));
    return DebugTarget{std::move(made), text_at(pod["spec"]["containers"].front(), {"name"})};
}

base::Result<DebugTarget> begin(Context& context, const DebugRequest& request, const Info& info) {
    const bool core = info.resource.group.empty();
    if (core && info.resource.kind == "Pod") return debug_pod(context, request, info);
    if (core && info.resource.kind == "Node") return debug_node(context, request, info);
    const std::string group = core ? "" : info.resource.group;
    return client_error(quote(group + "/" + info.resource.version + ", Kind=" + info.resource.kind) +
                        " not supported by debug");
}

// --attach, which -i alone means too.
bool attaches(const Context& context) {
    return context.flags.truth(context.flags.changed("attach") ? "attach" : "stdin");
}

Found find_targets(Context& context, const DebugRequest& request) {
    ResourceQuery query = query_of(context);
    query.arguments.clear();
    for (const std::string& target : request.targets)
        query.arguments.push_back(target.find('/') == std::string::npos ? "pods/" + target : target);
    query.refresh = true;
    return find_resources(context, query);
}

Outcome run(Context& context) {
    const base::Result<DebugRequest> request = read_debug_request(context);
    if (!request) return request.error();
    if (context.flags.text("profile") == "legacy") {
        context.err(
            "--profile=legacy is deprecated and will be removed in the future. It is recommended to "
            "explicitly "
            "specify a profile, for example \"--profile=general\".\n");
    }
    if (const auto checked = check_debug_request(context, *request); !checked) return checked.error();
    Found found = find_targets(context, *request);
    std::vector<DebugTarget> targets;
    for (const Info& info : found.infos) {
        base::Result<DebugTarget> target = begin(context, *request, info);
        if (!target) return target.error();
        targets.push_back(std::move(*target));
    }
    if (!found.errors.empty()) return found.errors.front();
    if (!attaches(context)) return 0;
    return debug_attached(context, std::move(targets));
}

FlagTable debug_flags() {
    return {
        {"arguments-only", 0, FlagType::Bool, "false", "What follows -- are arguments, not the command"},
        {"attach", 0, FlagType::Bool, "false", "Wait until the container runs, and attach; -i means it too"},
        {"container", 'c', FlagType::Text, "", "The name of the container that is added"},
        {"copy-to", 0, FlagType::Text, "", "Not supported"},
        {"custom", 0, FlagType::Text, "", "Not supported"},
        {"env", 0, FlagType::TextSlice, "", "Environment variables of the container, name=value"},
        {"image", 0, FlagType::Text, "", "The image of the container"},
        {"image-pull-policy", 0, FlagType::Text, "", "Always, IfNotPresent or Never"},
        {"keep-annotations", 0, FlagType::Bool, "false", "Only for --copy-to"},
        {"keep-init-containers", 0, FlagType::Bool, "true", "Only for --copy-to"},
        {"keep-labels", 0, FlagType::Bool, "false", "Only for --copy-to"},
        {"keep-liveness", 0, FlagType::Bool, "false", "Only for --copy-to"},
        {"keep-readiness", 0, FlagType::Bool, "false", "Only for --copy-to"},
        {"keep-startup", 0, FlagType::Bool, "false", "Only for --copy-to"},
        {"profile", 0, FlagType::Text, "legacy",
         "What the container may: legacy, general, baseline, netadmin, restricted or sysadmin"},
        {"quiet", 'q', FlagType::Bool, "false", "Do not say what is made"},
        {"replace", 0, FlagType::Bool, "false", "Only for --copy-to"},
        {"same-node", 0, FlagType::Bool, "false", "Only for --copy-to"},
        {"set-image", 0, FlagType::TextSlice, "", "Only for --copy-to"},
        {"share-processes", 0, FlagType::Bool, "true", "Only for --copy-to"},
        {"stdin", 'i', FlagType::Bool, "false", "Keep the container's input open and pass on what is typed"},
        {"target", 0, FlagType::Text, "", "The container whose processes the new one is to see"},
        {"tty", 't', FlagType::Bool, "false", "Give the container a terminal; needs -i"},
    };
}

}  // namespace

CommandSpec debug_command() {
    return {
        .path = "debug",
        .aliases = {},
        .summary = "Create debugging sessions for troubleshooting workloads and nodes",
        .usage = "debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ] [options]",
        .examples =
            "  # A shell beside the containers of a pod\n  kubectl debug -it web-0 --image=busybox\n\n"
            "  # The same under a name of your own\n"
            "  kubectl debug -it web-0 --image=busybox -c toolbox -- sh\n\n"
            "  # A pod on a node\n  kubectl debug -it node/worker-1 --image=busybox",
        .flags = debug_flags() + filename_flags("to debug"),
        .run = run,
        .group = "Troubleshooting and Debugging Commands",
    };
}

}  // namespace kubetab::kubectl
