#include "engine/api/validation/persistent_volume.h"

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/api/validation/difference.h"
#include "engine/api/validation/metadata.h"
#include "engine/api/validation/pod.h"

namespace kubetab::api {
namespace {

constexpr std::string_view kOneType = "may not specify more than 1 volume type";

// The sources that a volume may have, in the order in which upstream looks at them.
constexpr std::string_view kSources[] = {"hostPath",
                                         "gcePersistentDisk",
                                         "awsElasticBlockStore",
                                         "glusterfs",
                                         "flocker",
                                         "nfs",
                                         "rbd",
                                         "quobyte",
                                         "cephfs",
                                         "iscsi",
                                         "cinder",
                                         "fc",
                                         "flexVolume",
                                         "azureFile",
                                         "vsphereVolume",
                                         "photonPersistentDisk",
                                         "portworxVolume",
                                         "azureDisk",
                                         "scaleIO",
                                         "local",
                                         "storageos",
                                         "csi"};

const Field& source_field(std::string_view name) {
    const Field* field = find_field(type_of<PersistentVolumeSpec>(), name);
    ENSURE(field != nullptr);
    return *field;
}

// Upstream spells one of them its own way.
std::string_view path_name(std::string_view source) {
    return source == "cephfs" ? "cephFS" : source;
}

// The texts and lists that a source may not do without.
void require_fields(const Type& type, const void* source, const Path& path, Errors& errors) {
    for (const Field& field : type.fields()) {
        const Form form = field.type().form;
        if (!field.is_required || (form != Form::String && form != Form::List)) continue;
        if (is_empty(field.type(), field.in(source))) errors.required(path.child(field.name));
    }
}

void validate_no_steps_back(const std::string& value, const Path& path, Errors& errors) {
    if (("/" + value + "/").find("/../") != std::string::npos) {
        errors.invalid(path, go_quoted(value), "must not contain '..'");
    }
}

void validate_host_path(const HostPathVolumeSource& source, const Path& path, Errors& errors) {
    validate_no_steps_back(source.path, path.child("path"), errors);
    errors.one_of(path.child("type"), source.type.value_or(""),
                  {"", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate",
                   "Socket"});
}

void validate_secret_reference(const Box<SecretReference>& secret, const Path& path, Errors& errors) {
    if (!secret) return;
    if (secret->name.empty()) errors.required(path.child("name"));
    if (secret->namespace_.empty()) errors.required(path.child("namespace"));
}

void validate_csi(const CSIPersistentVolumeSource& source, const Path& path, Errors& errors) {
    if (!source.driver.empty()) validate_driver_name(source.driver, path.child("driver"), errors);
    validate_secret_reference(source.controllerPublishSecretRef, path.child("controllerPublishSecretRef"),
                              errors);
    validate_secret_reference(source.nodePublishSecretRef, path.child("nodePublishSecretRef"), errors);
    validate_secret_reference(source.controllerExpandSecretRef, path.child("controllerExpandSecretRef"),
                              errors);
    validate_secret_reference(source.nodeExpandSecretRef, path.child("nodeExpandSecretRef"), errors);
}

// upstream: ValidatePersistentVolumeSpec, the part about sources
void validate_source(const PersistentVolumeSpec& spec, const Path& path, Errors& errors) {
    bool found = false;
    for (const std::string_view name : kSources) {
        const Field& field = source_field(name);
        const Accessors& box = field.type().accessors;
        if (!box.has(field.in(&spec))) continue;
        const Path at = path.child(path_name(name));
        if (std::exchange(found, true)) {
            errors.forbidden(at, kOneType);
            continue;
        }
        require_fields(value_type(field.type()), box.get(field.in(&spec)), at, errors);
        if (name == "hostPath") validate_host_path(*spec.hostPath, at, errors);
        if (name == "local") validate_no_steps_back(spec.local->path, at.child("path"), errors);
        if (name == "csi") validate_csi(*spec.csi, at, errors);
        if (name == "nfs" && !spec.nfs->path.starts_with('/')) {
            errors.invalid(at.child("path"), go_quoted(spec.nfs->path), "must be an absolute path");
        }
    }
    if (spec.local && !spec.nodeAffinity) {
        errors.required(path.child("nodeAffinity"), "Local volume requires node affinity");
    }
    if (!found) errors.required(path, "must specify a volume type");
}

std::string resources_text(const base::FlatMap<Quantity>& resources) {
    if (resources.empty()) return "core.ResourceList(nil)";
    std::string text;
    for (const auto& [name, quantity] : resources) {
        text += (text.empty() ? "" : ", ") + go_quoted(name) + ":" + go_text(quantity);
    }
    return "core.ResourceList{" + text + "}";
}

void validate_capacity(const base::FlatMap<Quantity>& capacity, const Path& path, Errors& errors) {
    if (capacity.empty()) errors.required(path);
    const Quantity* storage = capacity.get("storage");
    if (storage == nullptr || capacity.size() > 1)
        errors.unsupported(path, resources_text(capacity), {"storage"});
    for (const auto& [name, quantity] : capacity) {
        const Path at = path.key(name);
        if (quantity.sign() < 0) errors.invalid(at, quantity.units(), "must be a valid resource quantity");
        validate_storage_amount(quantity, at, errors);
    }
}

bool same_sources(const PersistentVolumeSpec& now, const PersistentVolumeSpec& old) {
    return std::all_of(std::begin(kSources), std::end(kSources), [&](std::string_view name) {
        const Field& field = source_field(name);
        return equal(field.type(), field.in(&now), field.in(&old));
    });
}

}  // namespace

void validate_access_modes(const std::vector<Text>& modes, const Path& path, Errors& errors) {
    bool alone = false;
    for (const std::string& mode : modes) {
        errors.one_of(path, mode, {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"});
        alone = alone || mode == "ReadWriteOncePod";
    }
    if (alone && modes.size() > 1) {
        errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
    }
}

void validate_storage_amount(const Quantity& amount, const Path& path, Errors& errors) {
    if (amount.sign() <= 0) errors.invalid(path, go_quoted(amount.text()), kPositive);
}

void validate_volume_mode(const std::optional<Text>& mode, const Path& path, Errors& errors) {
    if (mode) errors.one_of(path, *mode, {"Block", "Filesystem"});
}

void validate_driver_name(const std::string& name, const Path& path, Errors& errors) {
    if (name.empty()) errors.required(path);
    if (name.size() > 63) errors.too_long(path, 63);
    std::string lower = name;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    errors.complaints(path, go_quoted(name), dns_subdomain(lower));
}

// upstream: ValidatePersistentVolume
void validate_persistent_volume(const PersistentVolume& object, Errors& errors) {
    const PersistentVolumeSpec& spec = object.spec;
    const Path path("spec");
    if (spec.accessModes.empty()) errors.required(path.child("accessModes"));
    validate_access_modes(spec.accessModes, path.child("accessModes"), errors);
    validate_capacity(spec.capacity, path.child("capacity"), errors);
    const std::string& policy = spec.persistentVolumeReclaimPolicy;
    const Path policy_path = path.child("persistentVolumeReclaimPolicy");
    if (!policy.empty()) errors.one_of(policy_path, policy, {"Delete", "Recycle", "Retain"});
    if (spec.nodeAffinity) {
        const Path at = path.child("nodeAffinity").child("required");
        if (spec.nodeAffinity->required) {
            validate_node_selector(*spec.nodeAffinity->required, at, errors);
        } else {
            errors.required(at, "must specify required node constraints");
        }
    }
    validate_source(spec, path, errors);
    if (spec.hostPath && spec.hostPath->path == "/" && policy == "Recycle") {
        errors.forbidden(policy_path, "may not be 'recycle' for a hostPath mount of '/'");
    }
    if (!spec.storageClassName.empty()) {
        errors.check(path.child("storageClassName"), spec.storageClassName, dns_subdomain);
    }
    validate_volume_mode(spec.volumeMode, path.child("volumeMode"), errors);
}

// upstream: ValidatePersistentVolumeUpdate
void validate_persistent_volume_update(const PersistentVolume& now, const PersistentVolume& old,
                                       Errors& errors) {
    validate_persistent_volume(now, errors);
    if (!same_sources(now.spec, old.spec)) {
        errors.forbidden(Path("spec").child("persistentvolumesource"),
                         "spec.persistentvolumesource is immutable after creation" +
                             field_differences(type_of<PersistentVolumeSpec>(), &now.spec, &old.spec));
    }
    if (now.spec.volumeMode != old.spec.volumeMode) {
        errors.invalid(Path("volumeMode"), go_quoted(now.spec.volumeMode.value_or("")), kImmutable);
    }
    if (old.spec.nodeAffinity && !equal(*now.spec.nodeAffinity, *old.spec.nodeAffinity)) {
        std::string wanted;
        write_json(wanted, type_of<VolumeNodeAffinity>(), &*now.spec.nodeAffinity);
        errors.invalid(Path("nodeAffinity"), std::move(wanted),
                       "field is immutable, except for updating from beta label to GA");
    }
}

}  // namespace kubetab::api
