// What cordon, uncordon and drain share.
#pragma once

#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

// The nodes that the arguments or -l name.
Found find_nodes(Context& context);
// Fails unless nodes or a selector were given, and not both.
base::Result<void> require_nodes(const Context& context);
// Sets spec.unschedulable and says so.
base::Result<void> set_unschedulable(Context& context, const Info& node, bool unschedulable, DryRun dry_run);

}  // namespace kubetab::kubectl
