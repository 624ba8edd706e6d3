#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/rollout_revisions.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// Annotations that belong to the object and not to a revision.
constexpr std::string_view kKept[] = {
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deployment.kubernetes.io/revision-history",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deprecated.deployment.rollback.to",
};

bool is_kept(std::string_view key) {
    return std::find(std::begin(kKept), std::end(kKept), key) != std::end(kKept);
}

// The revision asked for; 0 means the one before the latest.
base::Result<Revision> target(const std::vector<Revision>& revisions, const Info& info, std::int64_t wanted) {
    if (wanted == 0) {
        if (revisions.size() >= 2) return revisions[revisions.size() - 2];
        if (info.resource.kind == "Deployment") {
            return client_error(fmt::format("no rollout history found for deployment \"{}\"", info.name));
        }
        return client_error("no last revision to roll back to");
    }
    for (const Revision& revision : revisions) {
        if (revision.number == wanted) return revision;
    }
    return client_error(fmt::format("unable to find specified revision {} in history", wanted));
}

Json rolled_back_annotations(const Json& deployment, const Json& replica_set) {
    Json annotations = Json::object();
    for (const auto& [key, value] : describe::map_at(deployment, {"metadata", "annotations"}).items()) {
        if (is_kept(key)) annotations[key] = value;
    }
    for (const auto& [key, value] : describe::map_at(replica_set, {"metadata", "annotations"}).items()) {
        if (!is_kept(key)) annotations[key] = value;
    }
    return annotations;
}

base::Result<void> send_patch(Context& context, const Info& info, const Revision& revision, DryRun dry_run) {
    QueryParameters query;
    if (dry_run == DryRun::Server) query.emplace_back("dryRun", "All");
    if (info.resource.kind != "Deployment") {
        const Json& data = describe::map_at(revision.object, {"data"});
        TRY(patch(context, info.path(), PatchType::Strategic, data.dump(), query));
        return {};
    }
    Json pod_template = revision.pod_template;
    if (base::find(pod_template, {"metadata", "labels"}) != nullptr) {
        pod_template["metadata"]["labels"].erase("pod-template-hash");
    }
    const Json steps =
        Json::array({Json{{"op", "replace"}, {"path", "/spec/template"}, {"value", pod_template}},
                     Json{{"op", "replace"},
                          {"path", "/metadata/annotations"},
                          {"value", rolled_back_annotations(info.object, revision.object)}}});
    TRY(patch(context, info.path(), PatchType::Json, steps.dump(), query));
    return {};
}

// What to say about the object. upstream: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollback.go
base::Result<std::string> undo(Context& context, const Info& info, DryRun dry_run) {
    const std::int64_t wanted = context.flags.number("to-revision");
    if (wanted < 0)
        return client_error(fmt::format("unable to find specified revision {} in history", wanted));
    if (info.resource.todays_group() != "apps" || info.resource.kind == "ReplicaSet") {
        return client_error("no rollbacker has been implemented for \"" + info.resource.kind + "\"");
    }
    const std::vector<Revision> revisions = TRY(revisions_of(context, info));
    const Revision revision = TRY(target(revisions, info, wanted));
    if (dry_run == DryRun::Client) return template_text(revision.pod_template);
    if (describe::truth_at(info.object, {"spec", "paused"})) {
        return client_error(
            "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try "
            "again");
    }
    if (same_template(revision.pod_template, describe::map_at(info.object, {"spec", "template"}))) {
        return fmt::format("skipped rollback (current template already matches revision {})", wanted);
    }
    TRY(send_patch(context, info, revision, dry_run));
    return std::string("rolled back");
}

Outcome run(Context& context) {
    if (context.arguments.empty() && context.flags.list("filename").empty()) {
        return client_error("required resource not specified");
    }
    const base::Result<DryRun> dry_run = dry_run_of(context);
    if (!dry_run.ok()) return dry_run.error();
    ResourceQuery query = query_of(context);
    query.allow_bare_types = true;
    query.refresh = true;
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    for (const Info& info : found.infos) {
        const base::Result<std::string> operation = undo(context, info, *dry_run);
        if (!operation.ok()) {
            found.errors.push_back(operation.error());
            continue;
        }
        const base::Result<void> printed = print_result(context, info, info.object, *operation);
        if (!printed.ok()) found.errors.push_back(printed.error());
    }
    return found.errors;
}

}  // namespace

CommandSpec rollout_undo_command() {
    CommandSpec command;
    command.path = "rollout undo";
    command.summary = "Undo a previous rollout";
    command.usage = "rollout undo (TYPE NAME | TYPE/NAME) [flags] [options]";
    command.examples =
        "  # Back to the revision before\n"
        "  kubectl rollout undo deployment/abc\n\n"
        "  # Back to revision 3\n"
        "  kubectl rollout undo daemonset/abc --to-revision=3\n";
    command.flags = FlagTable{{"to-revision", 0, FlagType::Int, "0",
                               "The revision to go back to; 0 means the one before"}} +
                    dry_run_flag() + filename_flags("identifying the resource to get from a server.") +
                    selector_flag() + output_flags();
    command.run = run;
    return command;
}

}  // namespace kubetab::kubectl
