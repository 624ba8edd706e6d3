// Server::update_with: the pipeline of an update.
#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/defaults.h"
#include "engine/api/validation.h"
#include "engine/api/validation/ephemeral_containers.h"
#include "engine/server/admission.h"
#include "engine/server/managed_fields/recording.h"
#include "engine/server/server.h"
#include "engine/server/strategy.h"

namespace kubetab::server {

using api::Cause;
using api::Kind;
using api::Object;
using api::ObjectKey;
using api::Ref;
using base::Reason;
using base::Result;
using base::Status;

namespace {

// Where etcd would keep the object. upstream: pkg/registry, the resource prefixes of cmd/kube-apiserver
std::string storage_key(const Kind& kind, const api::ObjectMeta& metadata) {
    std::string prefix(kind.plural);
    if (kind.group.empty()) {
        if (prefix == "nodes") prefix = "minions";
        if (prefix == "replicationcontrollers") prefix = "controllers";
        if (prefix == "services") prefix = "services/specs";
        if (prefix == "endpoints") prefix = "services/endpoints";
    }
    if (prefix == "ingresses") prefix = "ingress";
    const bool grouped = kind.custom != nullptr || kind.group == "apiextensions.k8s.io" ||
                         kind.group == "apiregistration.k8s.io";
    std::string key = grouped ? "/registry/" + std::string(kind.group) + "/" + prefix : "/registry/" + prefix;
    if (kind.namespaced) key += "/" + std::string(metadata.namespace_);
    return key + "/" + std::string(metadata.name);
}

std::string other_uid(const Kind& kind, const Object& stored, const Object& wanted) {
    return "StorageError: invalid object, Code: 4, Key: " + storage_key(kind, stored.metadata) +
           ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: " +
           std::string(wanted.metadata.uid) + ", UID in object meta: " + std::string(stored.metadata.uid);
}

// Whether a write of the kind has to say which version it is made from. upstream: AllowUnconditionalUpdate
bool forbids_unconditional(const Kind& kind) {
    static constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
        {"apiextensions.k8s.io", "CustomResourceDefinition"},
        {"apiregistration.k8s.io", "APIService"},
        {"coordination.k8s.io", "Lease"},
        {"policy", "PodDisruptionBudget"},
        {"node.k8s.io", "RuntimeClass"},
        {"storage.k8s.io", "CSIDriver"},
        {"storage.k8s.io", "CSINode"},
        {"storage.k8s.io", "CSIStorageCapacity"},
        {"storage.k8s.io", "VolumeAttachment"},
    };
    if (kind.custom != nullptr || kind.group == "admissionregistration.k8s.io") return true;
    return std::any_of(std::begin(kKinds), std::end(kKinds), [&kind](const auto& known) {
        return known.first == kind.group && known.second == kind.kind;
    });
}

// What is wrong with the update, by the rules of the endpoint it came through.
std::vector<api::FieldError> errors_of(const Kind& kind, const Object& now, const Object& before,
                                       Endpoint endpoint) {
    if (endpoint == Endpoint::Status) return api::validate_status_update(kind, now, before);
    if (endpoint == Endpoint::EphemeralContainers) {
        return api::validate_ephemeral_containers(static_cast<const api::Pod&>(now),
                                                  static_cast<const api::Pod&>(before));
    }
    return api::validate_update(kind, now, before);
}

}  // namespace

// upstream: rest.BeforeUpdate, genericregistry.Store.Update (preconditions)
Result<void> Server::check_precondition(const Kind& kind, const Object& stored, const Object& wanted) {
    const api::Text& version = wanted.metadata.resourceVersion;
    if (version.empty() && forbids_unconditional(kind)) {
        return api::invalid(kind, wanted.metadata.name,
                            {{api::FieldErrorType::Invalid, "metadata.resourceVersion", "0x0",
                              "must be specified for an update"}});
    }
    const bool other_object = !wanted.metadata.uid.empty() && wanted.metadata.uid != stored.metadata.uid;
    const bool other_version = !version.empty() && version != stored.metadata.resourceVersion;
    if (!other_object && !other_version) return {};
    const std::string prefix =
        "Operation cannot be fulfilled on " + kind.resource() + " \"" + stored.metadata.name + "\": ";
    Status conflict = base::failure(Reason::Conflict, "");
    conflict.group = kind.group;
    conflict.kind = kind.plural;
    conflict.name = stored.metadata.name;
    conflict.message =
        prefix + (other_object ? other_uid(kind, stored, wanted)
                               : std::string("the object has been modified; please apply your changes to the "
                                             "latest version and try again"));
    return conflict;
}

void Server::carry_over(const Kind& kind, Object& object, const Object& stored, Endpoint endpoint) {
    api::ObjectMeta& metadata = object.metadata;
    metadata.generation = stored.metadata.generation;
    metadata.uid = stored.metadata.uid;
    metadata.creationTimestamp = stored.metadata.creationTimestamp;
    metadata.deletionTimestamp = stored.metadata.deletionTimestamp;
    metadata.deletionGracePeriodSeconds = stored.metadata.deletionGracePeriodSeconds;
    metadata.resourceVersion = stored.metadata.resourceVersion;
    prepare_generic_update(kind, object, stored, endpoint);
}

Result<void> Server::check_update(const Kind& kind, Object& object, const Object& stored,
                                  WriteOptions options) {
    carry_over(kind, object, stored, options.endpoint);
    const Strategy& strategy = strategy_of(kind);
    if (strategy.prepare_for_update != nullptr) {
        TRY(strategy.prepare_for_update(*this, object, stored, options.endpoint));
    }
    const AdmissionRequest admission{.server = *this,
                                     .operation = Operation::Update,
                                     .kind = kind,
                                     .object = object,
                                     .stored = &stored,
                                     .options = options};
    TRY(admit(admission));
    const std::vector<api::FieldError> errors = errors_of(kind, object, stored, options.endpoint);
    if (!errors.empty()) return api::invalid(kind, object.metadata.name, errors);
    return admit_valid(admission);
}

Result<Ref<Object>> Server::update_with(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause,
                                        WriteOptions options) {
    const Ref<Object> stored = TRY(get(kind, ObjectKey::of(object->metadata)));
    TRY(check_precondition(kind, *stored, *object));
    const bool of_spec =
        options.endpoint == Endpoint::Main || options.endpoint == Endpoint::EphemeralContainers;
    if (of_spec) api::set_defaults(kind, *object);
    record_update({kind, *stored, cause, options}, *object, *this);
    TRY(check_update(kind, *object, *stored, options));

    const bool deleting = object->metadata.deletionTimestamp.is_set();
    const bool graceful = object->metadata.deletionGracePeriodSeconds.value_or(0) > 0;
    const bool finalized = &kind != &api::kind_of<api::Namespace>() ||
                           static_cast<const api::Namespace&>(*object).spec.finalizers.empty();
    const bool was_held = !stored->metadata.finalizers.empty() || &kind == &api::kind_of<api::Namespace>();
    if (deleting && !graceful && was_held && object->metadata.finalizers.empty() && finalized) {
        if (options.dry_run == DryRun::Yes) return Ref<Object>(std::move(object));
        return erase(kind, object, cause).object;
    }
    if (is_same_object(*this, kind, *object, *stored)) return stored;
    if (options.dry_run == DryRun::Yes) return Ref<Object>(std::move(object));
    const Ref<Object> written = put(kind, std::move(object), cause);
    const Strategy& strategy = strategy_of(kind);
    if (strategy.after_update != nullptr) strategy.after_update(*this, *written, *stored);
    return written;
}

}  // namespace kubetab::server
