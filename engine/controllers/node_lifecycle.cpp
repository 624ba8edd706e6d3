#include "engine/controllers/node_lifecycle.h"

#include <array>
#include <optional>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/controllers/indexes.h"
#include "engine/controllers/node_taints.h"

namespace kubetab::controllers {
namespace {

using api::Node;
using api::NodeCondition;
using api::ObjectKey;
using api::Ref;
using base::Reason;
using base::Result;
using client::EventType;
using client::Requeue;

constexpr std::int32_t kLook = 16;
constexpr std::int32_t kTaint = 17;

constexpr sim::Duration kLookPeriod = sim::seconds(5);
constexpr sim::Duration kGrace = sim::seconds(50);
constexpr sim::Duration kStartupGrace = sim::seconds(60);
constexpr sim::Duration kTaintPeriod = sim::milliseconds(100);
// Nodes renew their Lease every 10 s; who has not for longer than this is about to be given up.
constexpr sim::Duration kLate = sim::seconds(15);

constexpr std::string_view kLeaseNamespace = "kube-node-lease";
constexpr std::array<std::string_view, 4> kReported = {"Ready", "MemoryPressure", "DiskPressure",
                                                       "PIDPressure"};
constexpr std::string_view kNotCounted = "node.kubernetes.io/exclude-disruption";

struct LabelCopy {
    std::string_view from;
    std::string_view to;
};
constexpr std::array kLabelCopies = {LabelCopy{"kubernetes.io/os", "beta.kubernetes.io/os"},
                                     LabelCopy{"kubernetes.io/arch", "beta.kubernetes.io/arch"}};

const NodeCondition* ready_of(const Node& node) {
    return api::find_condition(node.status.conditions, "Ready");
}

bool is_ready(const Node& node) {
    return api::is_condition_true(node.status.conditions, "Ready");
}

bool same_conditions(const Node& a, const Node& b) {
    if (a.status.conditions.size() != b.status.conditions.size()) return false;
    for (std::size_t i = 0; i < a.status.conditions.size(); ++i) {
        const NodeCondition& one = a.status.conditions[i];
        const NodeCondition& other = b.status.conditions[i];
        if (one.type != other.type || one.status != other.status) return false;
    }
    return true;
}

// upstream: reconcileNodeLabels
bool sync_labels(Node& node) {
    bool changed = false;
    for (const LabelCopy& copy : kLabelCopies) {
        const api::Text* from = node.metadata.labels.get(copy.from);
        const api::Text* to = node.metadata.labels.get(copy.to);
        if (from == nullptr || (to != nullptr && *to == *from)) continue;
        const std::string value = *from;
        node.metadata.labels[copy.to] = value;
        changed = true;
    }
    return changed;
}

Result<void> unless_gone(const base::Status& status) {
    if (status.reason == Reason::NotFound) return {};
    return status;
}

}  // namespace

NodeLifecycleController::NodeLifecycleController(sim::Simulation& simulation,
                                                 client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "node-controller"),
      nodes_(informers.of<Node>()),
      leases_(informers.of<api::Lease>()),
      pods_(informers.of<api::Pod>()),
      events_(simulation, client_, name()),
      started_(simulation.now()) {
    index_by_node(pods_);
    nodes_.on_change([this](const client::Change& change) { node_changed(change); });
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    for (const auto& [key, node] : nodes_.objects()) enqueue(key, 0);
    simulation_.schedule({.component = component_, .kind = kLook, .cadence = sim::Cadence::Heartbeat});
}

void NodeLifecycleController::handle_own(const sim::Event& event) {
    if (event.kind == kLook) {
        look_at_all();
    } else if (event.kind == kTaint) {
        next_taint_ = 0;
        taint_next();
    }
}

// --- the look at all nodes every five seconds ---

// upstream: monitorNodeHealth
void NodeLifecycleController::look_at_all() {
    notice_new_and_gone();
    std::map<std::string, ZoneCount> zones;
    for (auto& [name, health] : known_) {
        const Ref<Node> node = nodes_.find({"", name});
        look_at(*node, health);
        if (node->metadata.labels.contains(kNotCounted)) continue;
        const NodeCondition* ready = ready_of(*nodes_.find({"", name}));
        const bool lost =
            ready == nullptr || ready->status != "True" || simulation_.now() - health.probed >= kGrace;
        ++(lost ? zones[health.zone].lost : zones[health.zone].ready);
    }
    const NodeZones::Turn turn = zones_.update(zones);
    for (auto& [name, health] : known_) {
        if (turn == NodeZones::Turn::EverythingLost) mark_reachable(*nodes_.find({"", name}), health);
        if (turn == NodeZones::Turn::SomethingFound) health.probed = simulation_.now();
    }
    schedule_taint();
    schedule_look();
}

// A node that is about to be given up keeps the cluster from being settled.
void NodeLifecycleController::schedule_look() {
    bool late = false;
    for (const auto& [name, health] : known_) late = late || is_late(health);
    simulation_.schedule({.component = component_,
                          .after = kLookPeriod,
                          .kind = kLook,
                          .cadence = late ? sim::Cadence::Once : sim::Cadence::Heartbeat});
}

bool NodeLifecycleController::is_late(const Health& health) const {
    const sim::Duration silence = simulation_.now() - health.probed;
    return silence >= kLate && silence < kGrace + kLookPeriod;
}

// upstream: classifyNodes
void NodeLifecycleController::notice_new_and_gone() {
    for (auto it = known_.begin(); it != known_.end();) {
        const Ref<Node> node = nodes_.find({"", it->first});
        if (node) {
            ++it;
            continue;
        }
        client_.because(nodes_.revision(), "the node is gone");
        record(it->first, it->second.uid, "RemovingNode", "Removing Node " + it->first + " from Controller");
        zones_.queue_of(it->second.zone).remove(it->first);
        it = known_.erase(it);
    }
    for (const auto& [key, object] : nodes_.objects()) {
        const auto& node = static_cast<const Node&>(*object);
        const auto [known, added] = known_.try_emplace(key.name);
        Health& health = known->second;
        const std::string zone = zone_of(node);
        if (health.zone != zone) zones_.queue_of(health.zone).remove(key.name);
        health.zone = zone;
        health.uid = node.metadata.uid;
        if (!added) continue;
        const NodeCondition* ready = ready_of(node);
        // A node that has never reported has been silent since it was made.
        health.probed = ready == nullptr ? node.metadata.creationTimestamp.instant() : simulation_.now();
        client_.because(nodes_.revision(), "the node is new");
        record(key.name, health.uid, "RegisteredNode", "Registered Node " + key.name + " in Controller");
        mark_reachable(node, health);
    }
}

// True when the node has given a sign of life since the last look. upstream: tryUpdateNodeHealth
bool NodeLifecycleController::see_heartbeat(const Node& node, Health& health) const {
    bool seen = false;
    const NodeCondition* ready = ready_of(node);
    if (health.reported != (ready != nullptr)) {
        health.reported = ready != nullptr;
        seen = true;
    }
    if (ready != nullptr && ready->lastHeartbeatTime != health.heartbeat) {
        health.heartbeat = ready->lastHeartbeatTime;
        seen = true;
    }
    const Ref<api::Lease> lease = leases_.find({std::string(kLeaseNamespace), node.metadata.name});
    if (lease && lease->spec.renewTime > health.renewed) {
        health.renewed = lease->spec.renewTime;
        seen = true;
    }
    return seen;
}

void NodeLifecycleController::look_at(const Node& node, Health& health) {
    if (see_heartbeat(node, health)) health.probed = simulation_.now();
    const NodeCondition* ready = ready_of(node);
    const std::string observed = ready == nullptr ? "Unknown" : ready->status;
    std::string current = observed;
    // Upstream's clock has moved on a little between two looks, so that 50 s are over at the tenth.
    if (simulation_.now() - health.probed >= (ready == nullptr ? kStartupGrace : kGrace)) {
        const std::string silence = std::to_string((simulation_.now() - health.probed).whole_seconds());
        client_.because(0, "node " + node.metadata.name + " has given no sign of life for " + silence + " s");
        const Result<Ref<Node>> marked = mark_unknown(node);
        if (!marked.ok()) return;  // The next look tries again.
        current = "Unknown";
    }
    prepare_eviction(node, health);
    const bool turned = observed == "True" && current != "True";
    if (turned) {
        events_.record_for(client::EventRecorder::reference_to(api::kind_of<Node>(), node),
                           {.reason = "NodeNotReady",
                            .message = "Node " + node.metadata.name + " status is now: NodeNotReady"});
    }
    if (turned || (health.pods_pending && observed != "True")) {
        health.pods_pending = !mark_pods_not_ready(node.metadata.name).ok();
    }
}

// Nothing is written when all is Unknown already.
Result<Ref<Node>> NodeLifecycleController::mark_unknown(const Node& node) {
    const auto known_unknown = [&node](std::string_view type) {
        const NodeCondition* condition = api::find_condition(node.status.conditions, type);
        return condition != nullptr && condition->status == "Unknown";
    };
    bool all_unknown = true;
    for (const std::string_view type : kReported) all_unknown = all_unknown && known_unknown(type);
    if (all_unknown) return Ref<Node>{};

    Node next = *TRY(client_.get<Node>({"", node.metadata.name}));
    const api::Time now(simulation_.now());
    for (const std::string_view type : kReported) {
        const NodeCondition* before = api::find_condition(next.status.conditions, type);
        if (before != nullptr && before->status == "Unknown") continue;
        NodeCondition condition;
        condition.type = type;
        condition.status = "Unknown";
        condition.reason = before == nullptr ? "NodeStatusNeverUpdated" : "NodeStatusUnknown";
        condition.message =
            before == nullptr ? "Kubelet never posted node status." : "Kubelet stopped posting node status.";
        condition.lastHeartbeatTime =
            before == nullptr ? next.metadata.creationTimestamp : before->lastHeartbeatTime;
        api::set_condition(next.status.conditions, std::move(condition), now);
    }
    return client_.update_status(std::move(next));
}

// Goes by the state at the beginning of the look: a node is tainted one look after it was lost.
// upstream: processTaintBaseEviction
void NodeLifecycleController::prepare_eviction(const Node& node, const Health& health) {
    const NodeCondition* ready = ready_of(node);
    const std::string status = ready == nullptr ? "Unknown" : ready->status;
    if (status == "True") {
        mark_reachable(node, health);
        return;
    }
    const std::string_view wanted = status == "False" ? kNotReadyTaint : kUnreachableTaint;
    const std::string_view other = status == "False" ? kUnreachableTaint : kNotReadyTaint;
    if (has_taint(node, wanted, kNoExecute)) return;
    if (!has_taint(node, other, kNoExecute)) {
        zones_.queue_of(health.zone).add(node.metadata.name);
        return;
    }
    const Result<Ref<Node>> stored = client_.get<Node>({"", node.metadata.name});
    if (!stored.ok()) return;
    Node next = **stored;
    if (!sync_no_execute_taints(next, status, api::Time(simulation_.now()))) return;
    client_.because(0, "node " + node.metadata.name + " is lost in another way");
    (void)client_.update(std::move(next));  // The next look tries again.
}

// upstream: markNodeAsReachable
void NodeLifecycleController::mark_reachable(const Node& node, const Health& health) {
    zones_.queue_of(health.zone).remove(node.metadata.name);
    if (!has_taint(node, kNotReadyTaint, kNoExecute) && !has_taint(node, kUnreachableTaint, kNoExecute))
        return;
    const Result<Ref<Node>> stored = client_.get<Node>({"", node.metadata.name});
    if (!stored.ok()) return;
    Node next = **stored;
    if (!sync_no_execute_taints(next, "True", api::Time(simulation_.now()))) return;
    client_.because(
        0, is_ready(node) ? "node " + node.metadata.name + " is ready" : "all nodes are lost at once");
    (void)client_.update(std::move(next));  // The next look tries again.
}

// --- the NoExecute taint ---

// upstream: doNoExecuteTaintingPass
void NodeLifecycleController::taint_next() {
    for (auto& [zone, queue] : zones_.queues()) {
        while (const std::optional<std::string> name = queue.take(simulation_.now())) {
            const Result<Ref<Node>> stored = client_.get<Node>({"", *name});
            if (!stored.ok() && stored.error().reason != base::Reason::NotFound) queue.add(*name);
            if (!stored.ok()) continue;
            const NodeCondition* ready = ready_of(**stored);
            if (ready == nullptr || ready->status == "True") continue;
            Node next = **stored;
            if (!sync_no_execute_taints(next, ready->status, api::Time(simulation_.now()))) continue;
            client_.because(0, "node " + *name + " is lost: its pods are to leave");
            if (!client_.update(std::move(next)).ok()) queue.add(*name);
        }
    }
    schedule_taint();
}

// Upstream looks ten times a second; here only when a node waits that may be tainted.
void NodeLifecycleController::schedule_taint() {
    std::optional<sim::Instant> due;
    for (const auto& [zone, queue] : zones_.queues()) {
        const std::optional<sim::Instant> next = queue.next();
        if (next && (!due || *next < *due)) due = next;
    }
    simulation_.cancel(next_taint_);
    next_taint_ = 0;
    if (!due) return;
    const sim::Instant earliest = *due > simulation_.now() ? *due : simulation_.now();
    const std::int64_t ticks = (earliest - started_).ns / kTaintPeriod.ns + 1;
    const sim::Instant tick = started_ + kTaintPeriod * ticks;
    next_taint_ =
        simulation_.schedule({.component = component_, .after = tick - simulation_.now(), .kind = kTaint});
}

// --- single nodes and pods ---

Result<Requeue> NodeLifecycleController::reconcile(const ObjectKey& key) {
    return key.namespace_.empty() ? sync_node(key) : sync_pod(key);
}

// upstream: doNoScheduleTaintingPass, reconcileNodeLabels
Result<Requeue> NodeLifecycleController::sync_node(const ObjectKey& key) {
    const Result<Ref<Node>> stored = client_.get<Node>(key);
    if (!stored.ok()) {
        TRY(unless_gone(stored.error()));
        return Requeue::none();
    }
    Node next = **stored;
    const bool tainted = sync_no_schedule_taints(next, api::Time(simulation_.now()));
    const bool labelled = sync_labels(next);
    if (!tainted && !labelled) return Requeue::none();
    client_.because(tainted ? "the node's taints follow its conditions"
                            : "the node's labels belong together");
    TRY(client_.update(std::move(next)));
    return Requeue::none();
}

// A pod that has come to a node which is lost. upstream: processPod
Result<Requeue> NodeLifecycleController::sync_pod(const ObjectKey& key) {
    const Ref<api::Pod> pod = pods_.find(key);
    if (!pod || pod->spec->nodeName.empty()) return Requeue::none();
    const Ref<Node> node = nodes_.find({"", pod->spec->nodeName});
    if (node && ready_of(*node) != nullptr && !is_ready(*node)) TRY(mark_pod_not_ready(key));
    return Requeue::none();
}

// upstream: MarkPodsNotReady
Result<void> NodeLifecycleController::mark_pods_not_ready(const std::string& node) {
    std::optional<base::Status> failure;
    for (const Ref<api::Pod>& pod : pods_.by_index(kByNode, node)) {
        const Result<void> marked = mark_pod_not_ready(ObjectKey::of(pod->metadata));
        if (!marked.ok()) failure = marked.error();
    }
    if (failure) return *failure;
    return {};
}

Result<void> NodeLifecycleController::mark_pod_not_ready(const ObjectKey& key) {
    const Result<Ref<api::Pod>> stored = client_.get<api::Pod>(key);
    if (!stored.ok()) return unless_gone(stored.error());
    const api::PodCondition* ready = api::find_condition((*stored)->status.conditions, "Ready");
    if (ready == nullptr || ready->status == "False") return {};
    api::PodCondition condition = *ready;
    condition.status = "False";
    api::Pod next = **stored;
    api::set_condition(next.status.conditions, std::move(condition), api::Time(simulation_.now()));
    client_.because("its node " + next.spec->nodeName + " is not ready");
    const Result<Ref<api::Pod>> written = client_.update_status(std::move(next));
    if (!written.ok()) return unless_gone(written.error());
    events_.record(**written, {EventType::Warning, "NodeNotReady", "Node is not ready", {}});
    return {};
}

void NodeLifecycleController::node_changed(const client::Change& change) {
    if (change.type == client::ChangeType::Deleted) return;
    const auto& node = static_cast<const Node&>(*change.object);
    const auto* before = static_cast<const Node*>(change.previous.get());
    // Heartbeats change nothing here.
    const bool same = before != nullptr && same_conditions(*before, node) &&
                      before->spec.unschedulable == node.spec.unschedulable &&
                      before->spec.taints.size() == node.spec.taints.size() &&
                      before->metadata.labels == node.metadata.labels;
    if (!same) enqueue(ObjectKey::of(node.metadata), change.revision);
}

void NodeLifecycleController::pod_changed(const client::Change& change) {
    if (change.type == client::ChangeType::Deleted) return;
    const auto& pod = static_cast<const api::Pod&>(*change.object);
    const auto* before = static_cast<const api::Pod*>(change.previous.get());
    if (pod.spec->nodeName.empty() || (before != nullptr && before->spec->nodeName == pod.spec->nodeName))
        return;
    const Ref<Node> node = nodes_.find({"", pod.spec->nodeName});
    if (node && !is_ready(*node)) enqueue(ObjectKey::of(pod.metadata), change.revision);
}

// upstream: RecordNodeEvent
void NodeLifecycleController::record(const std::string& node, const std::string& uid,
                                     const std::string& reason, const std::string& message) {
    api::ObjectReference reference;
    reference.apiVersion = "v1";
    reference.kind = "Node";
    reference.name = node;
    reference.uid = uid;
    events_.record_for(reference, {.reason = reason, .message = "Node " + node + " event: " + message});
}

}  // namespace kubetab::controllers
