#include "engine/server/admission.h"

#include <array>

namespace kubetab::server {

base::Status forbidden(const api::Kind& kind, const api::ObjectMeta& metadata, const std::string& why) {
    const std::string& name = metadata.name.empty() ? metadata.generateName : metadata.name;
    base::Status status =
        base::failure(base::Reason::Forbidden, kind.resource() + " \"" + name + "\" is forbidden: " + why);
    status.group = kind.group;
    status.kind = kind.plural;
    status.name = name;
    return status;
}

base::Result<void> admit(const AdmissionRequest& request) {
    static constexpr std::array plugins{
        &admit_namespace_lifecycle,
        &admit_limit_ranger,
        &admit_service_account,
        &admit_priority,
        &admit_default_toleration_seconds,
        &admit_default_storage_class,
        &admit_storage_object_in_use,
        &admit_claim_resize,
        &admit_runtime_class,
        &admit_default_ingress_class,
        &ask_mutating_webhooks,
    };
    for (const auto plugin : plugins) TRY(plugin(request));
    return {};
}

// The quota comes last: what it counts will be stored.
base::Result<void> admit_valid(const AdmissionRequest& request) {
    TRY(check_limit_ranger(request));
    TRY(ask_validating_webhooks(request));
    return check_resource_quota(request);
}

}  // namespace kubetab::server
