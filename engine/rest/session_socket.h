// SessionSocket: carries a session's messages over a WebSocket.
//
// Takes the connection over from the HTTP exchange that asked for it, and keeps itself alive until the
// session has ended and everything was sent, or the client has gone, which ends the session.
#pragma once

#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <string>

#include "engine/rest/service.h"
#include "engine/rest/socket_session.h"
#include "engine/rest/stream.h"

namespace kubetab::rest {

class SessionSocket : public Pumped, public std::enable_shared_from_this<SessionSocket> {
public:
    SessionSocket(Service& service, Stream&& stream, std::unique_ptr<SocketSession> session);
    ~SessionSocket() override;

    // The request that asked for the upgrade.
    void accept(const boost::beast::http::request<boost::beast::http::string_body>& request);
    void pump() override;

private:
    using Error = boost::beast::error_code;

    void read();
    void write();
    void cut();

    Service& service_;
    boost::beast::websocket::stream<Stream> socket_;
    std::unique_ptr<SocketSession> session_;  // null when it is over
    boost::beast::flat_buffer received_{};
    std::string sending_{};
    bool accepted_ = false;
    bool writing_ = false;
};

}  // namespace kubetab::rest
