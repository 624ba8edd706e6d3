#include "engine/kubectl/commands/apply_last_applied.h"

#include "engine/api/patch/merge_patch.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/printers/json_text.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kNoAnnotation = "no last-applied-configuration annotation found on resource: ";

// upstream: apply_view_last_applied.go
Outcome run_view(Context& context) {
    const std::string form = context.flags.text("output");
    if (form != "json" && form != "yaml") {
        return usage_error(context.path(), "Unexpected -o output mode: " + form +
                                               ", the flag 'output' must be one of yaml|json");
    }
    ResourceQuery query = query_of(context);
    query.refresh = true;
    query.allow_bare_types = query.all;
    Found found = find_resources(context, query);
    if (!found.errors.empty()) return std::move(found.errors);
    const auto printer = make_printer(context, form);
    if (!printer) return printer.error();
    for (const Info& info : found.infos) {
        const Json* annotation = base::find(info.object, {"metadata", "annotations", kLastApplied});
        if (annotation == nullptr || !annotation->is_string()) {
            return client_error("no last-applied-configuration annotation found on resource: " + info.name);
        }
        const auto parsed = base::parse_json(annotation->get_ref<const std::string&>());
        if (!parsed) return client_error(parsed.error().message);
        const auto text = (*printer)->print(*parsed, nullptr);
        if (!text) return text.error();
        context.out(*text);
    }
    return 0;
}

// An object of a file and the patch that writes it into the live object's annotation.
struct Pending {
    Info info{};
    std::string patch{};  // empty when the annotation says so already
};

base::Result<Pending> pending_of(Context& context, const Info& wanted) {
    auto live = get_json(context, wanted.path());
    if (!live && live.error().reason == base::Reason::NotFound) return live.error();
    if (!live) {
        return with_source(
            "retrieving current configuration of:\n" + info_text(wanted) + "\nfrom server for:",
            wanted.source, live.error());
    }
    const Json* annotation = base::find(*live, {"metadata", "annotations", kLastApplied});
    const bool create = context.flags.truth("create-annotation");
    if (annotation == nullptr && !create) {
        return client_error(std::string(kNoAnnotation) + wanted.name +
                            ", to create the annotation, run the command with --create-annotation");
    }
    const std::string text = json_text(wanted.object, 0) + "\n";
    Pending pending{wanted, {}};
    pending.info.object = std::move(*live);
    if (annotation != nullptr && annotation->is_string() && annotation->get_ref<const std::string&>() == text)
        return pending;
    const Json patch = {{"metadata", {{"annotations", {{std::string(kLastApplied), text}}}}}};
    pending.patch = json_text(patch, 0);
    return pending;
}

base::Result<void> set_one(Context& context, const Pending& pending, DryRun dry_run) {
    const Info& info = pending.info;
    Json after = info.object;
    if (dry_run != DryRun::Client) {
        after = TRY(patch(context, info.path(), PatchType::Merge, pending.patch,
                          write_parameters(context, dry_run, "")));
    }
    return print_result(context, info, after, "configured");
}

// Nothing is written before every object of the files has been looked at.
Outcome run_set(Context& context) {
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    if (const auto output = check_output(context); !output) return output.error();
    const ResourceQuery query = query_of(context);
    if (query.filenames.empty()) return missing_resource();
    Found found = read_manifests(context, query);
    if (!found.errors.empty()) return std::move(found.errors);
    std::vector<Pending> pending;
    for (const Info& info : found.infos) {
        auto one = pending_of(context, info);
        if (!one) return one.error();
        if (one->patch.empty()) context.out("set-last-applied " + info.name + ": no changes required.\n");
        else pending.push_back(std::move(*one));
    }
    for (const Pending& one : pending) {
        if (const auto done = set_one(context, one, *dry_run); !done) return done.error();
    }
    return 0;
}

}  // namespace

CommandSpec apply_view_last_applied_command() {
    FlagTable flags = {
        {"all", 0, FlagType::Bool, "false", "Select all resources of the given type in the namespace"},
        {"output", 'o', FlagType::Text, "yaml", "Output format: yaml or json"},
    };
    return {
        .path = "apply view-last-applied",
        .aliases = {},
        .summary = "View the latest last-applied-configuration annotations of a resource or object",
        .usage = "apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME) [options]",
        .examples =
            "  # View what was last applied to a deployment\n  kubectl apply view-last-applied "
            "deployment/web",
        .flags = flags + filename_flags("that contains the last-applied-configuration annotations") +
                 selector_flag(),
        .run = run_view,
        .group = "",
    };
}

CommandSpec apply_set_last_applied_command() {
    FlagTable flags = {
        {"create-annotation", 0, FlagType::Bool, "false",
         "Write the annotation even when the object has none yet"},
    };
    return {
        .path = "apply set-last-applied",
        .aliases = {},
        .summary =
            "Set the last-applied-configuration annotation on a live object to match the contents of a file",
        .usage = "apply set-last-applied -f FILENAME [options]",
        .examples =
            "  # Say that web.yaml was applied last\n  kubectl apply set-last-applied -f web.yaml "
            "--create-annotation",
        .flags = flags + dry_run_flag() +
                 filename_flags("that contains the last-applied-configuration annotations") + output_flags(),
        .run = run_set,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
