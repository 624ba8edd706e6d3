#include "engine/node/service_variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace kubetab::node {
namespace {

std::string service_variable(std::string_view name) {
    std::string result;
    for (const char c : name) {
        result += c == '-' ? '_' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return result;
}

// upstream: envvars.FromServices
void add_service(const api::Service& service, runtime::Environment& environment) {
    const std::string& ip = service.spec.clusterIP;
    if (ip.empty() || ip == "None" || service.spec.ports.empty()) return;
    const std::string prefix = service_variable(service.metadata.name);
    environment[prefix + "_SERVICE_HOST"] = ip;
    environment[prefix + "_SERVICE_PORT"] = std::to_string(service.spec.ports.front().port);
    for (const api::ServicePort& port : service.spec.ports) {
        if (!port.name.empty()) {
            environment[prefix + "_SERVICE_PORT_" + service_variable(port.name)] = std::to_string(port.port);
        }
    }
    for (std::size_t i = 0; i < service.spec.ports.size(); ++i) {
        const api::ServicePort& port = service.spec.ports[i];
        std::string protocol = port.protocol.empty() ? "TCP" : port.protocol;
        std::string lower = protocol;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        const std::string url = fmt::format("{}://{}:{}", lower, ip, port.port);
        if (i == 0) environment[prefix + "_PORT"] = url;
        const std::string port_prefix = fmt::format("{}_PORT_{}_{}", prefix, port.port, protocol);
        environment[port_prefix] = url;
        environment[port_prefix + "_PROTO"] = lower;
        environment[port_prefix + "_PORT"] = std::to_string(port.port);
        environment[port_prefix + "_ADDR"] = ip;
    }
}

}  // namespace

const runtime::Environment& ServiceVariables::of(const api::Pod& pod) {
    if (services_.revision() != revision_) known_.clear();
    revision_ = services_.revision();
    const bool links = pod.spec->enableServiceLinks.value_or(true);
    const auto [known, added] = known_.try_emplace({pod.metadata.namespace_, links});
    runtime::Environment& variables = known->second;
    if (!added) return variables;
    const api::Ref<api::Service> master = services_.find({"default", "kubernetes"});
    if (master) add_service(*master, variables);
    if (!links) return variables;
    for (const api::Ref<api::Service>& service : services_.in_namespace(pod.metadata.namespace_))
        add_service(*service, variables);
    return variables;
}

}  // namespace kubetab::node
