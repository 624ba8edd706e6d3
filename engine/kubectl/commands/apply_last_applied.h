// The configuration that a client-side apply has left in an annotation: commands that change it.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply_{set,edit}_last_applied.go
#pragma once

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

CommandSpec apply_edit_last_applied_command();
CommandSpec apply_set_last_applied_command();

}  // namespace kubetab::kubectl
