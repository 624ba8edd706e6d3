#include "engine/controllers/endpoint_subsets.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/controllers/service_endpoints.h"

namespace kubetab::controllers {
namespace {

using api::EndpointAddress;
using api::EndpointPort;
using api::EndpointSubset;

// An address as one port sees it; ordered by address.
struct Place {
    std::string ip{};
    std::string uid{};
    bool ready = false;

    auto operator<=>(const Place&) const = default;
};

struct PortKey {
    std::string name{};
    std::int32_t port = 0;
    std::string protocol{};
    std::string app_protocol{};

    auto operator<=>(const PortKey&) const = default;
};

using Places = std::map<Place, EndpointAddress>;

EndpointAddress address_of(const api::Pod& pod, const api::Service& service) {
    EndpointAddress address;
    address.ip = pod.status.podIP;
    if (!pod.spec->nodeName.empty()) address.nodeName = pod.spec->nodeName;
    address.hostname = hostname_in(pod, service);
    address.targetRef = pod_reference(pod);
    return address;
}

EndpointSubset subset_of(const Places& places, std::vector<EndpointPort> ports) {
    EndpointSubset subset;
    for (const auto& [place, address] : places) {
        (place.ready ? subset.addresses : subset.notReadyAddresses).push_back(address);
    }
    subset.ports = std::move(ports);
    return subset;
}

EndpointPort port_of(const PortKey& key) {
    EndpointPort port;
    port.name = key.name;
    port.port = key.port;
    port.protocol = key.protocol;
    if (!key.app_protocol.empty()) port.appProtocol = key.app_protocol;
    return port;
}

}  // namespace

std::vector<EndpointSubset> subsets_of(const api::Service& service,
                                       const std::vector<api::Ref<api::Pod>>& pods) {
    const bool all = service.spec.publishNotReadyAddresses;
    std::map<PortKey, Places> by_port;
    Places without_port;
    for (const api::Ref<api::Pod>& pod : pods) {
        if (!may_serve(*pod, all ? Terminating::Include : Terminating::Exclude)) continue;
        const Place place{pod->status.podIP, pod->metadata.uid, all || api::is_pod_ready(*pod)};
        const EndpointAddress address = address_of(*pod, service);
        if (service.spec.ports.empty() && is_headless(service)) without_port.emplace(place, address);
        for (const api::ServicePort& port : service.spec.ports) {
            const std::optional<std::int32_t> number = find_port(*pod, port);
            if (!number) continue;
            by_port[{port.name, *number, port.protocol, port.appProtocol.value_or("")}].emplace(place,
                                                                                                address);
        }
    }
    std::vector<EndpointSubset> subsets;
    if (!without_port.empty()) subsets.push_back(subset_of(without_port, {}));

    std::map<std::vector<Place>, std::vector<PortKey>> ports_of_places;
    for (const auto& [port, places] : by_port) {
        std::vector<Place> keys;
        for (const auto& [place, address] : places) keys.push_back(place);
        ports_of_places[keys].push_back(port);
    }
    for (const auto& [keys, ports] : ports_of_places) {
        std::vector<EndpointPort> described;
        for (const PortKey& port : ports) described.push_back(port_of(port));
        subsets.push_back(subset_of(by_port.at(ports.front()), std::move(described)));
    }
    return subsets;
}

bool cut_addresses(std::vector<EndpointSubset>& subsets, std::size_t limit) {
    std::size_t total = 0;
    for (const EndpointSubset& subset : subsets)
        total += subset.addresses.size() + subset.notReadyAddresses.size();
    if (total <= limit) return false;
    std::size_t left = limit;
    for (const bool ready : {true, false}) {
        for (EndpointSubset& subset : subsets) {
            std::vector<EndpointAddress>& addresses = ready ? subset.addresses : subset.notReadyAddresses;
            if (addresses.size() > left) addresses.resize(left);
            left -= addresses.size();
        }
    }
    return true;
}

}  // namespace kubetab::controllers
