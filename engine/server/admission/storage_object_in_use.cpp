// StorageObjectInUseProtection: volumes and claims get the finalizer that keeps them while somebody uses
// them. upstream: plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go

#include <algorithm>

#include "engine/api/storage_terms.h"
#include "engine/server/admission.h"

namespace kubetab::server {

base::Result<void> admit_storage_object_in_use(const AdmissionRequest& request) {
    if (request.operation != Operation::Create) return {};
    std::string_view finalizer;
    if (&request.kind == &api::kind_of<api::PersistentVolume>()) finalizer = api::kVolumeProtection;
    if (&request.kind == &api::kind_of<api::PersistentVolumeClaim>()) finalizer = api::kClaimProtection;
    api::List<api::Text>& finalizers = request.object.metadata.finalizers;
    if (finalizer.empty() || std::find(finalizers.begin(), finalizers.end(), finalizer) != finalizers.end())
        return {};
    finalizers.emplace_back(finalizer);
    return {};
}

}  // namespace kubetab::server
