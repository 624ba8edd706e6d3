// PersistentVolumeClaimResize: only a bound claim may ask for more, and only if its class lets it.
// upstream: plugin/pkg/admission/storage/persistentvolume/resize/admission.go

#include "engine/api/storage.h"
#include "engine/api/storage_terms.h"
#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

bool may_grow(const AdmissionRequest& request, const api::PersistentVolumeClaim& claim,
              const api::PersistentVolumeClaim& before) {
    const std::string name = api::class_of(claim);
    if (name.empty() || name != api::class_of(before)) return false;
    const api::Ref<api::Object> found =
        request.server.store().get(api::kind_of<api::StorageClass>(), api::ObjectKey{"", name});
    return found && api::cast<api::StorageClass>(found)->allowVolumeExpansion.value_or(false);
}

}  // namespace

base::Result<void> admit_claim_resize(const AdmissionRequest& request) {
    if (request.operation != Operation::Update) return {};
    if (&request.kind != &api::kind_of<api::PersistentVolumeClaim>()) return {};
    const auto& claim = static_cast<const api::PersistentVolumeClaim&>(request.object);
    const auto& before = static_cast<const api::PersistentVolumeClaim&>(*request.stored);
    if (!(api::request_of(before) < api::request_of(claim))) return {};
    if (before.status.phase != "Bound") {
        return forbidden(request.kind, claim.metadata, "Only bound persistent volume claims can be expanded");
    }
    if (may_grow(request, claim, before)) return {};
    return forbidden(
        request.kind, claim.metadata,
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the "
        "pvc must support resize");
}

}  // namespace kubetab::server
