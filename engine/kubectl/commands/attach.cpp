// kubectl attach. upstream: kubectl/pkg/cmd/attach/attach.go
#include <utility>

#include "engine/kubectl/commands/attaching.h"
#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/commands/terminal_session.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

base::Result<std::unique_ptr<sim::Process>> attach(Context& context) {
    if (context.arguments.empty()) {
        return usage_error(context.path(), "at least 1 argument is required for attach");
    }
    if (context.arguments.size() > 2) {
        return usage_error(context.path(),
                           "expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw " +
                               std::to_string(context.arguments.size()) + ": [" +
                               join(context.arguments, " ") + "]");
    }
    const Info info = TRY(find_pod_or_owner(context, join(context.arguments, "/")));
    return with_pods_of(context, info, PodOrder::Attaching, "cannot attach to",
                        [&context](const std::vector<base::Json>& pods) {
                            return attach_to(context, pods.front(), context.flags.text("container"));
                        });
}

Outcome run(Context& context) {
    base::Result<std::unique_ptr<sim::Process>> process = attach(context);
    if (!process) return process.error();
    return std::move(*process);
}

}  // namespace

CommandSpec attach_command() {
    return {
        .path = "attach",
        .aliases = {},
        .summary = "Attach to a running container",
        .usage = "attach (POD | TYPE/NAME) -c CONTAINER [options]",
        .examples =
            "  # See what the pod's program prints from now on\n  kubectl attach web-0\n\n"
            "  # Type into a program that keeps its input open\n  kubectl attach shell -i -t",
        .flags = session_flags(),
        .run = run,
        .group = "Troubleshooting and Debugging Commands",
    };
}

}  // namespace kubetab::kubectl
