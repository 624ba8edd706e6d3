#include "engine/controllers/service_endpoints.h"

#include <algorithm>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_resources.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"

namespace kubetab::controllers {
namespace {

using api::Ref;

bool same_for_endpoints(const api::Pod& a, const api::Pod& b) {
    return api::is_terminating(a) == api::is_terminating(b) && api::is_pod_ready(a) == api::is_pod_ready(b) &&
           api::is_pod_finished(a) == api::is_pod_finished(b) && a.status.podIP == b.status.podIP &&
           a.spec->nodeName == b.spec->nodeName && a.spec->shared->hostname == b.spec->shared->hostname &&
           a.spec->shared->subdomain == b.spec->shared->subdomain;
}

const api::ContainerPort* named_port(const std::vector<api::Container>& containers,
                                     const api::ServicePort& port, bool only_sidecars) {
    for (const api::Container& container : containers) {
        if (only_sidecars && !api::is_sidecar(container)) continue;
        for (const api::ContainerPort& candidate : container.ports) {
            if (candidate.name == port.targetPort.text && candidate.protocol == port.protocol)
                return &candidate;
        }
    }
    return nullptr;
}

api::Time ready_changed(const api::Pod& pod) {
    const api::PodCondition* ready = api::find_condition(pod.status.conditions, "Ready");
    return ready == nullptr ? api::Time{} : ready->lastTransitionTime;
}

}  // namespace

bool selects_pods(const api::Service& service) {
    return !service.spec.selector.empty() && service.spec.type != "ExternalName";
}

bool is_headless(const api::Service& service) {
    return service.spec.clusterIP == "None";
}

bool may_serve(const api::Pod& pod, Terminating terminating) {
    if (api::is_pod_finished(pod) || pod.status.podIP.empty()) return false;
    return terminating == Terminating::Include || !api::is_terminating(pod);
}

std::optional<std::int32_t> find_port(const api::Pod& pod, const api::ServicePort& port) {
    if (!port.targetPort.is_string) return port.targetPort.number;
    const api::ContainerPort* found = named_port(pod.spec->containers, port, false);
    if (found == nullptr) found = named_port(pod.spec->initContainers, port, true);
    return found == nullptr ? std::nullopt : std::optional<std::int32_t>(found->containerPort);
}

api::ObjectReference pod_reference(const api::Pod& pod) {
    api::ObjectReference reference;
    reference.kind = "Pod";
    reference.namespace_ = pod.metadata.namespace_;
    reference.name = pod.metadata.name;
    reference.uid = pod.metadata.uid;
    return reference;
}

std::string hostname_in(const api::Pod& pod, const api::Service& service) {
    const bool known = pod.spec->shared->subdomain == service.metadata.name &&
                       pod.metadata.namespace_ == service.metadata.namespace_;
    return known ? pod.spec->shared->hostname.str() : std::string{};
}

std::vector<Ref<api::Pod>> pods_behind(const api::Service& service, const client::Informer<api::Pod>& pods) {
    const api::Selector selector = api::Selector::of_labels(service.spec.selector);
    std::vector<Ref<api::Pod>> result = pods.in_namespace(service.metadata.namespace_);
    std::erase_if(result, [&](const Ref<api::Pod>& pod) { return !selector.matches(pod->metadata.labels); });
    return result;
}

std::vector<api::ObjectKey> services_to_sync(const client::Informer<api::Service>& services,
                                             const client::Change& pod_change) {
    const Ref<api::Pod> pod = api::cast<api::Pod>(pod_change.object);
    const Ref<api::Pod> before = api::cast<api::Pod>(pod_change.previous);
    const bool compare = before && pod_change.type == client::ChangeType::Modified;
    const bool same = compare && same_for_endpoints(*before, *pod);
    const bool same_labels = compare && before->metadata.labels == pod->metadata.labels;
    if (same && same_labels) return {};

    std::vector<api::ObjectKey> keys;
    for (const Ref<api::Service>& service : services.in_namespace(pod->metadata.namespace_)) {
        if (!selects_pods(*service)) continue;
        const api::Selector selector = api::Selector::of_labels(service->spec.selector);
        const bool matches = selector.matches(pod->metadata.labels);
        const bool matched = compare && !same_labels && selector.matches(before->metadata.labels);
        // A pod that looks the same concerns only the services that gain or lose it.
        const bool concerned = same ? matches != matched : matches || matched;
        if (concerned) keys.push_back(api::ObjectKey::of(service->metadata));
    }
    return keys;
}

api::Time TriggerTimes::next(const api::Service& service, const std::vector<Ref<api::Pod>>& pods) {
    Known& known = known_[api::ObjectKey::of(service.metadata)];
    api::Time earliest;
    const auto note = [&earliest](api::Time& seen, api::Time time) {
        if (time <= seen) return;
        if (!earliest.is_set() || time < earliest) earliest = time;
        seen = time;
    };
    std::map<std::string, api::Time> present;
    for (const Ref<api::Pod>& pod : pods) {
        api::Time& seen = present[pod->metadata.uid];
        const auto before = known.pods.find(pod->metadata.uid);
        if (before != known.pods.end()) seen = before->second;
        note(seen, ready_changed(*pod));
    }
    known.pods = std::move(present);
    note(known.service, service.metadata.creationTimestamp);
    return earliest;
}

void annotate_trigger_time(api::ObjectMeta& metadata, api::Time time) {
    if (time.is_set()) {
        metadata.annotations[kTriggerTime] = api::format_time(time.seconds);
    } else {
        metadata.annotations.erase(kTriggerTime);
    }
}

}  // namespace kubetab::controllers
