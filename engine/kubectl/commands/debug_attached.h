// What `kubectl debug` does after it has added a container that it is attached to: waits until it runs and
// lends it the terminal, or prints its log when it has ended already; one target after the other.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

struct DebugTarget {
    Info pod{};
    std::string container{};
};

std::unique_ptr<sim::Process> debug_attached(Context& context, std::vector<DebugTarget> targets);

}  // namespace kubetab::kubectl
