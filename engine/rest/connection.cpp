#include "engine/rest/connection.h"

#include <boost/asio/write.hpp>
#include <utility>

#include "engine/rest/session_socket.h"

namespace kubetab::rest {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

// Beyond a watch's selectors nothing in a head is long.
constexpr std::uint32_t kHeadLimit = 64 * 1024;

// Takes the message's body.
HttpRequest plain(http::request<http::string_body>& message) {
    HttpRequest request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message) {
        request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    request.body = std::move(message.body());
    return request;
}

template <class Message>
void write_head(Message& message, const HttpResponse& response) {
    message.version(11);
    message.result(static_cast<unsigned>(response.code));
    for (const auto& [name, value] : response.headers) message.insert(name, value);
}

}  // namespace

Connection::Connection(Service& service, Stream&& stream)
    : service_(service), stream_(std::move(stream)), stream_limit_(stream_.get_executor()) {
    ++service_.connections;
}

Connection::~Connection() {
    service_.pumped.erase(this);
    --service_.connections;
}

void Connection::start() {
    stream_.expires_after(std::chrono::seconds(kIdleSeconds));
    stream_.async_begin([self = shared_from_this()](Error error) {
        if (error) return self->cut();
        self->caller_ = self->stream_.caller();
        self->read();
    });
}

void Connection::read() {
    parser_.emplace();
    parser_->body_limit(Front::kBodyLimit);
    parser_->header_limit(kHeadLimit);
    stream_.expires_after(std::chrono::seconds(kIdleSeconds));
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](Error error, std::size_t) { self->on_request(error); });
}

void Connection::on_request(Error error) {
    if (error == http::error::body_limit) return reply(Front::too_large(), false);
    if (error) return close();
    const bool keep_alive = parser_->get().keep_alive();
    service_.before_request(caller_ ? &*caller_ : nullptr);
    http::request<http::string_body> message = parser_->release();
    const HttpRequest request = plain(message);
    Answer answer = service_.front().answer(request);
    service_.after_request();
    if (answer.waits.ns > 0) {
        held_ = {request, service_.front().now() + answer.waits, keep_alive};
        return ask_again();
    }
    if (answer.session) {
        std::make_shared<SessionSocket>(service_, std::move(stream_), std::move(answer.session))
            ->accept(message);
        return;
    }
    if (answer.stream && message.version() < 11) {
        return reply(Front::refused("a stream needs HTTP/1.1"), false);
    }
    if (answer.stream) return begin_stream(std::move(answer));
    reply(std::move(answer), keep_alive);
}

void Connection::ask_again() {
    stream_limit_.expires_after(std::chrono::milliseconds(kAgainMilliseconds));
    stream_limit_.async_wait([self = shared_from_this()](Error error) {
        if (error) return;
        self->service_.before_request(self->caller_ ? &*self->caller_ : nullptr);
        Answer answer = self->service_.front().answer(self->held_->request);
        self->service_.after_request();
        if (answer.waits.ns > 0 && self->service_.front().now() < self->held_->until)
            return self->ask_again();
        const bool keep_alive = self->held_->keep_alive;
        self->held_.reset();
        self->reply(std::move(answer), keep_alive);
    });
}

void Connection::reply(Answer answer, bool keep_alive) {
    response_ = {};
    write_head(response_, answer.response);
    response_.keep_alive(keep_alive);
    response_.body() = std::move(answer.response.body);
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this(), keep_alive](Error error, std::size_t) {
        self->on_reply(error, keep_alive);
    });
}

void Connection::on_reply(Error error, bool keep_alive) {
    if (error || !keep_alive) return close();
    read();
}

void Connection::begin_stream(Answer answer) {
    body_ = std::move(answer.stream);
    service_.pumped.insert(this);
    expired_ = false;
    hurried_ = false;
    head_ = {};
    write_head(head_, answer.response);
    head_.chunked(true);
    head_serializer_.emplace(head_);
    stream_.expires_never();
    stream_limit_.expires_after(std::chrono::seconds(answer.stream_seconds));
    stream_limit_.async_wait([self = shared_from_this()](Error error) {
        if (error) return;
        self->expired_ = true;
        self->pump();
    });
    writing_ = true;
    http::async_write_header(
        stream_, *head_serializer_,
        [self = shared_from_this()](Error error, std::size_t) { self->on_stream_head(error); });
    watch_for_end();
}

void Connection::on_stream_head(Error error) {
    writing_ = false;
    if (error) return cut();
    pump();
}

// What a client sends before a stream has ended is its next request; that it has gone shows here, too. With
// the next request there already, nothing is to be waited for.
void Connection::watch_for_end() {
    if (listening_ || buffer_.size() > 0) return;
    listening_ = true;
    stream_.async_read_some(buffer_.prepare(1024),
                            [self = shared_from_this()](Error error, std::size_t size) {
                                self->listening_ = false;
                                if (error) return self->cut();
                                self->buffer_.commit(size);
                                if (!self->body_ && !self->ending_) self->read();
                            });
}

void Connection::pump() {
    if (!body_) return;
    if (!writing_) return send_chunk();
    if (body_->ended() && !std::exchange(hurried_, true)) hurry();
}

void Connection::hurry() {
    stream_limit_.expires_after(std::chrono::seconds(kLastSeconds));
    stream_limit_.async_wait([self = shared_from_this()](Error error) {
        if (!error) self->cut();
    });
}

void Connection::send_chunk() {
    sending_ = body_->take();
    if (sending_.empty()) {
        if (body_->ended() || expired_) end_stream();
        return;
    }
    writing_ = true;
    asio::async_write(stream_, http::make_chunk(asio::const_buffer(sending_.data(), sending_.size())),
                      [self = shared_from_this()](Error error, std::size_t) {
                          self->writing_ = false;
                          if (error) return self->cut();
                          self->pump();
                      });
}

void Connection::drop_stream() {
    service_.pumped.erase(this);
    body_.reset();
    stream_limit_.cancel();
}

void Connection::end_stream() {
    drop_stream();
    ending_ = true;
    asio::async_write(stream_, http::make_chunk_last(),
                      [self = shared_from_this()](Error error, std::size_t) {
                          self->ending_ = false;
                          if (error) return self->cut();
                          self->stream_.expires_after(std::chrono::seconds(kIdleSeconds));
                          if (!self->listening_) self->read();
                      });
}

void Connection::close() {
    Error ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    stream_.expires_after(std::chrono::seconds(kLingerSeconds));
    read_to_the_end();
}

// What is closed with something unread makes the client's system forget what it has received.
void Connection::read_to_the_end() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(kHeadLimit),
                            [self = shared_from_this()](Error error, std::size_t) {
                                if (error) return self->cut();
                                self->read_to_the_end();
                            });
}

void Connection::cut() {
    drop_stream();
    stream_.close();
}

}  // namespace kubetab::rest
