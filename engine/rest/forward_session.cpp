#include "engine/rest/forward_session.h"

#include <charconv>
#include <utility>

namespace kubetab::rest {
namespace {

constexpr std::size_t kPieceLimit = std::size_t{64} * 1024;

std::string_view header_of(const spdy::Frame& frame, std::string_view name) {
    for (const auto& [key, value] : frame.headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

bool ForwardSession::receive(std::string_view message) {
    reader_.feed(message);
    while (const std::optional<spdy::Frame> frame = reader_.next()) {
        if (frame->type == spdy::FrameType::SynStream && !open(*frame)) return false;
        act(*frame);
    }
    return !reader_.failed();
}

bool ForwardSession::open(const spdy::Frame& frame) {
    const std::string_view type = header_of(frame, "streamtype");
    if (type != "error" && type != "data") return false;
    Connection& connection = connections_[std::string(header_of(frame, "requestid"))];
    if (connections_.size() > kConnectionsMax) return false;
    (type == "error" ? connection.errors : connection.data) = frame.stream;
    out_ += spdy::reply_frame(frame.stream, !std::exchange(replied_, true));
    if (connection.errors != 0 && connection.data != 0) begin(connection, header_of(frame, "port"));
    return true;
}

void ForwardSession::begin(Connection& connection, std::string_view port) {
    std::int32_t number = 0;
    std::from_chars(port.data(), port.data() + port.size(), number);
    std::string why;
    connection.stream = way_->dial(number, why);
    if (!connection.stream) out_ += spdy::data_frame(connection.errors, why);
}

ForwardSession::Connection* ForwardSession::with_data(std::uint32_t stream) {
    for (auto& [id, connection] : connections_) {
        if (connection.data == stream) return &connection;
    }
    return nullptr;
}

void ForwardSession::act(const spdy::Frame& frame) {
    if (frame.type == spdy::FrameType::Ping) out_ += spdy::ping_frame(frame.stream);
    ended_ = ended_ || frame.type == spdy::FrameType::GoAway;
    Connection* const connection = with_data(frame.stream);
    if (connection == nullptr || !connection->stream) return;
    if (frame.type == spdy::FrameType::Data) {
        if (!frame.data.empty()) connection->stream->write(frame.data);
        if (frame.last) connection->stream->finish();
    }
    if (frame.type == spdy::FrameType::RstStream) connection->stream->finish();
}

void ForwardSession::poll() {
    for (auto next = connections_.begin(); next != connections_.end();) {
        const auto at = next++;
        Connection& connection = at->second;
        if (connection.data == 0 || connection.errors == 0) continue;
        if (connection.stream) {
            const std::string bytes = connection.stream->read();
            for (std::size_t from = 0; from < bytes.size(); from += kPieceLimit) {
                out_ += spdy::data_frame(connection.data, std::string_view(bytes).substr(from, kPieceLimit));
            }
            if (!connection.stream->ended()) continue;
        }
        out_ += spdy::last_frame(connection.data) + spdy::last_frame(connection.errors);
        connections_.erase(at);
    }
    ended_ = ended_ || way_->lost();
}

std::optional<std::string> ForwardSession::take() {
    if (out_.empty()) return std::nullopt;
    std::string message = out_.substr(0, kPieceLimit);
    out_.erase(0, message.size());
    return message;
}

}  // namespace kubetab::rest
