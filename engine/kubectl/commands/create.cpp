// kubectl create -f. upstream: staging/src/k8s.io/kubectl/pkg/cmd/create/create.go
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/commands/raw_request.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// `kubectl create` without a file: says what it needs and shows the sub-commands.
Outcome refuse_nothing(Context& context) {
    context.err("error: must specify one of -f and -k\n\n");
    if (!context.arguments.empty()) {
        return usage_error(context.path(), "Unexpected args: [" + join(context.arguments, " ") + "]");
    }
    context.err(help_text(context.command));
    return 1;
}

base::Result<void> create_one(Context& context, Info& info, DryRun dry_run) {
    if (context.flags.truth("save-config")) info.object = with_last_applied(info.object);
    Json created = info.object;
    if (dry_run != DryRun::Client) {
        const auto answer = post_json(context, info.resource.collection_path(info.namespace_), info.object,
                                      write_parameters(context, dry_run, "kubectl-create"));
        if (!answer) return with_source("creating", info.source, answer.error());
        created = *answer;
    }
    return print_result(context, info, created, "created");
}

Outcome run(Context& context) {
    const auto refused = refuse_flags(
        context, {{"edit", "there is no editor here"}, {"windows-line-endings", "there is no editor here"}});
    if (!refused) return refused.error();
    if (!context.flags.text("raw").empty()) return raw_write(context, "POST");
    ResourceQuery query = query_of(context);
    if (query.filenames.empty()) return refuse_nothing(context);
    if (!query.arguments.empty()) {
        return usage_error(context.path(), "Unexpected args: [" + join(query.arguments, " ") + "]");
    }
    if (const auto output = check_output(context); !output) return output.error();
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    query.continue_on_error = true;
    Found found = read_manifests(context, query);
    if (const auto kept = keep_selected(found.infos, query.label_selector); !kept) return kept.error();
    std::vector<base::Status> errors;
    for (Info& info : found.infos) {
        if (const auto created = create_one(context, info, *dry_run); !created)
            errors.push_back(created.error());
    }
    errors.insert(errors.end(), found.errors.begin(), found.errors.end());
    if (errors.empty() && found.infos.empty()) return client_error("no objects passed to create");
    return errors;
}

}  // namespace

CommandSpec create_command() {
    FlagTable flags = {
        {"edit", 0, FlagType::Bool, "false", "Not supported"},
        {"raw", 0, FlagType::Text, "", "Raw URI to POST the file to"},
        {"save-config", 0, FlagType::Bool, "false", "Save the configuration of the object in its annotation"},
        {"windows-line-endings", 0, FlagType::Bool, "false", "Not supported"},
    };
    return {
        .path = "create",
        .aliases = {},
        .summary = "Create a resource from a file or from stdin",
        .usage = "create -f FILENAME [options]",
        .examples =
            "  # Create what a manifest describes\n  kubectl create -f ./pod.json\n\n"
            "  # Create what is passed into stdin\n  cat pod.json | kubectl create -f -",
        .flags = flags + dry_run_flag() + field_manager_flag("kubectl-create") + filename_flags("to create") +
                 output_flags() + selector_flag() + validate_flag(),
        .run = run,
        .group = "Basic Commands (Beginner)",
    };
}

}  // namespace kubetab::kubectl
