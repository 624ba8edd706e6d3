// Validation of a pod's volumes.
// upstream: pkg/apis/core/validation/validation.go [ValidateVolumes, validateVolumeSource]
#include <algorithm>

#include "engine/api/validation/metadata.h"
#include "engine/api/validation/persistent_volume.h"
#include "engine/api/validation/pod.h"

namespace kubetab::api {
namespace {

void validate_mode(const std::optional<std::int32_t>& mode, const Path& path, Errors& errors) {
    if (mode && (*mode < 0 || *mode > 0777)) {
        errors.invalid(path, *mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
}

void require(const std::string& value, const Path& path, Errors& errors) {
    if (value.empty()) errors.required(path);
}

// upstream: validateLocalNonReservedPath
void validate_file_path(const std::string& value, const Path& path, Errors& errors) {
    validate_relative_path(value, path, errors);
    if (value.starts_with("..") && !value.starts_with("../")) {
        errors.invalid(path, go_quoted(value), "must not start with '..'");
    }
}

void validate_items(const std::vector<KeyToPath>& items, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Path at = path.index(i);
        require(items[i].key, at.child("key"), errors);
        require(items[i].path, at.child("path"), errors);
        validate_file_path(items[i].path, at.child("path"), errors);
        validate_mode(items[i].mode, at.child("mode"), errors);
    }
}

// upstream: validateDownwardAPIVolumeFile
void validate_files(const std::vector<DownwardAPIVolumeFile>& files, const Path& path, Errors& errors) {
    for (const DownwardAPIVolumeFile& file : files) {
        require(file.path, path.child("path"), errors);
        validate_file_path(file.path, path.child("path"), errors);
        if (file.fieldRef) {
            validate_field_ref(*file.fieldRef, FieldUse::File, path.child("fieldRef"), errors);
            if (file.resourceFieldRef) {
                errors.invalid(path, "\"resource\"",
                               "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (file.resourceFieldRef) {
            validate_resource_ref(*file.resourceFieldRef, true, path.child("resourceFieldRef"), errors);
        } else {
            errors.required(path, "one of fieldRef and resourceFieldRef is required");
        }
        validate_mode(file.mode, path.child("mode"), errors);
    }
}

// Notes a path that a projected volume writes to.
void take_target(const std::string& target, std::set<std::string>& targets, const std::string& owner,
                 const Path& path, Errors& errors) {
    if (target.empty() || targets.insert(target).second) return;
    errors.invalid(path, go_quoted(owner), "conflicting duplicate paths");
}

void validate_token(const ServiceAccountTokenProjection& token, std::set<std::string>& targets,
                    const Path& source, const Path& path, Errors& errors) {
    const std::int64_t seconds = token.expirationSeconds.value_or(3600);
    const Path at = source.child("serviceAccountToken").child("expirationSeconds");
    if (seconds < 600) errors.invalid(at, seconds, "may not specify a duration less than 10 minutes");
    if (seconds > (std::int64_t{1} << 32)) {
        errors.invalid(at, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    if (token.path.empty()) {
        errors.required(path.child("path"));
    } else {
        validate_file_path(token.path, path.child("path"), errors);
        take_target(token.path, targets, token.path, path, errors);
    }
}

// upstream: validateProjectionSources
void validate_projected(const ProjectedVolumeSource& projected, const Path& path, Errors& errors) {
    validate_mode(projected.defaultMode, path.child("defaultMode"), errors);
    std::set<std::string> targets;
    for (std::size_t i = 0; i < projected.sources.size(); ++i) {
        const VolumeProjection& source = projected.sources[i];
        const Path at = path.child("sources").index(i);
        int count = 0;
        const auto first = [&] {
            if (count++ == 0) return true;
            errors.forbidden(at, "may not specify more than 1 volume type per source");
            return false;
        };
        if (source.secret && first()) {
            require(source.secret->name, at.child("secret").child("name"), errors);
            validate_items(source.secret->items, at.child("secret").child("items"), errors);
            for (const KeyToPath& item : source.secret->items) {
                take_target(item.path, targets, source.secret->name, path, errors);
            }
        }
        if (source.configMap && first()) {
            require(source.configMap->name, at.child("configMap").child("name"), errors);
            validate_items(source.configMap->items, at.child("configMap").child("items"), errors);
            for (const KeyToPath& item : source.configMap->items) {
                take_target(item.path, targets, source.configMap->name, path, errors);
            }
        }
        if (source.downwardAPI && first()) {
            validate_files(source.downwardAPI->items, at.child("downwardAPI"), errors);
            for (const DownwardAPIVolumeFile& file : source.downwardAPI->items) {
                take_target(file.path, targets, file.path, path, errors);
            }
        }
        if (source.serviceAccountToken && first()) {
            validate_token(*source.serviceAccountToken, targets, at, path, errors);
        }
    }
}

void validate_empty_dir(const EmptyDirVolumeSource& source, const Path& path, Errors& errors) {
    if (source.sizeLimit && source.sizeLimit->sign() < 0) {
        errors.forbidden(path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    }
}

void validate_host_path(const HostPathVolumeSource& source, const Path& path, Errors& errors) {
    require(source.path, path.child("path"), errors);
    if (("/" + source.path + "/").find("/../") != std::string::npos) {
        errors.invalid(path.child("path"), go_quoted(source.path), "must not contain '..'");
    }
    errors.one_of(path.child("type"), source.type.value_or(""),
                  {"", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate",
                   "Socket"});
}

void validate_secret_source(const SecretVolumeSource& source, const Path& path, Errors& errors) {
    require(source.secretName, path.child("secretName"), errors);
    validate_mode(source.defaultMode, path.child("defaultMode"), errors);
    validate_items(source.items, path.child("items"), errors);
}

void validate_config_map_source(const ConfigMapVolumeSource& source, const Path& path, Errors& errors) {
    require(source.name, path.child("name"), errors);
    validate_mode(source.defaultMode, path.child("defaultMode"), errors);
    validate_items(source.items, path.child("items"), errors);
}

void validate_nfs(const NFSVolumeSource& source, const Path& path, Errors& errors) {
    require(source.server, path.child("server"), errors);
    require(source.path, path.child("path"), errors);
    if (!source.path.starts_with('/')) {
        errors.invalid(path.child("path"), go_quoted(source.path), "must be an absolute path");
    }
}

void validate_csi(const CSIVolumeSource& source, const Path& path, Errors& errors) {
    const Path at = path.child("driver");
    require(source.driver, at, errors);
    if (source.driver.size() > 63) errors.too_long(at, 63);
    std::string lower = source.driver;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    errors.complaints(at, go_quoted(source.driver), dns_subdomain(lower));
    if (source.nodePublishSecretRef) {
        require(source.nodePublishSecretRef->name, path.child("nodePublishSecretRef").child("name"), errors);
    }
}

void validate_downward(const DownwardAPIVolumeSource& source, const Path& path, Errors& errors) {
    validate_mode(source.defaultMode, path.child("defaultMode"), errors);
    validate_files(source.items, path, errors);
}

void validate_ephemeral(const EphemeralVolumeSource& source, const Path& path, Errors& errors) {
    if (!source.volumeClaimTemplate) {
        errors.required(path);
        return;
    }
    const ObjectMeta& metadata = source.volumeClaimTemplate->metadata;
    if (!metadata.name.empty()) errors.forbidden(path.child("metadata").child("name"), "cannot be set");
    validate_labels(metadata.labels, path.child("metadata").child("labels"), errors);
    validate_annotations(metadata.annotations, path.child("metadata").child("annotations"), errors);
    validate_claim_spec(source.volumeClaimTemplate->spec, path.child("spec"), errors);
}

// The names of fields as upstream's paths spell them.
std::string_view path_name(std::string_view field) {
    if (field == "downwardAPI") return "downwarAPI";
    if (field == "cephfs") return "cephFS";
    return field;
}

// The sources a volume may have, in the order in which upstream looks at them.
std::vector<const Field*> make_sources() {
    std::vector<const Field*> sources;
    for (const std::string_view name : {"emptyDir",
                                        "hostPath",
                                        "gitRepo",
                                        "gcePersistentDisk",
                                        "awsElasticBlockStore",
                                        "secret",
                                        "nfs",
                                        "iscsi",
                                        "glusterfs",
                                        "flocker",
                                        "persistentVolumeClaim",
                                        "rbd",
                                        "cinder",
                                        "cephfs",
                                        "quobyte",
                                        "downwardAPI",
                                        "fc",
                                        "flexVolume",
                                        "configMap",
                                        "azureFile",
                                        "vsphereVolume",
                                        "photonPersistentDisk",
                                        "portworxVolume",
                                        "azureDisk",
                                        "storageos",
                                        "projected",
                                        "scaleIO",
                                        "csi",
                                        "ephemeral",
                                        "image"}) {
        const Field* field = find_field(type_of<Volume>(), name);
        if (field != nullptr) sources.push_back(field);
    }
    return sources;
}

// upstream: validateVolumeSource
void validate_source(const Volume& volume, const Path& path, Errors& errors) {
    static const std::vector<const Field*> kSources = make_sources();
    std::string_view first;
    for (const Field* source : kSources) {
        if (!source->type().accessors.has(source->in(&volume))) continue;
        const std::string_view name = source->name;
        if (!first.empty()) {
            errors.forbidden(path.child(path_name(name)), "may not specify more than 1 volume type");
            continue;
        }
        first = name;
        const Path at = path.child(name);
        if (volume.source->emptyDir) validate_empty_dir(*volume.source->emptyDir, at, errors);
        else if (volume.source->hostPath) validate_host_path(*volume.source->hostPath, at, errors);
        else if (volume.source->gitRepo)
            require(volume.source->gitRepo->repository, at.child("repository"), errors);
        else if (volume.source->secret) validate_secret_source(*volume.source->secret, at, errors);
        else if (volume.source->nfs) validate_nfs(*volume.source->nfs, at, errors);
        else if (volume.source->persistentVolumeClaim) {
            require(volume.source->persistentVolumeClaim->claimName, at.child("claimName"), errors);
        } else if (volume.source->downwardAPI) validate_downward(*volume.source->downwardAPI, at, errors);
        else if (volume.source->configMap) validate_config_map_source(*volume.source->configMap, at, errors);
        else if (volume.source->projected) validate_projected(*volume.source->projected, at, errors);
        else if (volume.source->csi) validate_csi(*volume.source->csi, at, errors);
        else if (volume.source->ephemeral)
            validate_ephemeral(*volume.source->ephemeral, at.child("volumeClaimTemplate"), errors);
    }
    if (first.empty()) errors.required(path, "must specify a volume type");
}

// True when the claim is the one that is made for another volume of the pod.
bool is_claim_of_pod(const PodSpec& spec, std::string_view pod_name,
                     const PersistentVolumeClaimVolumeSource& source) {
    return !pod_name.empty() &&
           std::any_of(spec.volumes.begin(), spec.volumes.end(), [&](const Volume& other) {
               return other.source->ephemeral && source.claimName == std::string(pod_name) + "-" + other.name;
           });
}

}  // namespace

PodSurroundings validate_volumes(const PodSpec& spec, std::string_view pod_name, const Path& path,
                                 Errors& errors) {
    PodSurroundings around;
    std::set<std::string> names;
    for (std::size_t i = 0; i < spec.volumes.size(); ++i) {
        const Volume& volume = spec.volumes[i];
        const Path at = path.index(i);
        const std::size_t before = errors.count();
        validate_source(volume, at, errors);
        if (volume.name.empty()) {
            errors.required(at.child("name"));
        } else {
            errors.check(at.child("name"), volume.name, dns_label);
        }
        if (!names.insert(volume.name).second) errors.duplicate(at.child("name"), go_quoted(volume.name));
        if (volume.source->persistentVolumeClaim &&
            is_claim_of_pod(spec, pod_name, *volume.source->persistentVolumeClaim)) {
            errors.invalid(at.child("persistentVolumeClaim").child("claimName"),
                           go_quoted(volume.source->persistentVolumeClaim->claimName),
                           "must not reference a PVC that gets created for an ephemeral volume");
        }
        if (volume.source->ephemeral && !pod_name.empty()) {
            const std::string claim = std::string(pod_name) + "-" + volume.name;
            for (const std::string& complaint : dns_subdomain(claim)) {
                errors.invalid(at.child("name"), go_quoted(volume.name),
                               "PVC name \"" + claim + "\": " + complaint);
            }
        }
        if (errors.count() > before) continue;
        around.volumes.insert(volume.name);
        if (volume.source->persistentVolumeClaim || volume.source->ephemeral)
            around.block_volumes.insert(volume.name);
    }
    return around;
}

}  // namespace kubetab::api
