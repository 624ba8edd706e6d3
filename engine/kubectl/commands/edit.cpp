// kubectl edit: reads the object and says what to use instead of an editor.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editoptions.go
#include "engine/kubectl/commands/apply_last_applied.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {
namespace {

Outcome run(Context& context) {
    ResourceQuery query = query_of(context);
    query.refresh = true;
    Found found = find_resources(context, query);
    if (!found.errors.empty()) return std::move(found.errors);
    if (found.infos.empty()) return client_error("edit cancelled, no objects found");
    for (const char* name : {"KUBE_EDITOR", "EDITOR"}) {
        const auto editor = context.environment.find(name);
        if (editor == context.environment.end()) continue;
        // `true` leaves the file as it is, as scripts use it.
        if (editor->second == "true") {
            context.err("Edit cancelled, no changes made.\n");
            return 0;
        }
    }
    return client_error(
        "there is no editor in this terminal: use kubectl patch, kubectl set, or kubectl get -o yaml > file "
        "and kubectl apply -f file");
}

}  // namespace

// upstream: apply_edit_last_applied.go, which opens the annotation instead of the object
CommandSpec apply_edit_last_applied_command() {
    return {
        .path = "apply edit-last-applied",
        .aliases = {},
        .summary = "Edit latest last-applied-configuration annotations of a resource/object",
        .usage = "apply edit-last-applied (RESOURCE/NAME | -f FILENAME) [options]",
        .examples = "",
        .flags = filename_flags("to use to edit the resource"),
        .run = run,
        .group = "",
    };
}

CommandSpec edit_command() {
    return {
        .path = "edit",
        .aliases = {},
        .summary = "Edit a resource on the server",
        .usage = "edit (RESOURCE/NAME | -f FILENAME) [options]",
        .examples = "",
        .flags = filename_flags("to use to edit the resource"),
        .run = run,
        .group = "Basic Commands (Intermediate)",
    };
}

}  // namespace kubetab::kubectl
