#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/rollout_revisions.h"
#include "engine/kubectl/describe/writer.h"
#include "engine/kubectl/printer.h"

namespace kubetab::kubectl {
namespace {

const Revision* find_revision(const std::vector<Revision>& revisions, std::int64_t number) {
    const auto it = std::find_if(revisions.begin(), revisions.end(),
                                 [number](const Revision& revision) { return revision.number == number; });
    return it == revisions.end() ? nullptr : &*it;
}

// The revision's template, with its change cause among the annotations.
std::string one_revision(const Revision& revision) {
    base::Json pod_template = revision.pod_template;
    if (!revision.change_cause.empty()) {
        pod_template["metadata"]["annotations"]["kubernetes.io/change-cause"] = revision.change_cause;
    }
    return template_text(pod_template);
}

std::string all_revisions(const std::vector<Revision>& revisions) {
    if (revisions.empty()) return "No rollout history found.";
    std::string text = "REVISION\tCHANGE-CAUSE\n";
    for (const Revision& revision : revisions) {
        text += fmt::format("{}\t{}\n", revision.number,
                            revision.change_cause.empty() ? "<none>" : revision.change_cause);
    }
    return describe::align_columns(text);
}

// upstream: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_history.go
base::Result<void> show(Context& context, const Info& info) {
    const std::int64_t wanted = context.flags.number("revision");
    const std::vector<Revision> revisions = TRY(revisions_of(context, info));
    const Revision* chosen = wanted > 0 ? find_revision(revisions, wanted) : nullptr;
    if (wanted > 0 && chosen == nullptr) return client_error("unable to find the specified revision");
    if (!context.flags.text("output").empty()) {
        const std::unique_ptr<ObjectPrinter> printer =
            TRY(make_printer(context, context.flags.text("output")));
        for (const Revision& revision : revisions) {
            if (chosen != nullptr && &revision != chosen) continue;
            context.out(TRY(printer->print(revision.object, nullptr)));
        }
        return {};
    }
    if (chosen != nullptr) {
        context.out(fmt::format("{} with revision #{}\n{}\n", info.label(), wanted, one_revision(*chosen)));
    } else {
        context.out(fmt::format("{} \n{}\n", info.label(), all_revisions(revisions)));
    }
    return {};
}

Outcome run(Context& context) {
    if (context.arguments.empty() && context.flags.list("filename").empty()) {
        return client_error("required resource not specified");
    }
    if (context.flags.number("revision") < 0) {
        return client_error("revision must be a positive integer: " +
                            std::to_string(context.flags.number("revision")));
    }
    ResourceQuery query = query_of(context);
    query.allow_bare_types = true;
    query.refresh = true;
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    for (const Info& info : found.infos) {
        const base::Result<void> shown = show(context, info);
        if (!shown.ok()) found.errors.push_back(shown.error());
    }
    return found.errors;
}

}  // namespace

CommandSpec rollout_history_command() {
    CommandSpec command;
    command.path = "rollout history";
    command.summary = "View rollout history";
    command.usage = "rollout history (TYPE NAME | TYPE/NAME) [flags] [options]";
    command.examples =
        "  # The revisions of a deployment\n"
        "  kubectl rollout history deployment/abc\n\n"
        "  # What revision 3 of a daemon set ran\n"
        "  kubectl rollout history daemonset/abc --revision=3\n";
    command.flags = FlagTable{{"revision", 0, FlagType::Int, "0", "Show what this revision ran"}} +
                    filename_flags("identifying the resource to get from a server.") + selector_flag() +
                    output_flags();
    command.run = run;
    return command;
}

}  // namespace kubetab::kubectl
