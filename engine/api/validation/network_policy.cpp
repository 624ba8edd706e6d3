#include "engine/api/validation/network_policy.h"

#include <charconv>
#include <string>

#include "engine/api/validation/addresses.h"
#include "engine/api/validation/metadata.h"

namespace kubetab::api {
namespace {

// The range is valid.
std::size_t prefix_of(std::string_view range) {
    const std::size_t slash = range.find('/');
    std::size_t bits = 0;
    std::from_chars(range.data() + slash + 1, range.data() + range.size(), bits);
    return bits;
}

// Both ranges are valid.
bool is_strict_subset(std::string_view inner, std::string_view outer) {
    const std::size_t bits = prefix_of(outer);
    const auto a = parse_address(inner.substr(0, inner.find('/')));
    const auto b = parse_address(outer.substr(0, outer.find('/')));
    if (!a || !b || a->is_v6 != b->is_v6 || prefix_of(inner) <= bits) return false;
    for (std::size_t bit = 0; bit < bits; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
        if ((a->bytes[bit / 8] & mask) != (b->bytes[bit / 8] & mask)) return false;
    }
    return true;
}

void validate_port(const NetworkPolicyPort& port, const Path& path, Errors& errors) {
    if (port.protocol) errors.one_of(path.child("protocol"), *port.protocol, {"TCP", "UDP", "SCTP"});
    const Path end = path.child("endPort");
    if (!port.port) {
        if (port.endPort)
            errors.invalid(end, *port.endPort, "may not be specified when `port` is not specified");
        return;
    }
    if (port.port->is_string) {
        if (port.endPort)
            errors.invalid(end, *port.endPort, "may not be specified when `port` is non-numeric");
        errors.check(path.child("port"), port.port->text, port_name);
        return;
    }
    errors.complaints(path.child("port"), std::to_string(port.port->number), port_number(port.port->number));
    if (!port.endPort) return;
    if (*port.endPort < port.port->number)
        errors.invalid(end, port.port->number, "must be greater than or equal to `port`");
    errors.complaints(end, std::to_string(*port.endPort), port_number(*port.endPort));
}

void validate_block(const IPBlock& block, const Path& path, Errors& errors) {
    if (block.cidr.empty()) return errors.required(path.child("cidr"));
    const Complaints complaints = ip_range(block.cidr);
    if (!complaints.empty()) return errors.complaints(path.child("cidr"), go_quoted(block.cidr), complaints);
    for (std::size_t i = 0; i < block.except.size(); ++i) {
        const Path at = path.child("except").index(i);
        const Complaints found = ip_range(block.except[i]);
        errors.complaints(at, go_quoted(block.except[i]), found);
        if (found.empty() && !is_strict_subset(block.except[i].str(), block.cidr.str()))
            errors.invalid(at, go_quoted(block.except[i]), "must be a strict subset of `cidr`");
    }
}

void validate_peer(const NetworkPolicyPeer& peer, const Path& path, Errors& errors) {
    if (peer.podSelector) validate_label_selector(*peer.podSelector, path.child("podSelector"), errors);
    if (peer.namespaceSelector)
        validate_label_selector(*peer.namespaceSelector, path.child("namespaceSelector"), errors);
    if (peer.ipBlock) validate_block(*peer.ipBlock, path.child("ipBlock"), errors);
    const bool selects = peer.podSelector || peer.namespaceSelector;
    if (!selects && !peer.ipBlock) errors.required(path, "must specify a peer");
    if (selects && peer.ipBlock) errors.forbidden(path, "may not specify both ipBlock and another peer");
}

void validate_rule(const std::vector<NetworkPolicyPort>& ports, const std::vector<NetworkPolicyPeer>& peers,
                   std::string_view direction, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < ports.size(); ++i)
        validate_port(ports[i], path.child("ports").index(i), errors);
    for (std::size_t i = 0; i < peers.size(); ++i)
        validate_peer(peers[i], path.child(direction).index(i), errors);
}

}  // namespace

// upstream: ValidateNetworkPolicySpec
void validate_network_policy(const NetworkPolicy& object, Errors& errors) {
    const NetworkPolicySpec& spec = object.spec;
    const Path path("spec");
    validate_label_selector(spec.podSelector, path.child("podSelector"), errors);
    for (std::size_t i = 0; i < spec.ingress.size(); ++i)
        validate_rule(spec.ingress[i].ports, spec.ingress[i].from, "from", path.child("ingress").index(i),
                      errors);
    for (std::size_t i = 0; i < spec.egress.size(); ++i)
        validate_rule(spec.egress[i].ports, spec.egress[i].to, "to", path.child("egress").index(i), errors);
    const Path types = path.child("policyTypes");
    if (spec.policyTypes.size() > 2)
        return errors.invalid(types, go_text(spec.policyTypes), "may not specify more than two policyTypes");
    for (std::size_t i = 0; i < spec.policyTypes.size(); ++i)
        errors.one_of(types.index(i), spec.policyTypes[i], {"Ingress", "Egress"});
}

}  // namespace kubetab::api
