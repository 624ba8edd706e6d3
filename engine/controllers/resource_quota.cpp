#include "engine/controllers/resource_quota.h"

#include "engine/api/kinds.h"
#include "engine/api/quota_usage.h"

namespace kubetab::controllers {
namespace {

using api::Kind;
using api::Ref;
using api::ResourceQuota;
using client::ChangeType;
using client::Requeue;

constexpr std::int32_t kResync = 16;
constexpr sim::Duration kResyncPeriod = sim::minutes(5);

// Upstream leaves events out; so many are made that nobody could afford to count them.
bool is_counted(const Kind& kind) {
    return kind.namespaced && &kind != &api::kind_of<api::Event>();
}

}  // namespace

ResourceQuotaController::ResourceQuotaController(sim::Simulation& simulation,
                                                 client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "resourcequota-controller"),
      quotas_(informers.of<ResourceQuota>()) {
    for (const auto& [key, object] : quotas_.objects()) enqueue(key, quotas_.revision());
    quotas_.on_change([this](const client::Change& change) {
        const auto& now = static_cast<const ResourceQuota&>(*change.object);
        const auto* before = static_cast<const ResourceQuota*>(change.previous.get());
        // What the server notes in the status is no reason to count again.
        if (before != nullptr && before->spec.hard == now.spec.hard) return;
        enqueue(api::ObjectKey::of(now.metadata), change.revision);
    });
    watches_ = std::make_unique<KindWatches>(informers.server(), static_cast<client::Watcher&>(*this),
                                             &is_counted, [](const Kind&, const client::ObjectList&) {});
    simulation_.schedule({.component = component_,
                          .after = kResyncPeriod,
                          .kind = kResync,
                          .cadence = sim::Cadence::Heartbeat});
}

void ResourceQuotaController::handle_own(const sim::Event& event) {
    if (event.kind != kResync) return;
    for (const auto& [key, object] : quotas_.objects()) enqueue(key, 0);
    simulation_.schedule({.component = component_,
                          .after = kResyncPeriod,
                          .kind = kResync,
                          .cadence = sim::Cadence::Heartbeat});
}

// upstream: QuotaMonitor.processResourceChanges, DefaultUpdateFilter
void ResourceQuotaController::changed(const client::Change& change) {
    if (quotas_.objects().empty() || change.type == ChangeType::Added) return;
    if (change.type == ChangeType::Deleted) return count_again(change);
    const api::Time now(simulation_.now());
    const bool watched = change.kind == &api::kind_of<api::Pod>() ||
                         change.kind == &api::kind_of<api::Service>() ||
                         change.kind->kind == "PersistentVolumeClaim";
    if (!watched || !change.previous) return;
    const bool same = api::quota_usage(*change.kind, *change.object, now) ==
                      api::quota_usage(*change.kind, *change.previous, now);
    if (!same) count_again(change);
}

// upstream: replenishQuota
void ResourceQuotaController::count_again(const client::Change& change) {
    for (const Ref<ResourceQuota>& quota : quotas_.in_namespace(change.object->metadata.namespace_)) {
        if (api::quota_resources(*change.kind, quota->spec.hard).empty()) continue;
        enqueue(api::ObjectKey::of(quota->metadata), change.revision);
    }
}

// upstream: CalculateUsage
api::ResourceList ResourceQuotaController::used(const ResourceQuota& quota) {
    const api::Time now(simulation_.now());
    api::ResourceList total;
    for (const Kind* kind : every_kind(client_.server())) {
        if (!is_counted(*kind)) continue;
        const api::Texts names = api::quota_resources(*kind, quota.spec.hard);
        if (names.empty()) continue;
        for (const api::Text& name : names) total[name] = total.value_or(name, {});
        for (const Ref<api::Object>& object : client_.server().list({kind, {}}).items) {
            const bool here = object->metadata.namespace_ == quota.metadata.namespace_;
            if (!here || !api::in_quota_scopes(quota, *kind, *object)) continue;
            total = api::sum(total, api::masked(api::quota_usage(*kind, *object, now), names));
        }
    }
    return total;
}

// upstream: syncResourceQuota
base::Result<Requeue> ResourceQuotaController::reconcile(const api::ObjectKey& key) {
    // The cache may be behind what the server has charged meanwhile.
    const base::Result<Ref<ResourceQuota>> live = client_.get<ResourceQuota>(key);
    if (!live.ok()) return Requeue::none();
    ResourceQuota next = **live;
    next.status.hard = next.spec.hard;
    next.status.used = used(next);
    const api::ResourceQuotaStatus& before = (*live)->status;
    if (next.status.hard == before.hard && next.status.used == before.used) return Requeue::none();
    client_.because("what the namespace uses was counted");
    TRY(client_.update_status(std::move(next)));
    return Requeue::none();
}

}  // namespace kubetab::controllers
