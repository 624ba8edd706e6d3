// kubectl scale. upstream: staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go
#include <utility>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

QueryParameters scale_parameters(DryRun dry_run) {
    return dry_run == DryRun::Server ? QueryParameters{{"dryRun", "All"}} : QueryParameters{};
}

// With --current-replicas or --resource-version the present scale is looked at first. upstream:
// genericScaler.ScaleSimple
base::Result<void> scale_with_precondition(Context& context, const Info& info, DryRun dry_run) {
    const Flags& flags = context.flags;
    const std::string path = info.path() + "/scale";
    Json scale = TRY(get_json(context, path));
    const std::int64_t current = base::int_at(scale, {"spec", "replicas"});
    const std::int32_t wanted = flags.number("current-replicas");
    if (wanted != -1 && current != wanted) {
        return client_error("Expected replicas to be " + std::to_string(wanted) + ", was " +
                            std::to_string(current));
    }
    const std::string& version = flags.text("resource-version");
    const std::string live = base::text_at(scale, {"metadata", "resourceVersion"});
    if (!version.empty() && version != live) {
        return client_error("Expected resource version to be " + version + ", was " + live);
    }
    scale["spec"]["replicas"] = flags.number("replicas");
    TRY(put_json(context, path, scale, scale_parameters(dry_run)));
    return {};
}

base::Result<void> scale_one(Context& context, const Info& info, DryRun dry_run) {
    const Flags& flags = context.flags;
    if (dry_run == DryRun::Client) return print_result(context, info, info.object, "scaled");
    const bool conditional =
        flags.number("current-replicas") != -1 || !flags.text("resource-version").empty();
    if (conditional) {
        TRY(scale_with_precondition(context, info, dry_run));
    } else {
        const Json change = {{"spec", {{"replicas", flags.number("replicas")}}}};
        TRY(patch(context, info.path() + "/scale", PatchType::Merge, change.dump(),
                  scale_parameters(dry_run)));
    }
    return print_result(context, info, info.object, "scaled");
}

base::Result<void> check_flags(const Context& context) {
    TRY(refuse_flags(context, {{"timeout", "follow it with kubectl rollout status or kubectl wait"}}));
    if (context.flags.number("replicas") < 0) {
        return client_error(
            "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
    }
    if (context.flags.number("current-replicas") < -1) {
        return client_error("The --current-replicas must specify an integer of -1 or greater");
    }
    return {};
}

Outcome run(Context& context) {
    if (const auto checked = check_flags(context); !checked) return checked.error();
    if (const auto output = check_output(context); !output) return output.error();
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    ResourceQuery query = query_of(context);
    query.continue_on_error = true;
    query.refresh = true;
    query.allow_bare_types = query.all;
    Found found = find_resources(context, query);
    if (found.infos.empty()) {
        std::string why;
        for (const base::Status& error : found.errors) why += (why.empty() ? "" : ", ") + error.message;
        if (found.errors.size() == 1 && is_client_error(found.errors.front())) return found.errors.front();
        return client_error("no objects passed to scale " + (why.empty() ? "<nil>" : why));
    }
    if (!context.flags.text("resource-version").empty() && found.infos.size() > 1) {
        return client_error("cannot use --resource-version with multiple resources");
    }
    std::vector<base::Status> errors = std::move(found.errors);
    for (const Info& info : found.infos) {
        if (const auto done = scale_one(context, info, *dry_run); !done) errors.push_back(done.error());
    }
    return errors;
}

}  // namespace

CommandSpec scale_command() {
    FlagTable flags = {
        {"all", 0, FlagType::Bool, "false", "Select all resources of the given types in the namespace"},
        {"current-replicas", 0, FlagType::Int, "-1", "Scale only when this is the current size"},
        {"replicas", 0, FlagType::Int, "0", "The new desired number of replicas", "", true},
        {"resource-version", 0, FlagType::Text, "",
         "Scale only when this is the current version of the object"},
        {"timeout", 0, FlagType::Duration, "0s", "Not supported"},
    };
    return {
        .path = "scale",
        .aliases = {},
        .summary = "Set a new size for a deployment, replica set, or replication controller",
        .usage =
            "scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | "
            "TYPE NAME) "
            "[options]",
        .examples =
            "  # Scale a deployment to 3\n  kubectl scale --replicas=3 deployment/web\n\n"
            "  # Scale it to 3 only if it is 2 now\n  kubectl scale --current-replicas=2 --replicas=3 "
            "deployment/web",
        .flags =
            flags + dry_run_flag() + filename_flags("to set a new size") + output_flags() + selector_flag(),
        .run = run,
        .group = "Deploy Commands",
    };
}

}  // namespace kubetab::kubectl
