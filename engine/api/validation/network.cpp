#include "engine/api/validation/network.h"

#include <set>

#include "engine/api/validation/addresses.h"
#include "engine/api/validation/metadata.h"

namespace kubetab::api {
namespace {

bool is_external(const ServiceSpec& spec) {
    return spec.type == "LoadBalancer" || spec.type == "NodePort" ||
           (spec.type == "ClusterIP" && !spec.externalIPs.empty());
}

void validate_port(const ServicePort& port, bool needs_name, std::set<std::string>& names, const Path& path,
                   Errors& errors) {
    if (port.name.empty()) {
        if (needs_name) errors.required(path.child("name"));
    } else {
        const std::size_t before = errors.count();
        errors.check(path.child("name"), port.name, dns_label);
        if (errors.count() == before && !names.insert(port.name).second) {
            errors.duplicate(path.child("name"), go_quoted(port.name));
        }
    }
    errors.complaints(path.child("port"), std::to_string(port.port), port_number(port.port));
    errors.one_of(path.child("protocol"), port.protocol, {"SCTP", "TCP", "UDP"});
    const IntOrString& target = port.targetPort;
    const std::string target_text = target.is_string ? go_quoted(target.text) : std::to_string(target.number);
    errors.complaints(path.child("targetPort"), target_text, api::port(target));
    if (port.appProtocol) errors.check(path.child("appProtocol"), *port.appProtocol, qualified_name);
}

std::string printed(const ServicePort& port) {
    return "core.ServicePort{Name:\"\", Protocol:" + go_quoted(port.protocol) +
           ", AppProtocol:(*string)(nil), Port:" + std::to_string(port.port) +
           ", TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}, NodePort:0}";
}

void validate_type_and_ports(const ServiceSpec& spec, Errors& errors) {
    const Path ports("spec.ports");
    const bool headless = spec.clusterIP == "None";
    if (spec.ports.empty() && !headless && spec.type != "ExternalName") errors.required(ports);
    if (spec.type == "LoadBalancer") {
        for (std::size_t i = 0; i < spec.ports.size(); ++i) {
            if (spec.ports[i].port != 10250) continue;
            errors.invalid(ports.index(i), std::int64_t{10250},
                           "may not expose port 10250 externally since it is used by kubelet");
        }
    }
    if (headless && (spec.type == "LoadBalancer" || spec.type == "NodePort")) {
        errors.invalid(Path("spec.clusterIPs[0]"), go_quoted("None"),
                       "may not be set to 'None' for " + spec.type + " services");
    }
    if (spec.type == "ExternalName") {
        constexpr std::string_view kText = "may not be set for ExternalName services";
        if (!spec.clusterIPs.empty()) errors.forbidden(Path("spec.clusterIPs"), kText);
        if (!spec.ipFamilies.empty()) errors.forbidden(Path("spec.ipFamilies"), kText);
        if (spec.ipFamilyPolicy) errors.forbidden(Path("spec.ipFamilyPolicy"), kText);
        if (spec.externalName.empty()) {
            errors.required(Path("spec.externalName"));
        } else {
            errors.check(Path("spec.externalName"), spec.externalName, dns_subdomain);
        }
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < spec.ports.size(); ++i) {
        validate_port(spec.ports[i], spec.ports.size() > 1, names, ports.index(i), errors);
    }
}

void validate_affinity(const ServiceSpec& spec, Errors& errors) {
    errors.one_of(Path("spec.sessionAffinity"), spec.sessionAffinity, {"ClientIP", "None"});
    const Path path("spec.sessionAffinityConfig");
    if (spec.sessionAffinity == "ClientIP") {
        const std::optional<std::int32_t>& timeout = spec.sessionAffinityConfig->clientIP->timeoutSeconds;
        if (!timeout) {
            errors.required(path.child("clientIP").child("timeoutSeconds"),
                            "when session affinity type is ClientIP");
        } else if (*timeout <= 0 || *timeout > 86400) {
            errors.invalid(path.child("clientIP").child("timeoutSeconds"), *timeout,
                           "must be greater than 0 and less than 86400");
        }
    } else if (spec.sessionAffinity == "None" && spec.sessionAffinityConfig) {
        errors.forbidden(path, "must not be set when session affinity is None");
    }
}

// upstream: ValidateServiceClusterIPsRelatedFields
void validate_cluster_ips(const ServiceSpec& spec, Errors& errors) {
    if (spec.type == "ExternalName") return;
    const Path path("spec.clusterIPs");
    if (!spec.clusterIP.empty() && !spec.clusterIPs.empty() && spec.clusterIPs.front() != spec.clusterIP) {
        errors.invalid(path, go_text(spec.clusterIPs), "first value must match `clusterIP`");
    }
    if (spec.clusterIP.empty() && !spec.clusterIPs.empty()) {
        errors.invalid(path, go_text(spec.clusterIPs), "must be empty when `clusterIP` is not specified");
    }
    std::set<std::string> families;
    for (std::size_t i = 0; i < spec.ipFamilies.size(); ++i) {
        const Path at = Path("spec.ipFamilies").index(i);
        errors.one_of(at, spec.ipFamilies[i], {"IPv4", "IPv6"});
        if (!families.insert(spec.ipFamilies[i]).second) errors.duplicate(at, go_quoted(spec.ipFamilies[i]));
    }
    if (spec.ipFamilyPolicy) {
        errors.one_of(Path("spec.ipFamilyPolicy"), *spec.ipFamilyPolicy,
                      {"PreferDualStack", "RequireDualStack", "SingleStack"});
    }
    const Texts& ips = spec.clusterIPs;
    for (std::size_t i = 0; i < ips.size(); ++i) {
        if (ips[i] != "None") {
            errors.check(path.index(i), ips[i], ip_address);
        } else if (ips.size() > 1) {
            errors.invalid(path, go_text(ips), "'None' must be the first and only value");
        }
    }
    if (ips.size() > 2) errors.invalid(path, go_text(ips), "may only hold up to 2 values");
    for (std::size_t i = 0; i < ips.size() && i < spec.ipFamilies.size(); ++i) {
        const std::optional<Address> address = parse_address(ips[i]);
        if (!address || address->is_v6 == (spec.ipFamilies[i] == "IPv6")) continue;
        errors.invalid(path.index(i), go_quoted(ips[i]),
                       "expected an " + spec.ipFamilies[i] + " value as indicated by `ipFamilies[" +
                           std::to_string(i) + "]`");
    }
}

void validate_repeated_ports(const ServiceSpec& spec, Errors& errors) {
    const Path path("spec.ports");
    std::set<std::pair<std::string, std::int32_t>> node_ports;
    for (std::size_t i = 0; i < spec.ports.size(); ++i) {
        const ServicePort& port = spec.ports[i];
        if (port.nodePort == 0) continue;
        if (spec.type == "ClusterIP") {
            errors.forbidden(path.index(i).child("nodePort"), "may not be used when `type` is 'ClusterIP'");
        } else if (!node_ports.emplace(port.protocol, port.nodePort).second) {
            errors.duplicate(path.index(i).child("nodePort"), std::to_string(port.nodePort));
        }
    }
    std::set<std::pair<std::string, std::int32_t>> ports;
    for (std::size_t i = 0; i < spec.ports.size(); ++i) {
        if (!ports.emplace(spec.ports[i].protocol, spec.ports[i].port).second) {
            errors.duplicate(path.index(i), printed(spec.ports[i]));
        }
    }
}

void validate_balancer(const ServiceSpec& spec, Errors& errors) {
    constexpr std::string_view kOnly = "may only be used when `type` is 'LoadBalancer'";
    const bool balanced = spec.type == "LoadBalancer";
    const Path ranges("spec.LoadBalancerSourceRanges");
    if (!spec.loadBalancerSourceRanges.empty() && !balanced) errors.forbidden(ranges, kOnly);
    for (std::size_t i = 0; balanced && i < spec.loadBalancerSourceRanges.size(); ++i) {
        errors.check(ranges.index(i), spec.loadBalancerSourceRanges[i], ip_range);
    }
    if (spec.allocateLoadBalancerNodePorts && !balanced) {
        errors.forbidden(Path("spec.allocateLoadBalancerNodePorts"), kOnly);
    }
    if (spec.loadBalancerClass) {
        errors.check(Path("spec.loadBalancerClass"), *spec.loadBalancerClass, qualified_name);
        if (!balanced) errors.forbidden(Path("spec.loadBalancerClass"), kOnly);
    }
}

void validate_traffic(const ServiceSpec& spec, Errors& errors) {
    const std::string& policy = spec.externalTrafficPolicy;
    if (!policy.empty() && !is_external(spec)) {
        errors.invalid(Path("spec.externalTrafficPolicy"), go_quoted(policy),
                       "may only be set for externally-accessible services");
    } else if (is_external(spec)) {
        errors.one_of(Path("spec.externalTrafficPolicy"), policy, {"Cluster", "Local"});
    }
    const std::int32_t health = spec.healthCheckNodePort;
    if (health != 0 && (spec.type != "LoadBalancer" || policy != "Local")) {
        errors.invalid(
            Path("spec.healthCheckNodePort"), health,
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
    if (spec.internalTrafficPolicy) {
        errors.one_of(Path("spec.internalTrafficPolicy"), *spec.internalTrafficPolicy, {"Cluster", "Local"});
    }
    if (spec.trafficDistribution) {
        errors.one_of(Path("spec.trafficDistribution"), *spec.trafficDistribution, {"PreferClose"});
    }
}

void validate_endpoint_port(const Path& path, const EndpointPort& port, bool needs_name, Errors& errors) {
    if (port.name.empty()) {
        if (needs_name) errors.required(path.child("name"));
    } else {
        errors.check(path.child("name"), port.name, dns_label);
    }
    errors.complaints(path.child("port"), std::to_string(port.port), port_number(port.port));
    errors.one_of(path.child("protocol"), port.protocol, {"SCTP", "TCP", "UDP"});
    if (port.appProtocol) errors.check(path.child("appProtocol"), *port.appProtocol, qualified_name);
}

void validate_endpoint_addresses(const Path& path, const std::vector<EndpointAddress>& addresses,
                                 Errors& errors) {
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const EndpointAddress& address = addresses[i];
        const Path at = path.index(i);
        errors.check(at.child("ip"), address.ip, ip_address);
        if (!address.hostname.empty()) errors.check(at.child("hostname"), address.hostname, dns_label);
        if (address.nodeName) errors.check(at.child("nodeName"), *address.nodeName, dns_subdomain);
        errors.check(at.child("ip"), address.ip, ordinary_ip);
    }
}

void validate_slice_endpoint(const Path& path, const Endpoint& endpoint, const std::string& type,
                             Errors& errors) {
    if (endpoint.addresses.empty())
        errors.required(path.child("addresses"), "must contain at least 1 address");
    if (endpoint.addresses.size() > 100)
        errors.too_many(path.child("addresses"), endpoint.addresses.size(), 100);
    for (std::size_t i = 0; i < endpoint.addresses.size(); ++i) {
        const Path at = path.child("addresses").index(i);
        const std::string& address = endpoint.addresses[i];
        if (type == "FQDN") errors.check(at, address, domain_name);
        if (type == "IPv4") errors.check(at, address, ipv4_address);
        if (type == "IPv6") errors.check(at, address, ipv6_address);
        if (type == "IPv4" || type == "IPv6") errors.check(at, address, ordinary_ip);
    }
    if (endpoint.nodeName) errors.check(path.child("nodeName"), *endpoint.nodeName, dns_subdomain);
    if (endpoint.hostname) errors.check(path.child("hostname"), *endpoint.hostname, dns_label);
}

}  // namespace

// upstream: ValidateService
void validate_service(const Service& object, Errors& errors) {
    const ServiceSpec& spec = object.spec;
    validate_type_and_ports(spec, errors);
    validate_labels(spec.selector, Path("spec.selector"), errors);
    validate_affinity(spec, errors);
    validate_cluster_ips(spec, errors);
    for (std::size_t i = 0; i < spec.externalIPs.size(); ++i) {
        const Path at = Path("spec.externalIPs").index(i);
        const bool readable = parse_address(spec.externalIPs[i]).has_value();
        errors.check(at, spec.externalIPs[i], readable ? ordinary_ip : ip_address);
    }
    errors.one_of(Path("spec.type"), spec.type, {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"});
    validate_repeated_ports(spec, errors);
    validate_balancer(spec, errors);
    validate_traffic(spec, errors);
}

// upstream: ValidateServiceUpdate
void validate_service_update(const Service& now, const Service& old, Errors& errors) {
    const bool kept = now.spec.type != "ExternalName" && old.spec.type != "ExternalName";
    const Texts& ips = now.spec.clusterIPs;
    if (kept && !old.spec.clusterIPs.empty()) {
        if (ips.empty()) {
            errors.invalid(Path("spec.clusterIPs[0]"), go_text(ips), "primary clusterIP can not be unset");
        } else if (ips.front() != old.spec.clusterIPs.front()) {
            errors.invalid(Path("spec.clusterIPs[0]"), go_text(ips), "may not change once set");
        }
    }
    const Texts& families = now.spec.ipFamilies;
    if (kept && !families.empty() && !old.spec.ipFamilies.empty() &&
        families.front() != old.spec.ipFamilies.front()) {
        errors.invalid(Path("spec.ipFamilies[0]"), go_text(families), "may not change once set");
    }
    if (old.spec.loadBalancerClass && now.spec.type == "LoadBalancer" && old.spec.type == "LoadBalancer" &&
        now.spec.loadBalancerClass != old.spec.loadBalancerClass) {
        errors.invalid(Path("spec.loadBalancerClass"), go_quoted(now.spec.loadBalancerClass.value_or("null")),
                       "may not change once set");
    }
    validate_service(now, errors);
}

// upstream: ValidateEndpoints
void validate_endpoints(const Endpoints& object, Errors& errors) {
    for (std::size_t i = 0; i < object.subsets.size(); ++i) {
        const EndpointSubset& subset = object.subsets[i];
        const Path path = Path("subsets").index(i);
        if (subset.addresses.empty() && subset.notReadyAddresses.empty()) {
            errors.required(path, "must specify `addresses` or `notReadyAddresses`");
        }
        validate_endpoint_addresses(path.child("addresses"), subset.addresses, errors);
        validate_endpoint_addresses(path.child("notReadyAddresses"), subset.notReadyAddresses, errors);
        for (std::size_t j = 0; j < subset.ports.size(); ++j) {
            validate_endpoint_port(path.child("ports").index(j), subset.ports[j], subset.ports.size() > 1,
                                   errors);
        }
    }
}

// upstream: ValidateEndpointSlice
void validate_endpoint_slice(const EndpointSlice& object, Errors& errors) {
    const std::string& type = object.addressType;
    if (type.empty()) {
        errors.required(Path("addressType"));
    } else {
        errors.one_of(Path("addressType"), type, {"FQDN", "IPv4", "IPv6"});
    }
    if (object.endpoints.size() > 1000) errors.too_many(Path("endpoints"), object.endpoints.size(), 1000);
    for (std::size_t i = 0; i < object.endpoints.size(); ++i) {
        validate_slice_endpoint(Path("endpoints").index(i), object.endpoints[i], type, errors);
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < object.ports.size(); ++i) {
        const DiscoveryEndpointPort& port = object.ports[i];
        const Path path = Path("ports").index(i);
        const std::string name = port.name.value_or("");
        if (!name.empty()) errors.check(path.child("name"), name, dns_label);
        if (!names.insert(name).second) errors.duplicate(path.child("name"), go_quoted(name));
        errors.one_of(path.child("protocol"), port.protocol.value_or(""), {"SCTP", "TCP", "UDP"});
        if (port.appProtocol) errors.check(path.child("appProtocol"), *port.appProtocol, qualified_name);
    }
}

void validate_endpoint_slice_update(const EndpointSlice& now, const EndpointSlice& old, Errors& errors) {
    if (now.addressType != old.addressType)
        errors.invalid(Path("addressType"), go_quoted(now.addressType), kImmutable);
    validate_endpoint_slice(now, errors);
}

}  // namespace kubetab::api
