// kubectl create priorityclass. upstream: kubectl/pkg/cmd/create/create_priorityclass.go
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"

namespace kubetab::kubectl {
namespace {

Outcome run(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    base::Json object = created_object("scheduling.k8s.io/v1", "PriorityClass", *name);
    object["value"] = context.flags.number("value");
    if (context.flags.truth("global-default")) object["globalDefault"] = true;
    const std::string& description = context.flags.text("description");
    if (!description.empty()) object["description"] = description;
    object["preemptionPolicy"] = context.flags.text("preemption-policy");
    return create_typed(context, std::move(object), "priorityclass:");
}

}  // namespace

CommandSpec create_priority_class_command() {
    FlagTable flags = {
        {"value", 0, FlagType::Int, "0", "The priority of the class"},
        {"global-default", 0, FlagType::Bool, "false", "Give this class to pods that name none"},
        {"description", 0, FlagType::Text, "", "When to use the class"},
        {"preemption-policy", 0, FlagType::Text, "PreemptLowerPriority",
         "PreemptLowerPriority, or Never: then its pods only wait ahead of others"},
    };
    return {
        .path = "create priorityclass",
        .aliases = {"pc"},
        .summary = "Create a priority class with the specified name",
        .usage =
            "create priorityclass NAME --value=VALUE --global-default=BOOL "
            "[--dry-run=server|client|none] [options]",
        .examples =
            "  # Create a priority class named high with a description\n  kubectl create priorityclass high "
            "--value=1000 --description=\"pods that customers wait for\"",
        .flags = flags + typed_create_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
