// kubectl patch. upstream: staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go
#include <utility>

#include "engine/api/patch/json_patch.h"
#include "engine/api/patch/merge_patch.h"
#include "engine/api/patch/strategic_merge.h"
#include "engine/base/yaml.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/printers/json_text.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

base::Result<PatchType> type_from(const Context& context) {
    const std::string name = lower(context.flags.text("type"));
    if (name == "strategic") return PatchType::Strategic;
    if (name == "merge") return PatchType::Merge;
    if (name == "json") return PatchType::Json;
    return client_error("--type must be one of [json merge strategic], not " +
                        quote(context.flags.text("type")));
}

// The patch as JSON text; what begins with a brace is sent as it was written.
base::Result<std::string> body_from(const Context& context) {
    const bool inline_given = context.flags.changed("patch");
    const bool file_given = context.flags.changed("patch-file");
    if (inline_given == file_given) {
        return client_error(
            inline_given ? "cannot specify --patch and --patch-file together"
                         : "must specify --patch or --patch-file containing the contents of the patch");
    }
    const std::string text =
        inline_given ? context.flags.text("patch") : TRY(context.read_file(context.flags.text("patch-file")));
    if (starts_with(trim(text), "{")) return text;
    const auto parsed = base::parse_yaml(text);
    if (!parsed) return client_error("unable to parse " + quote(text) + ": " + parsed.error().message);
    return json_text(*parsed, 0);
}

// --local and --dry-run=client: the patch is applied here. upstream: getPatchedJSON
base::Result<Json> patched_here(const Info& info, PatchType type, const std::string& body) {
    const Json patch = TRY(base::parse_json(body));
    if (type == PatchType::Json) return api::apply_json_patch(info.object, patch);
    if (type == PatchType::Merge) return api::apply_merge_patch(info.object, patch);
    const api::Type* table = type_of_resource(info.resource);
    if (table == nullptr)
        return client_error("strategic merge patch is not supported for " + info.resource.kind +
                            ": use --type merge");
    return api::apply_strategic_merge(info.object, patch, *table);
}

base::Result<void> patch_one(Context& context, const Info& info, PatchType type, const std::string& body,
                             DryRun dry_run) {
    Json after;
    if (dry_run == DryRun::Client || context.flags.truth("local")) {
        after = TRY(patched_here(info, type, body));
    } else {
        const std::string& subresource = context.flags.text("subresource");
        const std::string path = info.path() + (subresource.empty() ? "" : "/" + subresource);
        base::Result<Json> patched =
            patch(context, path, type, body, write_parameters(context, dry_run, "kubectl-patch"));
        if (!patched && patched.error().reason == base::Reason::UnsupportedMediaType) {
            return client_error("application/strategic-merge-patch+json is not supported by " +
                                info.resource.api_version() + ", Kind=" + info.resource.kind + ": " +
                                patched.error().message);
        }
        after = TRY(std::move(patched));
    }
    return print_result(context, info, after, after == info.object ? "patched (no change)" : "patched");
}

Outcome run(Context& context) {
    const auto type = type_from(context);
    if (!type) return type.error();
    const auto body = body_from(context);
    if (!body) return body.error();
    if (context.flags.truth("local") && context.flags.list("filename").empty()) {
        return client_error("cannot specify --local without -f");
    }
    if (const auto output = check_output(context); !output) return output.error();
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    ResourceQuery query = query_of(context);
    query.continue_on_error = true;
    query.refresh = true;
    Found found = find_resources(context, query);
    std::vector<base::Status> errors = std::move(found.errors);
    for (const Info& info : found.infos) {
        if (const auto done = patch_one(context, info, *type, *body, *dry_run); !done)
            errors.push_back(done.error());
    }
    if (errors.empty() && found.infos.empty()) return client_error("no objects passed to patch");
    return errors;
}

}  // namespace

CommandSpec patch_command() {
    FlagTable flags = {
        {"local", 0, FlagType::Bool, "false", "Patch the content of a file, without asking the server"},
        {"patch", 'p', FlagType::Text, "", "The patch to be applied, as JSON or YAML"},
        {"patch-file", 0, FlagType::Text, "", "A file that contains the patch"},
        {"subresource", 0, FlagType::Text, "", "Work on this subresource: status or scale"},
        {"type", 0, FlagType::Text, "strategic", "The type of patch: json, merge or strategic"},
    };
    return {
        .path = "patch",
        .aliases = {},
        .summary = "Update fields of a resource",
        .usage = "patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE] [options]",
        .examples =
            "  # Change the image of one container\n"
            "  kubectl patch deployment web -p "
            "'{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"nginx\",\"image\":\"nginx:1."
            "26\"}]}}}}'\n\n"
            "  # Change a list by position\n  kubectl patch pod web --type=json "
            "-p='[{\"op\":\"replace\",\"path\":\"/spec/containers/0/image\",\"value\":\"nginx:1.26\"}]'",
        .flags = flags + dry_run_flag() + field_manager_flag("kubectl-patch") + filename_flags("to update") +
                 output_flags(),
        .run = run,
        .group = "Advanced Commands",
    };
}

}  // namespace kubetab::kubectl
