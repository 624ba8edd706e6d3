#include "engine/controllers/endpoint_slice.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {
namespace {

using api::EndpointSlice;
using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

constexpr std::size_t kEndpointsPerSlice = 100;
constexpr std::string_view kServiceName = "kubernetes.io/service-name";
constexpr std::string_view kManagedBy = "endpointslice.kubernetes.io/managed-by";
constexpr std::string_view kManager = "endpointslice-controller.k8s.io";
constexpr std::string_view kByService = "service";

bool is_ours(const api::ObjectMeta& slice) {
    return slice.labels.value_or(kManagedBy, "") == kManager;
}

PortList ports_for(const api::Service& service, const api::Pod& pod) {
    PortList ports;
    for (const api::ServicePort& port : service.spec.ports) {
        const std::optional<std::int32_t> number = find_port(pod, port);
        if (!number) continue;
        api::DiscoveryEndpointPort found;
        found.name = port.name;
        found.port = *number;
        found.protocol = port.protocol;
        found.appProtocol = port.appProtocol;
        ports.push_back(std::move(found));
    }
    return ports;
}

api::Endpoint endpoint_of(const api::Pod& pod, const api::Service& service, const api::Node* node) {
    api::Endpoint endpoint;
    endpoint.addresses = {pod.status.podIP};
    const bool serving = api::is_pod_ready(pod);
    const bool terminating = api::is_terminating(pod);
    endpoint.conditions.ready = service.spec.publishNotReadyAddresses || (serving && !terminating);
    endpoint.conditions.serving = serving;
    endpoint.conditions.terminating = terminating;
    endpoint.targetRef = pod_reference(pod);
    if (!pod.spec->nodeName.empty()) endpoint.nodeName = pod.spec->nodeName;
    if (node != nullptr) {
        const api::Text* zone = node->metadata.labels.get("topology.kubernetes.io/zone");
        if (zone != nullptr) endpoint.zone = *zone;
    }
    const std::string hostname = hostname_in(pod, service);
    if (!hostname.empty()) endpoint.hostname = hostname;
    const bool prefers_close = service.spec.trafficDistribution == "PreferClose";
    if (prefers_close && *endpoint.conditions.ready && endpoint.zone) {
        endpoint.hints.edit().forZones = {{*endpoint.zone}};
    }
    return endpoint;
}

EndpointSlice blank_slice(const api::Service& service) {
    EndpointSlice slice;
    slice.metadata.namespace_ = service.metadata.namespace_;
    slice.metadata.generateName = service.metadata.name + "-";
    slice.metadata.ownerReferences = {controller_reference(api::kind_of<api::Service>(), service.metadata)};
    slice.metadata.labels = service.metadata.labels;
    slice.metadata.labels.erase(kHeadlessLabel);
    if (is_headless(service)) slice.metadata.labels[kHeadlessLabel] = "";
    slice.metadata.labels[kServiceName] = service.metadata.name;
    slice.metadata.labels[kManagedBy] = kManager;
    slice.addressType = "IPv4";
    return slice;
}

bool same_ports(const PortList& a, const PortList& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return api::equal(x, y); });
}

std::string summary(const api::Service& service, std::size_t pods) {
    return std::to_string(pods) + " pods stand behind service " + service.metadata.name;
}

}  // namespace

EndpointSliceController::EndpointSliceController(sim::Simulation& simulation,
                                                 client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "endpoint-slice-controller"),
      services_(informers.of<api::Service>()),
      pods_(informers.of<api::Pod>()),
      slices_(informers.of<EndpointSlice>()),
      nodes_(informers.of<api::Node>()),
      events_(simulation, client_, name()) {
    if (!slices_.has_index(kByService)) {
        slices_.add_index(std::string(kByService), [](const api::Object& object, api::Texts& values) {
            const api::Text* service = object.metadata.labels.get(kServiceName);
            if (service != nullptr) values.emplace_back(object.metadata.namespace_ + "/" + *service);
        });
    }
    services_.on_change([this](const client::Change& change) {
        enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    pods_.on_change([this](const client::Change& change) {
        for (const ObjectKey& key : services_to_sync(services_, change)) enqueue(key, change.revision);
    });
    slices_.on_change([this](const client::Change& change) { slice_changed(change); });
    for (const auto& [key, service] : services_.objects()) enqueue(key, 0);
}

// upstream: syncService
Result<Requeue> EndpointSliceController::reconcile(const ObjectKey& key) {
    const Ref<api::Service> service = services_.find(key);
    if (!service) {
        last_write_.forget(key);
        trigger_times_.forget(key);  // The garbage collector takes the slices.
        return Requeue::none();
    }
    if (!selects_pods(*service) || !last_write_.seen_by(slices_, key)) return Requeue::none();

    const std::vector<Ref<api::Pod>> pods = pods_behind(*service, pods_);
    std::vector<Ref<EndpointSlice>> existing = slices_.by_index(kByService, key.text());
    std::erase_if(existing, [](const Ref<EndpointSlice>& slice) {
        return !is_ours(slice->metadata) || api::is_terminating(*slice);
    });
    const api::Time trigger_time = trigger_times_.next(*service, pods);
    const Desired desired = desired_of(*service, pods);
    const Result<void> done = carry_out(
        *service, pack(existing, desired.groups, blank_slice(*service), kEndpointsPerSlice), trigger_time);
    if (!done.ok()) {
        events_.record(*service, {.type = client::EventType::Warning,
                                  .reason = "FailedToUpdateEndpointSlices",
                                  .message = "Error updating Endpoint Slices for Service " + key.text() +
                                             ": " + done.error().message});
        return done.error();
    }
    if (desired.unknown_nodes > 0) {
        return base::failure(base::Reason::NotFound,
                             "the node of a pod behind " + key.text() + " is not known");
    }
    return Requeue::none();
}

EndpointSliceController::Desired EndpointSliceController::desired_of(
    const api::Service& service, const std::vector<Ref<api::Pod>>& pods) const {
    Desired desired;
    for (const Ref<api::Pod>& pod : pods) {
        if (!may_serve(*pod, Terminating::Include)) continue;
        const Ref<api::Node> node = nodes_.find({"", pod->spec->nodeName});
        if (!node && !pod->spec->nodeName.empty()) {
            ++desired.unknown_nodes;
            continue;
        }
        PortList ports = ports_for(service, *pod);
        const auto same =
            std::find_if(desired.groups.begin(), desired.groups.end(),
                         [&](const EndpointGroup& group) { return same_ports(group.ports, ports); });
        EndpointGroup& group = same != desired.groups.end()
                                   ? *same
                                   : desired.groups.emplace_back(EndpointGroup{std::move(ports), {}});
        group.endpoints.push_back(endpoint_of(*pod, service, node.get()));
    }
    return desired;
}

Result<void> EndpointSliceController::carry_out(const api::Service& service, SlicePlan plan,
                                                api::Time trigger_time) {
    std::size_t pods = 0;
    for (const EndpointSlice& slice : plan.create) pods += slice.endpoints.size();
    for (const EndpointSlice& slice : plan.update) pods += slice.endpoints.size();
    client_.because(summary(service, pods));
    const ObjectKey key = ObjectKey::of(service.metadata);
    for (EndpointSlice& slice : plan.create) {
        if (api::is_terminating(service)) break;  // The garbage collector would only have more to do.
        annotate_trigger_time(slice.metadata, trigger_time);
        const Result<Ref<EndpointSlice>> created = client_.create(std::move(slice));
        if (created.ok()) {
            last_write_.note(key, (*created)->metadata);
            continue;
        }
        if (is_namespace_terminating(created.error())) return {};
        return created.error();
    }
    for (EndpointSlice& slice : plan.update) {
        annotate_trigger_time(slice.metadata, trigger_time);
        last_write_.note(key, TRY(client_.update(std::move(slice)))->metadata);
    }
    for (const Ref<EndpointSlice>& slice : plan.remove) {
        const Result<void> removed = client_.remove<EndpointSlice>(ObjectKey::of(slice->metadata));
        if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed;
    }
    return {};
}

// Somebody else's change of a slice is put right; what the controller wrote itself changes nothing.
void EndpointSliceController::slice_changed(const client::Change& change) {
    const bool was_ours = change.previous && is_ours(change.previous->metadata);
    if (!is_ours(change.object->metadata) && !was_ours) return;
    const api::ObjectMeta& metadata = change.object->metadata;
    const api::Text* service = metadata.labels.get(kServiceName);
    if (service != nullptr) enqueue({metadata.namespace_, *service}, change.revision);
}

}  // namespace kubetab::controllers
