#include "engine/controllers/daemon_set.h"

#include <algorithm>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/controllers/adoption.h"
#include "engine/controllers/indexes.h"
#include "engine/controllers/slow_start.h"

namespace kubetab::controllers {
namespace {

using api::DaemonSet;
using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

constexpr std::size_t kBurst = 250;
constexpr sim::Duration kFirstBackOff = sim::seconds(1);
constexpr sim::Duration kLongestBackOff = sim::seconds(15 * 60);

}  // namespace

DaemonSetController::DaemonSetController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "daemonset-controller"),
      sets_(informers.of<DaemonSet>()),
      revisions_(informers.of<api::ControllerRevision>()),
      nodes_(informers.of<api::Node>()),
      pods_(informers.of<api::Pod>()),
      events_(simulation, client_, name()),
      pod_control_(client_, events_) {
    index_by_controller(pods_);
    index_by_controller(revisions_);
    sets_.on_change([this](const client::Change& change) { daemon_set_changed(change); });
    nodes_.on_change([this](const client::Change& change) { node_changed(change); });
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    pods_.on_listed_again([this] { expect_nothing(); });
    enqueue_all(0);
}

// upstream: syncDaemonSet
Result<Requeue> DaemonSetController::reconcile(const ObjectKey& key) {
    const Ref<DaemonSet> stored = sets_.find(key);
    if (!stored) {  // The garbage collector takes the pods.
        expectations_.forget(key);
        return Requeue::none();
    }
    const api::Box<api::LabelSelector>& selector = stored->spec.selector;
    if (!selector || (selector->matchLabels.empty() && selector->matchExpressions.empty())) {
        events_.record(*stored, {.type = client::EventType::Warning,
                                 .reason = "SelectingAll",
                                 .message = "This daemon set is selecting all pods. A non-empty selector is "
                                            "required."});
        return Requeue::none();
    }
    if (api::is_terminating(*stored)) return Requeue::none();
    Sync state{.set = *stored, .placement = DaemonPlacement(*stored)};
    TRY(sync(state, key));
    return state.again ? Requeue::in(*state.again) : Requeue::none();
}

Result<void> DaemonSetController::sync(Sync& sync, const ObjectKey& key) {
    TRY(find_revisions(sync));
    sync.pods = TRY(pods_by_node(sync.set));
    if (!expectations_.satisfied(key, simulation_.now())) return write_status(sync, false);
    Result<void> done = manage(sync);
    if (done.ok() && expectations_.satisfied(key, simulation_.now())) {
        if (sync.set.spec.updateStrategy.type == "RollingUpdate") done = roll(sync);
        if (done.ok()) done = clean_history(sync);
    }
    TRY(write_status(sync, true));
    return done;
}

// upstream: getNodesToDaemonPods
Result<DaemonSetController::PodsByNode> DaemonSetController::pods_by_node(const DaemonSet& set) {
    const api::Selector selector = TRY(api::Selector::of(set.spec.selector));
    Adopter<DaemonSet> adopter(client_, set, selector);
    PodsByNode result;
    for (Ref<api::Pod>& pod : TRY(adopter.claim(owned_and_orphans(pods_, set.metadata)))) {
        if (api::is_terminating(*pod) && api::is_pod_finished(*pod)) continue;
        const std::string node = target_node(*pod);
        if (!node.empty()) result[node].push_back(std::move(pod));
    }
    return result;
}

// upstream: manage
Result<void> DaemonSetController::manage(Sync& sync) {
    Plan plan;
    for (const Ref<api::Node>& node : nodes_.all()) plan_node(sync, *node, plan);
    // Pods that wait for a node that is gone. upstream: getUnscheduledPodsWithoutNode
    for (const auto& [name, pods] : sync.pods) {
        if (nodes_.find({"", name})) continue;
        for (const Ref<api::Pod>& pod : pods) {
            if (pod->spec->nodeName.empty() && !api::is_terminating(*pod)) plan.remove.push_back(pod);
        }
    }
    return carry_out(sync, plan);
}

// upstream: podsShouldBeOnNode
void DaemonSetController::plan_node(Sync& sync, const api::Node& node, Plan& plan) {
    const NodeSuits suits = sync.placement.of(node);
    const auto found = sync.pods.find(node.metadata.name);
    if (found == sync.pods.end()) {
        if (suits.should_run) plan.create_on.push_back(node.metadata.name);
        return;
    }
    if (!suits.may_stay) {
        for (const Ref<api::Pod>& pod : found->second) {
            if (!api::is_terminating(*pod)) plan.remove.push_back(pod);
        }
        return;
    }
    PodList running = living(sync, node, found->second, plan);
    if (running.size() > 1) drop_surplus(sync, running, plan);
}

DaemonSetController::PodList DaemonSetController::living(Sync& sync, const api::Node& node,
                                                         const PodList& pods, Plan& plan) {
    PodList running;
    for (const Ref<api::Pod>& pod : pods) {
        if (api::is_terminating(*pod)) continue;
        if (!api::is_pod_finished(*pod)) {
            running.push_back(pod);
            continue;
        }
        const bool failed = pod->status.phase == "Failed";
        const std::string subject = pod->metadata.namespace_ + "/" + pod->metadata.name + " on node " +
                                    node.metadata.name + ", will try to ";
        if (!failed) {
            events_.record(sync.set, {.reason = "SucceededDaemonPod",
                                      .message = "Found succeeded daemon pod " + subject + "delete it"});
            plan.remove.push_back(pod);
            continue;
        }
        const std::string key = sync.set.metadata.uid + "/" + std::to_string(sync.set.metadata.generation) +
                                "/" + node.metadata.name;
        const sim::Instant now = simulation_.now();
        BackOff& back_off = back_off_[key];
        const sim::Duration passed = now - back_off.since;
        if (back_off.wait > sim::Duration{} && passed < back_off.wait) {
            sync.look_again(back_off.wait);
            continue;
        }
        // Forgotten after twice the longest wait without a failure.
        const bool fresh = back_off.wait == sim::Duration{} || passed > kLongestBackOff * 2;
        back_off.wait = fresh ? kFirstBackOff : std::min(back_off.wait * 2, kLongestBackOff);
        back_off.since = now;
        events_.record(sync.set, {.type = client::EventType::Warning,
                                  .reason = "FailedDaemonPod",
                                  .message = "Found failed daemon pod " + subject + "kill it"});
        plan.remove.push_back(pod);
    }
    return running;
}

// A node has one pod; during an update with surge one of each template.
void DaemonSetController::drop_surplus(const Sync& sync, PodList& running, Plan& plan) const {
    sort_daemon_pods(running);
    if (!allows_surge(sync.set)) {
        plan.remove.insert(plan.remove.end(), running.begin() + 1, running.end());
        return;
    }
    Ref<api::Pod> newest_template;
    Ref<api::Pod> old_template;
    for (const Ref<api::Pod>& pod : running) {
        const api::Text* hash = pod->metadata.labels.get(kRevisionHash);
        Ref<api::Pod>& place = hash != nullptr && *hash == sync.hash ? newest_template : old_template;
        if (!place) place = pod;
        else plan.remove.push_back(pod);
    }
    if (!newest_template || !old_template) return;
    if (!api::is_pod_ready(*old_template) || is_available(sync.set, *newest_template))
        plan.remove.push_back(old_template);
}

// upstream: syncNodes
Result<void> DaemonSetController::carry_out(const Sync& sync, const Plan& plan) {
    std::vector<std::string> nodes = plan.create_on;
    PodList pods = plan.remove;
    if (nodes.size() > kBurst) nodes.resize(kBurst);
    if (pods.size() > kBurst) pods.resize(kBurst);
    // Both are expected before either begins.
    const ObjectKey key = ObjectKey::of(sync.set.metadata);
    const sim::Instant now = simulation_.now();
    if (!nodes.empty()) expectations_.expect_creations(key, static_cast<std::int64_t>(nodes.size()), now);
    for (const Ref<api::Pod>& pod : pods) expectations_.expect_deletion(key, pod->metadata.uid, now);
    std::optional<base::Status> failure = create_pods(sync, nodes);
    const std::optional<base::Status> other = delete_pods(sync, pods);
    if (!failure) failure = other;
    if (failure) return *failure;
    return {};
}

std::optional<base::Status> DaemonSetController::create_pods(const Sync& sync,
                                                             const std::vector<std::string>& nodes) {
    if (nodes.empty()) return std::nullopt;
    const api::PodTemplateSpec pod_template = daemon_template(sync.set, sync.hash);
    std::size_t next = 0;
    const auto count = static_cast<std::int32_t>(nodes.size());
    const SlowStartResult made = slow_start(count, [&]() -> Result<void> {
        const std::string& node = nodes[next++];
        client_.because("node " + node + " should run a pod of it and has none");
        const Result<void> created =
            pod_control_.create(api::kind_of<DaemonSet>(), sync.set, template_for_node(pod_template, node));
        // Nothing is left to do in a namespace that is going away.
        if (!created.ok() && is_namespace_terminating(created.error())) return {};
        return created;
    });
    const ObjectKey key = ObjectKey::of(sync.set.metadata);
    for (std::int32_t i = made.succeeded; i < count; ++i) expectations_.creation_observed(key);
    return made.first_failure;
}

std::optional<base::Status> DaemonSetController::delete_pods(const Sync& sync, const PodList& pods) {
    const ObjectKey key = ObjectKey::of(sync.set.metadata);
    std::optional<base::Status> failure;
    for (const Ref<api::Pod>& pod : pods) {
        client_.because("node " + target_node(*pod) + " should not run this pod any more");
        const Result<void> removed = pod_control_.remove(api::kind_of<DaemonSet>(), sync.set, *pod);
        if (removed.ok()) continue;
        expectations_.deletion_observed(key, pod->metadata.uid);
        if (removed.error().reason != base::Reason::NotFound && !failure) failure = removed.error();
    }
    return failure;
}

bool DaemonSetController::is_available(const DaemonSet& set, const api::Pod& pod) const {
    return api::is_pod_available(pod, set.spec.minReadySeconds, api::Time(simulation_.now()));
}

// upstream: updateDaemonSetStatus
Result<void> DaemonSetController::write_status(Sync& sync, bool observed) {
    const DaemonSet& set = sync.set;
    api::DaemonSetStatus status = set.status;
    status.desiredNumberScheduled = status.currentNumberScheduled = status.numberMisscheduled = 0;
    status.numberReady = status.numberAvailable = status.updatedNumberScheduled = 0;
    for (const Ref<api::Node>& node : nodes_.all()) {
        const bool wanted = sync.placement.of(*node).should_run;
        const auto found = sync.pods.find(node->metadata.name);
        if (wanted) ++status.desiredNumberScheduled;
        if (found == sync.pods.end()) continue;
        if (!wanted) {
            ++status.numberMisscheduled;
            continue;
        }
        ++status.currentNumberScheduled;
        PodList pods = found->second;
        sort_daemon_pods(pods);
        const api::Pod& pod = *pods.front();
        if (api::is_pod_ready(pod)) ++status.numberReady;
        if (api::is_pod_ready(pod) && is_available(set, pod)) ++status.numberAvailable;
        if (is_updated(set, pod, sync.hash)) ++status.updatedNumberScheduled;
    }
    status.numberUnavailable = status.desiredNumberScheduled - status.numberAvailable;
    if (observed) status.observedGeneration = set.metadata.generation;
    // One that only waits for minReadySeconds makes no change that would wake this.
    if (set.spec.minReadySeconds > 0 && status.numberReady != status.numberAvailable)
        sync.look_again(sim::seconds(set.spec.minReadySeconds));
    if (api::equal(status, set.status)) return {};
    client_.because(std::to_string(status.numberReady) + " of " +
                    std::to_string(status.desiredNumberScheduled) + " nodes have a ready pod");
    DaemonSet changed = set;
    changed.status = status;
    const Result<Ref<DaemonSet>> written = client_.update_status(std::move(changed));
    if (written.ok() || written.error().reason == base::Reason::NotFound) return {};
    return written.error();
}

void DaemonSetController::daemon_set_changed(const client::Change& change) {
    const ObjectKey key = ObjectKey::of(change.object->metadata);
    if (change.type == client::ChangeType::Deleted) {
        expectations_.forget(key);
        const std::string prefix = change.object->metadata.uid + "/";
        std::erase_if(back_off_, [&](const auto& entry) { return entry.first.starts_with(prefix); });
    }
    enqueue(key, change.revision);
}

// Heartbeats change nothing that a DaemonSet looks at.
void DaemonSetController::node_changed(const client::Change& change) {
    if (change.type != client::ChangeType::Deleted && change.previous) {
        const auto& before = static_cast<const api::Node&>(*change.previous);
        const auto& after = static_cast<const api::Node&>(*change.object);
        if (before.metadata.labels == after.metadata.labels &&
            api::equal(before.spec.taints, after.spec.taints))
            return;
    }
    enqueue_all(change.revision);
}

void DaemonSetController::pod_changed(const client::Change& change) {
    const Ref<api::Pod> pod = api::cast<api::Pod>(change.object);
    if (api::controller_of(pod->metadata) == nullptr) {
        for (const Ref<DaemonSet>& set : sets_.in_namespace(pod->metadata.namespace_)) {
            const Result<api::Selector> selector = api::Selector::of(set->spec.selector);
            if (selector.ok() && selector->matches(pod->metadata.labels))
                enqueue(ObjectKey::of(set->metadata), change.revision);
        }
        return;
    }
    const Ref<DaemonSet> owner = owner_of(*pod);
    if (!owner) return;
    const ObjectKey key = ObjectKey::of(owner->metadata);
    const bool gone = change.type == client::ChangeType::Deleted || api::is_terminating(*pod);
    if (gone) expectations_.deletion_observed(key, pod->metadata.uid);
    else if (!change.previous) expectations_.creation_observed(key);
    enqueue(key, change.revision);
}

Ref<DaemonSet> DaemonSetController::owner_of(const api::Pod& pod) const {
    const api::OwnerReference* reference = api::controller_of(pod.metadata);
    if (reference == nullptr || reference->kind != "DaemonSet") return nullptr;
    Ref<DaemonSet> owner = sets_.find({pod.metadata.namespace_, reference->name});
    return owner && owner->metadata.uid == reference->uid ? owner : nullptr;
}

void DaemonSetController::expect_nothing() {
    expectations_.forget_all();
    enqueue_all(0);
}

void DaemonSetController::enqueue_all(std::int64_t revision) {
    for (const auto& [key, set] : sets_.objects()) enqueue(key, revision);
}

}  // namespace kubetab::controllers
