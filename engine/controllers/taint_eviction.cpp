#include "engine/controllers/taint_eviction.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/api/tolerations.h"
#include "engine/controllers/indexes.h"
#include "engine/controllers/node_taints.h"

namespace kubetab::controllers {
namespace {

using api::Node;
using api::ObjectKey;
using api::Pod;
using api::Ref;
using base::Result;
using client::Requeue;

// How long all the taints are tolerated; nothing: for ever. upstream: getMinTolerationTime
std::optional<sim::Duration> tolerated_for(const std::vector<api::Taint>& taints,
                                           const std::vector<api::Toleration>& tolerations) {
    std::optional<sim::Duration> shortest;
    for (const api::Toleration& toleration : tolerations) {
        const bool used = std::any_of(taints.begin(), taints.end(), [&](const api::Taint& taint) {
            return api::tolerates(toleration, taint);
        });
        if (!used || !toleration.tolerationSeconds) continue;
        const sim::Duration time = sim::seconds(std::max<std::int64_t>(*toleration.tolerationSeconds, 0));
        if (!shortest || time < *shortest) shortest = time;
    }
    return shortest;
}

bool same_tolerations(const Pod& a, const Pod& b) {
    const auto& one = a.spec->tolerations;
    const auto& other = b.spec->tolerations;
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const api::Toleration& x, const api::Toleration& y) {
                          return x.key == y.key && x.operator_ == y.operator_ && x.value == y.value &&
                                 x.effect == y.effect && x.tolerationSeconds == y.tolerationSeconds;
                      });
}

bool same_taints(const Node& a, const Node& b) {
    const std::vector<api::Taint> one = no_execute_taints(a);
    const std::vector<api::Taint> other = no_execute_taints(b);
    return std::equal(
        one.begin(), one.end(), other.begin(), other.end(),
        [](const api::Taint& x, const api::Taint& y) { return x.key == y.key && x.value == y.value; });
}

}  // namespace

TaintEvictionController::TaintEvictionController(sim::Simulation& simulation,
                                                 client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "taint-eviction-controller"),
      nodes_(informers.of<Node>()),
      pods_(informers.of<Pod>()),
      events_(simulation, client_, name()) {
    index_by_node(pods_);
    nodes_.on_change([this](const client::Change& change) { node_changed(change); });
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    for (const Ref<Node>& node : nodes_.all()) {
        if (no_execute_taints(*node).empty()) continue;
        for (const Ref<Pod>& pod : pods_.by_index(kByNode, node->metadata.name)) {
            enqueue(ObjectKey::of(pod->metadata), 0);
        }
    }
}

// upstream: handlePodUpdate, processPodOnNode
Result<Requeue> TaintEvictionController::reconcile(const ObjectKey& key) {
    const Ref<Pod> pod = pods_.find(key);
    auto known = pending_.find(key);
    if (!pod || api::is_terminating(*pod)) {
        if (!pod) cancel(key);
        pending_.erase(key);
        return Requeue::none();
    }
    if (known != pending_.end() && pod->metadata.uid != known->second.uid) {
        cancel(key);
        known = pending_.end();
    }
    const Ref<Node> node = nodes_.find({"", pod->spec->nodeName});
    // Evictions that are pending when a node is deleted still happen.
    std::optional<Pending> eviction;
    if (node) eviction = wanted(*pod, no_execute_taints(*node));
    else if (known != pending_.end()) eviction = known->second;
    if (!eviction) {
        cancel(key);
        return Requeue::none();
    }
    const auto [entry, added] = pending_.try_emplace(key, *eviction);
    // An eviction that is pending keeps its beginning; it never moves to a later time.
    if (!added) entry->second.due = std::min(entry->second.due, eviction->due);
    const sim::Instant now = simulation_.now();
    if (entry->second.due > now) return Requeue::in(entry->second.due - now);
    TRY(evict(key, pod->metadata.uid));
    pending_.erase(key);
    return Requeue::none();
}

std::optional<TaintEvictionController::Pending> TaintEvictionController::wanted(
    const Pod& pod, const std::vector<api::Taint>& taints) const {
    if (taints.empty()) return std::nullopt;
    const sim::Instant now = simulation_.now();
    const std::vector<api::Toleration>& tolerations = pod.spec->tolerations;
    const bool tolerated = std::all_of(taints.begin(), taints.end(), [&](const api::Taint& taint) {
        return api::tolerates(tolerations, taint);
    });
    if (!tolerated) return Pending{pod.metadata.uid, now, now};
    const std::optional<sim::Duration> time = tolerated_for(taints, tolerations);
    if (!time) return std::nullopt;
    return Pending{pod.metadata.uid, now, now + *time};
}

void TaintEvictionController::cancel(const ObjectKey& key) {
    if (pending_.erase(key) == 0) return;
    client_.because("the taint is gone, or tolerated");
    record(key, "Cancelling deletion of Pod " + key.text());
}

// upstream: deletePodHandler, addConditionAndDeletePod
Result<void> TaintEvictionController::evict(const ObjectKey& key, const std::string& uid) {
    const Result<Ref<Pod>> stored = client_.get<Pod>(key);
    if (!stored.ok() && stored.error().reason == base::Reason::NotFound) return {};
    if (!stored.ok()) return stored.error();
    if ((*stored)->metadata.uid != uid || api::is_terminating(**stored)) return {};
    client_.because("its node " + (*stored)->spec->nodeName + " has a taint that it no longer tolerates");
    record(key, "Marking for deletion Pod " + key.text());
    api::PodCondition condition;
    condition.type = "DisruptionTarget";
    condition.status = "True";
    condition.reason = "DeletionByTaintManager";
    condition.message = "Taint manager: deleting due to NoExecute taint";
    Pod next = **stored;
    if (api::set_condition(next.status.conditions, std::move(condition), api::Time(simulation_.now()))) {
        TRY(client_.update_status(std::move(next)));
    }
    const Result<void> removed = client_.remove<Pod>(key, {.uid = uid});
    if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed;
    return {};
}

void TaintEvictionController::pod_changed(const client::Change& change) {
    const auto& pod = static_cast<const Pod&>(*change.object);
    const auto* before = static_cast<const Pod*>(change.previous.get());
    const ObjectKey key = ObjectKey::of(pod.metadata);
    if (change.type == client::ChangeType::Deleted) {
        if (pending_.contains(key)) enqueue(key, change.revision);
        return;
    }
    if (pod.spec->nodeName.empty()) return;
    const bool same = before != nullptr && before->spec->nodeName == pod.spec->nodeName &&
                      before->metadata.uid == pod.metadata.uid && same_tolerations(*before, pod);
    if (same) return;
    const Ref<Node> node = nodes_.find({"", pod.spec->nodeName});
    if (node && no_execute_taints(*node).empty() && !pending_.contains(key)) return;
    enqueue(key, change.revision);
}

void TaintEvictionController::node_changed(const client::Change& change) {
    const auto& node = static_cast<const Node&>(*change.object);
    const auto* before = static_cast<const Node*>(change.previous.get());
    if (change.type == client::ChangeType::Deleted) return;
    if (before == nullptr ? no_execute_taints(node).empty() : same_taints(*before, node)) return;
    for (const Ref<Pod>& pod : pods_.by_index(kByNode, node.metadata.name)) {
        enqueue(ObjectKey::of(pod->metadata), change.revision);
    }
}

// Upstream names the pod without its uid.
void TaintEvictionController::record(const ObjectKey& pod, const std::string& message) {
    api::ObjectReference reference;
    reference.apiVersion = "v1";
    reference.kind = "Pod";
    reference.name = pod.name;
    reference.namespace_ = pod.namespace_;
    events_.record_for(reference, {.reason = "TaintManagerEviction", .message = message});
}

}  // namespace kubetab::controllers
