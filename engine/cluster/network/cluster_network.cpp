#include "engine/cluster/network/cluster_network.h"

#include <utility>

#include "engine/api/pod_status.h"
#include "engine/cluster/cluster.h"
#include "engine/cluster/network/addresses.h"
#include "engine/runtime/container.h"

namespace kubetab::cluster {
namespace {

using runtime::Dial;
using runtime::DnsAnswer;
using runtime::HttpOutcome;
using runtime::HttpRequest;
using runtime::HttpResponse;

constexpr std::string_view kApiServer = "172.18.0.2";
constexpr std::string_view kLearner = "172.18.0.1";
constexpr std::int32_t kDnsPort = 53;
// Two attempts of five seconds each, as resolvers do.
constexpr sim::Duration kDnsPatience = sim::seconds(10);
// How long Linux sends SYN packets, and asks for a neighbour, before it gives up.
constexpr sim::Duration kConnectPatience = sim::seconds(127);
constexpr sim::Duration kNeighbourPatience = sim::seconds(3);

sim::Duration wait_of(Dial dial) {
    if (dial == Dial::TimedOut) return kConnectPatience;
    return dial == Dial::NoRoute ? kNeighbourPatience : sim::Duration{};
}

// The API server and kubelets speak TLS only. upstream: net/http, a plain request to a TLS server
HttpResponse not_tls() {
    return HttpResponse::text(400, "Client sent an HTTP request to an HTTPS server.\n");
}

}  // namespace

ClusterNetwork::ClusterNetwork(Cluster& cluster)
    : cluster_(cluster), names_(cluster.store()), services_(cluster.store(), cluster.spec().seed) {}

const store::Store& ClusterNetwork::store() const {
    return std::as_const(cluster_).store();
}

// --- ends ---

NetworkEnd ClusterNetwork::end_of(const runtime::Container* container) const {
    if (container == nullptr) return {std::string(kLearner), {}, {}};
    return end_at(container->config().address.view());
}

NetworkEnd ClusterNetwork::end_at(std::string_view address) const {
    if (node::Kubelet* machine = node_at(address)) return {std::string(address), machine->spec().name, {}};
    const api::Ref<api::Pod> pod = pod_at(address);
    return {std::string(address), pod ? pod->spec->nodeName.str() : std::string(), pod};
}

api::Ref<api::Pod> ClusterNetwork::pod_at(std::string_view address) const {
    for (const auto& [key, object] : store().all(api::kind_of<api::Pod>())) {
        api::Ref<api::Pod> pod = api::cast<api::Pod>(object);
        const bool own = pod->status.podIP == address && !pod->spec->shared->hostNetwork;
        if (own && !api::is_pod_finished(*pod)) return pod;
    }
    return nullptr;
}

node::Kubelet* ClusterNetwork::node_at(std::string_view address) const {
    for (const std::string& name : cluster_.machines()) {
        node::Kubelet* machine = cluster_.kubelet(name);
        if (machine->spec().address == address) return machine;
    }
    return nullptr;
}

// --- ways ---

ClusterNetwork::Route ClusterNetwork::route(const NetworkEnd& from, std::string_view address,
                                            std::int32_t port, std::string_view protocol) {
    const bool inside = !from.node.empty();
    if (inside && address.starts_with("127.")) {
        return from.pod ? to_pod(from, from.pod, port, protocol)
                        : to_node(from, *cluster_.kubelet(from.node), port, protocol);
    }
    const api::Ref<api::Service> service = inside ? services_.at_address(address) : nullptr;
    if (service) {
        const std::optional<ServiceProxy::Port> offered = services_.port_of(service, address, port, protocol);
        return offered ? to_service(from, *offered, from.node, protocol) : Route{};
    }
    if (!inside && pod_at(address)) return {};
    if (cluster_.cloud() != nullptr && cluster_.cloud()->find(std::string(address)) != nullptr)
        return to_load_balancer(from, address, port, protocol);
    return to_address(from, address, port, protocol);
}

ClusterNetwork::Route ClusterNetwork::to_service(const NetworkEnd& from, const ServiceProxy::Port& port,
                                                 const std::string& node, std::string_view protocol) {
    const ServiceProxy::Backend backend = services_.choose(port, node, from.address, cluster_.now());
    if (backend.fate == ServiceProxy::Backend::Fate::NoEndpoints) return {.dial = Dial::Refused};
    if (backend.fate == ServiceProxy::Backend::Fate::Dropped) return {};
    // What comes from outside goes on in the node's name, unless it must stay on the node.
    const bool masqueraded = from.node.empty() && port.service->spec.externalTrafficPolicy != "Local";
    NetworkEnd seen = from;
    if (masqueraded) {
        seen.address = cluster_.kubelet(node)->spec().address;
        seen.node = node;
    }
    return to_address(seen, backend.address, backend.port, protocol);
}

ClusterNetwork::Route ClusterNetwork::to_load_balancer(const NetworkEnd& from, std::string_view address,
                                                       std::int32_t port, std::string_view protocol) {
    const Cloud::LoadBalancer& balancer = *cluster_.cloud()->find(std::string(address));
    const auto stored = store().get(api::kind_of<api::Service>(), balancer.service);
    if (!stored) return {};
    const auto& service = static_cast<const api::Service&>(*stored);
    const std::vector<api::Text>& ranges = service.spec.loadBalancerSourceRanges;
    bool welcome = ranges.empty();
    for (const api::Text& range : ranges) welcome = welcome || is_in_range(from.address, range.view());
    if (!welcome) return {};
    const std::optional<ServiceProxy::Port> offered =
        services_.port_of(api::cast<api::Service>(stored), address, port, protocol);
    if (!offered) return {};
    // The first of its nodes that is up and, where traffic stays on the node, has an endpoint.
    for (const auto& host : balancer.hosts) {
        node::Kubelet* machine = cluster_.kubelet(host);
        if (machine == nullptr || machine->power() == node::Power::Off || machine->paused()) continue;
        const Route found = to_service(from, *offered, host, protocol);
        if (found.dial != Dial::TimedOut) return found;
    }
    return {};
}

ClusterNetwork::Route ClusterNetwork::to_node(const NetworkEnd& from, node::Kubelet& machine,
                                              std::int32_t port, std::string_view protocol) {
    if (machine.power() == node::Power::Off) return {.dial = Dial::NoRoute};
    if (machine.paused()) return {};
    const std::optional<ServiceProxy::Port> service = services_.at_node_port(port, protocol);
    if (service) return to_service(from, *service, machine.spec().name, protocol);
    Route found{.dial = Dial::Connected, .machine = &machine, .port = port, .client = from.address};
    if (port == machine.spec().port && protocol == "TCP" && machine.power() == node::Power::On) {
        found.listener = Route::Listener::Kubelet;
        return found;
    }
    const std::optional<api::ObjectKey> pod = machine.host_listener(port);
    if (!pod) return {.dial = Dial::Refused};
    found.listener = Route::Listener::Pod;
    found.pod = *pod;
    return found;
}

// An address that is no service's.
ClusterNetwork::Route ClusterNetwork::to_address(const NetworkEnd& from, std::string_view address,
                                                 std::int32_t port, std::string_view protocol) {
    if (const api::Ref<api::Pod> pod = pod_at(address)) return to_pod(from, pod, port, protocol);
    const NetworkEnd to = end_at(address);
    if (!may_connect(store(), from, to, port, protocol)) return {};
    if (address == kApiServer) {
        if (port != cluster_.spec().api_port || cluster_.front_door().shut()) return {.dial = Dial::Refused};
        return {.dial = Dial::Connected, .listener = Route::Listener::ApiServer};
    }
    node::Kubelet* machine = node_at(address);
    return machine == nullptr ? Route{} : to_node(from, *machine, port, protocol);
}

ClusterNetwork::Route ClusterNetwork::to_pod(const NetworkEnd& from, const api::Ref<api::Pod>& pod,
                                             std::int32_t port, std::string_view protocol) {
    node::Kubelet* machine = cluster_.kubelet(pod->spec->nodeName);
    if (machine == nullptr || machine->power() == node::Power::Off) return {.dial = Dial::NoRoute};
    if (machine->paused()) return {};
    const bool itself = from.pod && from.pod->metadata.uid == pod->metadata.uid;
    const NetworkEnd to{pod->status.podIP, pod->spec->nodeName, pod};
    if (!itself && !may_connect(store(), from, to, port, protocol)) return {};
    const api::ObjectKey key = api::ObjectKey::of(pod->metadata);
    if (!machine->listens_on(key, port)) return {.dial = Dial::Refused};
    return {.dial = Dial::Connected,
            .listener = Route::Listener::Pod,
            .machine = machine,
            .pod = key,
            .port = port,
            .client = from.address};
}

// --- what processes ask ---

DnsAnswer ClusterNetwork::ask(const runtime::Container* from, std::string_view server, std::string_view name,
                              runtime::RecordType type) {
    DnsAnswer answer{DnsAnswer::Code::Silent, {}, std::string(server), kDnsPatience};
    const NetworkEnd end = end_of(from);
    if (end.node.empty() || services_.at_address(server) == nullptr) {
        // Some name server outside, which knows nothing of the cluster.
        answer.code = names_.answer(name, type).code == DnsAnswer::Code::Failed ? DnsAnswer::Code::Failed
                                                                                : DnsAnswer::Code::NoSuchName;
        answer.waited = {};
        return answer;
    }
    if (route(end, server, kDnsPort, "UDP").dial != Dial::Connected) return answer;
    answer = names_.answer(name, type);
    answer.server = server;
    return answer;
}

Dial ClusterNetwork::dial(const runtime::Container* from, std::string_view address, std::int32_t port) {
    return route(end_of(from), address, port, "TCP").dial;
}

HttpOutcome ClusterNetwork::call(const runtime::Container* from, std::string_view address,
                                 HttpRequest request) {
    const Route found = route(end_of(from), address, request.port, "TCP");
    if (found.dial != Dial::Connected) return {found.dial, std::nullopt, wait_of(found.dial)};
    if (found.listener != Route::Listener::Pod) return {Dial::Connected, not_tls(), {}};
    constexpr std::int32_t kFirstClientPort = 32'768;
    constexpr std::int32_t kClientPorts = 28'232;
    const std::int32_t client_port = kFirstClientPort + connections_++ % kClientPorts;
    request.remote = found.client + ":" + std::to_string(client_port);
    request.port = found.port;
    return {Dial::Connected, found.machine->request(found.pod, request), {}};
}

// Services' own addresses answer no echo requests, as with iptables rules.
bool ClusterNetwork::answers_ping(const runtime::Container* from, std::string_view address) {
    const NetworkEnd end = end_of(from);
    const bool inside = !end.node.empty();
    if (inside && address.starts_with("127.")) return true;
    if (address == kApiServer || (!inside && address == kLearner)) return true;
    node::Kubelet* machine = node_at(address);
    const api::Ref<api::Pod> pod = machine == nullptr && inside ? pod_at(address) : nullptr;
    if (pod) machine = cluster_.kubelet(pod->spec->nodeName);
    if (machine == nullptr || machine->power() == node::Power::Off || machine->paused()) return false;
    return !pod || may_connect(store(), end, end_at(address), 0, "ICMP");
}

}  // namespace kubetab::cluster
