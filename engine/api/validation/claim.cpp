// Validation of PersistentVolumeClaim. upstream: pkg/apis/core/validation/validation.go
#include "engine/api/codec.h"
#include "engine/api/storage_terms.h"
#include "engine/api/validation/difference.h"
#include "engine/api/validation/metadata.h"
#include "engine/api/validation/persistent_volume.h"

namespace kubetab::api {
namespace {

constexpr std::string_view kClaimKind = "PersistentVolumeClaim";

template <class Source>
void validate_data_source(const Source& source, const Path& path, Errors& errors) {
    if (source.name.empty()) errors.required(path.child("name"));
    if (source.kind.empty()) errors.required(path.child("kind"));
    if (source.apiGroup.value_or("").empty() && source.kind != kClaimKind) {
        errors.invalid(path, go_quoted(source.kind),
                       "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }
}

bool same_data_source(const TypedLocalObjectReference& local, const TypedObjectReference& any) {
    return local.apiGroup == any.apiGroup && local.kind == any.kind && local.name == any.name;
}

// The wanted spec, but for the changes that are allowed.
PersistentVolumeClaimSpec with_changes_undone(const PersistentVolumeClaim& now,
                                              const PersistentVolumeClaim& old) {
    PersistentVolumeClaimSpec spec = now.spec;
    if (old.spec.volumeName.empty()) spec.volumeName = "";
    const bool had_class = old.spec.storageClassName || old.metadata.annotations.contains(kBetaStorageClass);
    if (!had_class ||
        old.metadata.annotations.value_or(kBetaStorageClass, "") == now.spec.storageClassName.value_or("")) {
        spec.storageClassName = old.spec.storageClassName;
    }
    const Quantity* before = old.spec.resources.requests.get("storage");
    if (now.status.phase == "Bound" && before != nullptr && !spec.resources.requests.empty()) {
        spec.resources.requests["storage"] = *before;
    }
    return spec;
}

// upstream: ValidatePersistentVolumeClaimUpdate, RecoverVolumeExpansionFailure
void validate_amount_update(const PersistentVolumeClaim& now, const PersistentVolumeClaim& old,
                            Errors& errors) {
    const Quantity wanted = now.spec.resources.requests.value_or("storage", {});
    const Quantity present = old.status.capacity.value_or("storage", {});
    if (!(wanted < old.spec.resources.requests.value_or("storage", {}))) return;
    if (wanted < present || wanted == present) {
        errors.forbidden(Path("spec").child("resources").child("requests").child("storage"),
                         "field can not be less than status.capacity");
    }
}

}  // namespace

// upstream: ValidatePersistentVolumeClaimSpec
void validate_claim_spec(const PersistentVolumeClaimSpec& spec, const Path& path, Errors& errors) {
    const Path modes = path.child("accessModes");
    if (spec.accessModes.empty()) errors.required(modes, "at least 1 access mode is required");
    if (spec.selector) validate_label_selector(*spec.selector, path.child("selector"), errors);
    validate_access_modes(spec.accessModes, modes, errors);
    const Path amount = path.child("resources").key("storage");
    if (const Quantity* storage = spec.resources.requests.get("storage")) {
        validate_storage_amount(*storage, amount, errors);
    } else {
        errors.required(amount);
    }
    if (!spec.storageClassName.value_or("").empty()) {
        errors.check(path.child("storageClassName"), *spec.storageClassName, dns_subdomain);
    }
    validate_volume_mode(spec.volumeMode, path.child("volumeMode"), errors);
    if (spec.dataSource) validate_data_source(*spec.dataSource, path.child("dataSource"), errors);
    if (!spec.dataSourceRef) return;
    validate_data_source(*spec.dataSourceRef, path.child("dataSourceRef"), errors);
    if (spec.dataSource && !same_data_source(*spec.dataSource, *spec.dataSourceRef)) {
        errors.invalid(path, go_quoted(path.child("dataSource").text()), "must match dataSourceRef");
    }
}

void validate_claim(const PersistentVolumeClaim& object, Errors& errors) {
    validate_claim_spec(object.spec, Path("spec"), errors);
}

void validate_claim_update(const PersistentVolumeClaim& now, const PersistentVolumeClaim& old,
                           Errors& errors) {
    validate_claim(now, errors);
    const PersistentVolumeClaimSpec undone = with_changes_undone(now, old);
    if (!equal(undone, old.spec)) {
        errors.forbidden(
            Path("spec"),
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for "
            "bound claims" +
                field_differences(type_of<PersistentVolumeClaimSpec>(), &undone, &old.spec));
    }
    validate_amount_update(now, old, errors);
    const Text class_now = now.metadata.annotations.value_or(kBetaStorageClass, "");
    if (class_now != old.metadata.annotations.value_or(kBetaStorageClass, "")) {
        errors.invalid(Path("metadata").child("annotations").child(kBetaStorageClass), go_quoted(class_now),
                       kImmutable);
    }
    if (now.spec.volumeMode != old.spec.volumeMode) {
        errors.invalid(Path("volumeMode"), go_quoted(now.spec.volumeMode.value_or("")), kImmutable);
    }
}

}  // namespace kubetab::api
