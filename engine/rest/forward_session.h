// ForwardSession: the ports of a pod and a client far away, as streams of SPDY in the messages of a
// WebSocket.
//
// For each connection the client opens two streams with the same request id: one that tells what went wrong,
// and one for the bytes. upstream: apiserver/pkg/util/proxy/streamtunnel.go; kubelet
// pkg/cri/streaming/portforward/httpstream.go
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/api/transport.h"
#include "engine/rest/socket_session.h"
#include "engine/rest/spdy.h"

namespace kubetab::rest {

inline constexpr std::string_view kForwardProtocol = "SPDY/3.1+portforward.k8s.io";

class ForwardSession final : public SocketSession {
public:
    explicit ForwardSession(std::unique_ptr<api::PortForward> way) : way_(std::move(way)) {}

    std::string_view protocol() const override { return kForwardProtocol; }
    // False when it is no SPDY, or there are too many connections at once.
    bool receive(std::string_view message) override;
    void poll() override;
    std::optional<std::string> take() override;
    // True when the way to the pod is lost, or the client has said that it goes.
    bool ended() const override { return ended_; }

    static constexpr std::size_t kConnectionsMax = 256;

private:
    struct Connection {
        std::uint32_t errors = 0;  // the streams; 0: not opened yet
        std::uint32_t data = 0;
        std::unique_ptr<sim::ByteStream> stream{};
    };

    bool open(const spdy::Frame& frame);
    void begin(Connection& connection, std::string_view port);
    void act(const spdy::Frame& frame);
    Connection* with_data(std::uint32_t stream);

    std::unique_ptr<api::PortForward> way_;
    spdy::Reader reader_{};
    std::map<std::string, Connection> connections_{};  // by request id
    std::string out_{};
    bool replied_ = false;
    bool ended_ = false;
};

}  // namespace kubetab::rest
