// redis-server and redis-sentinel: start-up lines, a port, a clean end.
#include <fmt/format.h>

#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

std::string server_banner(const Image& image, sim::Instant at) {
    const std::string time = redis_time(at);
    return fmt::format(
        "1:C {0} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n"
        "1:C {0} * Redis version={1}, bits=64, commit=00000000, modified=0, pid=1, just started\n"
        "1:M {0} * monotonic clock: POSIX clock_gettime\n"
        "1:M {0} * Running mode=standalone, port=6379.\n"
        "1:M {0} * Server initialized\n"
        "1:M {0} * Ready to accept connections tcp\n",
        time, image.version);
}

class Redis final : public Program {
public:
    Redis(const sim::Invocation& invocation, std::int32_t port) : Program(invocation), port_(port) {}
    bool listens_on(std::int32_t port) const override { return port == port_; }
    Usage usage(sim::Instant) const override { return {3, 7 * 1024 * 1024}; }

protected:
    sim::Poll step(sim::Io&) override {
        if (!started_) container().set_prelude(server_banner);
        started_ = true;
        return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
    }
    std::optional<int> on_signal(sim::Io& io, Signal) override {
        const std::string time = redis_time(now());
        io.out("1:signal-handler (" + std::to_string(now().unix_seconds()) +
               ") Received SIGTERM scheduling shutdown...\n" + "1:M " + time +
               " * User requested shutdown...\n1:M " + time + " # Redis is now ready to exit, bye bye...\n");
        return 0;
    }

private:
    std::int32_t port_;
    bool started_ = false;
};

}  // namespace

std::unique_ptr<sim::Process> start_redis(const sim::Invocation& invocation) {
    std::int32_t port = invocation.words.front() == "redis-sentinel" ? 26'379 : 6379;
    const std::string flag = flag_value(invocation, "port");
    if (!flag.empty()) port = std::atoi(flag.c_str());
    return std::make_unique<Redis>(invocation, port);
}

}  // namespace kubetab::runtime
