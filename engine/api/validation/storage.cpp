#include "engine/api/validation/storage.h"

#include <set>

#include "engine/api/codec.h"
#include "engine/api/validation/persistent_volume.h"

namespace kubetab::api {
namespace {

constexpr std::size_t kParametersMax = 512;
constexpr std::size_t kParameterBytesMax = 256 * 1024;
constexpr std::size_t kNodeIdMax = 192;
constexpr std::int64_t kTokenSecondsMin = 600;
constexpr std::string_view kOneSource =
    "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

void validate_provisioner(const std::string& provisioner, Errors& errors) {
    const Path path("provisioner");
    if (provisioner.empty()) {
        errors.required(path);
        return;
    }
    std::string lower = provisioner;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    errors.complaints(path, go_quoted(provisioner), qualified_name(lower));
}

void validate_parameters(const base::StringMap& parameters, Errors& errors) {
    const Path path("parameters");
    std::size_t bytes = 0;
    for (const auto& [key, value] : parameters) {
        if (key.empty()) errors.invalid(path, "\"\"", "field can not be empty.");
        bytes += key.size() + value.size();
    }
    if (parameters.size() > kParametersMax) errors.too_long(path, kParametersMax);
    if (bytes > kParameterBytesMax) errors.too_long(path, kParameterBytesMax);
}

void validate_topologies(const std::vector<TopologySelectorTerm>& terms, Errors& errors) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const Path path = Path("allowedTopologies").index(i).child("matchLabelExpressions");
        std::set<std::string> keys;
        const auto& requirements = terms[i].matchLabelExpressions;
        for (std::size_t j = 0; j < requirements.size(); ++j) {
            const Path at = path.index(j);
            if (requirements[j].values.empty()) errors.required(at.child("values"));
            std::set<std::string> values;
            for (std::size_t k = 0; k < requirements[j].values.size(); ++k) {
                const std::string& value = requirements[j].values[k];
                if (!values.insert(value).second)
                    errors.duplicate(at.child("values").index(k), go_quoted(value));
            }
            errors.check(at.child("key"), requirements[j].key, qualified_name);
            if (!keys.insert(requirements[j].key).second)
                errors.duplicate(at.child("key"), go_quoted(requirements[j].key));
        }
    }
}

void validate_tokens(const std::vector<CSITokenRequest>& tokens, const Path& path, Errors& errors) {
    std::set<std::string> audiences;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Path at = path.index(i);
        if (!audiences.insert(tokens[i].audience).second)
            errors.duplicate(at.child("audience"), go_quoted(tokens[i].audience));
        const std::int64_t seconds = tokens[i].expirationSeconds.value_or(kTokenSecondsMin);
        if (seconds < kTokenSecondsMin) {
            errors.invalid(at.child("expirationSeconds"), seconds,
                           "may not specify a duration less than 10 minutes");
        }
    }
}

void validate_node_driver(const CSINodeDriver& driver, const Path& path, Errors& errors) {
    validate_driver_name(driver.name, path.child("name"), errors);
    if (driver.nodeID.empty()) errors.required(path.child("nodeID"));
    if (driver.nodeID.size() > kNodeIdMax) errors.too_long(path.child("nodeID"), kNodeIdMax);
    if (driver.allocatable && driver.allocatable->count) {
        errors.not_negative(path.child("allocatable").child("count"), *driver.allocatable->count);
    }
    std::set<std::string> keys;
    for (const std::string& key : driver.topologyKeys) {
        if (!keys.insert(key).second) errors.duplicate(path.child("topologyKeys"), go_quoted(key));
        errors.check(path.child("topologyKeys"), key, qualified_name);
    }
}

}  // namespace

// upstream: ValidateStorageClass
void validate_storage_class(const StorageClass& object, Errors& errors) {
    validate_provisioner(object.provisioner, errors);
    validate_parameters(object.parameters, errors);
    if (!object.reclaimPolicy.value_or("").empty())
        errors.one_of(Path("reclaimPolicy"), *object.reclaimPolicy, {"Delete", "Retain"});
    if (object.volumeBindingMode) {
        errors.one_of(Path("volumeBindingMode"), *object.volumeBindingMode,
                      {"Immediate", "WaitForFirstConsumer"});
    }
    validate_topologies(object.allowedTopologies, errors);
}

// upstream: ValidateStorageClassUpdate
void validate_storage_class_update(const StorageClass& now, const StorageClass& old, Errors& errors) {
    if (now.parameters != old.parameters)
        errors.forbidden(Path("parameters"), "updates to parameters are forbidden.");
    if (now.provisioner != old.provisioner)
        errors.forbidden(Path("provisioner"), "updates to provisioner are forbidden.");
    if (now.reclaimPolicy != old.reclaimPolicy)
        errors.forbidden(Path("reclaimPolicy"), "updates to reclaimPolicy are forbidden.");
    if (now.volumeBindingMode != old.volumeBindingMode)
        errors.invalid(Path("volumeBindingMode"), go_quoted(now.volumeBindingMode.value_or("")), kImmutable);
}

// upstream: ValidateVolumeAttachment
void validate_volume_attachment(const VolumeAttachment& object, Errors& errors) {
    const Path path("spec");
    const VolumeAttachmentSource& source = object.spec.source;
    validate_driver_name(object.spec.attacher, path.child("attacher"), errors);
    if (!source.inlineVolumeSpec && !source.persistentVolumeName) {
        errors.required(path.child("source"), kOneSource);
    } else if (source.inlineVolumeSpec && source.persistentVolumeName) {
        errors.forbidden(path.child("source"), kOneSource);
    } else if (source.persistentVolumeName && source.persistentVolumeName->empty()) {
        errors.required(path.child("source").child("persistentVolumeName"),
                        "must specify non empty persistentVolumeName");
    }
    errors.check(path.child("nodeName"), object.spec.nodeName, dns_subdomain);
}

void validate_volume_attachment_update(const VolumeAttachment& now, const VolumeAttachment& old,
                                       Errors& errors) {
    if (equal(now.spec, old.spec)) return;
    std::string wanted;
    write_json(wanted, type_of<VolumeAttachmentSpec>(), &now.spec);
    errors.invalid(Path("spec"), std::move(wanted), kImmutable);
}

// upstream: ValidateCSIDriver
void validate_csi_driver(const CSIDriver& object, Errors& errors) {
    const Path path("spec");
    validate_driver_name(object.metadata.name, Path("name"), errors);
    validate_tokens(object.spec.tokenRequests, path.child("tokenRequests"), errors);
    for (const std::string& mode : object.spec.volumeLifecycleModes) {
        errors.one_of(path.child("volumeLifecycleModes"), mode, {"Persistent", "Ephemeral"});
    }
    errors.one_of(path.child("fsGroupPolicy"), object.spec.fsGroupPolicy.value_or("None"),
                  {"ReadWriteOnceWithFSType", "File", "None"});
}

void validate_csi_driver_update(const CSIDriver& now, const CSIDriver& old, Errors& errors) {
    validate_csi_driver(now, errors);
    if (now.spec.attachRequired != old.spec.attachRequired) {
        errors.invalid(Path("spec").child("attachedRequired"),  // Upstream's spelling.
                       now.spec.attachRequired.value_or(false) ? "true" : "false", kImmutable);
    }
    if (now.spec.volumeLifecycleModes != old.spec.volumeLifecycleModes) {
        errors.invalid(Path("spec").child("volumeLifecycleModes"), go_text(now.spec.volumeLifecycleModes),
                       kImmutable);
    }
}

// upstream: ValidateCSINode
void validate_csi_node(const CSINode& object, Errors& errors) {
    const Path path = Path("spec").child("drivers");
    std::set<std::string> names;
    for (std::size_t i = 0; i < object.spec.drivers.size(); ++i) {
        const CSINodeDriver& driver = object.spec.drivers[i];
        validate_node_driver(driver, path.index(i), errors);
        if (!names.insert(driver.name).second)
            errors.duplicate(path.index(i).child("name"), go_quoted(driver.name));
    }
}

}  // namespace kubetab::api
