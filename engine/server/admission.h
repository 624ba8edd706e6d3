// Admission: the checks and additions between decoding and storing, one file per plugin, in upstream's order.
// upstream: pkg/kubeapiserver/options/plugins.go
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/status.h"
#include "engine/server/server.h"

namespace kubetab::server {

enum class Operation { Create, Update, Delete };

struct AdmissionRequest {
    Server& server;
    Operation operation = Operation::Create;
    const api::Kind& kind;
    api::Object& object;                  // of a delete, as it is stored
    const api::Object* stored = nullptr;  // for updates
    const WriteOptions& options;
};

// One plugin; what it has nothing to say about is null.
struct AdmissionPlugin {
    using Hook = base::Result<void> (*)(const AdmissionRequest& request);

    std::string_view name{};
    Hook change = nullptr;  // may change the object, before it is known to be valid
    Hook judge = nullptr;   // sees it as it will be stored
    Hook remove = nullptr;  // sees deletes
    enum class Default { On, Off } by_default = Default::On;
    enum class StatusWrites {
        Unseen,
        Seen
    } status = StatusWrites::Unseen;  // whether it looks at writes of the status
    enum class EphemeralContainers { Unseen, Seen } ephemeral = EphemeralContainers::Unseen;
};

// In the order they run in.
std::span<const AdmissionPlugin> admission_plugins();

// Each runs one of the hooks of all plugins that the server runs; the first refusal ends it.
base::Result<void> admit(const AdmissionRequest& request);
base::Result<void> admit_valid(const AdmissionRequest& request);
base::Result<void> admit_delete(const AdmissionRequest& request);

// `pods "web" is forbidden: …`
base::Status forbidden(const api::Kind& kind, const api::ObjectMeta& metadata, const std::string& why);

// The plugins.
base::Result<void> admit_namespace_lifecycle(const AdmissionRequest& request);
base::Result<void> keep_system_namespaces(const AdmissionRequest& request);
base::Result<void> admit_limit_ranger(const AdmissionRequest& request);
base::Result<void> check_limit_ranger(const AdmissionRequest& request);
base::Result<void> admit_service_account(const AdmissionRequest& request);
base::Result<void> restrict_nodes(const AdmissionRequest& request);
base::Result<void> taint_new_nodes(const AdmissionRequest& request);
base::Result<void> always_pull_images(const AdmissionRequest& request);
base::Result<void> check_pod_security(const AdmissionRequest& request);
base::Result<void> admit_priority(const AdmissionRequest& request);
base::Result<void> admit_default_toleration_seconds(const AdmissionRequest& request);
base::Result<void> admit_default_storage_class(const AdmissionRequest& request);
base::Result<void> admit_storage_object_in_use(const AdmissionRequest& request);
base::Result<void> admit_claim_resize(const AdmissionRequest& request);
base::Result<void> admit_runtime_class(const AdmissionRequest& request);
base::Result<void> admit_default_ingress_class(const AdmissionRequest& request);
base::Result<void> ask_mutating_webhooks(const AdmissionRequest& request);
base::Result<void> ask_validating_webhooks(const AdmissionRequest& request);
base::Result<void> check_resource_quota(const AdmissionRequest& request);

}  // namespace kubetab::server
