// Connection: one client's TCP connection, from its first request to its end.
//
// Reads a request, has the Front answer it, writes the answer, and goes on with the next request as long as
// the client keeps the connection. A stream is sent in chunks as it comes, the next one when the client has
// taken the last: what a slow client does not take waits where it comes from, which ends when it is too much;
// then the client has kLastSeconds for the rest. The connection keeps itself alive until it ends.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <memory>
#include <optional>
#include <string>

#include "engine/rest/service.h"
#include "engine/rest/stream.h"

namespace kubetab::rest {

class Connection : public Pumped, public std::enable_shared_from_this<Connection> {
public:
    Connection(Service& service, Stream&& stream);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();
    // Sends what has come on the stream, if there is one.
    void pump() override;

    static constexpr int kLastSeconds = 30;
    static constexpr int kIdleSeconds = 120;
    static constexpr int kLingerSeconds = 2;
    static constexpr int kAgainMilliseconds = 20;

private:
    using Error = boost::beast::error_code;

    void read();
    void on_request(Error error);
    void reply(Answer answer, bool keep_alive);
    void ask_again();
    void on_reply(Error error, bool keep_alive);
    void begin_stream(Answer answer);
    void on_stream_head(Error error);
    void watch_for_end();
    void send_chunk();
    void hurry();
    void drop_stream();
    void end_stream();
    // Ends the connection so that the client still reads the last answer.
    void close();
    void read_to_the_end();
    void cut();

    Service& service_;
    Stream stream_;
    std::optional<server::Caller> caller_{};
    boost::beast::flat_buffer buffer_{};
    std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_{};
    boost::beast::http::response<boost::beast::http::string_body> response_{};
    // A request that the API server lets wait for what it asks for.
    struct Held {
        HttpRequest request{};
        sim::Instant until{};
        bool keep_alive = false;
    };
    std::optional<Held> held_{};

    boost::beast::http::response<boost::beast::http::empty_body> head_{};
    std::optional<boost::beast::http::response_serializer<boost::beast::http::empty_body>> head_serializer_{};
    boost::asio::steady_timer stream_limit_;
    std::unique_ptr<BodyStream> body_{};
    std::string sending_{};
    bool writing_ = false;
    bool hurried_ = false;  // the stream has ended, and its client is slow
    bool expired_ = false;
    bool listening_ = false;  // for the client to go away
    bool ending_ = false;     // the stream's last chunk is on its way
};

}  // namespace kubetab::rest
