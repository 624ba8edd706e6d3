// HttpServer: the API over HTTP/1.1 for clients of this machine, and virtual time passing along with real
// time.
//
// Listens on 127.0.0.1 only. Without encryption nobody is asked who they are: whoever can connect is the
// administrator, unless it sends a token or asks to be impersonated. Everything happens on the thread that
// calls run().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "engine/base/status.h"
#include "engine/rest/pace.h"
#include "engine/rest/tls.h"
#include "engine/server/rest/rest.h"
#include "engine/sim/simulation.h"

namespace kubetab::rest {

struct ServerOptions {
    std::uint16_t port = 0;  // 0: any that is free
    std::int64_t speed = 1;  // virtual seconds in a real one
    Pace::RealTime real_time{};
    std::unique_ptr<Tls> tls{};  // null: plain HTTP
};

// What is done again and again while a server runs. Its failure ends the server.
using Regularly = std::function<base::Result<void>()>;

class HttpServer {
public:
    // Has its port from now on; who connects waits until it runs. Fails when the port is taken.
    static base::Result<std::unique_ptr<HttpServer>> listen(ServerOptions options);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;
    // Serves until the process is asked to end (SIGINT, SIGTERM). Calls `regularly`, unless it is null, every
    // kRegularly and at the end.
    base::Result<void> run(server::Rest& rest, sim::Simulation& simulation, Regularly regularly);

    static constexpr std::size_t kConnections = 2'000;
    static constexpr sim::Duration kRegularly = sim::milliseconds(250);

private:
    class Loop;
    std::unique_ptr<Loop> loop_;

public:
    // As listen() does.
    explicit HttpServer(std::unique_ptr<Loop> loop);
};

}  // namespace kubetab::rest
