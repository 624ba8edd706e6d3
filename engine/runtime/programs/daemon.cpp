// Programs that start, print a few lines, listen and wait for SIGTERM: the cluster's own parts, pause, log
// agents.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

struct Kind {
    std::string_view name;
    std::array<std::int32_t, 3> ports;  // 0: none
    int exit_code;                      // after SIGTERM
    std::string_view health;            // path that answers 200 "ok"
    Usage usage;
    Prelude prelude;
};

std::string klog(sim::Instant at, std::string_view text) {
    const Calendar t(at);
    return fmt::format("I{:02}{:02} {:02}:{:02}:{:02}.{:06}       1 {}\n", t.month, t.day, t.hour, t.minute,
                       t.second, at.ns / 1000 % 1'000'000, text);
}

std::string apiserver_lines(const Image& image, sim::Instant at) {
    return klog(at, "options.go:238] external host was not specified, using the node's address") +
           klog(at, "server.go:143] Version: " + image.version) +
           klog(at, "secure_serving.go:213] Serving securely on [::]:6443");
}
std::string manager_lines(const Image& image, sim::Instant at) {
    return klog(at, "controllermanager.go:185] \"Starting\" version=\"" + image.version + "\"") +
           klog(at, "secure_serving.go:213] Serving securely on 127.0.0.1:10257") +
           klog(at, "leaderelection.go:271] successfully acquired lease kube-system/kube-controller-manager");
}
std::string scheduler_lines(const Image& image, sim::Instant at) {
    return klog(at, "server.go:166] \"Starting Kubernetes Scheduler\" version=\"" + image.version + "\"") +
           klog(at, "secure_serving.go:213] Serving securely on 127.0.0.1:10259") +
           klog(at, "leaderelection.go:271] successfully acquired lease kube-system/kube-scheduler");
}
std::string proxy_lines(const Image& image, sim::Instant at) {
    return klog(at, "server_linux.go:66] \"Using iptables proxy\"") +
           klog(at, "server.go:497] \"Version info\" version=\"" + image.version + "\"") +
           klog(at, "shared_informer.go:320] Caches are synced for service config");
}
std::string etcd_lines(const Image& image, sim::Instant at) {
    return fmt::format(
        "{{\"level\":\"info\",\"ts\":\"{0}\",\"msg\":\"starting etcd\",\"etcd-version\":\"{1}\"}}\n"
        "{{\"level\":\"info\",\"ts\":\"{0}\",\"msg\":\"ready to serve client requests\"}}\n",
        format_nanoseconds(at), image.version);
}
std::string coredns_lines(const Image& image, sim::Instant) {
    return ".:53\nCoreDNS-" + image.version.substr(1) + "\nlinux/amd64, go1.21.11\n";
}
std::string fluentd_lines(const Image& image, sim::Instant at) {
    const std::string time = dash_time(at) + " +0000";
    return time + " [info]: parsing config file is succeeded path=\"/fluentd/etc/fluent.conf\"\n" + time +
           " [info]: starting fluentd-" + image.version + " pid=1\n" + time +
           " [info]: #0 fluentd worker is now running worker=0\n";
}
std::string no_lines(const Image&, sim::Instant) {
    return {};
}

constexpr std::int64_t kMiB = 1024 * 1024;

// clang-format off
constexpr std::array kKinds = {
    Kind{"coredns",                 {53, 8080, 8181},  0, "/health",  {3, 14 * kMiB},   coredns_lines},
    Kind{"etcd",                    {2379, 2380, 2381}, 0, "/readyz", {25, 45 * kMiB},  etcd_lines},
    Kind{"fluentd",                 {24224, 5140, 0},  0, "",         {4, 60 * kMiB},   fluentd_lines},
    Kind{"kindnetd",                {0, 0, 0},         0, "",         {1, 12 * kMiB},   no_lines},
    Kind{"kube-apiserver",          {6443, 0, 0},      0, "/livez",   {50, 260 * kMiB}, apiserver_lines},
    Kind{"kube-controller-manager", {10257, 0, 0},     0, "/healthz", {18, 50 * kMiB},  manager_lines},
    Kind{"kube-proxy",              {10249, 10256, 0}, 0, "/healthz", {1, 16 * kMiB},   proxy_lines},
    Kind{"kube-scheduler",          {10259, 0, 0},     0, "/livez",   {5, 22 * kMiB},   scheduler_lines},
    Kind{"local-path-provisioner",  {0, 0, 0},         2, "",         {1, 10 * kMiB},   no_lines},
    Kind{"metrics-server",          {10250, 0, 0},     0, "/readyz",  {4, 18 * kMiB},   no_lines},
    Kind{"pause",                   {0, 0, 0},         0, "",         {0, kMiB / 4},    no_lines},
};
// clang-format on

class Daemon final : public Program {
public:
    Daemon(const sim::Invocation& invocation, const Kind& kind) : Program(invocation), kind_(kind) {}

    bool listens_on(std::int32_t port) const override {
        return port != 0 && std::find(kind_.ports.begin(), kind_.ports.end(), port) != kind_.ports.end();
    }
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        const std::string_view path = request.path();
        const bool known = path == kind_.health || path == "/healthz" || path == "/livez" ||
                           path == "/readyz" || path == "/health" || path == "/ready";
        return kind_.health.empty() || !known ? HttpResponse::text(404, "404 page not found\n")
                                              : HttpResponse::text(200, "ok");
    }
    Usage usage(sim::Instant) const override { return kind_.usage; }

protected:
    sim::Poll step(sim::Io&) override {
        if (!started_ && kind_.prelude != no_lines) container().set_prelude(kind_.prelude);
        started_ = true;
        return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
    }
    std::optional<int> on_signal(sim::Io&, Signal) override { return kind_.exit_code; }

private:
    const Kind& kind_;
    bool started_ = false;
};

}  // namespace

std::unique_ptr<sim::Process> start_daemon(const sim::Invocation& invocation) {
    const auto* kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& candidate) {
        return candidate.name == invocation.words.front();
    });
    ENSURE(kind != kKinds.end());
    return std::make_unique<Daemon>(invocation, *kind);
}

}  // namespace kubetab::runtime
