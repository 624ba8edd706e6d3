// kubectl port-forward. upstream: kubectl/pkg/cmd/portforward/portforward.go,
// client-go/tools/portforward/portforward.go
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/values.h"
#include "engine/kubectl/commands/forwarded_ports.h"
#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"
#include "engine/sim/local_ports.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::Result;
using base::text_at;

// Below it only the system's administrator may listen.
constexpr std::int32_t kFirstFreePort = 1024;
constexpr std::int32_t kFirstRandomPort = 40'000;
// Of the program, which stands in what it logs.
constexpr std::string_view kLoggedProcess = "   4711";

// What a connection is after kubectl has taken it and found nobody at its other end.
class ClosedStream final : public sim::ByteStream {
public:
    void write(std::string_view) override {}
    std::string read() override { return {}; }
    bool ended() const override { return true; }
    void finish() override {}
};

// As klog begins a line about an error: "E1201 11:58:48.109218    4711 ".
std::string log_head(sim::Instant now) {
    const std::string time = api::format_time(now.unix_seconds());  // "2026-12-01T11:58:48Z"
    std::string micros = std::to_string(now.ns / 1000 % 1'000'000);
    micros.insert(0, 6 - micros.size(), '0');
    return "E" + time.substr(5, 2) + time.substr(8, 2) + " " + time.substr(11, 8) + "." + micros + " " +
           std::string(kLoggedProcess) + " ";
}

class PortForwarder final : public sim::Process {
public:
    PortForwarder(Context& context, std::unique_ptr<api::PortForward> way, std::vector<ForwardedPort> ports,
                  std::vector<ListenAddress> addresses)
        : context_(context),
          way_(std::move(way)),
          ports_(std::move(ports)),
          addresses_(std::move(addresses)) {}
    ~PortForwarder() override {
        for (const std::int32_t port : open_) context_.local_ports.close(port);
    }

    // upstream: forward
    Result<void> listen() {
        bool any = false;
        for (ForwardedPort& port : ports_) {
            const std::string problem = listen_on(port);
            any = any || problem.empty();
            if (problem.empty()) continue;
            context_.err("Unable to listen on port " + std::to_string(port.local) +
                         ": Listeners failed to create with the following errors: [" + problem + "]\n");
        }
        if (any) return {};
        std::string all;
        for (const ForwardedPort& port : ports_) {
            all += (all.empty() ? "{" : " {") + std::to_string(port.local) + " " +
                   std::to_string(port.remote) + "}";
        }
        return client_error("unable to listen on any of the requested ports: [" + all + "]");
    }

    sim::Poll poll(sim::Io& io) override {
        if (interrupted_) return sim::Poll::done(0);
        if (!broken_ && !way_->lost()) return sim::Poll::change();
        io.err("error: lost connection to pod\n");
        return sim::Poll::done(1);
    }
    // It ends by itself then, and well.
    void interrupt() override { interrupted_ = true; }
    bool survives_interrupt() const override { return true; }

private:
    // upstream: listenOnPort. What hinders it; "" when nothing does.
    std::string listen_on(ForwardedPort& port) {
        std::string problems;
        bool ours = false;
        bool another_failed = false;
        for (const ListenAddress& address : addresses_) {
            const std::string why = problem_of(address, port.local, ours);
            if (!why.empty()) {
                problems += (problems.empty() ? "" : " ") +
                            std::string("unable to create listener: Error listen ") +
                            (address.is_v6() ? "tcp6 " : "tcp4 ") + host_and_port(address, port.local) +
                            ": bind: " + why;
                another_failed = another_failed || !address.of_localhost;
                continue;
            }
            if (!std::exchange(ours, true)) open(port);
            context_.out("Forwarding from " + host_and_port(address, port.local) + " -> " +
                         std::to_string(port.remote) + "\n");
        }
        return ours && !another_failed ? "" : problems;
    }

    std::string problem_of(const ListenAddress& address, std::int32_t port, bool ours) const {
        const std::string& text = address.address;
        const bool here = starts_with(text, "127.") || text == "0.0.0.0" || text == "::1" || text == "::";
        if (!here) return "cannot assign requested address";
        if (port != 0 && port < kFirstFreePort) return "permission denied";
        return !ours && context_.local_ports.listens(port) ? "address already in use" : "";
    }

    void open(ForwardedPort& port) {
        if (port.local == 0) {
            port.local = kFirstRandomPort;
            while (context_.local_ports.listens(port.local)) ++port.local;
        }
        context_.local_ports.listen(port.local, [this, port] { return accept(port); });
        open_.push_back(port.local);
    }

    // upstream: handleConnection
    std::unique_ptr<sim::ByteStream> accept(const ForwardedPort& port) {
        if (broken_ || way_->lost()) return nullptr;
        context_.out("Handling connection for " + std::to_string(port.local) + "\n");
        std::string why;
        if (std::unique_ptr<sim::ByteStream> stream = way_->dial(port.remote, why)) return stream;
        broken_ = true;
        context_.err(log_head(context_.now()) + "portforward.go:424] \"Unhandled Error\" err=" +
                     quote("an error occurred forwarding " + std::to_string(port.local) + " -> " +
                           std::to_string(port.remote) + ": " + why) +
                     "\n");
        return std::make_unique<ClosedStream>();
    }

    Context& context_;
    std::unique_ptr<api::PortForward> way_;
    std::vector<ForwardedPort> ports_;
    std::vector<ListenAddress> addresses_;
    std::vector<std::int32_t> open_{};
    bool broken_ = false;
    bool interrupted_ = false;
};

// upstream: RunPortForward, ForwardPorts
Result<std::unique_ptr<sim::Process>> forward_to(Context& context, const Info& info, const Json& pod) {
    const std::vector<std::string> words(context.arguments.begin() + 1, context.arguments.end());
    const std::vector<std::string> translated = TRY(ports_of_pod(words, info, pod));
    const std::string phase = text_at(pod, {"status", "phase"});
    if (phase != "Running") {
        return client_error("unable to forward port because pod is not running. Current status=" + phase);
    }
    const bool chosen = context.flags.changed("address");
    std::vector<ListenAddress> addresses =
        TRY(parse_addresses(chosen ? context.flags.list("address") : std::vector<std::string>{"localhost"}));
    std::vector<ForwardedPort> ports = TRY(parse_forwarded(translated));
    client::Response refusal;
    std::unique_ptr<api::PortForward> way =
        context.transport.forward(make_request(context, "POST", pod_path(pod, "portforward")), refusal);
    if (way == nullptr) return client_error("error upgrading connection: " + status_of(refusal).message);
    auto forwarder =
        std::make_unique<PortForwarder>(context, std::move(way), std::move(ports), std::move(addresses));
    TRY(forwarder->listen());
    return std::unique_ptr<sim::Process>(std::move(forwarder));
}

Result<std::unique_ptr<sim::Process>> start(Context& context) {
    if (context.arguments.size() < 2) {
        return usage_error(context.path(), "TYPE/NAME and list of ports are required for port-forward");
    }
    const Info info = TRY(find_pod_or_owner(context, context.arguments.front()));
    return with_pods_of(
        context, info, PodOrder::Attaching, "cannot attach to",
        [&context, info](const std::vector<Json>& pods) { return forward_to(context, info, pods.front()); });
}

Outcome run(Context& context) {
    Result<std::unique_ptr<sim::Process>> process = start(context);
    if (!process) return process.error();
    return std::move(*process);
}

}  // namespace

CommandSpec port_forward_command() {
    return {
        .path = "port-forward",
        .aliases = {},
        .summary = "Forward one or more local ports to a pod",
        .usage =
            "port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]",
        .examples =
            "  # Reach port 80 of a pod as port 8080 of this machine; Ctrl+C ends it\n"
            "  kubectl port-forward pod/web-0 8080:80\n\n"
            "  # Reach a pod of a deployment, and go on typing\n  kubectl port-forward deploy/web 8080:80 "
            "&\n\n"
            "  # Reach a pod behind a service's port that is named http\n"
            "  kubectl port-forward svc/web 8080:http\n\n"
            "  # Take any local port that is free\n  kubectl port-forward pod/web-0 :80",
        .flags = {{"address", 0, FlagType::TextSlice, "[localhost]",
                   "Addresses of this machine to listen on (comma separated): IP addresses or localhost"},
                  {"pod-running-timeout", 0, FlagType::Duration, "1m0s",
                   "How long to wait until there is a pod"}},
        .run = run,
        .group = "Troubleshooting and Debugging Commands",
    };
}

}  // namespace kubetab::kubectl
