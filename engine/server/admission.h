// Admission: the checks and additions between decoding and storing, one file per plugin, in upstream's order.
// upstream: pkg/kubeapiserver/options/plugins.go
#pragma once

#include "engine/api/object.h"
#include "engine/base/status.h"
#include "engine/server/server.h"

namespace kubetab::server {

enum class Operation { Create, Update };

struct AdmissionRequest {
    Server& server;
    Operation operation = Operation::Create;
    const api::Kind& kind;
    api::Object& object;
    const api::Object* stored = nullptr;  // for updates
    DryRun dry_run = DryRun::No;
};

// Runs the plugins that may change the object; the first refusal ends it.
base::Result<void> admit(const AdmissionRequest& request);
// Runs those that judge it as it will be stored, once it is known to be valid.
base::Result<void> admit_valid(const AdmissionRequest& request);
// The plugins that look at deletes.
base::Result<void> admit_delete(const api::Kind& kind, const api::ObjectKey& key);

// `pods "web" is forbidden: …`
base::Status forbidden(const api::Kind& kind, const api::ObjectMeta& metadata, const std::string& why);

// The plugins.
base::Result<void> admit_namespace_lifecycle(const AdmissionRequest& request);
base::Result<void> admit_limit_ranger(const AdmissionRequest& request);
base::Result<void> admit_service_account(const AdmissionRequest& request);
base::Result<void> admit_priority(const AdmissionRequest& request);
base::Result<void> admit_runtime_class(const AdmissionRequest& request);
base::Result<void> admit_default_ingress_class(const AdmissionRequest& request);
base::Result<void> admit_default_toleration_seconds(const AdmissionRequest& request);
base::Result<void> admit_default_storage_class(const AdmissionRequest& request);
base::Result<void> admit_storage_object_in_use(const AdmissionRequest& request);
base::Result<void> admit_claim_resize(const AdmissionRequest& request);
base::Result<void> ask_mutating_webhooks(const AdmissionRequest& request);
base::Result<void> ask_validating_webhooks(const AdmissionRequest& request);
base::Result<void> check_limit_ranger(const AdmissionRequest& request);
base::Result<void> check_resource_quota(const AdmissionRequest& request);

}  // namespace kubetab::server
