// DefaultStorageClass: a new claim that names no class gets the one that is marked as default.
// upstream: plugin/pkg/admission/storage/storageclass/setdefault/admission.go

#include "engine/api/storage.h"
#include "engine/api/storage_terms.h"
#include "engine/server/admission.h"

namespace kubetab::server {

base::Result<void> admit_default_storage_class(const AdmissionRequest& request) {
    if (request.operation != Operation::Create) return {};
    if (&request.kind != &api::kind_of<api::PersistentVolumeClaim>()) return {};
    auto& claim = static_cast<api::PersistentVolumeClaim&>(request.object);
    if (claim.spec.storageClassName || claim.metadata.annotations.contains(api::kBetaStorageClass)) return {};
    std::vector<api::Ref<api::StorageClass>> classes;
    for (const auto& [key, object] : request.server.store().all(api::kind_of<api::StorageClass>())) {
        classes.push_back(api::cast<api::StorageClass>(object));
    }
    const api::Ref<api::StorageClass> found = api::default_class(classes);
    if (found) claim.spec.storageClassName = found->metadata.name;
    return {};
}

}  // namespace kubetab::server
