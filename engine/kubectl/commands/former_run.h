// kubectl run as clients of 2017 did it, where the cluster serves the versions of that time: a Deployment, or
// a Job with --restart=OnFailure; with --restart=Never a pod as today.
//
// upstream: pkg/kubectl/run.go and pkg/kubectl/cmd/run.go, as they were in v1.7
// differs:  what is attached to is always a pod.
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

bool runs_as_in_2017(Context& context);
// --replicas and --generator, which today's kubectl does not know.
FlagTable former_run_flags();
// What makes the generated pod.
base::Result<base::Json> former_workload(const Context& context, base::Json pod);

}  // namespace kubetab::kubectl
