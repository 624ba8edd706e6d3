// kubectl diff. upstream: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go
#include <utility>

#include "engine/base/yaml.h"
#include "engine/kubectl/commands/apply_patch.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/commands/unified_diff.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// "apps.v1.Deployment.default.web": the file that upstream writes the object to.
std::string file_name(const Info& info) {
    const std::string group = info.resource.group.empty() ? "" : info.resource.group + ".";
    return group + info.resource.version + "." + info.resource.kind + "." + info.namespace_ + "." + info.name;
}

// What shows a difference but no content. upstream: diff.go Masker
void mask_secret(Json& live, Json& merged) {
    for (Json* object : {&live, &merged}) {
        Json& other = object == &live ? merged : live;
        const auto data = object->find("data");
        if (data == object->end() || !data->is_object()) continue;
        for (auto& [key, value] : data->items()) {
            const Json* counterpart = base::find(other, {"data", key});
            const bool masked = counterpart != nullptr && counterpart->is_string() &&
                                starts_with(counterpart->get<std::string>(), "***");
            if (masked) continue;
            const bool differs = counterpart != nullptr && *counterpart != value;
            if (differs) other["data"][key] = "*** (after)";
            else if (counterpart != nullptr) other["data"][key] = "***";
            value = differs ? "*** (before)" : "***";
        }
    }
}

std::string yaml_of(Json object) {
    if (object.is_null()) return "";
    if (object["metadata"].is_object()) object["metadata"].erase("managedFields");
    return base::to_yaml(object);
}

base::Result<Json> merged_by_server(Context& context, const Info& info, const Json& live) {
    // What was last applied is not compared. upstream: GetModifiedConfiguration with annotate=false
    Json modified = info.object;
    Json& annotations = modified["metadata"]["annotations"];
    if (!annotations.is_object()) annotations = Json::object();
    annotations.erase(std::string(kLastApplied));
    QueryParameters parameters = {{"dryRun", "All"}, {"fieldManager", "kubectl-client-side-apply"}};
    if (live.is_null()) {
        return post_json(context, info.resource.collection_path(info.namespace_), without_nulls(modified),
                         parameters);
    }
    const ApplyPatch change = TRY(make_apply_patch(info.resource, modified, live));
    if (change.body == "{}") return live;
    return patch(context, info.path(), change.type, change.body, parameters);
}

// True when the object differs; the difference is printed.
base::Result<bool> diff_one(Context& context, const Info& info) {
    Json live;
    auto found = get_json(context, info.path());
    if (found.ok()) live = std::move(found).value();
    else if (found.error().reason != base::Reason::NotFound) return found.error();
    Json merged = TRY(merged_by_server(context, info, live));
    if (info.resource.kind == "Secret" && info.resource.group.empty()) mask_secret(live, merged);
    const std::string hunks = unified_hunks(yaml_of(live), yaml_of(merged));
    if (hunks.empty()) return false;
    const std::string before = "/tmp/LIVE-0/" + file_name(info);
    const std::string after = "/tmp/MERGED-0/" + file_name(info);
    context.out("diff -u -N " + before + " " + after + "\n--- " + before + "\n+++ " + after + "\n" + hunks);
    return true;
}

Outcome run(Context& context) {
    const auto refused =
        refuse_flags(context, {{"concurrency", "objects are compared one by one"},
                               {"force-conflicts", "it belongs to --server-side"},
                               {"prune", "delete what is no longer wanted with kubectl delete"},
                               {"prune-allowlist", "it belongs to --prune"},
                               {"server-side", "apply works in the client here"}});
    if (!refused) return refused.error();
    ResourceQuery query = query_of(context);
    if (query.filenames.empty()) return client_error("must specify one of -f and -k");
    if (!query.arguments.empty()) {
        return usage_error(context.path(), "Unexpected args: [" + join(query.arguments, " ") + "]");
    }
    Found found = read_manifests(context, query);
    if (const auto kept = keep_selected(found.infos, query.label_selector); !kept) return kept.error();
    bool differs = false;
    for (const Info& info : found.infos) {
        const auto one = diff_one(context, info);
        // A failure is told apart from a difference by its exit code.
        if (!one) {
            context.err(error_text({one.error()}));
            return 2;
        }
        differs = differs || *one;
    }
    if (!found.errors.empty()) {
        context.err(error_text(found.errors));
        return 2;
    }
    return differs ? 1 : 0;
}

}  // namespace

CommandSpec diff_command() {
    FlagTable flags = {
        {"concurrency", 0, FlagType::Int, "1", "Not supported"},
        {"force-conflicts", 0, FlagType::Bool, "false", "Not supported"},
        {"prune", 0, FlagType::Bool, "false", "Not supported"},
        {"prune-allowlist", 0, FlagType::TextArray, "", "Not supported"},
        {"server-side", 0, FlagType::Bool, "false", "Not supported"},
    };
    return {
        .path = "diff",
        .aliases = {},
        .summary = "Diff the live version against a would-be applied version",
        .usage = "diff -f FILENAME [options]",
        .examples =
            "  # Show what applying a manifest would change\n  kubectl diff -f web.yaml\n\n"
            "  # The same for what is passed into stdin\n  cat web.yaml | kubectl diff -f -",
        .flags = flags + field_manager_flag("kubectl-client-side-apply") +
                 filename_flags("that contains the configuration to diff") + selector_flag(),
        .run = run,
        .group = "Advanced Commands",
    };
}

}  // namespace kubetab::kubectl
