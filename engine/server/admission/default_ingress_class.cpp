// DefaultIngressClass: an Ingress that names no class gets the default one; of several, the newest.
// upstream: plugin/pkg/admission/network/defaultingressclass/admission.go

#include "engine/api/ingress.h"
#include "engine/server/admission.h"

namespace kubetab::server {

using api::IngressClass;
using api::Ref;

base::Result<void> admit_default_ingress_class(const AdmissionRequest& request) {
    if (request.operation != Operation::Create || &request.kind != &api::kind_of<api::Ingress>()) return {};
    auto& ingress = static_cast<api::Ingress&>(request.object);
    if (ingress.spec.ingressClassName || ingress.metadata.annotations.contains(api::kIngressClassAnnotation))
        return {};
    Ref<IngressClass> chosen;
    // In the order of names, so that the lowest one wins among equally old ones.
    for (const auto& [key, object] : request.server.store().all(api::kind_of<IngressClass>())) {
        Ref<IngressClass> each = api::cast<IngressClass>(object);
        if (each->metadata.annotations.value_or(api::kDefaultIngressClass, "") != "true") continue;
        if (!chosen || chosen->metadata.creationTimestamp < each->metadata.creationTimestamp)
            chosen = std::move(each);
    }
    if (chosen) ingress.spec.ingressClassName = chosen->metadata.name;
    return {};
}

}  // namespace kubetab::server
