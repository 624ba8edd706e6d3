// kubectl replace. upstream: staging/src/k8s.io/kubectl/pkg/cmd/replace/replace.go
#include <memory>
#include <utility>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/deletion.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/commands/raw_request.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kManager = "kubectl-replace";

base::Result<void> replace_one(Context& context, Info& info, DryRun dry_run) {
    if (context.flags.truth("save-config")) info.object = with_last_applied(info.object);
    Json replaced = info.object;
    if (dry_run != DryRun::Client) {
        const std::string& subresource = context.flags.text("subresource");
        const std::string path = info.path() + (subresource.empty() ? "" : "/" + subresource);
        // Without a version of its own the manifest replaces whatever is there. upstream:
        // resource.Helper.Replace
        if (base::text_at(info.object, {"metadata", "resourceVersion"}).empty()) {
            const auto live = get_json(context, path);
            if (live.ok()) {
                info.object["metadata"]["resourceVersion"] =
                    base::text_at(*live, {"metadata", "resourceVersion"});
            } else if (live.error().reason != base::Reason::NotFound) {
                return with_source("replacing", info.source, live.error());
            }
        }
        const auto answer =
            put_json(context, path, info.object, write_parameters(context, dry_run, kManager));
        if (!answer) return with_source("replacing", info.source, answer.error());
        replaced = *answer;
    }
    return print_result(context, info, replaced, "replaced");
}

int create_again(Context& context, const std::vector<Info>& infos) {
    std::vector<base::Status> errors;
    for (const Info& info : infos) {
        const Json object = context.flags.truth("save-config") ? with_last_applied(info.object) : info.object;
        const auto created = post_json(context, info.resource.collection_path(info.namespace_), object,
                                       write_parameters(context, DryRun::None, kManager));
        if (!created) {
            errors.push_back(created.error());
        } else if (const auto printed = print_result(context, info, *created, "replaced"); !printed) {
            errors.push_back(printed.error());
        }
    }
    return report(context, errors);
}

// upstream: forceReplace
Outcome force_replace(Context& context, std::vector<Info> infos) {
    DeletionOptions options;
    options.grace_period_seconds = context.flags.number("grace-period");
    if (options.grace_period_seconds == 0) options.grace_period_seconds = 1;
    const auto propagation = propagation_of(context);
    if (!propagation) return propagation.error();
    options.propagation = *propagation;
    std::vector<Doomed> doomed;
    for (const Info& info : infos) {
        auto deleted = delete_info(context, info, options);
        if (!deleted && deleted.error().reason == base::Reason::NotFound) continue;
        if (!deleted) return deleted.error();
        doomed.push_back(std::move(deleted).value());
        const bool quiet = !context.flags.text("output").empty();
        if (!quiet) print_deleted(context, info, options);
    }
    const sim::Duration timeout = context.flags.duration("timeout");
    auto shared = std::make_shared<std::vector<Info>>(std::move(infos));
    return wait_until_gone(context, std::move(doomed), timeout.ns > 0 ? std::optional(timeout) : std::nullopt,
                           [&context, shared] { return create_again(context, *shared); });
}

Outcome run(Context& context) {
    if (const auto refused = refuse_flags(context, {{"wait", "--force always waits"}}); !refused)
        return refused.error();
    if (!context.flags.text("raw").empty()) return raw_write(context, "PUT");
    const Flags& flags = context.flags;
    const bool force = flags.truth("force");
    if (flags.number("grace-period") >= 0 && !force) {
        return client_error("--grace-period must have --force specified");
    }
    if (flags.duration("timeout").ns != 0 && !force)
        return client_error("--timeout must have --force specified");
    ResourceQuery query = query_of(context);
    if (query.filenames.empty()) return usage_error(context.path(), "must specify --filename to replace");
    if (const auto output = check_output(context); !output) return output.error();
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    if (force && *dry_run != DryRun::None)
        return client_error("--dry-run can not be used when --force is set");
    query.continue_on_error = true;
    Found found = read_manifests(context, query);
    std::vector<base::Status> errors = std::move(found.errors);
    if (force && errors.empty() && !found.infos.empty())
        return force_replace(context, std::move(found.infos));
    for (Info& info : found.infos) {
        if (force) break;
        if (const auto done = replace_one(context, info, *dry_run); !done) errors.push_back(done.error());
    }
    if (errors.empty() && found.infos.empty()) return client_error("no objects passed to replace");
    return errors;
}

}  // namespace

CommandSpec replace_command() {
    FlagTable flags = {
        {"cascade", 0, FlagType::Text, "background", "With --force: what happens to dependents",
         "background"},
        {"force", 0, FlagType::Bool, "false", "Delete the object and create it again"},
        {"grace-period", 0, FlagType::Int, "-1", "With --force: seconds that the resource has to end"},
        {"raw", 0, FlagType::Text, "", "Raw URI to PUT the file to"},
        {"save-config", 0, FlagType::Bool, "false", "Save the configuration of the object in its annotation"},
        {"subresource", 0, FlagType::Text, "", "Work on this subresource: status or scale"},
        {"timeout", 0, FlagType::Duration, "0s", "With --force: how long to wait until it is gone"},
        {"wait", 0, FlagType::Bool, "false", "Not supported"},
    };
    return {
        .path = "replace",
        .aliases = {},
        .summary = "Replace a resource by file name or stdin",
        .usage = "replace -f FILENAME [options]",
        .examples =
            "  # Replace a pod by what a manifest says\n  kubectl replace -f ./pod.json\n\n"
            "  # Delete it and create it again\n  kubectl replace --force -f ./pod.json",
        .flags = flags + dry_run_flag() + field_manager_flag(kManager) + filename_flags("to replace") +
                 output_flags() + validate_flag(),
        .run = run,
        .group = "Advanced Commands",
    };
}

}  // namespace kubetab::kubectl
