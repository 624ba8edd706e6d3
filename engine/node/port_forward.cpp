#include "engine/node/port_forward.h"

#include <fmt/format.h>

#include <utility>

#include "engine/base/sha256.h"
#include "engine/runtime/http_wire.h"

namespace kubetab::node {
namespace {

using runtime::HttpReader;
using runtime::HttpRequest;
using runtime::HttpResponse;

// The connection comes from inside of the pod.
constexpr const char* kRemote = "127.0.0.1:45000";

// Which pod, during which life of the kubelet.
struct Place {
    Kubelet* kubelet = nullptr;
    api::ObjectKey pod{};
    api::Text uid{};
    std::int64_t life = 0;

    bool lost() const { return !kubelet->answers() || kubelet->lives() != life; }
    bool has_pod() const { return kubelet->uid_of(pod) == uid; }
};

class PodConnection final : public sim::ByteStream {
public:
    PodConnection(Place place, std::int32_t port) : place_(std::move(place)), port_(port) {}

    void write(std::string_view bytes) override {
        if (closed()) return;
        reader_.feed(bytes);
        serve();
    }
    std::string read() override { return std::exchange(answers_, {}); }
    bool ended() const override { return answers_.empty() && closed(); }
    void finish() override { closed_ = true; }

private:
    bool closed() const { return closed_ || place_.lost() || !place_.has_pod(); }

    void serve() {
        while (std::optional<HttpRequest> request = reader_.next_request()) {
            request->port = port_;
            request->remote = kRemote;
            const std::optional<HttpResponse> response = place_.kubelet->request(place_.pod, *request);
            closed_ = !response || !reader_.keeps_alive();
            if (response) answers_ += runtime::http_bytes(*response, request->method, !closed_);
            if (closed_) return;
        }
        if (reader_.problem() == 0) return;
        closed_ = true;
        const std::int32_t code = reader_.problem();
        const std::string text = std::to_string(code) + " " + std::string(runtime::http_reason(code));
        answers_ += runtime::http_bytes(HttpResponse::text(code, text), {}, false);
    }

    Place place_;
    std::int32_t port_;
    HttpReader reader_{HttpReader::Of::Requests};
    std::string answers_{};
    bool closed_ = false;
};

class PodPorts final : public api::PortForward {
public:
    PodPorts(Place place, bool host_network)
        : place_(std::move(place)),
          sandbox_(base::hexadecimal(base::sha256("sandbox of " + place_.uid.str()))),
          host_network_(host_network) {}

    std::unique_ptr<sim::ByteStream> dial(std::int32_t port, std::string& why) override {
        const std::string problem = problem_with(port);
        if (problem.empty()) return std::make_unique<PodConnection>(place_, port);
        why = fmt::format("error forwarding port {} to pod {}, uid : {}", port, sandbox_, problem);
        return nullptr;
    }
    bool lost() const override { return place_.lost(); }

private:
    std::string problem_with(std::int32_t port) const {
        if (place_.lost()) return "rpc error: code = Unavailable desc = transport is closing";
        if (!place_.has_pod())
            return fmt::format("failed to find sandbox \"{}\" in store: not found", sandbox_);
        if (place_.kubelet->listens_on(place_.pod, port)) return {};
        return fmt::format(
            "failed to execute portforward in network namespace \"{}\": failed to connect to localhost:{} "
            "inside "
            "namespace \"{}\", IPv4: dial tcp4 127.0.0.1:{}: connect: connection refused IPv6 dial tcp6 "
            "[::1]:{}: connect: connection refused ",
            network(), port, sandbox_, port, port);
    }

    std::string network() const {
        if (host_network_) return "host";
        const std::string_view id = sandbox_;
        return fmt::format("/var/run/netns/cni-{}-{}-{}-{}-{}", id.substr(0, 8), id.substr(8, 4),
                           id.substr(12, 4), id.substr(16, 4), id.substr(20, 12));
    }

    Place place_;
    std::string sandbox_;  // its id at the container runtime
    bool host_network_;
};

}  // namespace

base::Result<std::unique_ptr<api::PortForward>> forward_ports(Kubelet& kubelet, const api::ObjectKey& pod) {
    for (const api::Ref<api::Pod>& known : kubelet.pods()) {
        const bool ended = known->status.phase == "Succeeded" || known->status.phase == "Failed";
        if (api::ObjectKey::of(known->metadata) != pod || ended) continue;
        return std::unique_ptr<api::PortForward>(std::make_unique<PodPorts>(
            Place{&kubelet, pod, known->metadata.uid, kubelet.lives()}, known->spec->shared->hostNetwork));
    }
    return base::failure(base::Reason::InternalError, "unable to upgrade connection: pod not found (\"" +
                                                          pod.name + "_" + pod.namespace_ + "\")");
}

}  // namespace kubetab::node
