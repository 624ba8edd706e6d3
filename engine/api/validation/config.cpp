#include "engine/api/validation/config.h"

#include <set>

#include "engine/api/codec.h"
#include "engine/api/validation/metadata.h"
#include "engine/base/json.h"

namespace kubetab::api {
namespace {

constexpr std::size_t kDataLimit = 1024 * 1024;
constexpr std::string_view kSealed = "field is immutable when `immutable` is set";

template <class Now>
void sealed(std::string_view name, const Now& now, const Now& old, Errors& errors) {
    if (!equal(now, old)) errors.forbidden(Path(name), kSealed);
}

void require_key(const Secret& secret, std::string_view key, Errors& errors) {
    if (!secret.data.contains(key)) errors.required(Path("data").key(key));
}

void validate_docker_config(const Secret& secret, std::string_view key, Errors& errors) {
    const Bytes* data = secret.data.get(key);
    if (data == nullptr) {
        errors.required(Path("data").key(key));
        return;
    }
    const base::Result<base::Json> document = base::parse_json(data->data);
    std::string complaint;
    if (data->data.empty()) {
        complaint = "unexpected end of JSON input";
    } else if (!document) {
        const bool starts = data->data.front() == '{';
        complaint = starts ? "unexpected end of JSON input"
                           : std::string("invalid character '") + data->data.front() +
                                 "' looking for beginning of value";
    } else if (!document->is_object()) {
        complaint = "json: cannot unmarshal " +
                    std::string(document->is_array()    ? "array"
                                : document->is_string() ? "string"
                                                        : "number") +
                    " into Go value of type map[string]interface {}";
    }
    if (!complaint.empty())
        errors.invalid(Path("data").key(key), "\"<secret contents redacted>\"", complaint);
}

void validate_typed_secret(const Secret& secret, Errors& errors) {
    const std::string_view type = secret.type;
    if (type == "kubernetes.io/service-account-token") {
        constexpr std::string_view kName = "kubernetes.io/service-account.name";
        if (secret.metadata.annotations.value_or(kName, "").empty()) {
            errors.required(Path("metadata").child("annotations").key(kName));
        }
    } else if (type == "kubernetes.io/dockercfg") {
        validate_docker_config(secret, ".dockercfg", errors);
    } else if (type == "kubernetes.io/dockerconfigjson") {
        validate_docker_config(secret, ".dockerconfigjson", errors);
    } else if (type == "kubernetes.io/basic-auth") {
        if (secret.data.contains("username") || secret.data.contains("password")) return;
        errors.required(Path("data").key("username"));
        errors.required(Path("data").key("password"));
    } else if (type == "kubernetes.io/ssh-auth") {
        require_key(secret, "ssh-privatekey", errors);
    } else if (type == "kubernetes.io/tls") {
        require_key(secret, "tls.crt", errors);
        require_key(secret, "tls.key", errors);
    }
}

void validate_taints(const std::vector<Taint>& taints, Errors& errors) {
    std::set<std::pair<std::string, std::string>> seen;
    const Path path("metadata.taints");  // Upstream reports taints there.
    for (std::size_t i = 0; i < taints.size(); ++i) {
        const Taint& taint = taints[i];
        const Path at = path.index(i);
        errors.check(at.child("key"), taint.key, qualified_name);
        const Complaints value = label_value(taint.value);
        if (!value.empty()) errors.invalid(at.child("value"), go_quoted(taint.value), joined(value, ";"));
        if (taint.effect.empty()) {
            errors.required(at.child("effect"));
        } else {
            errors.one_of(at.child("effect"), taint.effect, {"NoSchedule", "PreferNoSchedule", "NoExecute"});
        }
        if (seen.emplace(taint.key, taint.effect).second) continue;
        errors.add(FieldErrorType::Duplicate, at,
                   "core.Taint{Key:" + go_quoted(taint.key) + ", Value:" + go_quoted(taint.value) +
                       ", Effect:" + go_quoted(taint.effect) + ", TimeAdded:<nil>}",
                   "taints must be unique by key and effect pair");
    }
}

void validate_amounts(const base::FlatMap<Quantity>& amounts, const Path& path, Errors& errors) {
    for (const auto& [name, quantity] : amounts) {
        if (quantity.sign() < 0) errors.invalid(path.child(name), go_quoted(quantity.text()), kNotNegative);
    }
}

}  // namespace

// upstream: ValidateConfigMap
void validate_config_map(const ConfigMap& object, Errors& errors) {
    std::size_t total = 0;
    for (const auto& [key, value] : object.data) {
        errors.check(Path("data").key(key), key, config_key);
        if (object.binaryData.contains(key)) {
            errors.invalid(Path("data").key(key), go_quoted(key), "duplicate of key present in binaryData");
        }
        total += value.size();
    }
    for (const auto& [key, value] : object.binaryData) {
        errors.check(Path("binaryData").key(key), key, config_key);
        total += value.data.size();
    }
    if (total > kDataLimit) errors.too_long(Path("[]"), kDataLimit);
}

void validate_config_map_update(const ConfigMap& now, const ConfigMap& old, Errors& errors) {
    if (old.immutable.value_or(false)) {
        if (!now.immutable.value_or(false)) errors.forbidden(Path("immutable"), kSealed);
        sealed("data", now.data, old.data, errors);
        sealed("binaryData", now.binaryData, old.binaryData, errors);
    }
    validate_config_map(now, errors);
}

// upstream: ValidateSecret
void validate_secret(const Secret& object, Errors& errors) {
    std::size_t total = 0;
    for (const auto& [key, value] : object.data) {
        errors.check(Path("data").key(key), key, config_key);
        total += value.data.size();
    }
    if (total > kDataLimit) errors.too_long(Path("data"), kDataLimit);
    validate_typed_secret(object, errors);
}

void validate_secret_update(const Secret& now, const Secret& old, Errors& errors) {
    if (now.type != old.type) errors.invalid(Path("type"), go_quoted(now.type), kImmutable);
    if (old.immutable.value_or(false)) {
        if (!now.immutable.value_or(false)) errors.forbidden(Path("immutable"), kSealed);
        sealed("data", now.data, old.data, errors);
    }
    validate_secret(now, errors);
}

void validate_namespace(const Namespace& object, Errors& errors) {
    for (const std::string& finalizer : object.spec.finalizers) {
        const Path path("spec.finalizers");
        errors.check(path, finalizer, qualified_name);
        validate_finalizer(finalizer, path, errors);
    }
}

void validate_namespace_status(const Namespace& object, Errors& errors) {
    const bool deleting = object.metadata.deletionTimestamp.is_set();
    const std::string& phase = object.status.phase;
    const Path path("status.Phase");
    if (!deleting && phase != "Active") {
        errors.invalid(path, go_quoted(phase), "may only be 'Active' if `deletionTimestamp` is empty");
    }
    if (deleting && phase != "Terminating") {
        errors.invalid(path, go_quoted(phase),
                       "may only be 'Terminating' if `deletionTimestamp` is not empty");
    }
}

// upstream: ValidateNode
void validate_node(const Node& object, Errors& errors) {
    validate_taints(object.spec.taints, errors);
    validate_amounts(object.status.capacity, Path("status.capacity"), errors);
    validate_amounts(object.status.allocatable, Path("status.allocatable"), errors);
}

void validate_node_update(const Node& now, const Node& old, Errors& errors) {
    validate_node(now, errors);
    if (!old.spec.podCIDRs.empty() && now.spec.podCIDRs != old.spec.podCIDRs) {
        errors.forbidden(Path("spec.podCIDRs"),
                         "node updates may not change podCIDR except from \"\" to valid");
    }
    if (!old.spec.providerID.empty() && now.spec.providerID != old.spec.providerID) {
        errors.forbidden(Path("spec.providerID"),
                         "node updates may not change providerID except from \"\" to valid");
    }
}

// upstream: ValidateLeaseSpec
void validate_lease(const Lease& object, Errors& errors) {
    const LeaseSpec& spec = object.spec;
    if (spec.leaseDurationSeconds && *spec.leaseDurationSeconds <= 0) {
        errors.invalid(Path("spec.leaseDurationSeconds"), *spec.leaseDurationSeconds,
                       "must be greater than 0");
    }
    if (spec.leaseTransitions) errors.not_negative(Path("spec.leaseTransitions"), *spec.leaseTransitions);
    if (spec.preferredHolder && !spec.strategy) {
        errors.forbidden(Path("spec.preferredHolder"), "may only be specified if `strategy` is defined");
    }
}

}  // namespace kubetab::api
