// ResourceQuota: refuses what would use more than a namespace may, and notes in the quotas' status what is
// used before the object is stored. upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota

#include "engine/api/kinds.h"
#include "engine/api/quota_usage.h"
#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

using api::Quantity;
using api::Ref;
using api::ResourceList;
using api::ResourceQuota;
using base::Result;

// "cpu=1,pods=2". upstream: prettyPrint
std::string printed(const ResourceList& amounts) {
    std::string text;
    for (const auto& [name, quantity] : amounts)
        text += (text.empty() ? "" : ",") + name + "=" + quantity.text();
    return text;
}

std::string printed(const api::Texts& names) {
    std::string text;
    for (const api::Text& name : names) text += (text.empty() ? "" : ",") + name;
    return text;
}

// Pods and plain objects are counted when they are made; services and claims also when they change.
bool is_counted(const AdmissionRequest& request) {
    if (request.operation == Operation::Create) return true;
    return request.kind.group.empty() &&
           (request.kind.kind == "Service" || request.kind.kind == "PersistentVolumeClaim");
}

// What the write adds to what is used; zeros left out.
ResourceList added(const AdmissionRequest& request) {
    const api::Time now = request.server.now();
    ResourceList delta = api::quota_usage(request.kind, request.object, now);
    if (request.stored != nullptr) {
        for (const auto& [name, quantity] : api::quota_usage(request.kind, *request.stored, now))
            delta[name] = delta.value_or(name, {}) - quantity;
    }
    ResourceList result;
    for (const auto& [name, quantity] : delta) {
        if (!quantity.is_zero()) result[name] = quantity;
    }
    return result;
}

Result<void> check_containers(const AdmissionRequest& request, const ResourceQuota& quota,
                              const api::Texts& resources) {
    const std::string missing = api::missing_for_quota(request.kind, request.object, resources);
    if (!missing.empty()) {
        return forbidden(request.kind, request.object.metadata,
                         "failed quota: " + quota.metadata.name + ": " + missing);
    }
    for (const api::Text& name : resources) {
        if (quota.status.used.contains(name)) continue;
        return forbidden(
            request.kind, request.object.metadata,
            "status unknown for quota: " + quota.metadata.name + ", resources: " + printed(resources));
    }
    return {};
}

// What is used with the addition; fails when that is too much. upstream: CheckRequest
Result<ResourceList> used_with(const AdmissionRequest& request, const ResourceQuota& quota,
                               const ResourceList& delta) {
    ResourceList used = quota.status.used;
    api::Texts exceeded;
    ResourceList requested;
    for (const auto& [name, hard] : quota.status.hard) {
        const Quantity* more = delta.get(name);
        if (more == nullptr) continue;
        requested[name] = *more;
        used[name] = used.value_or(name, {}) + *more;
        if (hard < *used.get(name)) exceeded.push_back(name);
    }
    if (exceeded.empty()) return used;
    return forbidden(request.kind, request.object.metadata,
                     "exceeded quota: " + quota.metadata.name +
                         ", requested: " + printed(api::masked(requested, exceeded)) +
                         ", used: " + printed(api::masked(quota.status.used, exceeded)) +
                         ", limited: " + printed(api::masked(quota.status.hard, exceeded)));
}

}  // namespace

base::Result<void> check_resource_quota(const AdmissionRequest& request) {
    const api::ObjectMap& all = request.server.store().all(api::kind_of<ResourceQuota>());
    if (all.empty() || !request.kind.namespaced || !is_counted(request)) return {};
    if (&request.kind == &api::kind_of<api::Event>()) return {};
    std::vector<Ref<ResourceQuota>> concerned;
    for (const Ref<api::Object>& object : all.in_namespace(request.object.metadata.namespace_)) {
        const Ref<ResourceQuota> quota = api::cast<ResourceQuota>(object);
        const api::Texts resources = api::quota_resources(request.kind, quota->status.hard);
        if (resources.empty() || !api::in_quota_scopes(*quota, request.kind, request.object)) continue;
        TRY(check_containers(request, *quota, resources));
        concerned.push_back(quota);
    }
    const ResourceList delta = concerned.empty() ? ResourceList() : added(request);
    if (delta.empty()) return {};
    std::vector<std::shared_ptr<ResourceQuota>> changed;
    for (const Ref<ResourceQuota>& quota : concerned) {
        ResourceList used = TRY(used_with(request, *quota, delta));
        if (used == quota->status.used) continue;
        changed.push_back(std::make_shared<ResourceQuota>(*quota));
        changed.back()->status.used = std::move(used);
    }
    if (request.options.dry_run == DryRun::Yes) return {};
    for (const std::shared_ptr<ResourceQuota>& quota : changed) {
        TRY(request.server.update_status(api::kind_of<ResourceQuota>(), quota,
                                         {.actor = "kube-apiserver", .reason = "a new object counts"}));
    }
    return {};
}

}  // namespace kubetab::server
