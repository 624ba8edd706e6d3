// kubectl exec. upstream: kubectl/pkg/cmd/exec/exec.go
#include <utility>

#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/commands/terminal_session.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

struct ExecRequest {
    std::string resource{};  // "POD" or "TYPE/NAME"; empty with -f
    std::vector<std::string> command{};
};

base::Result<ExecRequest> read_request(const Context& context) {
    ExecRequest request;
    const int dash = context.arguments_before_dash;
    if (dash < 0 && context.arguments.size() > 1) {
        return usage_error(
            context.path(),
            "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
    }
    if (!context.arguments.empty() && dash != 0) request.resource = context.arguments.front();
    if (dash >= 0) request.command.assign(context.arguments.begin() + dash, context.arguments.end());
    if (request.resource.empty() && context.flags.list("filename").empty()) {
        return client_error("pod, type/name or --filename must be specified");
    }
    if (request.command.empty())
        return client_error("you must specify at least one command for the container");
    return request;
}

base::Result<Info> find(Context& context, const ExecRequest& request) {
    if (!request.resource.empty()) return find_pod_or_owner(context, request.resource);
    ResourceQuery query = query_of(context);
    query.arguments.clear();
    query.refresh = true;
    Found found = find_resources(context, query);
    if (!found.errors.empty()) return found.errors.front();
    if (found.infos.size() != 1) return client_error("expected a resource");
    return std::move(found.infos.front());
}

base::Result<std::unique_ptr<sim::Process>> exec_in(Context& context, const Json& pod,
                                                    const std::vector<std::string>& command) {
    const std::string phase = base::text_at(pod, {"status", "phase"});
    if (phase == "Succeeded" || phase == "Failed") {
        return client_error("cannot exec into a container in a completed pod; current phase is " + phase);
    }
    SessionRequest session;
    session.path = pod_path(pod, "exec");
    session.container = context.flags.text("container");
    if (session.container.empty()) session.container = default_container(context, pod);
    for (const std::string& word : command) session.query.emplace_back("command", word);
    session.input = context.flags.truth("stdin");
    session.terminal = terminal_wanted(context);
    return open_session(context, std::move(session));
}

base::Result<std::unique_ptr<sim::Process>> exec(Context& context) {
    const ExecRequest request = TRY(read_request(context));
    const Info info = TRY(find(context, request));
    return with_pods_of(context, info, PodOrder::Attaching, "cannot attach to",
                        [&context, command = request.command](const std::vector<Json>& pods) {
                            return exec_in(context, pods.front(), command);
                        });
}

Outcome run(Context& context) {
    base::Result<std::unique_ptr<sim::Process>> process = exec(context);
    if (!process) return process.error();
    return std::move(*process);
}

}  // namespace

CommandSpec exec_command() {
    return {
        .path = "exec",
        .aliases = {},
        .summary = "Execute a command in a container",
        .usage = "exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...] [options]",
        .examples =
            "  # What a command prints in the pod's container\n  kubectl exec web-0 -- date\n\n"
            "  # A shell inside a container of the pod\n  kubectl exec -it web-0 -c nginx -- sh\n\n"
            "  # A command in the first pod of a deployment\n  kubectl exec deploy/web -- env",
        .flags = session_flags() + filename_flags("to run a command in"),
        .run = run,
        .group = "Troubleshooting and Debugging Commands",
    };
}

}  // namespace kubetab::kubectl
