#include "web/panels/workload.h"

#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/kinds.h"
#include "engine/api/stateful_set.h"

namespace kubetab::web {
namespace {

// Those that say how many pods they want.
template <class T>
std::optional<Workload> counted(const api::Object& object) {
    const auto& set = static_cast<const T&>(object);
    return Workload{set.spec.replicas.value_or(0), set.status.readyReplicas, &*set.spec.template_->spec};
}

}  // namespace

std::optional<Workload> workload_of(const api::Kind& kind, const api::Object& object) {
    if (&kind == &api::kind_of<api::Deployment>()) return counted<api::Deployment>(object);
    if (&kind == &api::kind_of<api::ReplicaSet>()) return counted<api::ReplicaSet>(object);
    if (&kind == &api::kind_of<api::StatefulSet>()) return counted<api::StatefulSet>(object);
    if (&kind == &api::kind_of<api::ReplicationController>())
        return counted<api::ReplicationController>(object);
    if (&kind == &api::kind_of<api::DaemonSet>()) {
        const auto& set = static_cast<const api::DaemonSet&>(object);
        return Workload{set.status.desiredNumberScheduled, set.status.numberReady,
                        &*set.spec.template_->spec};
    }
    return std::nullopt;
}

}  // namespace kubetab::web
