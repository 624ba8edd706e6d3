// SocketSession: what is said over a WebSocket once it stands, whatever carries it.
//
// Whoever carries the messages hands in what arrives, polls, and sends what take() gives. Letting go of the
// session ends what it leads to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kubetab::rest {

class SocketSession {
public:
    virtual ~SocketSession() = default;
    // The subprotocol; a constant.
    virtual std::string_view protocol() const = 0;
    // False when the client is to be cut off.
    virtual bool receive(std::string_view message) = 0;
    // Time has passed.
    virtual void poll() = 0;
    // The next message for the client; nothing when there is none now.
    virtual std::optional<std::string> take() = 0;
    // Nothing more comes but what take() still holds.
    virtual bool ended() const = 0;
};

}  // namespace kubetab::rest
