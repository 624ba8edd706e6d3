// Tables of Service, Endpoints and EndpointSlice.
// upstream: pkg/printers/internalversion/printers.go printService, printEndpoints, printEndpointSlice

#include "engine/api/selectors.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

constexpr std::size_t kShown = 3;

std::string external_ip(const api::Service& service) {
    const api::ServiceSpec& spec = service.spec;
    std::vector<std::string> addresses(spec.externalIPs.begin(), spec.externalIPs.end());
    if (spec.type == "ExternalName") return spec.externalName;
    if (spec.type != "LoadBalancer") return joined_or_none(addresses);
    for (const api::LoadBalancerIngress& ingress : service.status.loadBalancer.ingress) {
        addresses.push_back(ingress.ip.empty() ? ingress.hostname : ingress.ip);
    }
    return addresses.empty() ? "<pending>" : joined_or_none(addresses);
}

std::string ports_cell(const std::vector<api::ServicePort>& ports) {
    std::vector<std::string> texts;
    for (const api::ServicePort& port : ports) {
        std::string text = std::to_string(port.port);
        if (port.nodePort > 0) text += ":" + std::to_string(port.nodePort);
        texts.push_back(text + "/" + port.protocol);
    }
    return joined_or_none(texts);
}

Json service_cells(const api::Object& object, sim::Instant now) {
    const auto& service = static_cast<const api::Service&>(object);
    const api::ServiceSpec& spec = service.spec;
    const std::string cluster_ip = spec.clusterIP.empty() ? "<none>" : spec.clusterIP;
    const api::Selector selector = api::Selector::of_labels(spec.selector);
    return {service.metadata.name,
            spec.type,
            cluster_ip,
            external_ip(service),
            ports_cell(spec.ports),
            age_cell(service, now),
            selector.empty() ? "<none>" : selector.text()};
}

// The first three addresses; "+ n more..." when there are others.
std::string shortened(const std::vector<std::string>& values, const std::string& none) {
    if (values.empty()) return none;
    std::string text;
    for (std::size_t i = 0; i < values.size() && i < kShown; ++i)
        text.append(i == 0 ? "" : ",").append(values[i]);
    if (values.size() > kShown) text += " + " + std::to_string(values.size() - kShown) + " more...";
    return text;
}

Json endpoints_cells(const api::Object& object, sim::Instant now) {
    const auto& endpoints = static_cast<const api::Endpoints&>(object);
    if (endpoints.subsets.empty()) return {endpoints.metadata.name, "<none>", age_cell(endpoints, now)};
    std::vector<std::string> addresses;  // of what is ready; there may be none
    for (const api::EndpointSubset& subset : endpoints.subsets) {
        if (subset.ports.empty()) {
            for (const api::EndpointAddress& address : subset.addresses) addresses.push_back(address.ip);
        }
        for (const api::EndpointPort& port : subset.ports) {
            for (const api::EndpointAddress& address : subset.addresses) {
                addresses.push_back(address.ip + ":" + std::to_string(port.port));
            }
        }
    }
    return {endpoints.metadata.name, shortened(addresses, ""), age_cell(endpoints, now)};
}

Json slice_cells(const api::Object& object, sim::Instant now) {
    const auto& slice = static_cast<const api::EndpointSlice&>(object);
    std::vector<std::string> ports;
    for (const api::DiscoveryEndpointPort& port : slice.ports) {
        ports.push_back(port.port ? std::to_string(*port.port) : port.name.value_or("*").str());
    }
    std::vector<std::string> addresses;
    for (const api::Endpoint& endpoint : slice.endpoints) {
        addresses.insert(addresses.end(), endpoint.addresses.begin(), endpoint.addresses.end());
    }
    return {slice.metadata.name, slice.addressType, shortened(ports, "<unset>"),
            shortened(addresses, "<unset>"), age_cell(slice, now)};
}

}  // namespace

TableKind service_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"Type", "string", "", 0, "How the service is reached."},
             {"Cluster-IP", "string", "", 0, "Its address inside the cluster."},
             {"External-IP", "string", "", 0, "Its addresses outside the cluster."},
             {"Port(s)", "string", "", 0, "Its ports, with node ports."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"Selector", "string", "", 1, "Which pods receive its traffic."}},
            &service_cells};
}

TableKind endpoints_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"Endpoints", "string", "", 0, "Ready addresses and ports."},
             {"Age", "string", "", 0, "Time since the object was created."}},
            &endpoints_cells};
}

TableKind endpoint_slice_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"AddressType", "string", "", 0, "IPv4, IPv6 or FQDN."},
             {"Ports", "string", "", 0, "Ports of all endpoints."},
             {"Endpoints", "string", "", 0, "Addresses of the endpoints."},
             {"Age", "string", "", 0, "Time since the object was created."}},
            &slice_cells};
}

}  // namespace kubetab::server
