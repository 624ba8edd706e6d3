// Ports of a pod over SPDY, as the client of kubectl sends it.

#include "engine/rest/forward_session.h"

#include <catch2/catch_test_macros.hpp>
#include <charconv>

using namespace kubetab;
using rest::ForwardSession;
namespace spdy = rest::spdy;

namespace {

std::string bytes_of(std::string_view hexadecimal) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < hexadecimal.size(); at += 2) {
        unsigned value = 0;
        std::from_chars(hexadecimal.data() + at, hexadecimal.data() + at + 2, value, 16);
        bytes += static_cast<char>(value);
    }
    return bytes;
}

// {port: 80, requestid: 0, streamtype: error}, then data, and the same of port 81 and request 1: made by zlib
// with the dictionary.
const std::string kBlocks[] = {bytes_of("78f9e3c6a7c202253a48f95b044aab4c16064092b308125b99a054cc68004e872545"
                                        "a989b9d0a2863515141100000000ffff"),
                               bytes_of("224b2ba8944a04000000ffff"),
                               bytes_of("c2d06988a1d31087a500000000ffff"),
                               bytes_of("224b2bd85200000000ffff")};

std::string syn_stream(unsigned stream, const std::string& block) {
    const std::size_t size = 10 + block.size();
    std::string frame = bytes_of("8003000100") + std::string(2, '\0') + static_cast<char>(size);
    frame += std::string(3, '\0') + static_cast<char>(stream) + std::string(6, '\0');
    return frame + block;
}

// Repeats what it is told, and ends after "bye".
class Echo final : public sim::ByteStream {
public:
    void write(std::string_view bytes) override { out_ += bytes; }
    std::string read() override { return std::exchange(out_, {}); }
    bool ended() const override { return finished_; }
    void finish() override { finished_ = true; }

private:
    std::string out_{};
    bool finished_ = false;
};

struct Ports final : api::PortForward {
    explicit Ports(bool& broken) : is_lost(broken) {}
    std::unique_ptr<sim::ByteStream> dial(std::int32_t port, std::string& why) override {
        if (port == 80) return std::make_unique<Echo>();
        why = "nobody is there";
        return nullptr;
    }
    bool lost() const override { return is_lost; }
    bool& is_lost;
};

std::string all(ForwardSession& session) {
    session.poll();
    std::string bytes;
    while (const auto message = session.take()) bytes += *message;
    return bytes;
}

}  // namespace

TEST_CASE("A connection is two streams: bytes go both ways, and its end is told on both") {
    bool lost = false;
    ForwardSession session(std::make_unique<Ports>(lost));
    const std::string opening = syn_stream(1, kBlocks[0]) + spdy::last_frame(1) + syn_stream(3, kBlocks[1]);
    for (const char c : opening) REQUIRE(session.receive(std::string(1, c)));
    CHECK(all(session) == spdy::reply_frame(1, true) + spdy::reply_frame(3, false));
    REQUIRE(session.receive(spdy::data_frame(3, "hello")));
    CHECK(all(session) == spdy::data_frame(3, "hello"));
    REQUIRE(session.receive(spdy::ping_frame(7)));
    CHECK(all(session) == spdy::ping_frame(7));
    REQUIRE(session.receive(spdy::last_frame(3)));
    CHECK(all(session) == spdy::last_frame(3) + spdy::last_frame(1));
    CHECK_FALSE(session.ended());
    lost = true;
    CHECK(all(session).empty());
    CHECK(session.ended());
}

TEST_CASE("What hinders a connection is told on its stream of errors") {
    bool lost = false;
    ForwardSession session(std::make_unique<Ports>(lost));
    REQUIRE(session.receive(syn_stream(1, kBlocks[0]) + syn_stream(3, kBlocks[1])));
    (void)all(session);
    REQUIRE(session.receive(syn_stream(5, kBlocks[2]) + syn_stream(7, kBlocks[3])));
    CHECK(all(session) == spdy::reply_frame(5, false) + spdy::reply_frame(7, false) +
                              spdy::data_frame(5, "nobody is there") + spdy::last_frame(7) +
                              spdy::last_frame(5));
}

TEST_CASE("What is no SPDY cuts the client off") {
    bool lost = false;
    ForwardSession session(std::make_unique<Ports>(lost));
    CHECK_FALSE(session.receive(bytes_of("8002000100000000")));
    ForwardSession other(std::make_unique<Ports>(lost));
    CHECK_FALSE(other.receive(syn_stream(1, std::string(40, 'x'))));
    ForwardSession third(std::make_unique<Ports>(lost));
    CHECK_FALSE(third.receive(bytes_of("0000000100ffffff")));
}
