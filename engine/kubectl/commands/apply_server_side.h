// How `apply --server-side` applies an object, and moves one over that was applied from the client before.
//
// The object is applied once; when it was applied from the client before, what that manager owns is handed
// over to the server-side one, and the object is applied again. What goes wrong in the hand-over is only
// warned of.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go, client-go/util/csaupgrade/upgrade.go
#pragma once

#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

// The object as the server answers it.
base::Result<base::Json> apply_on_server(Context& context, const Info& info, DryRun dry_run);

}  // namespace kubetab::kubectl
