#include "engine/controllers/endpoints.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/api/codec.h"
#include "engine/controllers/endpoint_subsets.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {
namespace {

using api::Endpoints;
using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

constexpr std::size_t kMaxAddresses = 1000;
constexpr std::string_view kOverCapacity = "endpoints.kubernetes.io/over-capacity";

bool same_subsets(const std::vector<api::EndpointSubset>& a, const std::vector<api::EndpointSubset>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return api::equal(x, y); });
}

std::size_t addresses_in(const Endpoints& endpoints) {
    std::size_t count = 0;
    for (const api::EndpointSubset& subset : endpoints.subsets) count += subset.addresses.size();
    return count;
}

}  // namespace

EndpointsController::EndpointsController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "endpoint-controller"),
      services_(informers.of<api::Service>()),
      pods_(informers.of<api::Pod>()),
      endpoints_(informers.of<Endpoints>()),
      events_(simulation, client_, name()) {
    services_.on_change([this](const client::Change& change) {
        enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    pods_.on_change([this](const client::Change& change) {
        for (const ObjectKey& key : services_to_sync(services_, change)) enqueue(key, change.revision);
    });
    endpoints_.on_change([this](const client::Change& change) {
        enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    for (const auto& [key, service] : services_.objects()) enqueue(key, 0);
}

// upstream: syncService
Result<Requeue> EndpointsController::reconcile(const ObjectKey& key) {
    const Ref<api::Service> service = services_.find(key);
    if (!service) {
        TRY(remove(key));
        return Requeue::none();
    }
    if (!selects_pods(*service) || !last_write_.seen_by(endpoints_, key)) return Requeue::none();

    const std::vector<Ref<api::Pod>> pods = pods_behind(*service, pods_);
    const api::Time trigger_time = trigger_times_.next(*service, pods);
    const Ref<Endpoints> stored = endpoints_.find(key);
    Endpoints wanted = stored ? *stored : Endpoints{};
    wanted.metadata.namespace_ = key.namespace_;
    wanted.metadata.name = key.name;
    wanted.metadata.labels = service->metadata.labels;
    if (is_headless(*service)) wanted.metadata.labels[kHeadlessLabel] = "";
    else wanted.metadata.labels.erase(kHeadlessLabel);
    wanted.subsets = subsets_of(*service, pods);
    if (cut_addresses(wanted.subsets, kMaxAddresses))
        wanted.metadata.annotations[kOverCapacity] = "truncated";
    else wanted.metadata.annotations.erase(kOverCapacity);

    const bool same = stored && same_subsets(stored->subsets, wanted.subsets) &&
                      stored->metadata.labels == wanted.metadata.labels &&
                      stored->metadata.annotations == wanted.metadata.annotations;
    if (same) return Requeue::none();
    annotate_trigger_time(wanted.metadata, trigger_time);
    TRY(write(*service, std::move(wanted), stored != nullptr));
    return Requeue::none();
}

Result<void> EndpointsController::remove(const ObjectKey& key) {
    last_write_.forget(key);
    trigger_times_.forget(key);
    if (!endpoints_.find(key)) return {};
    client_.because("its service is gone");
    const Result<void> removed = client_.remove<Endpoints>(key);
    return removed.ok() || removed.error().reason == base::Reason::NotFound ? Result<void>{} : removed;
}

Result<void> EndpointsController::write(const api::Service& service, Endpoints wanted, bool exists) {
    client_.because(std::to_string(addresses_in(wanted)) + " ready pods stand behind service " +
                    service.metadata.name);
    const Result<Ref<Endpoints>> written =
        exists ? client_.update(std::move(wanted)) : client_.create(std::move(wanted));
    if (written.ok()) last_write_.note(ObjectKey::of(service.metadata), (*written)->metadata);
    if (written.ok() || is_namespace_terminating(written.error())) return {};
    const std::string place = service.metadata.namespace_ + "/" + service.metadata.name;
    const std::string what = exists ? "Failed to update endpoint " : "Failed to create endpoint for service ";
    events_.record(service, {.type = client::EventType::Warning,
                             .reason = exists ? "FailedToUpdateEndpoint" : "FailedToCreateEndpoint",
                             .message = what + place + ": " + written.error().message});
    return written.error();
}

}  // namespace kubetab::controllers
