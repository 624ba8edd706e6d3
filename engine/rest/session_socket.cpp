#include "engine/rest/session_socket.h"

#include <utility>

namespace kubetab::rest {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

namespace {

constexpr std::size_t kMessageLimit = std::size_t{4} * 1024 * 1024;

}  // namespace

SessionSocket::SessionSocket(Service& service, Stream&& stream, std::unique_ptr<SocketSession> session)
    : service_(service), socket_(std::move(stream)), session_(std::move(session)) {
    service_.pumped.insert(this);
    ++service_.connections;
}

SessionSocket::~SessionSocket() {
    service_.pumped.erase(this);
    --service_.connections;
}

void SessionSocket::accept(const beast::http::request<beast::http::string_body>& request) {
    beast::get_lowest_layer(socket_).expires_never();
    socket_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    const std::string_view protocol = session_->protocol();
    socket_.set_option(websocket::stream_base::decorator([protocol](websocket::response_type& response) {
        response.set(beast::http::field::sec_websocket_protocol,
                     beast::string_view(protocol.data(), protocol.size()));
    }));
    socket_.read_message_max(kMessageLimit);
    socket_.binary(true);
    socket_.async_accept(request, [self = shared_from_this()](Error error) {
        if (error) return self->cut();
        self->accepted_ = true;
        self->read();
        self->pump();
    });
}

void SessionSocket::read() {
    socket_.async_read(received_, [self = shared_from_this()](Error error, std::size_t) {
        // When it is over, the closing goes on by itself.
        if (!self->session_) return;
        if (error) return self->cut();
        const auto data = self->received_.cdata();
        const std::string_view frame(static_cast<const char*>(data.data()), data.size());
        self->service_.before_request(nullptr);
        if (!self->session_->receive(frame)) return self->cut();
        self->received_.clear();
        self->pump();
        self->service_.after_request();
        self->read();
    });
}

void SessionSocket::pump() {
    if (!session_ || !accepted_) return;
    session_->poll();
    if (!writing_) write();
}

void SessionSocket::write() {
    std::optional<std::string> frame = session_->take();
    if (!frame) {
        if (!session_->ended()) return;
        session_.reset();
        socket_.async_close(websocket::close_code::normal, [self = shared_from_this()](Error) {});
        return;
    }
    sending_ = std::move(*frame);
    writing_ = true;
    socket_.async_write(boost::asio::const_buffer(sending_.data(), sending_.size()),
                        [self = shared_from_this()](Error error, std::size_t) {
                            self->writing_ = false;
                            if (error) return self->cut();
                            self->pump();
                        });
}

void SessionSocket::cut() {
    session_.reset();
    beast::get_lowest_layer(socket_).close();
}

}  // namespace kubetab::rest
