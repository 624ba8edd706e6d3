#include "engine/controllers/service_load_balancer.h"

#include <algorithm>
#include <utility>

#include "engine/api/codec.h"
#include "engine/controllers/node_taints.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::Ref;
using api::Service;
using base::Result;
using client::EventType;
using client::Requeue;

constexpr std::string_view kFinalizer = "service.kubernetes.io/load-balancer-cleanup";
constexpr std::string_view kExcluded = "node.kubernetes.io/exclude-from-external-load-balancers";
constexpr std::string_view kToBeDeleted = "ToBeDeletedByClusterAutoscaler";
constexpr sim::Duration kFirstRetry = sim::seconds(5);
constexpr sim::Duration kLastRetry = sim::minutes(5);
constexpr std::size_t kNamedNodes = 10;

bool wants_load_balancer(const Service& service) {
    return service.spec.type == "LoadBalancer" && !service.spec.loadBalancerClass;
}

bool has_finalizer(const Service& service) {
    const api::Texts& finalizers = service.metadata.finalizers;
    return std::find(finalizers.begin(), finalizers.end(), kFinalizer) != finalizers.end();
}

bool needs_cleanup(const Service& service) {
    return has_finalizer(service) &&
           (service.metadata.deletionTimestamp.is_set() || !wants_load_balancer(service));
}

template <class List>
std::string in_brackets(const List& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : " ") + std::string(text);
    return "[" + all + "]";
}

bool same_ports(const Service& a, const Service& b) {
    return std::equal(a.spec.ports.begin(), a.spec.ports.end(), b.spec.ports.begin(), b.spec.ports.end(),
                      [](const auto& x, const auto& y) { return api::equal(x, y); });
}

bool is_included(const api::Node& node) {
    return !node.metadata.labels.contains(kExcluded);
}

CloudProvider::Hosts names_of(const std::vector<Ref<api::Node>>& nodes) {
    CloudProvider::Hosts names;
    for (const Ref<api::Node>& node : nodes) names.push_back(node->metadata.name);
    return names;
}

std::string digest_of(const std::vector<Ref<api::Node>>& nodes) {
    std::string digest;
    for (const Ref<api::Node>& node : nodes)
        digest += node->metadata.name + "=" + node->spec.providerID + " ";
    return digest;
}

}  // namespace

ServiceLoadBalancerController::ServiceLoadBalancerController(sim::Simulation& simulation,
                                                             client::InformerFactory& informers,
                                                             CloudProvider& cloud)
    : Controller(simulation, informers.server(), "service-controller"),
      services_(informers.of<Service>()),
      nodes_(informers.of<api::Node>()),
      cloud_(cloud),
      events_(simulation, client_, name()) {
    services_.on_change([this](const client::Change& change) { service_changed(change); });
    nodes_.on_change([this](const client::Change& change) { node_changed(change); });
    for (const Ref<Service>& service : services_.all()) {
        if (wants_load_balancer(*service) || needs_cleanup(*service))
            enqueue(ObjectKey::of(service->metadata), services_.revision());
    }
}

void ServiceLoadBalancerController::say(const Service& service, std::string_view reason, std::string message,
                                        EventType type) {
    events_.record(service, {type, reason, std::move(message), {}});
}

void ServiceLoadBalancerController::service_changed(const client::Change& change) {
    const auto& now = static_cast<const Service&>(*change.object);
    const ObjectKey key = ObjectKey::of(now.metadata);
    const bool gone = change.type == client::ChangeType::Deleted;
    const bool matters = change.previous && !gone
                             ? needs_update(static_cast<const Service&>(*change.previous), now)
                             : wants_load_balancer(now);
    if (!matters && !needs_cleanup(now)) return;
    const auto sync = syncs_.find(key);
    if (sync != syncs_.end() && sync->second.work != Work::None) sync->second.again = true;
    else enqueue(key, change.revision);
}

// upstream: shouldSyncUpdatedNode
void ServiceLoadBalancerController::node_changed(const client::Change& change) {
    const auto& now = static_cast<const api::Node&>(*change.object);
    if (change.previous && change.type != client::ChangeType::Deleted) {
        const auto& before = static_cast<const api::Node&>(*change.previous);
        if (is_included(before) == is_included(now) && before.spec.providerID == now.spec.providerID) return;
    }
    if (!syncs_.empty()) enqueue({}, change.revision);
}

// Says what has changed, where upstream does. upstream: needsUpdate
bool ServiceLoadBalancerController::needs_update(const Service& before, const Service& now) {
    const bool wanted = wants_load_balancer(now);
    if (!wanted && !wants_load_balancer(before)) return false;
    const api::ServiceSpec& was = before.spec;
    const api::ServiceSpec& is = now.spec;
    const auto differs = [&](std::string_view reason, const std::string& a, const std::string& b) {
        if (a == b) return false;
        say(now, reason, a + " -> " + b);
        return true;
    };
    if (wanted != wants_load_balancer(before)) {
        say(now, "Type", was.type + " -> " + is.type);
        return true;
    }
    if (differs("LoadBalancerSourceRanges", in_brackets(was.loadBalancerSourceRanges),
                in_brackets(is.loadBalancerSourceRanges)))
        return true;
    if (!same_ports(before, now) || was.sessionAffinity != is.sessionAffinity) return true;
    if (differs("LoadbalancerIP", was.loadBalancerIP, is.loadBalancerIP)) return true;
    if (was.externalIPs.size() != is.externalIPs.size()) {
        say(now, "ExternalIP",
            "Count: " + std::to_string(was.externalIPs.size()) + " -> " +
                std::to_string(is.externalIPs.size()));
        return true;
    }
    for (std::size_t i = 0; i < is.externalIPs.size(); ++i) {
        if (was.externalIPs[i] == is.externalIPs[i]) continue;
        say(now, "ExternalIP", "Added: " + is.externalIPs[i]);
        return true;
    }
    if (before.metadata.annotations != now.metadata.annotations) return true;
    return differs("UID", before.metadata.uid, now.metadata.uid) ||
           differs("ExternalTrafficPolicy", was.externalTrafficPolicy, is.externalTrafficPolicy) ||
           differs("HealthCheckNodePort", std::to_string(was.healthCheckNodePort),
                   std::to_string(is.healthCheckNodePort));
}

// upstream: stableNodeSetPredicates
std::vector<Ref<api::Node>> ServiceLoadBalancerController::hosts() const {
    std::vector<Ref<api::Node>> hosts = nodes_.all();
    std::erase_if(hosts, [](const Ref<api::Node>& node) {
        return node->metadata.deletionTimestamp.is_set() || !is_included(*node) ||
               has_taint(*node, kToBeDeleted, kNoSchedule);
    });
    return hosts;
}

// upstream: syncService, processServiceCreateOrUpdate
Result<Requeue> ServiceLoadBalancerController::reconcile(const ObjectKey& key) {
    if (key.namespace_.empty()) return update_hosts();
    const auto known = syncs_.find(key);
    const bool at_work = known != syncs_.end() && known->second.work != Work::None;
    Ref<Service> service = services_.find(key);
    // What the cloud does for a service that is gone, or another of that name now, is ended first.
    const bool gone =
        !service || (known != syncs_.end() && known->second.service->metadata.uid != service->metadata.uid);
    const bool unknown = known == syncs_.end();
    if (unknown && (gone || (!wants_load_balancer(*service) && !needs_cleanup(*service))))
        return Requeue::none();
    if (gone || at_work) service = known->second.service;
    Sync& sync = syncs_[key];
    sync.service = service;
    const bool wanted = !gone && wants_load_balancer(*service) && !needs_cleanup(*service);
    const Result<Requeue> done = wanted ? ensure(*service, sync) : release(*service, sync);
    if (!done.ok()) {
        sync.work = Work::None;
        say(*service, "SyncLoadBalancerFailed", "Error syncing load balancer: " + done.error().message,
            EventType::Warning);
        sim::Duration wait = kFirstRetry;
        for (int i = 0; i < sync.failures && wait < kLastRetry; ++i) wait.ns *= 2;
        ++sync.failures;
        return Requeue::in(std::min(wait, kLastRetry));
    }
    if (sync.work != Work::None) return done;
    sync.failures = 0;
    const bool again = std::exchange(sync.again, false) || gone;
    if (!wanted) syncs_.erase(key);
    return again ? Requeue::in({}) : Requeue::none();
}

// upstream: syncLoadBalancerIfNeeded [ensureLoadBalancer]
Result<Requeue> ServiceLoadBalancerController::ensure(const Service& service, Sync& sync) {
    if (sync.work == Work::None) {
        say(service, "EnsuringLoadBalancer", "Ensuring load balancer");
        const Result<void> marked = set_finalizer(service, true);
        if (!marked.ok()) {
            return base::failure(marked.error().reason,
                                 "failed to add load balancer cleanup finalizer: " + marked.error().message);
        }
        const std::vector<Ref<api::Node>> nodes = hosts();
        sync.hosts = names_of(nodes);
        sync.hosts_digest = digest_of(nodes);
        if (nodes.empty()) {
            say(service, "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer",
                EventType::Warning);
        }
    }
    const Result<CloudProvider::Progress> progress = cloud_.ensure_load_balancer(service, sync.hosts);
    if (!progress.ok()) {
        return base::failure(progress.error().reason,
                             "failed to ensure load balancer: " + progress.error().message);
    }
    sync.work = progress->left.ns > 0 ? Work::Making : Work::None;
    if (sync.work == Work::Making) return Requeue::in(progress->left);
    say(service, "EnsuredLoadBalancer", "Ensured load balancer");
    TRY(write_address(service, progress->address));
    return Requeue::none();
}

// upstream: syncLoadBalancerIfNeeded [deleteLoadBalancer]
Result<Requeue> ServiceLoadBalancerController::release(const Service& service, Sync& sync) {
    const Result<bool> exists = cloud_.has_load_balancer(service);
    if (!exists.ok()) {
        return base::failure(
            exists.error().reason,
            "failed to check if load balancer exists before cleanup: " + exists.error().message);
    }
    if (*exists) {
        if (sync.work != Work::Deleting) say(service, "DeletingLoadBalancer", "Deleting load balancer");
        const Result<CloudProvider::Progress> progress = cloud_.remove_load_balancer(service);
        if (!progress.ok()) {
            return base::failure(progress.error().reason,
                                 "failed to delete load balancer: " + progress.error().message);
        }
        sync.work = progress->left.ns > 0 ? Work::Deleting : Work::None;
        if (sync.work == Work::Deleting) return Requeue::in(progress->left);
    }
    sync.work = Work::None;
    TRY(write_address(service, ""));
    const Result<void> unmarked = set_finalizer(service, false);
    if (!unmarked.ok()) {
        return base::failure(unmarked.error().reason,
                             "failed to remove load balancer cleanup finalizer: " + unmarked.error().message);
    }
    say(service, "DeletedLoadBalancer", "Deleted load balancer");
    return Requeue::none();
}

// Does nothing to a service that is gone. upstream: addFinalizer, removeFinalizer
Result<void> ServiceLoadBalancerController::set_finalizer(const Service& service, bool wanted) {
    const Result<Ref<Service>> stored = client_.get<Service>(ObjectKey::of(service.metadata));
    if (!stored.ok() || (*stored)->metadata.uid != service.metadata.uid) return {};
    if (has_finalizer(**stored) == wanted) return {};
    Service next = **stored;
    if (wanted) next.metadata.finalizers.emplace_back(kFinalizer);
    else std::erase(next.metadata.finalizers.edit(), kFinalizer);
    client_.because(wanted ? "the cloud's load balancer must go before the service does"
                           : "the cloud has deleted the load balancer");
    TRY(client_.update(std::move(next)));
    return {};
}

// upstream: patchStatus
Result<void> ServiceLoadBalancerController::write_address(const Service& service,
                                                          const std::string& address) {
    const Result<Ref<Service>> stored = client_.get<Service>(ObjectKey::of(service.metadata));
    if (!stored.ok() || (*stored)->metadata.uid != service.metadata.uid) return {};
    const std::vector<api::LoadBalancerIngress>& present = (*stored)->status.loadBalancer.ingress;
    if (present.empty() ? address.empty() : present.front().ip == address) return {};
    Service next = **stored;
    next.status.loadBalancer.ingress.clear();
    if (!address.empty()) {
        api::LoadBalancerIngress& point = next.status.loadBalancer.ingress.emplace_back();
        point.ip = address;
        point.ipMode = "VIP";
    }
    client_.because(address.empty() ? "its load balancer is gone" : "the cloud has made its load balancer");
    TRY(client_.update_status(std::move(next)));
    return {};
}

// upstream: updateLoadBalancerHosts, lockedUpdateLoadBalancerHosts
Result<Requeue> ServiceLoadBalancerController::update_hosts() {
    const std::vector<Ref<api::Node>> nodes = hosts();
    const std::string digest = digest_of(nodes);
    bool failed = false;
    for (auto& [key, sync] : syncs_) {
        if (sync.hosts_digest == digest || !wants_load_balancer(*sync.service)) continue;
        if (sync.work != Work::None) {
            sync.again = true;
            continue;
        }
        const CloudProvider::Hosts names = names_of(nodes);
        const Result<void> updated = cloud_.update_load_balancer(*sync.service, names);
        if (!updated.ok()) {
            failed = true;
            const CloudProvider::Hosts shown(
                names.begin(),
                names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamedNodes)));
            say(*sync.service, "UpdateLoadBalancerFailed",
                "Error updating load balancer with new hosts " + in_brackets(shown) +
                    " [node names limited, total number of nodes: " + std::to_string(names.size()) +
                    "]: " + updated.error().message,
                EventType::Warning);
            continue;
        }
        sync.hosts = names;
        sync.hosts_digest = digest;
        if (names.empty()) {
            say(*sync.service, "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer",
                EventType::Warning);
        } else {
            say(*sync.service, "UpdatedLoadBalancer", "Updated load balancer with new hosts");
        }
    }
    return failed ? Requeue::in(kFirstRetry) : Requeue::none();
}

}  // namespace kubetab::controllers
