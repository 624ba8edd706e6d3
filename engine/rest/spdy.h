// SPDY/3.1 frames, as far as port forwarding needs them: several streams of bytes in one.
//
// Headers come compressed by one zlib stream for the whole connection that begins with a dictionary; those
// that are sent here are none, so they are stored as they are. upstream: github.com/moby/spdystream;
// https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kubetab::rest::spdy {

using Headers = std::vector<std::pair<std::string, std::string>>;

enum class FrameType : std::uint16_t {
    Data = 0,  // no type of the protocol's, whose data frames have none
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    Headers = 8,
    WindowUpdate = 9,
};

struct Frame {
    FrameType type = FrameType::Data;
    std::uint32_t stream = 0;  // or a ping's number
    bool last = false;         // nothing more comes on the stream from there
    std::string data{};        // of a data frame
    Headers headers{};         // of SynStream; names are in lower case
};

class Reader {
public:
    Reader();
    ~Reader();

    void feed(std::string_view bytes);
    // The next whole frame.
    std::optional<Frame> next();
    // What has come is no SPDY/3, or over the limits. Nothing is read any more.
    bool failed() const { return failed_; }

    static constexpr std::size_t kFrameLimit = std::size_t{1024} * 1024;

private:
    class Inflater;

    bool read_control(std::string_view payload, Frame& frame);
    bool read_headers(std::string_view block, Frame& frame);

    std::string unread_{};
    bool failed_ = false;
    std::unique_ptr<Inflater> inflater_;
};

std::string data_frame(std::uint32_t stream, std::string_view data);
std::string last_frame(std::uint32_t stream);
// Accepts a stream. `first` on this connection: then the compressed stream of headers begins with it.
std::string reply_frame(std::uint32_t stream, bool first);
std::string ping_frame(std::uint32_t number);

// With which both ends' compressed headers begin.
std::string header_dictionary();

}  // namespace kubetab::rest::spdy
