// What Endpoints and EndpointSlices have in common: which pods stand behind a service, and under which ports.
//
// upstream: staging/src/k8s.io/endpointslice/util/controller_utils.go, pkg/api/v1/pod/util.go [FindPort]
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

inline constexpr std::string_view kTriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";
inline constexpr std::string_view kHeadlessLabel = "service.kubernetes.io/headless";

// Services without a selector get their endpoints by hand; an ExternalName has none.
bool selects_pods(const api::Service& service);
bool is_headless(const api::Service& service);
// Has an address and may still serve.
enum class Terminating { Exclude, Include };
bool may_serve(const api::Pod& pod, Terminating terminating);
// The number of the pod's port that the service's port leads to; nothing when no container has a port of that
// name.
std::optional<std::int32_t> find_port(const api::Pod& pod, const api::ServicePort& port);
api::ObjectReference pod_reference(const api::Pod& pod);
// The name under which DNS knows the pod behind this service; "" when it has none.
std::string hostname_in(const api::Pod& pod, const api::Service& service);

// The pods that the service's selector matches, ordered by name.
std::vector<api::Ref<api::Pod>> pods_behind(const api::Service& service,
                                            const client::Informer<api::Pod>& pods);
// The services whose endpoints a change of a pod may concern.
std::vector<api::ObjectKey> services_to_sync(const client::Informer<api::Service>& services,
                                             const client::Change& pod_change);

// Since when the state shown by endpoints has been true: the earliest change not seen before.
// upstream: staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go
class TriggerTimes {
public:
    // Unset when nothing that has a time changed since the last call.
    api::Time next(const api::Service& service, const std::vector<api::Ref<api::Pod>>& pods);
    void forget(const api::ObjectKey& service) { known_.erase(service); }

private:
    struct Known {
        api::Time service{};
        std::map<std::string, api::Time> pods{};
    };
    std::map<api::ObjectKey, Known> known_{};
};
// Sets the annotation, or takes it away when the time is unset.
void annotate_trigger_time(api::ObjectMeta& metadata, api::Time time);

}  // namespace kubetab::controllers
