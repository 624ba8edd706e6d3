// kubectl get as clients of 2017 did it, where the cluster serves the versions of that time: pods that have
// ended are listed with --show-all only, and --export leaves out what belongs to the cluster.
//
// upstream: pkg/kubectl/cmd/get.go, pkg/kubectl/resource_filter.go, as they were in v1.7
// differs:  --watch shows pods that end.
#pragma once

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

// --export and --show-all, which today's kubectl does not know.
FlagTable former_get_flags();
void get_as_in_2017(Context& context, ResourceQuery& query);

}  // namespace kubetab::kubectl
