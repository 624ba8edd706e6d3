// What `kubectl run` does after it has made a pod that it is attached to: waits until it runs, lends it the
// terminal, waits for its end, and removes what was made with --rm.
#pragma once

#include <memory>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

// `made` are the objects that were created, the pod first.
std::unique_ptr<sim::Process> run_attached(Context& context, std::vector<Info> made);

}  // namespace kubetab::kubectl
