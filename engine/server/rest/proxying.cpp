#include "engine/server/rest/proxying.h"

#include <algorithm>
#include <charconv>

#include "engine/api/core/node.h"
#include "engine/api/core/service.h"
#include "engine/base/digest.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::Pod;
using api::Ref;
using api::Request;
using api::Response;
using base::Reason;
using base::Result;
using base::Status;

namespace {

constexpr std::int32_t kHttp = 80;
constexpr std::int32_t kHttps = 443;
constexpr std::int32_t kLargestPort = 65'535;

std::optional<std::int64_t> number_in(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// upstream: proxyutil.Transport.RoundTrip
Status unreached(const std::string& why) {
    return base::failure(Reason::ServiceUnavailable, "error trying to reach service: " + why);
}

// Where somebody listens, or why nobody can.
Result<std::int32_t> port_of(const ProxyName& asked, const std::string& port) {
    if (port.empty()) return asked.scheme == "https" ? kHttps : kHttp;
    if (port == "http") return kHttp;
    if (port == "https") return kHttps;
    const std::optional<std::int64_t> number = number_in(port);
    if (!number) return unreached("dial tcp: lookup tcp/" + port + ": unknown port");
    if (*number < 0 || *number > kLargestPort)
        return unreached("dial tcp: address " + port + ": invalid port");
    return static_cast<std::int32_t>(*number);
}

std::string escaped(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-_.~/:,").find(c) != std::string_view::npos;
        if (plain) {
            result += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        result += '%';
        result += kHex[byte >> 4];
        result += kHex[byte & 15];
    }
    return result;
}

ForwardedRequest forwarded(const Request& request, const RequestInfo& info, std::int32_t port) {
    ForwardedRequest result;
    result.method = request.method;
    result.target = "/" + info.proxied_path;
    char separator = '?';
    for (const auto& [key, value] : request.query) {
        result.target += separator + escaped(key) + "=" + escaped(value);
        separator = '&';
    }
    result.content_type = request.content_type;
    result.body = request.body;
    result.agent = request.user_agent;
    result.asked_path = request.path;
    result.port = port;
    return result;
}

// The first port that a container of the pod names. upstream: pod/strategy.go ResourceLocation
std::string first_port(const Pod& pod) {
    for (const api::Container& container : pod.spec->containers) {
        if (!container.ports.empty()) return std::to_string(container.ports[0].containerPort);
    }
    return {};
}

}  // namespace

std::optional<ProxyName> read_proxy_name(std::string_view text) {
    std::string parts[3];
    std::size_t count = 0;
    for (;;) {
        if (count == std::size(parts)) return std::nullopt;
        const std::size_t colon = text.find(':');
        parts[count++] = text.substr(0, colon);
        if (colon == std::string_view::npos) break;
        text.remove_prefix(colon + 1);
    }
    const ProxyName name = count == 3 ? ProxyName{parts[0], parts[1], parts[2]}
                                      : ProxyName{"", parts[0], count == 2 ? parts[1] : ""};
    const bool known = name.scheme.empty() || name.scheme == "http" || name.scheme == "https";
    if (name.name.empty() || !known) return std::nullopt;
    return name;
}

bool is_proxied(std::string_view path) {
    constexpr std::string_view kCore = "/api/v1/";
    if (!path.starts_with(kCore)) return false;
    path.remove_prefix(kCore.size());
    const auto next = [&path] {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
        return part;
    };
    std::string_view resource = next();
    if (resource == "namespaces") {
        next();
        resource = next();
        if (resource != "pods" && resource != "services") return false;
    } else if (resource != "nodes") {
        return false;
    }
    next();
    return next() == "proxy";
}

// upstream: pod/strategy.go ResourceLocation
Result<ForwardedAnswer> Rest::ask_pod(const Request& request, const RequestInfo& info,
                                      const ProxyName& asked) {
    const Ref<api::Object> stored = TRY(server_.get(*info.kind, {info.namespace_, asked.name}));
    const auto& pod = static_cast<const Pod&>(*stored);
    if (pod.status.podIP.empty()) return base::failure(Reason::BadRequest, "address not allowed");
    const std::int32_t port = TRY(port_of(asked, asked.port.empty() ? first_port(pod) : asked.port));
    return pass_on(pod, asked, forwarded(request, info, port));
}

Result<ForwardedAnswer> Rest::pass_on(const Pod& pod, const ProxyName& asked,
                                      const ForwardedRequest& request) {
    if (kubelets_ == nullptr)
        return unreached("dial tcp " + pod.status.podIP + ":" + std::to_string(request.port) +
                         ": connect: no route to host");
    Result<ForwardedAnswer> answer = kubelets_->ask_pod(pod, request);
    if (!answer.ok()) return unreached(answer.error().message);
    if (asked.scheme == "https") return unreached("http: server gave HTTP response to HTTPS client");
    return answer;
}

// The name of the port that is asked for by its number. upstream: service/storage/storage.go
// ResourceLocation
Result<std::string> Rest::service_port(const RequestInfo& info, const ProxyName& asked) {
    const std::optional<std::int64_t> number = number_in(asked.port);
    if (!number) return asked.port;
    const Ref<api::Object> stored = TRY(server_.get(*info.kind, {info.namespace_, asked.name}));
    for (const api::ServicePort& port : static_cast<const api::Service&>(*stored).spec.ports) {
        if (port.port == *number) return std::string(port.name);
    }
    return base::failure(Reason::ServiceUnavailable, "no service port " + std::to_string(*number) +
                                                         " found for service \"" + asked.name + "\"");
}

// The first one, from a place on, that is still the pod that it was; null when there is none. upstream:
// isValidAddress
Ref<api::Object> Rest::pod_behind(const api::EndpointSubset& subset, const std::string& in_namespace,
                                  std::uint64_t place) const {
    const std::size_t count = subset.addresses.size();
    for (std::size_t tried = 0; tried < count; ++tried) {
        const api::EndpointAddress& address =
            subset.addresses[(static_cast<std::size_t>(place % count) + tried) % count];
        const Ref<api::Object> found =
            server_.store().get(api::kind_of<Pod>(), {in_namespace, std::string(address.targetRef->name)});
        if (found && static_cast<const Pod&>(*found).status.podIP == address.ip) return found;
    }
    return nullptr;
}

// Any of the ready pods answers. upstream: service/storage/storage.go ResourceLocation
// differs: which one follows from the time and not from chance, so that to look changes nothing.
Result<ForwardedAnswer> Rest::ask_service(const Request& request, const RequestInfo& info,
                                          const ProxyName& asked) {
    const std::string port_name = TRY(service_port(info, asked));
    const Ref<api::Object> stored =
        TRY(server_.get(api::kind_of<api::Endpoints>(), {info.namespace_, asked.name}));
    const auto& endpoints = static_cast<const api::Endpoints&>(*stored);
    const auto none = [](const std::string& of) {
        return base::failure(Reason::ServiceUnavailable, "no endpoints available for service \"" + of + "\"");
    };
    if (endpoints.subsets.empty()) return none(asked.name);
    base::Digest choice;
    choice.add(now().ns);
    choice.add(info.name);
    for (const api::EndpointSubset& subset : endpoints.subsets) {
        const auto port = std::find_if(subset.ports.begin(), subset.ports.end(),
                                       [&](const api::EndpointPort& one) { return one.name == port_name; });
        if (port == subset.ports.end()) continue;
        const Ref<api::Object> pod = pod_behind(subset, info.namespace_, choice.value());
        if (pod) return pass_on(static_cast<const Pod&>(*pod), asked, forwarded(request, info, port->port));
    }
    return none(info.name);
}

// upstream: pkg/registry/core/node/strategy.go ResourceLocation
Result<ForwardedAnswer> Rest::ask_node(const Request& request, const RequestInfo& info,
                                       const ProxyName& asked) {
    const Ref<api::Object> stored = TRY(server_.get(*info.kind, {"", asked.name}));
    const auto& node = static_cast<const api::Node&>(*stored);
    const std::int32_t own = node.status.daemonEndpoints.kubeletEndpoint.Port;
    const std::int32_t port = asked.port.empty() ? own : TRY(port_of(asked, asked.port));
    if (kubelets_ == nullptr) return unreached("dial tcp: lookup " + asked.name + ": no such host");
    Result<ForwardedAnswer> answer = kubelets_->ask_node(node, forwarded(request, info, port));
    if (!answer.ok()) return unreached(answer.error().message);
    if (asked.scheme == "https" && port != own)
        return unreached("http: server gave HTTP response to HTTPS client");
    return answer;
}

// upstream: ProxyREST.Connect of each
Response Rest::pass(const Request& request, const RequestInfo& info) {
    const std::optional<ProxyName> asked = read_proxy_name(info.name);
    if (!asked) {
        return refuse(base::failure(Reason::BadRequest, "invalid " + std::string(info.kind->singular) +
                                                            " request \"" + info.name + "\""));
    }
    const bool pod = info.kind == &api::kind_of<Pod>();
    const bool node = info.kind == &api::kind_of<api::Node>();
    const Result<ForwardedAnswer> answer = pod    ? ask_pod(request, info, *asked)
                                           : node ? ask_node(request, info, *asked)
                                                  : ask_service(request, info, *asked);
    if (!answer.ok()) {
        Response response = refuse(answer.error());
        response.body += '\n';
        return response;
    }
    Response response;
    response.code = answer->code;
    response.content_type = answer->content_type;
    response.body = answer->body;
    return response;
}

}  // namespace kubetab::server
