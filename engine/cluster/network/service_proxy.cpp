#include "engine/cluster/network/service_proxy.h"

#include <algorithm>

namespace kubetab::cluster {
namespace {

constexpr std::string_view kServiceName = "kubernetes.io/service-name";
constexpr std::string_view kZoneLabel = "topology.kubernetes.io/zone";
constexpr std::int32_t kStickySeconds = 10'800;

bool contains(const std::vector<api::Text>& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool is_external_address(const api::Service& service, std::string_view address) {
    if (contains(service.spec.externalIPs, address)) return true;
    const std::vector<api::LoadBalancerIngress>& ingress = service.status.loadBalancer.ingress;
    return std::any_of(ingress.begin(), ingress.end(),
                       [&](const api::LoadBalancerIngress& point) { return point.ip == address; });
}

}  // namespace

api::Ref<api::Service> ServiceProxy::at_address(std::string_view address) const {
    for (const auto& [key, object] : store_.all(api::kind_of<api::Service>())) {
        api::Ref<api::Service> service = api::cast<api::Service>(object);
        if (service->spec.clusterIP == address || is_external_address(*service, address)) return service;
    }
    return nullptr;
}

std::optional<ServiceProxy::Port> ServiceProxy::port_of(const api::Ref<api::Service>& service,
                                                        std::string_view address, std::int32_t port,
                                                        std::string_view protocol) const {
    const Way way = service->spec.clusterIP == address ? Way::Internal : Way::External;
    for (const api::ServicePort& offered : service->spec.ports) {
        if (offered.port == port && offered.protocol == protocol) return Port{service, offered, way};
    }
    return std::nullopt;
}

std::optional<ServiceProxy::Port> ServiceProxy::at_node_port(std::int32_t port,
                                                             std::string_view protocol) const {
    for (const auto& [key, object] : store_.all(api::kind_of<api::Service>())) {
        const api::Ref<api::Service> service = api::cast<api::Service>(object);
        for (const api::ServicePort& offered : service->spec.ports) {
            if (offered.nodePort == port && offered.protocol == protocol)
                return Port{service, offered, Way::External};
        }
    }
    return std::nullopt;
}

std::vector<ServiceProxy::Candidate> ServiceProxy::candidates_of(const Port& port) const {
    std::vector<Candidate> candidates;
    for (const auto& [key, object] : store_.all(api::kind_of<api::EndpointSlice>())) {
        const auto& slice = static_cast<const api::EndpointSlice&>(*object);
        if (slice.metadata.namespace_ != port.service->metadata.namespace_) continue;
        if (slice.metadata.labels.value_or(kServiceName, "") != port.service->metadata.name) continue;
        for (const api::DiscoveryEndpointPort& offered : slice.ports) {
            if (offered.name.value_or("") != port.port.name || !offered.port) continue;
            if (offered.protocol.value_or("TCP") != port.port.protocol) continue;
            for (const api::Endpoint& endpoint : slice.endpoints) {
                if (endpoint.addresses.empty()) continue;
                Candidate& added = candidates.emplace_back();
                added.address = endpoint.addresses.front();
                added.port = *offered.port;
                added.node = endpoint.nodeName.value_or("");
                added.ready = endpoint.conditions.ready.value_or(true);
                added.serving = endpoint.conditions.serving.value_or(added.ready);
                added.terminating = endpoint.conditions.terminating.value_or(false);
                if (!endpoint.hints) continue;
                for (const api::ForZone& zone : endpoint.hints->forZones) added.zones.push_back(zone.name);
            }
        }
    }
    return candidates;
}

std::string ServiceProxy::zone_of(const std::string& node) const {
    const auto stored = store_.get(api::kind_of<api::Node>(), {"", api::Text(node)});
    return stored ? std::string(stored->metadata.labels.value_or(kZoneLabel, "")) : std::string();
}

// Only those that are meant for the node's zone, if all say for which they are meant and some are for it.
void ServiceProxy::keep_near(std::vector<Candidate>& candidates, const std::string& node) const {
    const std::string zone = zone_of(node);
    const auto is_far = [&](const Candidate& candidate) {
        return std::find(candidate.zones.begin(), candidate.zones.end(), zone) == candidate.zones.end();
    };
    const bool all_say = std::none_of(candidates.begin(), candidates.end(),
                                      [](const Candidate& candidate) { return candidate.zones.empty(); });
    if (zone.empty() || !all_say || std::all_of(candidates.begin(), candidates.end(), is_far)) return;
    std::erase_if(candidates, is_far);
}

// upstream: CategorizeEndpoints
ServiceProxy::Backend ServiceProxy::choose(const Port& port, const std::string& node,
                                           const std::string& client, sim::Instant now) {
    using Fate = Backend::Fate;
    const api::ServiceSpec& spec = port.service->spec;
    const bool internal = port.way == Way::Internal;
    const bool local =
        internal ? spec.internalTrafficPolicy.value_or("") == "Local" : spec.externalTrafficPolicy == "Local";
    std::vector<Candidate> all = candidates_of(port);
    const bool any = std::any_of(all.begin(), all.end(), [](const Candidate& candidate) {
        return candidate.ready || (candidate.serving && candidate.terminating);
    });
    if (!any) return {Fate::NoEndpoints, {}, 0};
    if (local) std::erase_if(all, [&](const Candidate& candidate) { return candidate.node != node; });
    std::vector<Candidate> usable = all;
    std::erase_if(usable, [](const Candidate& candidate) { return !candidate.ready; });
    if (usable.empty()) {
        // Better one that ends than none.
        usable = all;
        std::erase_if(
            usable, [](const Candidate& candidate) { return !candidate.serving || !candidate.terminating; });
    }
    if (usable.empty()) return {Fate::Dropped, {}, 0};
    if (!local) keep_near(usable, node);
    const bool sticks = spec.sessionAffinity == "ClientIP";
    Sticky* sticky = sticks ? &sticky_[{port.service->metadata.uid, client}] : nullptr;
    auto chosen = usable.end();
    if (sticky != nullptr && now < sticky->until) {
        chosen = std::find_if(usable.begin(), usable.end(), [&](const Candidate& candidate) {
            return candidate.address == sticky->address;
        });
    }
    if (chosen == usable.end())
        chosen = usable.begin() + static_cast<std::ptrdiff_t>(random_.below(usable.size()));
    if (sticky != nullptr) {
        const std::int32_t seconds =
            spec.sessionAffinityConfig && spec.sessionAffinityConfig->clientIP
                ? spec.sessionAffinityConfig->clientIP->timeoutSeconds.value_or(kStickySeconds)
                : kStickySeconds;
        *sticky = {chosen->address, now + sim::seconds(seconds)};
    }
    return {Fate::Chosen, chosen->address, chosen->port};
}

}  // namespace kubetab::cluster
