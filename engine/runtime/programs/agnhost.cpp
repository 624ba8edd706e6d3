// agnhost: the test image of Kubernetes. `liveness` turns unhealthy after ten seconds; `netexec` tells its
// name.
#include <fmt/format.h>

#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

constexpr sim::Duration kHealthy = sim::seconds(10);

class Agnhost final : public Program {
public:
    Agnhost(const sim::Invocation& invocation, std::string mode, std::int32_t port)
        : Program(invocation), mode_(std::move(mode)), port_(port), started_at_(now()) {}

    bool listens_on(std::int32_t port) const override { return port_ != 0 && port == port_; }
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        const std::string_view path = request.path();
        if (mode_ == "liveness") {
            if (path != "/healthz") return HttpResponse::text(404, "404 page not found\n");
            const sim::Duration age = now() - started_at_;
            if (age < kHealthy) return HttpResponse::text(200, "ok");
            return HttpResponse::text(
                500, fmt::format("error: {}.{:06}", age.whole_seconds(), age.ns / 1000 % 1'000'000));
        }
        if (mode_ == "serve-hostname" || path == "/hostname")
            return HttpResponse::text(200, container().config().hostname);
        if (path == "/healthz") return HttpResponse::text(200, "");
        if (path == "/clientip") return HttpResponse::text(200, request.remote);
        if (path == "/exit") container().exit(std::atoi(std::string(request.query("code")).c_str()), "");
        return HttpResponse::text(200, "NOW: " + dash_time(now()) + " +0000 UTC");
    }

protected:
    sim::Poll step(sim::Io&) override {
        return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
    }
    std::optional<int> on_signal(sim::Io&, Signal) override { return mode_ == "pause" ? 0 : 2; }

private:
    std::string mode_;
    std::int32_t port_;
    sim::Instant started_at_;
};

}  // namespace

std::unique_ptr<sim::Process> start_agnhost(const sim::Invocation& invocation) {
    const std::string mode = invocation.words.size() > 1 ? invocation.words[1] : "pause";
    std::int32_t port = 0;
    if (mode == "liveness" || mode == "netexec") port = 8080;
    if (mode == "serve-hostname") port = 9376;
    if (port == 0 && mode != "pause") {
        return print_and_end(invocation, Stream::Error,
                             "Error: unknown command \"" + mode +
                                 "\" for \"app\" (only liveness, netexec, pause and "
                                 "serve-hostname are simulated)\n",
                             1);
    }
    const std::string flag = flag_value(invocation, mode == "netexec" ? "http-port" : "port");
    if (port != 0 && !flag.empty()) port = std::atoi(flag.c_str());
    return std::make_unique<Agnhost>(invocation, mode, port);
}

}  // namespace kubetab::runtime
