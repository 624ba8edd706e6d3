#include "engine/server/admission.h"

#include <optional>

namespace kubetab::server {

using base::Result;

namespace {

using Default = AdmissionPlugin::Default;
using EphemeralContainers = AdmissionPlugin::EphemeralContainers;
using StatusWrites = AdmissionPlugin::StatusWrites;

// The quota comes last: what it counts will be stored.
constexpr AdmissionPlugin kPlugins[] = {
    {.name = "NamespaceLifecycle", .change = &admit_namespace_lifecycle, .remove = &keep_system_namespaces},
    {.name = "LimitRanger", .change = &admit_limit_ranger, .judge = &check_limit_ranger},
    {.name = "ServiceAccount", .change = &admit_service_account},
    {.name = "NodeRestriction",
     .change = &restrict_nodes,
     .remove = &restrict_nodes,
     .status = StatusWrites::Seen,
     .ephemeral = EphemeralContainers::Seen},
    {.name = "TaintNodesByCondition", .change = &taint_new_nodes},
    {.name = "AlwaysPullImages", .change = &always_pull_images, .by_default = Default::Off},
    {.name = "PodSecurity", .judge = &check_pod_security, .ephemeral = EphemeralContainers::Seen},
    {.name = "Priority", .change = &admit_priority},
    {.name = "DefaultTolerationSeconds", .change = &admit_default_toleration_seconds},
    {.name = "DefaultStorageClass", .change = &admit_default_storage_class},
    {.name = "StorageObjectInUseProtection", .change = &admit_storage_object_in_use},
    {.name = "PersistentVolumeClaimResize", .change = &admit_claim_resize},
    {.name = "RuntimeClass", .change = &admit_runtime_class},
    {.name = "DefaultIngressClass", .change = &admit_default_ingress_class},
    {.name = "MutatingAdmissionWebhook", .change = &ask_mutating_webhooks, .remove = &ask_mutating_webhooks},
    {.name = "ValidatingAdmissionWebhook",
     .judge = &ask_validating_webhooks,
     .remove = &ask_validating_webhooks},
    {.name = "ResourceQuota", .judge = &check_resource_quota},
};

// Whether a plugin looks at writes through an endpoint.
bool sees(const AdmissionPlugin& plugin, Endpoint endpoint) {
    if (endpoint == Endpoint::Main) return true;
    if (endpoint == Endpoint::EphemeralContainers) return plugin.ephemeral == EphemeralContainers::Seen;
    return plugin.status == StatusWrites::Seen;
}

Result<void> run(const AdmissionRequest& request, AdmissionPlugin::Hook AdmissionPlugin::*hook) {
    for (std::size_t i = 0; i < std::size(kPlugins); ++i) {
        const AdmissionPlugin& plugin = kPlugins[i];
        const bool looks = sees(plugin, request.options.endpoint);
        if (plugin.*hook != nullptr && looks && request.server.admission().runs(i))
            TRY((plugin.*hook)(request));
    }
    return {};
}

std::optional<std::size_t> place_of(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kPlugins); ++i) {
        if (kPlugins[i].name == name) return i;
    }
    return std::nullopt;
}

}  // namespace

base::Status forbidden(const api::Kind& kind, const api::ObjectMeta& metadata, const std::string& why) {
    const std::string& name = metadata.name.empty() ? metadata.generateName : metadata.name;
    base::Status status =
        base::failure(base::Reason::Forbidden, kind.resource() + " \"" + name + "\" is forbidden: " + why);
    status.group = kind.group;
    status.kind = kind.plural;
    status.name = name;
    return status;
}

std::span<const AdmissionPlugin> admission_plugins() {
    return kPlugins;
}

Result<void> admit(const AdmissionRequest& request) {
    return run(request, &AdmissionPlugin::change);
}

Result<void> admit_valid(const AdmissionRequest& request) {
    return run(request, &AdmissionPlugin::judge);
}

Result<void> admit_delete(const AdmissionRequest& request) {
    return run(request, &AdmissionPlugin::remove);
}

std::string admission_plugin_names() {
    std::string names;
    for (const AdmissionPlugin& plugin : kPlugins) {
        names.append(names.empty() ? "" : ", ").append(plugin.name);
    }
    return names;
}

AdmissionChoice::AdmissionChoice() {
    for (std::size_t i = 0; i < std::size(kPlugins); ++i) {
        if (kPlugins[i].by_default == Default::On) running_ |= 1U << i;
    }
}

Result<AdmissionChoice> AdmissionChoice::parse(std::string_view list) {
    AdmissionChoice choice;
    std::uint32_t wanted[2] = {};  // not to run, to run
    while (!list.empty()) {
        std::string_view name = list.substr(0, list.find(','));
        list = list.substr(name.size() == list.size() ? name.size() : name.size() + 1);
        const bool off = name.starts_with('-');
        if (off || name.starts_with('+')) name.remove_prefix(1);
        const std::optional<std::size_t> place = place_of(name);
        if (!place) {
            return base::failure(base::Reason::BadRequest, "there is no admission plugin \"" +
                                                               std::string(name) + "\"; there are " +
                                                               admission_plugin_names());
        }
        const std::uint32_t bit = 1U << *place;
        wanted[off ? 0 : 1] |= bit;
        if ((wanted[0] & wanted[1] & bit) != 0) {
            return base::failure(base::Reason::BadRequest, "the admission plugin " + std::string(name) +
                                                               " cannot be both run and left out");
        }
    }
    choice.running_ = (choice.running_ | wanted[1]) & ~wanted[0];
    return choice;
}

}  // namespace kubetab::server
