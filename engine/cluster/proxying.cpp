#include "engine/cluster/proxying.h"

#include <optional>
#include <string>

namespace kubetab::cluster {
namespace {

using base::Reason;
using base::Result;
using base::Status;
using server::ForwardedAnswer;
using server::ForwardedRequest;

Status no_dial(const std::string& address, std::int32_t port, const std::string& why) {
    return base::failure(Reason::ServiceUnavailable,
                         "dial tcp " + address + ":" + std::to_string(port) + ": connect: " + why);
}

// What arrives there. upstream: proxyutil.Transport.RoundTrip, which adds the header
runtime::HttpRequest request_to(const std::string& address, const ForwardedRequest& request) {
    runtime::HttpRequest http;
    http.method = request.method;
    http.target = request.target;
    http.host = address + ":" + std::to_string(request.port);
    http.body = request.body;
    http.port = request.port;
    http.agent = request.agent;
    http.remote = "172.18.0.2:45000";
    http.headers = {{"X-Forwarded-Uri", request.asked_path}};
    if (!request.content_type.empty()) http.headers.emplace_back("Content-Type", request.content_type);
    return http;
}

ForwardedAnswer answer_of(const runtime::HttpResponse& response) {
    return {response.status, response.content_type, response.body};
}

std::string address_of(const api::Node& node) {
    for (const api::NodeAddress& address : node.status.addresses) {
        if (address.type == "InternalIP") return address.address;
    }
    return node.metadata.name;
}

}  // namespace

Result<ForwardedAnswer> ask_pod(node::Kubelet* machine, const api::Pod& pod,
                                const ForwardedRequest& request) {
    const std::string address = pod.status.podIP;
    const bool there = machine != nullptr && machine->power() != node::Power::Off && machine->connected();
    if (!there) return no_dial(address, request.port, "no route to host");
    const api::ObjectKey key = api::ObjectKey::of(pod.metadata);
    if (!machine->listens_on(key, request.port)) return no_dial(address, request.port, "connection refused");
    const std::optional<runtime::HttpResponse> response = machine->request(key, request_to(address, request));
    if (response) return answer_of(*response);
    return base::failure(Reason::ServiceUnavailable, "EOF");  // Whoever listens speaks something else.
}

Result<ForwardedAnswer> ask_node(node::Kubelet* machine, const api::Node& node,
                                 const ForwardedRequest& request) {
    const std::string address = address_of(node);
    const bool there = machine != nullptr && machine->power() != node::Power::Off && machine->connected();
    if (!there) return no_dial(address, request.port, "no route to host");
    const runtime::HttpRequest http = request_to(address, request);
    if (request.port == machine->spec().port) {
        if (machine->power() != node::Power::On) return no_dial(address, request.port, "connection refused");
        return answer_of(machine->own_answer(http));
    }
    const std::optional<api::ObjectKey> listener = machine->host_listener(request.port);
    if (!listener) return no_dial(address, request.port, "connection refused");
    const std::optional<runtime::HttpResponse> response = machine->request(*listener, http);
    if (response) return answer_of(*response);
    return base::failure(Reason::ServiceUnavailable, "EOF");
}

}  // namespace kubetab::cluster
