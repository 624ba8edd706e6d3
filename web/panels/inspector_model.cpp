#include "web/panels/inspector_model.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "engine/api/batch.h"
#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/base/human_duration.h"
#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "web/panels/cluster_model.h"
#include "web/panels/workload.h"

namespace kubetab::web {
namespace {

api::Ref<api::Object> object_of(const session::View& view, const Selection& selection) {
    return view.objects(*selection.kind).get(selection.key);
}

void add_owner(const session::View& view, const api::ObjectMeta& metadata, Inspection& inspection) {
    const api::OwnerReference* owner = api::controller_of(metadata);
    if (owner == nullptr) return;
    Fact fact{"Owner", owner->kind + " " + owner->name, false, {}};
    for (const api::Kind* kind : api::all_kinds()) {
        if (kind->kind == owner->kind) fact.link = {kind, {metadata.namespace_, owner->name}};
    }
    if (fact.link.kind == &api::kind_of<api::Node>()) fact.link.key.namespace_.clear();
    if (fact.link && !object_of(view, fact.link)) fact.link = {};
    inspection.facts.push_back(std::move(fact));
}

void inspect_pod(const session::View& view, const api::Pod& pod, Inspection& inspection) {
    const PodState state = state_of(pod);
    inspection.well = state == PodState::Ready || state == PodState::Done;
    std::string status = word_of(pod);
    if (state == PodState::Ready) status += ", ready";
    inspection.facts.push_back({"Status", status, false, {}});
    if (!pod.spec->nodeName.empty()) {
        inspection.facts.push_back(
            {"Node", pod.spec->nodeName, false, {&api::kind_of<api::Node>(), {"", pod.spec->nodeName}}});
    }
    add_owner(view, pod.metadata, inspection);
    for (const api::Container& container : pod.spec->containers) {
        inspection.facts.push_back({"Image", container.image, true, {}});
    }
    std::int32_t restarts = 0;
    for (const api::ContainerStatus& each : pod.status.containerStatuses) restarts += each.restartCount;
    inspection.facts.push_back({"Restarts", std::to_string(restarts), false, {}});
    if (!pod.status.podIP.empty()) inspection.facts.push_back({"IP", pod.status.podIP, true, {}});
}

void inspect_node(const api::Node& node, Inspection& inspection) {
    std::string status = "Unknown";
    for (const api::NodeCondition& condition : node.status.conditions) {
        if (condition.type != "Ready") continue;
        inspection.well = condition.status == "True";
        status = inspection.well ? "Ready" : "NotReady";
    }
    if (node.spec.unschedulable) status += ", cordoned";
    inspection.facts.push_back({"Status", status, false, {}});
    for (const api::Taint& taint : node.spec.taints) {
        // What follows the prefix says it all.
        const std::string key = taint.key.substr(taint.key.rfind('/') + 1);
        inspection.facts.push_back({"Taint", key + ":" + taint.effect, true, {}});
    }
    inspection.facts.push_back({"Version", node.status.nodeInfo.kubeletVersion, false, {}});
    for (const api::NodeAddress& address : node.status.addresses) {
        if (address.type == "InternalIP") inspection.facts.push_back({"Address", address.address, true, {}});
    }
}

void inspect_workload(std::int32_t want, std::int32_t ready, Inspection& inspection) {
    inspection.well = want == ready;
    inspection.facts.push_back({"Ready", std::to_string(ready) + " of " + std::to_string(want), false, {}});
}

void inspect_job(const session::View& view, const api::Job& job, Inspection& inspection) {
    const api::JobStatus& status = job.status;
    inspection.well = !api::is_condition_true(status.conditions, "Failed");
    const std::string wanted = std::to_string(job.spec.completions.value_or(1));
    inspection.facts.push_back({"Succeeded", std::to_string(status.succeeded) + " of " + wanted, false, {}});
    if (status.failed > 0) inspection.facts.push_back({"Failed", std::to_string(status.failed), false, {}});
    inspection.facts.push_back({"Active", std::to_string(status.active), false, {}});
    if (!status.conditions.empty() && status.conditions.back().status == "True") {
        inspection.facts.push_back({"State", status.conditions.back().type, false, {}});
    }
    add_owner(view, job.metadata, inspection);
}

void inspect_cron_job(const api::CronJob& cron_job, Inspection& inspection) {
    inspection.well = true;
    inspection.facts.push_back({"Schedule", cron_job.spec.schedule, true, {}});
    if (cron_job.spec.timeZone) inspection.facts.push_back({"Time zone", *cron_job.spec.timeZone, false, {}});
    inspection.facts.push_back(
        {"Suspended", cron_job.spec.suspend.value_or(false) ? "yes" : "no", false, {}});
    inspection.facts.push_back({"Active", std::to_string(cron_job.status.active.size()), false, {}});
}

void inspect_service(const session::View& view, const api::Service& service, Inspection& inspection) {
    std::size_t endpoints = 0;
    if (const auto found = view.find<api::Endpoints>(api::ObjectKey::of(service.metadata))) {
        for (const api::EndpointSubset& subset : found->subsets) endpoints += subset.addresses.size();
    }
    inspection.well = endpoints > 0 || service.spec.selector.empty();
    inspection.facts.push_back({"Type", service.spec.type, false, {}});
    inspection.facts.push_back({"Cluster IP", service.spec.clusterIP, true, {}});
    for (const api::ServicePort& port : service.spec.ports) {
        inspection.facts.push_back(
            {"Port",
             std::to_string(port.port) + " → " + port.targetPort.to_string() + "/" + port.protocol,
             true,
             {}});
    }
    inspection.facts.push_back({"Endpoints", std::to_string(endpoints) + " ready", false, {}});
    for (const auto& [key, value] : service.spec.selector)
        inspection.facts.push_back({"Selector", key + "=" + value, true, {}});
}

sim::Instant last_seen(const api::Event& event) {
    return event.lastTimestamp.is_set() ? event.lastTimestamp.instant() : event.eventTime.instant();
}

struct SeenEvent {
    sim::Instant when{};
    api::Ref<api::Event> event{};
};

bool newer(const SeenEvent& a, const SeenEvent& b) {
    if (a.when != b.when) return a.when > b.when;
    const api::ObjectMeta& left = a.event->metadata;
    const api::ObjectMeta& right = b.event->metadata;
    return std::tie(left.namespace_, left.name) < std::tie(right.namespace_, right.name);
}

// The newest events that are wanted, at most `limit`; of equally new ones those with the lower name first.
// Asked of every frame with thousands of events: what is too old anyway is not looked at more closely.
template <class Wanted>
std::vector<api::Ref<api::Event>> newest_events(const session::View& view, std::size_t limit, Wanted wanted) {
    std::vector<SeenEvent> events;  // once there are enough, a heap with the oldest on top
    for (const auto& [key, object] : view.objects(api::kind_of<api::Event>())) {
        const auto& event = static_cast<const api::Event&>(*object);
        const SeenEvent seen{last_seen(event), api::cast<api::Event>(object)};
        const bool full = events.size() == limit;
        if ((full && !newer(seen, events.front())) || !wanted(event)) continue;
        if (full) {
            std::pop_heap(events.begin(), events.end(), newer);
            events.pop_back();
        }
        events.push_back(seen);
        std::push_heap(events.begin(), events.end(), newer);
    }
    std::sort_heap(events.begin(), events.end(), newer);
    std::vector<api::Ref<api::Event>> result;
    for (const SeenEvent& seen : events) result.push_back(seen.event);
    return result;
}

const api::Kind* kind_of_name(std::string_view name) {
    for (const api::Kind* kind : api::all_kinds()) {
        if (kind->kind == name) return kind;
    }
    return nullptr;
}

EventRow row_of(const session::View& view, const api::Event& event) {
    std::string age = base::human_duration((view.when() - last_seen(event)).ns) + " ago";
    if (event.count > 1) age += " (x" + std::to_string(event.count) + ")";
    return {event.reason, event.message, age, event.type == "Warning"};
}

}  // namespace

std::string clock_text(sim::Instant instant) {
    return api::format_time(instant.unix_seconds()).substr(11, 8);
}

Inspection inspect(const session::View& view, const Selection& selection) {
    Inspection inspection;
    inspection.kind = selection.kind->kind;
    const api::Ref<api::Object> object = object_of(view, selection);
    inspection.found = object != nullptr;
    if (!object) return inspection;
    if (selection.kind == &api::kind_of<api::Pod>()) {
        inspect_pod(view, static_cast<const api::Pod&>(*object), inspection);
    } else if (selection.kind == &api::kind_of<api::Node>()) {
        inspect_node(static_cast<const api::Node&>(*object), inspection);
    } else if (const std::optional<Workload> workload = workload_of(*selection.kind, *object)) {
        inspect_workload(workload->wanted, workload->ready, inspection);
        if (api::controller_of(object->metadata) != nullptr) {
            add_owner(view, object->metadata, inspection);
        } else {
            for (const api::Container& container : workload->pod->containers)
                inspection.facts.push_back({"Image", container.image, true, {}});
        }
    } else if (selection.kind == &api::kind_of<api::Job>()) {
        inspect_job(view, static_cast<const api::Job&>(*object), inspection);
    } else if (selection.kind == &api::kind_of<api::CronJob>()) {
        inspect_cron_job(static_cast<const api::CronJob&>(*object), inspection);
    } else if (selection.kind == &api::kind_of<api::Service>()) {
        inspect_service(view, static_cast<const api::Service&>(*object), inspection);
    } else {
        inspection.well = true;
    }
    inspection.facts.push_back(
        {"Age",
         base::human_duration((view.when() - object->metadata.creationTimestamp.instant()).ns),
         false,
         {}});
    return inspection;
}

std::vector<EventRow> events_of(const session::View& view, const Selection& selection) {
    constexpr std::size_t kRows = 1000;
    const auto wanted = [&](const api::Event& event) {
        const api::ObjectReference& about = event.involvedObject;
        return about.kind == selection.kind->kind && about.name == selection.key.name &&
               about.namespace_ == selection.key.namespace_;
    };
    std::vector<EventRow> rows;
    for (const api::Ref<api::Event>& event : newest_events(view, kRows, wanted))
        rows.push_back(row_of(view, *event));
    return rows;
}

std::vector<LatestEvent> latest_events(const session::View& view, sim::Instant since, std::size_t limit) {
    const auto wanted = [&](const api::Event& event) {
        return last_seen(event) >= since && event.involvedObject.namespace_ != "kube-system" &&
               kind_of_name(event.involvedObject.kind) != nullptr;
    };
    std::vector<LatestEvent> latest;
    for (const api::Ref<api::Event>& event : newest_events(view, limit, wanted)) {
        const api::ObjectReference& about = event->involvedObject;
        latest.push_back({{kind_of_name(about.kind), {about.namespace_, about.name}}, row_of(view, *event)});
    }
    return latest;
}

std::string yaml_of(const session::View& view, const Selection& selection) {
    const api::Ref<api::Object> object = object_of(view, selection);
    if (!object) return "";
    base::Json document = api::to_json(*selection.kind, *object);
    document["metadata"].erase("managedFields");  // as kubectl shows it
    return base::to_yaml(document);
}

}  // namespace kubetab::web
