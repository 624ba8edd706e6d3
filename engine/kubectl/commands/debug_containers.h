// The containers and pods that `kubectl debug` makes, with what a profile asks for.
//
// upstream: kubectl/pkg/cmd/debug/debug.go generateDebugContainer, generateNodeDebugPod; profiles.go
#pragma once

#include <string>
#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

// What the command line asks for.
struct DebugRequest {
    std::vector<std::string> targets{};  // "web-0", "pod/web-0", "node/worker-1"
    std::vector<std::string> words{};    // after --: a command, or arguments with --arguments-only
    base::Json env = base::Json::array();
};

base::Result<DebugRequest> read_debug_request(const Context& context);
// What cannot be asked for, in the order in which kubectl looks. Says on standard output whom a container
// targets.
base::Result<void> check_debug_request(Context& context, const DebugRequest& request);

// An ephemeral container for the pod. Says on standard output which name it got when none was given.
base::Json debug_container(Context& context, const DebugRequest& request, const base::Json& pod);
// A pod that is bound to the node. Says on standard output that it is made.
base::Json node_debug_pod(Context& context, const DebugRequest& request, const base::Json& node);

}  // namespace kubetab::kubectl
