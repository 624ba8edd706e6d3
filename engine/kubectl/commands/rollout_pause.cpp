// rollout pause, resume and restart: one small patch for each object.
// upstream: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectpauser.go, objectresumer.go,
// objectrestarter.go
#include <fmt/format.h>

#include "engine/api/values.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kRestartedAt = "kubectl.kubernetes.io/restartedAt";

bool is_deployment(const Info& info) {
    return info.resource.todays_group() == "apps" && info.resource.kind == "Deployment";
}
bool is_paused(const Info& info) {
    return describe::truth_at(info.object, {"spec", "paused"});
}

// The failure carries only what is wrong; the caller names the object.
using MakePatch = base::Result<Json> (*)(const Info& info, sim::Instant now);

base::Result<Json> pause_patch(const Info& info, sim::Instant) {
    if (!is_deployment(info)) return client_error("pausing is not supported");
    if (is_paused(info)) return client_error("is already paused");
    return Json{{"spec", {{"paused", true}}}};
}

base::Result<Json> resume_patch(const Info& info, sim::Instant) {
    if (!is_deployment(info)) return client_error("resuming is not supported");
    if (!is_paused(info)) return client_error("is not paused");
    return Json{{"spec", {{"paused", nullptr}}}};
}

base::Result<Json> restart_patch(const Info& info, sim::Instant now) {
    const bool supported = info.resource.todays_group() == "apps" &&
                           (info.resource.kind == "Deployment" || info.resource.kind == "DaemonSet" ||
                            info.resource.kind == "StatefulSet");
    if (!supported) return client_error("restarting is not supported");
    if (is_deployment(info) && is_paused(info)) {
        return client_error("can't restart paused deployment (run rollout resume first)");
    }
    const std::string time = api::format_time(now.unix_seconds());
    if (base::text_at(info.object, {"spec", "template", "metadata", "annotations", kRestartedAt}) == time) {
        return client_error(
            "if restart has already been triggered within the past second, please wait before attempting to "
            "trigger "
            "another");
    }
    Json patch;
    patch["spec"]["template"]["metadata"]["annotations"][std::string(kRestartedAt)] = time;
    return patch;
}

Outcome run_patch(Context& context, MakePatch make_patch, std::string_view operation) {
    if (context.arguments.empty() && context.flags.list("filename").empty()) {
        return client_error("required resource not specified");
    }
    ResourceQuery query = query_of(context);
    query.allow_bare_types = true;
    query.refresh = true;
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    for (const Info& info : found.infos) {
        const base::Result<Json> change = make_patch(info, context.now());
        if (!change.ok()) {
            found.errors.push_back(client_error(fmt::format("{} \"{}\" {}", info.resource.qualified_plural(),
                                                            info.name, change.error().message)));
            continue;
        }
        const base::Result<Json> patched = patch(context, info.path(), PatchType::Strategic, change->dump(),
                                                 write_parameters(context, DryRun::None, "kubectl-rollout"));
        if (!patched.ok()) {
            found.errors.push_back(patched.error());
            continue;
        }
        const base::Result<void> printed = print_result(context, info, *patched, operation);
        if (!printed.ok()) found.errors.push_back(printed.error());
    }
    return found.errors;
}

CommandSpec common(std::string_view verb, std::string_view purpose) {
    CommandSpec command;
    command.path = fmt::format("rollout {}", verb);
    command.usage = fmt::format("rollout {} RESOURCE [options]", verb);
    command.flags =
        filename_flags(purpose) + selector_flag() + field_manager_flag("kubectl-rollout") + output_flags();
    return command;
}

}  // namespace

CommandSpec rollout_pause_command() {
    CommandSpec command = common("pause", "identifying the resource to get from a server.");
    command.summary = "Mark the provided resource as paused";
    command.examples =
        "  # Collect changes of a deployment without rolling them out\n"
        "  kubectl rollout pause deployment/nginx\n";
    command.run = [](Context& context) { return run_patch(context, pause_patch, "paused"); };
    return command;
}

CommandSpec rollout_resume_command() {
    CommandSpec command = common("resume", "identifying the resource to get from a server.");
    command.summary = "Resume a paused resource";
    command.examples =
        "  # Roll out what was changed during the pause\n  kubectl rollout resume deployment/nginx\n";
    command.run = [](Context& context) { return run_patch(context, resume_patch, "resumed"); };
    return command;
}

CommandSpec rollout_restart_command() {
    CommandSpec command = common("restart", "identifying the resource to get from a server.");
    command.summary = "Restart a resource";
    command.examples =
        "  # Replace every pod of a deployment\n"
        "  kubectl rollout restart deployment/nginx\n\n"
        "  # The pods of all deployments with a label\n"
        "  kubectl rollout restart deployment --selector=app=nginx\n";
    command.run = [](Context& context) { return run_patch(context, restart_patch, "restarted"); };
    return command;
}

}  // namespace kubetab::kubectl
