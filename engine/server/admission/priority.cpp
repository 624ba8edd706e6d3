// Priority: resolves a pod's priorityClassName, and keeps two classes from being everybody's default.
// upstream: plugin/pkg/admission/priority/admission.go

#include "engine/api/scheduling.h"
#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

using api::PriorityClass;
using api::Ref;

constexpr std::string_view kPreempts = "PreemptLowerPriority";

// The one marked as default; of several, which an update by halves can leave, the lowest. Null: none is.
Ref<PriorityClass> default_class(const Server& server) {
    Ref<PriorityClass> result;
    for (const auto& [key, object] : server.store().all(api::kind_of<PriorityClass>())) {
        Ref<PriorityClass> each = api::cast<PriorityClass>(object);
        if (each->globalDefault && (!result || each->value < result->value)) result = std::move(each);
    }
    return result;
}

base::Result<Ref<PriorityClass>> class_of(const AdmissionRequest& request, const std::string& name) {
    if (name.empty()) return default_class(request.server);
    const Ref<api::Object> found =
        request.server.store().get(api::kind_of<PriorityClass>(), api::ObjectKey{"", name});
    if (found) return api::cast<PriorityClass>(found);
    return forbidden(request.kind, request.object.metadata,
                     "no PriorityClass with name " + name + " was found");
}

base::Result<void> admit_class(const AdmissionRequest& request) {
    const auto& object = static_cast<const PriorityClass&>(request.object);
    const Ref<PriorityClass> present = object.globalDefault ? default_class(request.server) : nullptr;
    if (!present || present->metadata.name == object.metadata.name) return {};
    return forbidden(request.kind, object.metadata,
                     "PriorityClass " + present->metadata.name +
                         " is already marked as default. Only one default can exist");
}

base::Result<void> admit_new_pod(const AdmissionRequest& request) {
    auto& pod = static_cast<api::Pod&>(request.object);
    const Ref<PriorityClass> priority_class = TRY(class_of(request, pod.spec->shared->priorityClassName));
    const std::int32_t value = priority_class ? priority_class->value : 0;
    const std::string policy =
        priority_class ? priority_class->preemptionPolicy.value_or(kPreempts).str() : std::string(kPreempts);
    if (pod.spec->priority.has_value() && *pod.spec->priority != value) {
        return forbidden(request.kind, pod.metadata,
                         "the integer value of priority (" + std::to_string(*pod.spec->priority) +
                             ") must not be provided in pod spec; priority admission controller computed " +
                             std::to_string(value) + " from the given PriorityClass name");
    }
    if (pod.spec->preemptionPolicy && *pod.spec->preemptionPolicy != policy) {
        return forbidden(request.kind, pod.metadata,
                         "the string value of PreemptionPolicy (" + *pod.spec->preemptionPolicy +
                             ") must not be provided in pod spec; priority admission controller computed " +
                             policy + " from the given PriorityClass name");
    }
    api::PodSpec& spec = pod.spec.edit();
    if (priority_class && spec.shared->priorityClassName != priority_class->metadata.name)
        spec.shared.edit().priorityClassName = priority_class->metadata.name;
    spec.priority = value;
    spec.preemptionPolicy = policy;
    return {};
}

// Whoever replaces a pod need not repeat what was worked out for it.
void keep_worked_out(const AdmissionRequest& request) {
    const api::PodSpec& stored = *static_cast<const api::Pod&>(*request.stored).spec;
    auto& pod = static_cast<api::Pod&>(request.object);
    const bool priority = !pod.spec->priority && stored.priority;
    const bool policy = !pod.spec->preemptionPolicy && stored.preemptionPolicy;
    if (priority) pod.spec.edit().priority = stored.priority;
    if (policy) pod.spec.edit().preemptionPolicy = stored.preemptionPolicy;
}

}  // namespace

base::Result<void> admit_priority(const AdmissionRequest& request) {
    if (&request.kind == &api::kind_of<PriorityClass>()) return admit_class(request);
    if (&request.kind != &api::kind_of<api::Pod>()) return {};
    if (request.operation == Operation::Create) return admit_new_pod(request);
    const bool replaced =
        request.operation == Operation::Update && request.options.endpoint == Endpoint::Main;
    if (replaced) keep_worked_out(request);
    return {};
}

}  // namespace kubetab::server
