// upstream: pkg/registry/core/pod/strategy.go

#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_resources.h"
#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

base::Result<void> prepare_for_create(Server& server, api::Object& object) {
    auto& pod = static_cast<api::Pod&>(object);
    pod.status.phase = "Pending";
    pod.status.qosClass = api::qos_class(*pod.spec);
    if (pod.spec->shared->schedulingGates.empty()) return {};
    api::PodCondition gated;
    gated.type = "PodScheduled";
    gated.status = "False";
    gated.reason = "SchedulingGated";
    gated.message = "Scheduling is blocked due to non-empty scheduling gates";
    gated.lastTransitionTime = server.now();
    pod.status.conditions.push_back(gated);
    return {};
}

// upstream: dropNonEphemeralContainerUpdates
void keep_all_but_ephemeral(api::Pod& pod, const api::Pod& before) {
    api::ObjectMeta metadata = before.metadata;
    metadata.managedFields = pod.metadata.managedFields;
    api::Box<api::PodSpec> spec = before.spec;
    if (!api::equal(pod.spec, before.spec))
        spec.edit().shared.edit().ephemeralContainers = pod.spec->shared->ephemeralContainers;
    pod.metadata = std::move(metadata);
    pod.spec = std::move(spec);
    pod.status = before.status;
}

base::Result<void> prepare_for_update(Server&, api::Object& object, const api::Object& stored,
                                      Endpoint endpoint) {
    auto& pod = static_cast<api::Pod&>(object);
    const auto& before = static_cast<const api::Pod&>(stored);
    if (endpoint == Endpoint::EphemeralContainers) keep_all_but_ephemeral(pod, before);
    if (endpoint != Endpoint::Status) return {};
    pod.metadata.ownerReferences = before.metadata.ownerReferences;
    if (pod.status.qosClass.empty()) pod.status.qosClass = before.status.qosClass;
    return {};
}

}  // namespace

const Strategy kPodStrategy{&prepare_for_create, &prepare_for_update, nullptr, nullptr};

}  // namespace kubetab::server
