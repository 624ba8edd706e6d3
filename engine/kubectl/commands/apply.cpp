// kubectl apply. upstream: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go
#include <utility>

#include "engine/kubectl/commands/apply_patch.h"
#include "engine/kubectl/commands/apply_server_side.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kManager = "kubectl-client-side-apply";
// upstream: patcher.go maxPatchRetry
constexpr int kMaxPatchRetries = 5;

// What happened to one object.
struct Applied {
    Json object{};
    std::string_view operation{};
};

class Applier {
public:
    Applier(Context& context, DryRun dry_run) : context_(context), dry_run_(dry_run) {}

    base::Result<Applied> apply(const Info& info) {
        if (context_.flags.truth("server-side")) {
            return Applied{TRY(apply_on_server(context_, info, dry_run_)), "serverside-applied"};
        }
        const std::string generated = base::text_at(info.object, {"metadata", "generateName"});
        if (info.name.empty() && !generated.empty()) {
            return client_error("from " + generated + ": cannot use generate name with apply");
        }
        auto live = info.name.empty() ? base::Result<Json>(client_error("resource name may not be empty"))
                                      : get_json(context_, info.path());
        if (!live && live.error().reason == base::Reason::NotFound) return create(info);
        if (!live) {
            return with_source(
                "retrieving current configuration of:\n" + info_text(info) + "\nfrom server for:",
                info.source, live.error());
        }
        if (dry_run_ == DryRun::Client) return Applied{std::move(live).value(), "configured"};
        return update(info, std::move(live).value());
    }

private:
    base::Result<Applied> create(const Info& info) {
        const Json object = without_nulls(with_last_applied(info.object));
        if (dry_run_ == DryRun::Client) return Applied{object, "created"};
        auto created = post_json(context_, info.resource.collection_path(info.namespace_), object,
                                 write_parameters(context_, dry_run_, kManager));
        if (!created) return with_source("creating", info.source, created.error());
        return Applied{std::move(created).value(), "created"};
    }

    base::Result<Applied> update(const Info& info, Json live) {
        if (base::find(live, {"metadata", "annotations", kLastApplied}) == nullptr) {
            context_.warn(
                "resource " + info.resource.plural + "/" + info.name + " is missing the " +
                std::string(kLastApplied) +
                " annotation which is required by kubectl apply. kubectl apply should only be used on "
                "resources "
                "created declaratively by either kubectl create --save-config or kubectl apply. The missing "
                "annotation will be patched automatically.");
        }
        const Json modified = with_last_applied(info.object);
        for (int attempt = 0;; ++attempt) {
            const auto change = make_apply_patch(info.resource, modified, live);
            if (!change)
                return with_source("creating patch with:\nfor:", info.source,
                                   client_error(change.error().message));
            if (change->body == "{}") return Applied{std::move(live), "unchanged"};
            auto patched = patch(context_, info.path(), change->type, change->body,
                                 write_parameters(context_, dry_run_, kManager));
            if (patched.ok()) {
                if (base::find(*patched, {"metadata", "deletionTimestamp"}) != nullptr) warn_deleting(info);
                return Applied{std::move(patched).value(), "configured"};
            }
            if (patched.error().reason == base::Reason::Conflict && attempt < kMaxPatchRetries) {
                live = TRY(get_json(context_, info.path()));
                continue;
            }
            const base::Status inner = with_source("patching", info.source, patched.error());
            return with_source("applying patch:\n" + change->body + "\nto:\n" + info_text(info) + "\nfor:",
                               info.source, inner);
        }
    }

    void warn_deleting(const Info& info) {
        context_.warn("Detected changes to resource " + info.name + " which is currently being deleted.");
    }

    Context& context_;
    DryRun dry_run_;
};

base::Result<void> check_flags(const Context& context, DryRun dry_run) {
    TRY(refuse_flags(context, {{"all", "it belongs to --prune"},
                               {"cascade", "it belongs to --prune and --force"},
                               {"force", "delete the object and apply it again"},
                               {"grace-period", "it belongs to --prune and --force"},
                               {"openapi-patch", "patches are always made from the field tables"},
                               {"overwrite", "the manifest always wins over the live object"},
                               {"prune", "delete what is no longer wanted with kubectl delete"},
                               {"prune-allowlist", "it belongs to --prune"},
                               {"subresource", "apply works on whole objects"},
                               {"timeout", "it belongs to --prune and --force"},
                               {"wait", "it belongs to --prune and --force"}}));
    const bool server_side = context.flags.truth("server-side");
    if (context.flags.truth("force-conflicts") && !server_side) {
        return client_error("--force-conflicts only works with --server-side");
    }
    if (dry_run == DryRun::Client && server_side) {
        return client_error(
            "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
    }
    return {};
}

// With -o, everything is printed at the end, several objects as one list. upstream: printObjects
base::Result<void> print_objects(Context& context, std::vector<Json>& objects) {
    if (context.printer == nullptr || objects.empty()) return {};
    Json shown = objects.front();
    if (objects.size() > 1) {
        shown = {{"apiVersion", "v1"}, {"kind", "List"}, {"metadata", Json::object()}, {"items", objects}};
    }
    context.out(TRY(context.printer->print(shown, nullptr)));
    return {};
}

Outcome run(Context& context) {
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    if (const auto checked = check_flags(context, *dry_run); !checked) return checked.error();
    if (!context.arguments.empty()) {
        return usage_error(context.path(), "Unexpected args: [" + join(context.arguments, " ") + "]");
    }
    ResourceQuery query = query_of(context);
    if (query.filenames.empty()) return client_error("must specify one of -f and -k");
    if (const auto output = check_output(context); !output) return output.error();
    query.continue_on_error = true;
    Found found = read_manifests(context, query);
    if (const auto kept = keep_selected(found.infos, query.label_selector); !kept) return kept.error();
    if (found.infos.empty() && found.errors.empty()) return client_error("no objects passed to apply");

    std::vector<base::Status> errors = std::move(found.errors);
    std::vector<Json> objects;
    Applier applier(context, *dry_run);
    for (const Info& info : found.infos) {
        auto applied = applier.apply(info);
        if (!applied) {
            errors.push_back(applied.error());
        } else if (context.printer != nullptr) {
            objects.push_back(std::move(applied->object));
        } else if (const auto printed = print_result(context, info, applied->object, applied->operation);
                   !printed) {
            errors.push_back(printed.error());
        }
    }
    if (const auto printed = print_objects(context, objects); !printed) errors.push_back(printed.error());
    return errors;
}

FlagTable apply_flags() {
    return {
        {"all", 0, FlagType::Bool, "false", "Not supported"},
        {"cascade", 0, FlagType::Text, "background", "Not supported", "background"},
        {"force", 0, FlagType::Bool, "false", "Not supported"},
        {"force-conflicts", 0, FlagType::Bool, "false",
         "With --server-side, take over fields of other managers"},
        {"grace-period", 0, FlagType::Int, "-1", "Not supported"},
        {"openapi-patch", 0, FlagType::Bool, "true", "Not supported"},
        {"overwrite", 0, FlagType::Bool, "true", "Not supported"},
        {"prune", 0, FlagType::Bool, "false", "Not supported"},
        {"prune-allowlist", 0, FlagType::TextArray, "", "Not supported"},
        {"server-side", 0, FlagType::Bool, "false", "Apply in the server instead of the client"},
        {"subresource", 0, FlagType::Text, "", "Not supported"},
        {"timeout", 0, FlagType::Duration, "0s", "Not supported"},
        {"wait", 0, FlagType::Bool, "false", "Not supported"},
    };
}

}  // namespace

CommandSpec apply_command() {
    return {
        .path = "apply",
        .aliases = {},
        .summary = "Apply a configuration to a resource by file name or stdin",
        .usage = "apply (-f FILENAME | -k DIRECTORY) [options]",
        .examples =
            "  # Apply the configuration in web.yaml\n  kubectl apply -f ./web.yaml\n\n"
            "  # Apply what is passed into stdin\n  cat web.yaml | kubectl apply -f -",
        .flags = apply_flags() + dry_run_flag() + field_manager_flag(kManager) +
                 filename_flags("that contains the configurations to apply") + output_flags() +
                 selector_flag() + validate_flag(),
        .run = run,
        .group = "Advanced Commands",
    };
}

}  // namespace kubetab::kubectl
