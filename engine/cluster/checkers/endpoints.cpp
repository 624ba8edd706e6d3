// At rest the Endpoints and the EndpointSlices of a service are the pods it selects: the ready ones ready,
// the others not. Services whose ports have names of containers' ports are left out: which pods have such a
// port is a question of its own.

#include <algorithm>
#include <set>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

struct Addresses {
    std::set<std::string> ready{};
    std::set<std::string> others{};

    bool operator==(const Addresses&) const = default;
    std::string text() const { return std::to_string(ready.size()) + "+" + std::to_string(others.size()); }
};

bool is_judged(const api::Service& service) {
    const auto& ports = service.spec.ports;
    const bool named =
        std::any_of(ports.begin(), ports.end(), [](const auto& port) { return port.targetPort.is_string; });
    return !service.spec.selector.empty() && service.spec.type != "ExternalName" && !named && !ports.empty();
}

Addresses pods_of(const store::Store& store, const api::Service& service) {
    Addresses addresses;
    const api::Selector selector = api::Selector::of_labels(service.spec.selector);
    for (const auto& [key, object] : store.all(api::kind_of<api::Pod>())) {
        const auto& pod = static_cast<const api::Pod&>(*object);
        if (key.namespace_ != service.metadata.namespace_ || !selector.matches(pod.metadata.labels)) continue;
        if (!api::is_pod_active(pod) || pod.status.podIP.empty()) continue;
        const bool ready = service.spec.publishNotReadyAddresses || api::is_pod_ready(pod);
        (ready ? addresses.ready : addresses.others).insert(pod.status.podIP);
    }
    return addresses;
}

Addresses endpoints_of(const store::Store& store, const api::ObjectKey& key) {
    Addresses addresses;
    const api::Ref<api::Object> object = store.get(api::kind_of<api::Endpoints>(), key);
    if (!object) return addresses;
    for (const api::EndpointSubset& subset : static_cast<const api::Endpoints&>(*object).subsets) {
        for (const api::EndpointAddress& address : subset.addresses) addresses.ready.insert(address.ip);
        for (const api::EndpointAddress& address : subset.notReadyAddresses)
            addresses.others.insert(address.ip);
    }
    return addresses;
}

Addresses slices_of(const store::Store& store, const api::ObjectKey& service) {
    Addresses addresses;
    for (const auto& [key, object] : store.all(api::kind_of<api::EndpointSlice>())) {
        const auto& slice = static_cast<const api::EndpointSlice&>(*object);
        const api::Text* name = slice.metadata.labels.get("kubernetes.io/service-name");
        if (key.namespace_ != service.namespace_ || name == nullptr || *name != service.name) continue;
        for (const api::Endpoint& endpoint : slice.endpoints) {
            if (endpoint.conditions.terminating.value_or(false)) continue;
            std::set<std::string>& set =
                endpoint.conditions.ready.value_or(true) ? addresses.ready : addresses.others;
            set.insert(endpoint.addresses.begin(), endpoint.addresses.end());
        }
    }
    return addresses;
}

class EndpointsChecker : public Checker {
public:
    std::string_view invariant() const override { return "endpoints are the pods of the service"; }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        for (const auto& [key, object] : store.all(api::kind_of<api::Service>())) {
            const auto& service = static_cast<const api::Service&>(*object);
            if (!is_judged(service) || api::is_terminating(service)) continue;
            const Addresses pods = pods_of(store, service);
            const Addresses endpoints = endpoints_of(store, key);
            const Addresses slices = slices_of(store, key);
            const std::string what =
                "service " + key.text() + " has " + pods.text() + " pods, ready and not, and ";
            if (endpoints != pods) return what + endpoints.text() + " endpoints";
            if (slices != pods) return what + slices.text() + " in slices";
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_endpoints_checker() {
    return std::make_unique<EndpointsChecker>();
}

}  // namespace kubetab::cluster
