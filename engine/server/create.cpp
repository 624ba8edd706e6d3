// Server::create_with: the pipeline of a create.

#include "engine/api/codec.h"
#include "engine/api/defaults.h"
#include "engine/api/validation.h"
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

constexpr std::size_t kGeneratedPrefixLimit = 58;
constexpr int kGeneratedSuffix = 5;
constexpr int kNameTries = 8;

Status already_exists(const Kind& kind, const Object& holder) {
    const std::string prefix = holder.metadata.deletionTimestamp.is_set() ? "object is being deleted: " : "";
    Status status = base::failure(
        Reason::AlreadyExists, prefix + kind.resource() + " \"" + holder.metadata.name + "\" already exists");
    status.group = kind.group;
    status.kind = kind.plural;
    status.name = holder.metadata.name;
    return status;
}

// What is on its way out takes nothing new. upstream: apierrors.NewMethodNotSupported
Status not_supported(const Kind& kind, const std::string& verb) {
    Status status =
        base::failure(Reason::MethodNotAllowed,
                      verb + " is not supported on resources of kind \"" + kind.resource() + "\"");
    status.group = kind.group;
    status.kind = kind.plural;
    return status;
}

void wipe_system_fields(Object& object) {
    object.metadata.uid.clear();
    object.metadata.creationTimestamp = {};
    object.metadata.deletionTimestamp = {};
    object.metadata.deletionGracePeriodSeconds.reset();
    object.metadata.selfLink.clear();
}

// Whether the object may be stored as it is.
Result<void> check_valid(const Kind& kind, const Object& object, const AdmissionRequest& admission) {
    const std::vector<api::FieldError> errors = api::validate(kind, object);
    if (!errors.empty()) return api::invalid(kind, object.metadata.name, errors);
    TRY(admit_valid(admission));
    const Ref<Object> holder = admission.server.store().get(kind, ObjectKey::of(object.metadata));
    return holder ? already_exists(kind, *holder) : Result<void>();
}

}  // namespace

Result<void> Server::check_new(const Kind& kind, Object& object) {
    if (!object.metadata.resourceVersion.empty()) {
        return base::failure(Reason::Unknown, "resourceVersion should not be set on objects to be created");
    }
    if (!kind.namespaced) object.metadata.namespace_.clear();
    return {};
}

// upstream: rest.BeforeCreate (RetryGenerateName)
Result<void> Server::name_object(const Kind& kind, Object& object) {
    api::ObjectMeta& metadata = object.metadata;
    if (!metadata.name.empty() || metadata.generateName.empty()) return {};
    for (int attempt = 0; attempt < kNameTries; ++attempt) {
        metadata.name = metadata.generateName.substr(0, kGeneratedPrefixLimit) +
                        simulation_.random().name_suffix(kGeneratedSuffix);
        if (!store_.get(kind, ObjectKey::of(metadata))) return {};
    }
    return {};  // The last name is taken: the create fails with AlreadyExists.
}

Result<Ref<Object>> Server::create_with(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause,
                                        WriteOptions options) {
    TRY(check_new(kind, *object));
    if (kind.custom != nullptr && kind.custom->terminating) return not_supported(kind, "create");
    api::set_defaults(kind, *object);
    wipe_system_fields(*object);
    record_create(kind, *object, options);
    const AdmissionRequest admission{
        .server = *this, .operation = Operation::Create, .kind = kind, .object = *object, .options = options};
    TRY(admit(admission));

    object->metadata.creationTimestamp = now();
    object->metadata.uid = api::Text::uid(simulation_.random().uuid());
    TRY(name_object(kind, *object));
    prepare_generic_create(kind, *object);
    const Strategy& strategy = strategy_of(kind);
    if (strategy.prepare_for_create != nullptr) TRY(strategy.prepare_for_create(*this, *object));

    const Result<void> allowed = check_valid(kind, *object, admission);
    if ((!allowed.ok() || options.dry_run == DryRun::Yes) && strategy.after_delete != nullptr) {
        strategy.after_delete(*this, *object);  // Gives back what was allocated.
    }
    TRY(allowed);
    if (options.dry_run == DryRun::Yes) return Ref<Object>(std::move(object));
    return put(kind, std::move(object), cause);
}

}  // namespace kubetab::server
