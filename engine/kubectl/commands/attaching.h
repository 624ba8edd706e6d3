// Attaching kubectl's terminal to the first process of a container: for attach and run.
#pragma once

#include <memory>
#include <string>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

// Needs session_flags(). `container` may be "": then the pod's default one.
base::Result<std::unique_ptr<sim::Process>> attach_to(Context& context, const base::Json& pod,
                                                      const std::string& container);

}  // namespace kubetab::kubectl
