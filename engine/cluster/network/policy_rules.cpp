#include "engine/cluster/network/policy_rules.h"

#include <algorithm>

#include "engine/api/network_policy.h"
#include "engine/api/selectors.h"
#include "engine/cluster/network/addresses.h"

namespace kubetab::cluster {
namespace {

bool selects(const api::Box<api::LabelSelector>& selector, const base::StringMap& labels) {
    const base::Result<api::Selector> compiled = api::Selector::of(selector);
    return compiled.ok() && compiled->matches(labels);
}

// A policy is for pods with an address of their own.
bool is_bound_by(const api::NetworkPolicy& policy, const api::Pod& pod) {
    if (policy.metadata.namespace_ != pod.metadata.namespace_ || pod.spec->shared->hostNetwork) return false;
    api::Box<api::LabelSelector> selector;
    selector.edit() = policy.spec.podSelector;
    return selects(selector, pod.metadata.labels);
}

bool is_peer(const store::Store& store, const api::NetworkPolicyPeer& peer, const std::string& space,
             const NetworkEnd& end) {
    if (peer.ipBlock) {
        const auto contains = [&](const api::Text& range) { return is_in_range(end.address, range.view()); };
        return contains(peer.ipBlock->cidr) &&
               std::none_of(peer.ipBlock->except.begin(), peer.ipBlock->except.end(), contains);
    }
    if (!end.pod || end.pod->spec->shared->hostNetwork) return false;
    if (peer.namespaceSelector) {
        const auto named = store.get(api::kind_of<api::Namespace>(), {"", end.pod->metadata.namespace_});
        if (!named || !selects(peer.namespaceSelector, named->metadata.labels)) return false;
    } else if (end.pod->metadata.namespace_ != space) {
        return false;
    }
    return !peer.podSelector || selects(peer.podSelector, end.pod->metadata.labels);
}

// The port of that name at the pod; 0 without one.
std::int32_t named_port(const api::Ref<api::Pod>& pod, std::string_view name, std::string_view protocol) {
    if (!pod) return 0;
    for (const api::Container& container : pod->spec->containers) {
        for (const api::ContainerPort& port : container.ports) {
            if (port.name == name && port.protocol == protocol) return port.containerPort;
        }
    }
    return 0;
}

bool is_port(const api::NetworkPolicyPort& allowed, const NetworkEnd& to, std::int32_t port,
             std::string_view protocol) {
    if (allowed.protocol.value_or("TCP") != protocol) return false;
    if (!allowed.port) return true;
    if (allowed.port->is_string) return named_port(to.pod, allowed.port->text.view(), protocol) == port;
    const std::int32_t first = allowed.port->number;
    return port >= first && port <= allowed.endPort.value_or(first);
}

bool allows(const store::Store& store, const std::vector<api::NetworkPolicyPeer>& peers,
            const std::vector<api::NetworkPolicyPort>& ports, const std::string& space,
            const NetworkEnd& peer, const NetworkEnd& to, std::int32_t port, std::string_view protocol) {
    const bool right_peer =
        peers.empty() || std::any_of(peers.begin(), peers.end(), [&](const auto& allowed) {
            return is_peer(store, allowed, space, peer);
        });
    return right_peer && (ports.empty() || std::any_of(ports.begin(), ports.end(), [&](const auto& allowed) {
                              return is_port(allowed, to, port, protocol);
                          }));
}

bool has_type(const api::NetworkPolicy& policy, std::string_view type) {
    const std::vector<api::Text>& types = policy.spec.policyTypes;
    return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

bool may_connect(const store::Store& store, const NetworkEnd& from, const NetworkEnd& to, std::int32_t port,
                 std::string_view protocol) {
    bool leaves = true;
    bool enters = true;
    bool allowed_out = false;
    bool allowed_in = false;
    // A pod always hears the node that it runs on: the kubelet's probes come from there.
    const bool own_node = !from.pod && !from.node.empty() && from.node == to.node;
    for (const auto& [key, object] : store.all(api::kind_of<api::NetworkPolicy>())) {
        const auto& policy = static_cast<const api::NetworkPolicy&>(*object);
        const std::string space = policy.metadata.namespace_;
        if (from.pod && has_type(policy, "Egress") && is_bound_by(policy, *from.pod)) {
            leaves = false;
            for (const api::NetworkPolicyEgressRule& rule : policy.spec.egress) {
                allowed_out =
                    allowed_out || allows(store, rule.to, rule.ports, space, to, to, port, protocol);
            }
        }
        if (to.pod && !own_node && has_type(policy, "Ingress") && is_bound_by(policy, *to.pod)) {
            enters = false;
            for (const api::NetworkPolicyIngressRule& rule : policy.spec.ingress) {
                allowed_in =
                    allowed_in || allows(store, rule.from, rule.ports, space, from, to, port, protocol);
            }
        }
    }
    return (leaves || allowed_out) && (enters || allowed_in);
}

}  // namespace kubetab::cluster
