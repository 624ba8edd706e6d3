// NamespaceLifecycle: nothing is created in a namespace that is absent or going away; some namespaces stay.
// upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go

#include "engine/server/admission.h"

namespace kubetab::server {

using api::Namespace;

base::Result<void> admit_namespace_lifecycle(const AdmissionRequest& request) {
    if (request.operation != Operation::Create || !request.kind.namespaced) return {};
    const std::string& name = request.object.metadata.namespace_;
    const api::Ref<api::Object> stored = request.server.store().get(api::kind_of<Namespace>(), {"", name});
    if (!stored) return not_found(api::kind_of<Namespace>(), name);
    const auto& holder = static_cast<const Namespace&>(*stored);
    if (holder.status.phase != "Terminating") return {};
    base::Status status =
        forbidden(request.kind, request.object.metadata,
                  "unable to create new content in namespace " + name + " because it is being terminated");
    status.causes.push_back(
        {"NamespaceTerminating", "namespace " + name + " is being terminated", "metadata.namespace"});
    return status;
}

base::Result<void> keep_system_namespaces(const AdmissionRequest& request) {
    if (&request.kind != &api::kind_of<Namespace>()) return {};
    for (const std::string_view kept : {"default", "kube-system", "kube-public"}) {
        if (request.object.metadata.name != kept) continue;
        return forbidden(request.kind, request.object.metadata, "this namespace may not be deleted");
    }
    return {};
}

}  // namespace kubetab::server
