#include "engine/controllers/api_service_availability.h"

#include <algorithm>

#include "engine/api/kinds.h"
#include "engine/api/metrics_access.h"
#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

using api::APIService;
using api::APIServiceCondition;
using api::ObjectKey;
using api::Ref;
using client::Requeue;

constexpr std::int32_t kDefaultPort = 443;

APIServiceCondition unavailable(std::string reason, std::string message) {
    APIServiceCondition condition;
    condition.reason = std::move(reason);
    condition.message = std::move(message);
    return condition;
}

std::string in_quotes(const api::Text& text) {
    return "\"" + text + "\"";
}

}  // namespace

ApiServiceAvailability::ApiServiceAvailability(sim::Simulation& simulation,
                                               client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "apiservice-availability"),
      api_services_(informers.of<APIService>()),
      services_(informers.of<api::Service>()),
      endpoints_(informers.of<api::Endpoints>()),
      pods_(informers.of<api::Pod>()) {
    for (const auto& [key, object] : api_services_.objects()) enqueue(key, api_services_.revision());
    api_services_.on_change([this](const client::Change& change) {
        enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    const auto behind = [this](const client::Change& change) {
        for (const Ref<APIService>& service : api_services_.all()) {
            const api::ServiceReference& reference = *service->spec.service;
            const bool same = reference.name == change.object->metadata.name &&
                              reference.namespace_ == change.object->metadata.namespace_;
            if (same) enqueue(ObjectKey::of(service->metadata), change.revision);
        }
    };
    services_.on_change(behind);
    endpoints_.on_change(behind);
}

// upstream: AvailableConditionController.sync
base::Result<Requeue> ApiServiceAvailability::reconcile(const ObjectKey& key) {
    const Ref<APIService> service = api_services_.find(key);
    if (!service) return Requeue::none();
    APIService next = *service;
    const bool changed =
        api::set_condition(next.status.conditions, condition_of(*service), api::Time(simulation_.now()));
    if (!changed) return Requeue::none();
    client_.because("who answers for the group has changed");
    TRY(client_.update_status(std::move(next)));
    return Requeue::none();
}

APIServiceCondition ApiServiceAvailability::condition_of(const APIService& service) const {
    APIServiceCondition condition;
    if (!service.spec.service) {
        condition.reason = "Local";
        condition.message = "Local APIServices are always available";
        condition.status = "True";
    } else {
        condition = problem_of(service.spec);
        condition.status = condition.reason.empty() ? "True" : "False";
        if (condition.reason.empty()) {
            condition.reason = "Passed";
            condition.message = "all checks passed";
        }
    }
    condition.type = "Available";
    return condition;
}

APIServiceCondition ApiServiceAvailability::problem_of(const api::APIServiceSpec& spec) const {
    const api::ServiceReference& reference = *spec.service;
    const ObjectKey key{reference.namespace_, reference.name};
    const std::string place = "service/" + reference.name + " in " + in_quotes(reference.namespace_);
    const Ref<api::Service> service = services_.find(key);
    if (!service) return unavailable("ServiceNotFound", place + " is not present");
    const std::int32_t number = reference.port.value_or(kDefaultPort);
    const std::vector<api::ServicePort>& ports = service->spec.ports;
    const auto port = std::find_if(ports.begin(), ports.end(),
                                   [&](const api::ServicePort& each) { return each.port == number; });
    if (port == ports.end()) {
        return unavailable("ServicePortError", place + " is not listening on port " + std::to_string(number));
    }
    const Ref<api::Endpoints> endpoints = endpoints_.find(key);
    if (!endpoints) return unavailable("EndpointsNotFound", "cannot find endpoints for " + place);
    for (const api::EndpointSubset& subset : endpoints->subsets) {
        for (const api::EndpointPort& each : subset.ports) {
            if (each.name != port->name || subset.addresses.empty()) continue;
            const api::EndpointAddress& address = subset.addresses.front();
            if (answers(spec, address)) return {};
            const std::string url = "https://" + address.ip + ":" + std::to_string(each.port) + "/apis/" +
                                    spec.group + "/" + spec.version;
            return unavailable("FailedDiscoveryCheck", "failing or missing response from " + url +
                                                           ": bad status from " + url + ": 404");
        }
    }
    return unavailable("MissingEndpoints", "endpoints for " + place + " have no addresses with port name " +
                                               in_quotes(port->name));
}

bool ApiServiceAvailability::answers(const api::APIServiceSpec& spec,
                                     const api::EndpointAddress& address) const {
    const Ref<api::Pod> pod = pods_.find({spec.service->namespace_, address.targetRef->name});
    return spec.group == api::kMetricsGroup && spec.version == "v1beta1" && pod &&
           api::is_metrics_server(*pod);
}

}  // namespace kubetab::controllers
