// RuntimeClass: gives a new pod what its class asks for: overhead, node labels, tolerations.
// upstream: plugin/pkg/admission/runtimeclass/admission.go

#include "engine/api/runtime_class.h"
#include "engine/api/codec.h"
#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

using api::RuntimeClass;

base::Result<void> rejected(const AdmissionRequest& request, const std::string& why) {
    return forbidden(request.kind, request.object.metadata, "pod rejected: " + why);
}

bool covers(const api::Toleration& wide, const api::Toleration& narrow) {
    const bool effect = wide.effect.empty() || wide.effect == narrow.effect;
    const bool for_ever = !wide.tolerationSeconds || wide.tolerationSeconds == narrow.tolerationSeconds;
    if (!effect || !for_ever) return false;
    const bool exists = wide.operator_ == "Exists";
    if (wide.key.empty()) return exists;
    return wide.key == narrow.key && (exists || wide.value == narrow.value);
}

void add_tolerations(api::PodSpec& spec, const RuntimeClass& runtime) {
    for (const api::Toleration& wanted : runtime.scheduling->tolerations) {
        bool covered = false;
        for (const api::Toleration& present : spec.tolerations) covered = covered || covers(present, wanted);
        if (!covered) spec.tolerations.push_back(wanted);
    }
}

}  // namespace

base::Result<void> admit_runtime_class(const AdmissionRequest& request) {
    if (request.operation != Operation::Create || &request.kind != &api::kind_of<api::Pod>()) return {};
    auto& pod = static_cast<api::Pod&>(request.object);
    if (!pod.spec->shared->runtimeClassName) {
        return pod.spec->shared->overhead.empty()
                   ? base::Result<void>()
                   : rejected(request,
                              "Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }
    const api::Text& name = *pod.spec->shared->runtimeClassName;
    const auto runtime = api::cast<RuntimeClass>(
        request.server.store().get(api::kind_of<RuntimeClass>(), api::ObjectKey{"", name}));
    if (!runtime) return rejected(request, "RuntimeClass \"" + name + "\" not found");
    const base::FlatMap<api::Quantity>& overhead = runtime->overhead->podFixed;
    if (!pod.spec->shared->overhead.empty() && !(pod.spec->shared->overhead == overhead)) {
        return rejected(request, overhead.empty()
                                     ? "Pod Overhead set without corresponding RuntimeClass defined Overhead"
                                     : "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
    api::PodSpec& spec = pod.spec.edit();
    spec.shared.edit().overhead = overhead;
    if (!runtime->scheduling) return {};
    for (const auto& [key, value] : runtime->scheduling->nodeSelector) {
        const auto present = spec.shared->nodeSelector.find(key);
        if (present != spec.shared->nodeSelector.end() && present->second != value)
            return rejected(request, "conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = " +
                                         value + "; pod.spec.nodeSelector[" + key + "] = " + present->second);
        spec.shared.edit().nodeSelector[key] = value;
    }
    add_tolerations(spec, *runtime);
    return {};
}

}  // namespace kubetab::server
