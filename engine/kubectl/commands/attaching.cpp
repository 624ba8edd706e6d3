#include "engine/kubectl/commands/attaching.h"

#include <utility>

#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/commands/terminal_session.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

bool has_terminal(const Json& pod, const std::string& container) {
    for (const char* const list : {"containers", "initContainers", "ephemeralContainers"}) {
        for (const Json& each : describe::array_at(pod, {"spec", list})) {
            if (text_at(each, {"name"}) == container) return describe::truth_at(each, {"tty"});
        }
    }
    return false;
}

}  // namespace

base::Result<std::unique_ptr<sim::Process>> attach_to(Context& context, const Json& pod,
                                                      const std::string& container) {
    const std::string phase = text_at(pod, {"status", "phase"});
    if (phase == "Succeeded" || phase == "Failed") {
        return client_error("cannot attach a container in a completed pod; current phase is " + phase);
    }
    const std::string chosen = container.empty() ? default_container(context, pod) : container;
    if (!container_names(pod).has(chosen)) {
        return client_error("container " + chosen + " not found in pod " +
                            text_at(pod, {"metadata", "name"}));
    }
    SessionRequest session;
    session.path = pod_path(pod, "attach");
    session.container = chosen;
    session.input = context.flags.truth("stdin");
    const bool possible = has_terminal(pod, chosen);
    const bool quiet = context.flags.truth("quiet");
    if (context.flags.truth("tty") && !possible && !quiet) {
        context.err("error: Unable to use a TTY - container " + chosen + " did not allocate one\n");
    }
    session.terminal = possible && terminal_wanted(context);
    if (!quiet) context.err("If you don't see a command prompt, try pressing enter.\n");
    return open_session(context, std::move(session));
}

}  // namespace kubetab::kubectl
