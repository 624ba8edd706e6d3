// Stream: a client's connection, plain or encrypted; either is read and written in the same way.
//
// Meets Asio's AsyncStream. Timeouts are of the connection below; encryption has none of its own.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket/teardown.hpp>
#ifdef KUBETAB_TLS
#include <boost/beast/ssl/ssl_stream.hpp>
#endif
#include <memory>
#include <optional>
#include <utility>

#include "engine/rest/tls.h"
#include "engine/server/authorization/user.h"

namespace kubetab::rest {

class Stream {
public:
    using Error = boost::beast::error_code;
    using executor_type = boost::beast::tcp_stream::executor_type;

    // Encrypted when there is a context, which outlives it.
    Stream(boost::asio::ip::tcp::socket&& socket, Tls* tls);

    executor_type get_executor() noexcept { return below().get_executor(); }
    boost::asio::ip::tcp::socket& socket() { return below().socket(); }
    void expires_after(std::chrono::seconds time) { below().expires_after(time); }
    void expires_never() { below().expires_never(); }
    void close() { below().close(); }

    // The first thing to do; at once over when nothing is encrypted.
    template <class Handler>
    void async_begin(Handler&& handler) {
#ifdef KUBETAB_TLS
        if (secret_) {
            secret_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Handler>(handler));
            return;
        }
#endif
        handler(Error());
    }
    // Who the client's certificate names; nothing for a plain connection. Known once it has begun.
    std::optional<server::Caller> caller() const;

    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
#ifdef KUBETAB_TLS
        if (secret_) return secret_->async_read_some(buffers, std::forward<Handler>(handler));
#endif
        return plain_->async_read_some(buffers, std::forward<Handler>(handler));
    }
    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
#ifdef KUBETAB_TLS
        if (secret_) return secret_->async_write_some(buffers, std::forward<Handler>(handler));
#endif
        return plain_->async_write_some(buffers, std::forward<Handler>(handler));
    }

private:
    boost::beast::tcp_stream& below() {
#ifdef KUBETAB_TLS
        if (secret_) return secret_->next_layer();
#endif
        return *plain_;
    }

    std::optional<boost::beast::tcp_stream> plain_{};
#ifdef KUBETAB_TLS
    std::unique_ptr<boost::beast::ssl_stream<boost::beast::tcp_stream>> secret_{};
#endif
};

// What a WebSocket needs to end its connection.
inline void teardown(boost::beast::role_type role, Stream& stream, Stream::Error& error) {
    boost::beast::websocket::teardown(role, stream.socket(), error);
}
template <class Handler>
void async_teardown(boost::beast::role_type role, Stream& stream, Handler&& handler) {
    boost::beast::websocket::async_teardown(role, stream.socket(), std::forward<Handler>(handler));
}
inline void beast_close_socket(Stream& stream) {
    stream.close();
}

}  // namespace kubetab::rest
