// Service: addresses and node ports are allocated here.
// upstream: pkg/registry/core/service/{strategy.go,storage/alloc.go}

#include <algorithm>
#include <map>

#include "engine/api/validation.h"
#include "engine/api/validation/addresses.h"
#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

using api::Service;

bool wants_node_ports(const Service& service) {
    const std::string& type = service.spec.type;
    return type == "NodePort" ||
           (type == "LoadBalancer" && service.spec.allocateLoadBalancerNodePorts.value_or(true));
}

void fill_families(Service& service) {
    api::ServiceSpec& spec = service.spec;
    const bool headless = spec.clusterIP == "None";
    const bool free = headless && spec.selector.empty();
    if (!spec.ipFamilyPolicy) spec.ipFamilyPolicy = free ? "RequireDualStack" : "SingleStack";
    if (!spec.ipFamilies.empty()) return;
    spec.ipFamilies = {"IPv4"};
    if (free && *spec.ipFamilyPolicy != "SingleStack") spec.ipFamilies.emplace_back("IPv6");
}

base::Status bad_address(const Service& service, const std::string& address, const std::string& why) {
    return api::invalid(
        api::kind_of<Service>(), service.metadata.name,
        {api::FieldError{api::FieldErrorType::Invalid, "spec.clusterIPs", "[]string{\"" + address + "\"}",
                         "failed to allocate IP " + address + ": " + why}});
}

base::Result<void> allocate_address(Server& server, Service& service) {
    api::ServiceSpec& spec = service.spec;
    if (!spec.clusterIP.empty() && spec.clusterIPs.empty()) spec.clusterIPs = {spec.clusterIP};
    if (spec.clusterIP.empty() && !spec.clusterIPs.empty()) return {};  // Validation says what is wrong.
    if (spec.clusterIP.empty()) {
        spec.clusterIP = server.allocators().allocate_ip(server.simulation().random());
        spec.clusterIPs = {spec.clusterIP};
        return {};
    }
    const std::string& wanted = spec.clusterIP;
    const std::optional<api::Address> address = api::parse_address(wanted);
    if (!address || address->is_v6) return {};  // Validation says what is wrong with it.
    if (!server.allocators().ip_in_range(wanted)) {
        return bad_address(service, wanted,
                           "the provided IP (" + wanted +
                               ") is not in the valid range. The range of valid IPs is " +
                               std::string(ServiceAllocators::kIpRange));
    }
    if (!server.allocators().reserve_ip(wanted))
        return bad_address(service, wanted, "provided IP is already allocated");
    return {};
}

base::Result<void> allocate_ports(Server& server, Service& service, const Service* stored) {
    if (!wants_node_ports(service)) return {};
    std::map<std::int32_t, std::int32_t> by_port;  // protocols of one port share a node port
    std::size_t index = 0;
    for (api::ServicePort& port : service.spec.ports) {
        const std::string path = "spec.ports[" + std::to_string(index++) + "].nodePort";
        const bool held =
            stored != nullptr && port.nodePort != 0 &&
            std::any_of(stored->spec.ports.begin(), stored->spec.ports.end(),
                        [&](const api::ServicePort& old) { return old.nodePort == port.nodePort; });
        const auto shared = by_port.find(port.port);
        if (port.nodePort == 0 && shared != by_port.end()) {
            port.nodePort = shared->second;
        } else if (port.nodePort == 0) {
            port.nodePort = server.allocators().allocate_port(server.simulation().random());
        } else if (!held && !server.allocators().reserve_port(port.nodePort)) {
            const bool in_range = server.allocators().port_in_range(port.nodePort);
            return api::invalid(
                api::kind_of<Service>(), service.metadata.name,
                {api::FieldError{api::FieldErrorType::Invalid, path, std::to_string(port.nodePort),
                                 in_range
                                     ? "provided port is already allocated"
                                     : "provided port is not in the valid range. The range of valid ports is "
                                       "30000-32767"}});
        }
        by_port.emplace(port.port, port.nodePort);
    }
    return {};
}

base::Result<void> prepare_for_create(Server& server, api::Object& object) {
    auto& service = static_cast<Service&>(object);
    if (service.spec.type == "ExternalName") return {};
    TRY(allocate_address(server, service));
    fill_families(service);
    return allocate_ports(server, service, nullptr);
}

// What the client left out keeps its value. upstream: patchAllocatedValues
void patch_allocated(Service& service, const Service& stored) {
    api::ServiceSpec& spec = service.spec;
    if (spec.type != "ExternalName" && stored.spec.type != "ExternalName" && spec.clusterIP.empty() &&
        spec.clusterIPs.empty()) {
        spec.clusterIP = stored.spec.clusterIP;
        spec.clusterIPs = stored.spec.clusterIPs;
    }
    if (!wants_node_ports(service)) return;
    for (api::ServicePort& port : spec.ports) {
        for (const api::ServicePort& old : stored.spec.ports) {
            if (port.nodePort == 0 && old.name == port.name && old.port == port.port)
                port.nodePort = old.nodePort;
        }
    }
}

// A change of type drops what the new type does not have. upstream: dropTypeDependentFields
void drop_unused(Service& service, const Service& stored) {
    api::ServiceSpec& spec = service.spec;
    if (spec.type == "ExternalName") {
        if (spec.clusterIP == stored.spec.clusterIP) {
            spec.clusterIP.clear();
            spec.clusterIPs.clear();
        }
        spec.ipFamilies.clear();
        spec.ipFamilyPolicy.reset();
        spec.internalTrafficPolicy.reset();
    }
    if (!wants_node_ports(service) && wants_node_ports(stored)) {
        for (api::ServicePort& port : spec.ports) {
            for (const api::ServicePort& old : stored.spec.ports) {
                if (old.nodePort == port.nodePort) port.nodePort = 0;
            }
        }
    }
    const bool external = spec.type == "NodePort" || spec.type == "LoadBalancer" || !spec.externalIPs.empty();
    if (!external && spec.externalTrafficPolicy == stored.spec.externalTrafficPolicy)
        spec.externalTrafficPolicy.clear();
    if (spec.type != "LoadBalancer") spec.allocateLoadBalancerNodePorts.reset();
}

void after_update(Server& server, const api::Object& object, const api::Object& before) {
    const auto& service = static_cast<const Service&>(object);
    const auto& stored = static_cast<const Service&>(before);
    if (stored.spec.clusterIP != service.spec.clusterIP)
        server.allocators().release_ip(stored.spec.clusterIP);
    for (const api::ServicePort& old : stored.spec.ports) {
        const bool kept =
            std::any_of(service.spec.ports.begin(), service.spec.ports.end(),
                        [&](const api::ServicePort& port) { return port.nodePort == old.nodePort; });
        if (!kept) server.allocators().release_port(old.nodePort);
    }
}

base::Result<void> prepare_for_update(Server& server, api::Object& object, const api::Object& before,
                                      Endpoint endpoint) {
    if (endpoint == Endpoint::Status) return {};
    auto& service = static_cast<Service&>(object);
    const auto& stored = static_cast<const Service&>(before);
    patch_allocated(service, stored);
    drop_unused(service, stored);
    if (service.spec.type != "ExternalName") {
        if (service.spec.clusterIP.empty()) TRY(allocate_address(server, service));
        fill_families(service);
        TRY(allocate_ports(server, service, &stored));
    }
    return {};
}

void after_delete(Server& server, const api::Object& object) {
    const auto& service = static_cast<const Service&>(object);
    server.allocators().release_ip(service.spec.clusterIP);
    for (const api::ServicePort& port : service.spec.ports) server.allocators().release_port(port.nodePort);
}

}  // namespace

const Strategy kServiceStrategy{&prepare_for_create, &prepare_for_update, &after_update, &after_delete};

}  // namespace kubetab::server
