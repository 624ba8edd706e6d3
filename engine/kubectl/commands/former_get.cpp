#include "engine/kubectl/commands/former_get.h"

#include "engine/kubectl/commands/former_run.h"

namespace kubetab::kubectl {

FlagTable former_get_flags() {
    return {
        {"export", 0, FlagType::Bool, "false", "Leave out what belongs to this cluster only"},
        {"show-all", 'a', FlagType::Bool, "false", "List pods that have ended, too"},
    };
}

void get_as_in_2017(Context& context, ResourceQuery& query) {
    if (!runs_as_in_2017(context)) return;
    const Flags& flags = context.flags;
    query.hide_ended_pods = !flags.has("show-all") || !flags.truth("show-all");
    query.exported = flags.has("export") && flags.truth("export");
}

}  // namespace kubetab::kubectl
