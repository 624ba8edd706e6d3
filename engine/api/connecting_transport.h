// A Transport that also reaches the containers of pods, as the server's connections for exec and attach do.
#pragma once

#include <memory>

#include "engine/api/transport.h"

namespace kubetab::sim {
class Process;
}

namespace kubetab::api {

class ConnectingTransport : public Transport {
public:
    // Runs a command in a container (`exec`), or joins its first process (`attach`); the query names
    // container, command words and streams. The caller polls the process, which ends when the container does.
    // On failure returns null and fills `refusal`.
    virtual std::unique_ptr<sim::Process> connect(const Request& request, Response& refusal) = 0;
};

}  // namespace kubetab::api
