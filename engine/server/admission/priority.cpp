// Priority: resolves priorityClassName to a number. Only the two system classes exist until PriorityClass is
// served. upstream: plugin/pkg/admission/priority/admission.go

#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

constexpr std::int32_t kSystemNodeCritical = 2'000'001'000;
constexpr std::int32_t kSystemClusterCritical = 2'000'000'000;

base::Result<std::int32_t> value_of(const AdmissionRequest& request, const std::string& name) {
    if (name.empty()) return 0;
    if (name == "system-node-critical") return kSystemNodeCritical;
    if (name == "system-cluster-critical") return kSystemClusterCritical;
    return forbidden(request.kind, request.object.metadata,
                     "no PriorityClass with name " + name + " was found");
}

}  // namespace

base::Result<void> admit_priority(const AdmissionRequest& request) {
    if (request.operation != Operation::Create || &request.kind != &api::kind_of<api::Pod>()) return {};
    auto& pod = static_cast<api::Pod&>(request.object);
    const std::int32_t value = TRY(value_of(request, pod.spec->priorityClassName));
    if (pod.spec->priority.has_value() && *pod.spec->priority != value) {
        return forbidden(request.kind, pod.metadata,
                         "the integer value of priority (" + std::to_string(*pod.spec->priority) +
                             ") must not be provided in pod spec; priority admission controller computed " +
                             std::to_string(value) + " from the given PriorityClass name");
    }
    api::PodSpec& spec = pod.spec.edit();
    spec.priority = value;
    if (!spec.preemptionPolicy) spec.preemptionPolicy = "PreemptLowerPriority";
    return {};
}

}  // namespace kubetab::server
