// Lending kubectl's terminal to a process inside a container: exec, attach, run -it.
//
// upstream: kubectl/pkg/cmd/exec/exec.go StreamOptions, ExecOptions.Run
#pragma once

#include <memory>
#include <string>

#include "engine/kubectl/command.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

struct SessionRequest {
    std::string path{};  // of the pod's subresource
    std::string container{};
    QueryParameters query{};  // besides container and streams
    bool input = false;       // -i
    bool terminal = false;    // -t, as terminal_wanted() allows it
};

// -c, -i, -q, -t and --pod-running-timeout.
FlagTable session_flags();

// True when -t can be done. Says on standard error when standard input is no terminal.
bool terminal_wanted(Context& context);

// The process ends with the remote exit code, and says so when that is not 0.
base::Result<std::unique_ptr<sim::Process>> open_session(Context& context, SessionRequest request);

}  // namespace kubetab::kubectl
