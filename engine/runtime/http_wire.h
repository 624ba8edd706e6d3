// HTTP/1.1 as the bytes of a connection: requests and responses are written, and read as they come in.
//
// HttpReader takes bytes in whatever pieces they arrive and gives whole messages, in order. It keeps no more
// than its limits; what is over them or is no HTTP is a problem, after which it reads nothing more.
//
// upstream: RFC 9112. differs: trailers are read and dropped, and a body of 100-continue is not waved
// through.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/runtime/http.h"
#include "engine/sim/byte_stream.h"

namespace kubetab::runtime {

class HttpReader {
public:
    enum class Of : std::uint8_t { Requests, Responses };
    static constexpr std::size_t kHeadLimit = std::size_t{64} * 1024;
    static constexpr std::size_t kBodyLimit = std::size_t{4} * 1024 * 1024;

    explicit HttpReader(Of of) : of_(of) {}

    void feed(std::string_view bytes);
    // The other end has said all: that ends the body of a response without a length.
    void finish();
    // The next whole message. Of requests the connection's port and the other end are not known here.
    std::optional<HttpRequest> next_request();
    // `method` is that of the request it answers: the response to HEAD has no body.
    std::optional<HttpResponse> next_response(std::string_view method = "GET");

    // 0, or the status with which a server refuses what has come.
    std::int32_t problem() const { return problem_; }
    // Whether the connection goes on behind the message that was given last.
    bool keeps_alive() const { return keeps_alive_; }

private:
    enum class State : std::uint8_t { Head, Sized, ChunkSize, Chunk, ChunkEnd, Trailers, UntilEnd, Whole };

    bool advance(std::string_view method);
    bool step(std::string_view method);
    bool take_head(std::string_view method);
    bool take_body(std::size_t size, State then);
    bool take_chunk_size();
    void read_header(std::string_view line);
    void begin_body(std::string_view method);
    std::optional<std::string_view> take_line();
    std::string_view header(std::string_view name) const;
    bool refuse(std::int32_t status);
    void begin_message();

    Of of_;
    State state_ = State::Head;
    std::int32_t problem_ = 0;
    bool keeps_alive_ = true;
    bool finished_ = false;
    std::string unread_{};
    std::size_t read_ = 0;       // of unread_
    std::size_t head_size_ = 0;  // bytes of the message's first line, headers and trailers so far
    std::size_t left_ = 0;       // of the body or the chunk
    std::string first_{};
    HttpHeaders headers_{};
    std::string body_{};
};

// What a client sends, and what a server answers. The response to HEAD says how long the body would be.
std::string http_bytes(const HttpRequest& request);
std::string http_bytes(const HttpResponse& response, std::string_view method, bool keeps_alive);

// One exchange over a connection whose other end answers at once. nullopt: it was closed, or nothing came,
// before a whole response had come.
std::optional<HttpResponse> http_over(sim::ByteStream& connection, const HttpRequest& request);

}  // namespace kubetab::runtime
