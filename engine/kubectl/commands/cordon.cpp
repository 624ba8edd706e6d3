#include "engine/kubectl/commands/cordon.h"

#include <fmt/format.h>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

Found find_nodes(Context& context) {
    ResourceQuery query = query_of(context);
    query.arguments.clear();
    query.continue_on_error = true;
    if (context.arguments.empty()) {
        query.arguments = {"nodes"};
        return find_resources(context, query);
    }
    // "node/n1" and "n1" mean the same here.
    query.arguments = {"nodes"};
    for (const std::string& argument : context.arguments) {
        const std::size_t slash = argument.find('/');
        query.arguments.push_back(slash == std::string::npos ? argument : argument.substr(slash + 1));
    }
    return find_resources(context, query);
}

base::Result<void> require_nodes(const Context& context) {
    const bool selected = !context.flags.text("selector").empty();
    if (!context.arguments.empty() && selected) {
        return client_error("error: cannot specify both a node name and a --selector option");
    }
    if (context.arguments.empty() && !selected) {
        return usage_error(
            context.path(),
            "USAGE: " + context.command->usage.substr(0, context.command->usage.find(" [options]")) +
                " [flags]");
    }
    return {};
}

// upstream: staging/src/k8s.io/kubectl/pkg/drain/cordon.go, pkg/cmd/drain RunCordonOrUncordon
base::Result<void> set_unschedulable(Context& context, const Info& node, bool unschedulable, DryRun dry_run) {
    const std::string verb = unschedulable ? "cordoned" : "uncordoned";
    if (describe::truth_at(node.object, {"spec", "unschedulable"}) == unschedulable) {
        return print_result(context, node, node.object, "already " + verb);
    }
    if (dry_run != DryRun::Client) {
        base::Json change;
        change["spec"]["unschedulable"] = unschedulable ? base::Json(true) : base::Json(nullptr);
        QueryParameters query;
        if (dry_run == DryRun::Server) query.emplace_back("dryRun", "All");
        const base::Result<base::Json> patched =
            patch(context, node.path(), PatchType::Strategic, change.dump(), query);
        if (!patched.ok()) {
            return client_error(fmt::format("unable to {} node \"{}\": {}",
                                            unschedulable ? "cordon" : "uncordon", node.name,
                                            patched.error().message));
        }
    }
    return print_result(context, node, node.object, verb);
}

namespace {

Outcome run(Context& context, bool unschedulable) {
    const base::Result<void> allowed = require_nodes(context);
    if (!allowed.ok()) return allowed.error();
    const base::Result<DryRun> dry_run = dry_run_of(context);
    if (!dry_run.ok()) return dry_run.error();
    Found found = find_nodes(context);
    for (const Info& node : found.infos) {
        const base::Result<void> done = set_unschedulable(context, node, unschedulable, *dry_run);
        if (!done.ok()) found.errors.push_back(done.error());
    }
    return found.errors;
}

}  // namespace

CommandSpec cordon_command() {
    CommandSpec command;
    command.path = "cordon";
    command.summary = "Mark node as unschedulable";
    command.usage = "cordon NODE [options]";
    command.examples = "  # No new pods on this node\n  kubectl cordon node-1\n";
    command.flags = dry_run_flag() + selector_flag();
    command.run = [](Context& context) { return run(context, true); };
    command.group = "Cluster Management Commands";
    return command;
}

CommandSpec uncordon_command() {
    CommandSpec command;
    command.path = "uncordon";
    command.summary = "Mark node as schedulable";
    command.usage = "uncordon NODE [options]";
    command.examples = "  # New pods may come to this node again\n  kubectl uncordon node-1\n";
    command.flags = dry_run_flag() + selector_flag();
    command.run = [](Context& context) { return run(context, false); };
    command.group = "Cluster Management Commands";
    return command;
}

}  // namespace kubetab::kubectl
