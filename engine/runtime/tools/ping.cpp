// busybox's ping. upstream: busybox networking/ping.c
//
// differs: an answer always takes the same time.
#include <fmt/format.h>

#include "engine/runtime/tools/tools.h"

namespace kubetab::runtime {
namespace {

constexpr sim::Duration kFirstTrip = sim::microseconds(142);  // while addresses are looked up
constexpr sim::Duration kTrip = sim::microseconds(85);
constexpr std::int64_t kMost = 1'000'000'000;

class Ping final : public NetworkTool {
public:
    Ping(const sim::Invocation& invocation, const Place& place)
        : NetworkTool(invocation, place),
          arguments_(invocation.words, {{'c', "", true},
                                        {'W', "", true},
                                        {'w', "", true},
                                        {'i', "", true},
                                        {'q', "", false},
                                        {'4', "", false}}) {}

protected:
    std::optional<int> step(sim::Io& io) override {
        if (!address_) return begin(io);
        if (address_->address.empty()) return fail(io, "bad address '" + host() + "'");
        if (sent_ == 0) {
            io.out(fmt::format("PING {} ({}): 56 data bytes\n", host(), address_->address));
            if (place_.network == nullptr) return fail(io, "sendto: Network unreachable");
            end_ = io.now() + sim::seconds(deadline_);
        }
        if (over_ || io.now() >= end_) return on_end(io);
        return send(io);
    }
    int on_interrupt(sim::Io& io) override {
        if (sent_ > 0) (void)on_end(io);
        return 130;
    }

private:
    const std::string& host() const { return arguments_.operands()[0]; }

    std::optional<int> begin(sim::Io& io) {
        if (!arguments_.problem().empty()) return fail(io, arguments_.problem());
        if (arguments_.operands().size() != 1) {
            io.err("Usage: ping [-4q] [-c COUNT] [-i SECS] [-w SEC] [-W SEC] HOST\n");
            return 1;
        }
        for (const auto& [letter, number] : {std::pair("c", &count_), std::pair("W", &patience_),
                                             std::pair("w", &deadline_), std::pair("i", &interval_)}) {
            const std::optional<std::string> text = arguments_.value(letter);
            if (!text) continue;
            const std::optional<std::int64_t> value = shell::whole_number(*text);
            if (!value || *value < 1 || *value > kMost) return fail(io, "invalid number '" + *text + "'");
            *number = *value;
        }
        address_ = place_.resolve(host());
        wait(address_->waited);
        return std::nullopt;
    }

    std::optional<int> send(sim::Io& io) {
        const bool answered = place_.network->answers_ping(place_.from, address_->address);
        const sim::Duration trip = sent_ == 0 ? kFirstTrip : kTrip;
        if (answered) {
            first_answered_ = first_answered_ || sent_ == 0;
            ++received_;
            if (!arguments_.has("q")) {
                io.out(fmt::format("64 bytes from {}: seq={} ttl={} time={} ms\n", address_->address, sent_,
                                   address_->address.starts_with("127.") ? 64 : 62, text_of(trip)));
            }
        }
        ++sent_;
        over_ = sent_ == count_;
        const sim::Duration next = over_ ? sim::seconds(answered ? 0 : patience_) : sim::seconds(interval_);
        wait(std::min(next, end_ - io.now()));
        return std::nullopt;
    }

    static std::string text_of(sim::Duration trip) {
        const std::int64_t microseconds = trip.ns / 1000;
        return fmt::format("{}.{:03}", microseconds / 1000, microseconds % 1000);
    }

    std::optional<int> on_end(sim::Io& io) const {
        io.out(
            fmt::format("\n--- {} ping statistics ---\n{} packets transmitted, {} packets received, "
                        "{}% packet loss\n",
                        host(), sent_, received_, (sent_ - received_) * 100 / sent_));
        if (received_ == 0) return 1;
        const std::int64_t first = first_answered_ ? 1 : 0;
        const sim::Duration sum = kFirstTrip * first + kTrip * (received_ - first);
        const sim::Duration average{sum.ns / received_};
        io.out(fmt::format("round-trip min/avg/max = {}/{}/{} ms\n",
                           text_of(received_ > first ? kTrip : kFirstTrip), text_of(average),
                           text_of(first_answered_ ? kFirstTrip : kTrip)));
        return 0;
    }

    shell::Arguments arguments_;
    std::optional<HostAddress> address_{};
    std::int64_t count_ = kMost;
    std::int64_t patience_ = 10;  // for the answer to the last packet
    std::int64_t deadline_ = kMost;
    std::int64_t interval_ = 1;
    std::int64_t sent_ = 0;
    std::int64_t received_ = 0;
    bool first_answered_ = false;
    bool over_ = false;
    sim::Instant end_{};
};

}  // namespace

std::unique_ptr<sim::Process> start_ping(const sim::Invocation& invocation, const Place& place) {
    return std::make_unique<Ping>(invocation, place);
}

}  // namespace kubetab::runtime
