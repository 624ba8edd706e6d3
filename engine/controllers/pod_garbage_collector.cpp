#include "engine/controllers/pod_garbage_collector.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/api/pod_status.h"
#include "engine/base/stable_sort.h"
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

constexpr std::int32_t kPass = 16;
constexpr sim::Duration kPeriod = sim::seconds(20);
constexpr sim::Duration kQuarantine = sim::seconds(40);

// What a pass looks at, so that it costs nothing when all is well.
constexpr std::string_view kByEnd = "end";
constexpr const char* kFinished = "finished";
constexpr const char* kTerminating = "terminating";
constexpr const char* kUnassigned = "unassigned";  // terminating, without a node

void add_ends(const api::Object& object, api::Texts& values) {
    const auto& pod = static_cast<const Pod&>(object);
    if (api::is_pod_finished(pod)) values.emplace_back(kFinished);
    if (api::is_terminating(pod))
        values.emplace_back(pod.spec->nodeName.empty() ? kUnassigned : kTerminating);
}

bool is_evicted(const Pod& pod) {
    return pod.status.phase == "Failed" && pod.status.reason == "Evicted";
}

// upstream: byEvictionAndCreationTimestamp
bool goes_before(const Ref<Pod>& a, const Ref<Pod>& b) {
    const auto rank = [](const Pod& pod) {
        return std::make_tuple(!is_evicted(pod), pod.metadata.creationTimestamp, ObjectKey::of(pod.metadata));
    };
    return rank(*a) < rank(*b);
}

bool is_out_of_service(const Node& node) {
    const bool tainted = std::any_of(node.spec.taints.begin(), node.spec.taints.end(),
                                     [](const api::Taint& taint) { return taint.key == kOutOfServiceTaint; });
    return tainted && !api::is_condition_true(node.status.conditions, "Ready");
}

}  // namespace

PodGarbageCollector::PodGarbageCollector(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "pod-garbage-collector"),
      nodes_(informers.of<Node>()),
      pods_(informers.of<Pod>()) {
    index_by_node(pods_);
    pods_.add_index(std::string(kByEnd), add_ends);
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    nodes_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted) missing_.try_emplace(change.object->metadata.name);
    });
    for (const Ref<Pod>& pod : pods_.all()) {
        const std::string& node = pod->spec->nodeName;
        if (!node.empty() && !nodes_.find({"", node})) missing_.try_emplace(node);
    }
    simulation_.schedule(
        {.component = component_, .after = kPeriod, .kind = kPass, .cadence = sim::Cadence::Heartbeat});
}

Result<Requeue> PodGarbageCollector::reconcile(const ObjectKey&) {
    return Requeue::none();
}

void PodGarbageCollector::handle_own(const sim::Event& event) {
    if (event.kind != kPass) return;
    collect();
    const bool busy = !missing_.empty();
    simulation_.schedule({.component = component_,
                          .after = kPeriod,
                          .kind = kPass,
                          .cadence = busy ? sim::Cadence::Once : sim::Cadence::Heartbeat});
}

// upstream: gc
void PodGarbageCollector::collect() {
    client_.because(0);
    collect_finished();
    collect_out_of_service();
    collect_orphaned();
    collect_unassigned();
}

// upstream: gcTerminated
void PodGarbageCollector::collect_finished() {
    if (pods_.count_by_index(kByEnd, kFinished) <= kFinishedKept) return;
    std::vector<Ref<Pod>> finished = pods_.by_index(kByEnd, kFinished);
    base::stable_sort(finished, goes_before);  // A total order: keys differ.
    finished.resize(finished.size() - kFinishedKept);
    for (const Ref<Pod>& pod : finished) remove(*pod, "there are too many finished pods");
}

// upstream: gcTerminating
void PodGarbageCollector::collect_out_of_service() {
    if (pods_.count_by_index(kByEnd, kTerminating) == 0) return;
    for (const Ref<Pod>& pod : pods_.by_index(kByEnd, kTerminating)) {
        const Ref<Node> node = nodes_.find({"", pod->spec->nodeName});
        if (node && is_out_of_service(*node))
            remove(*pod, "its node " + pod->spec->nodeName + " is out of service");
    }
}

// upstream: gcOrphaned
void PodGarbageCollector::collect_orphaned() {
    api::PodCondition condition;
    condition.type = "DisruptionTarget";
    condition.status = "True";
    condition.reason = "DeletionByPodGC";
    condition.message = "PodGC: node no longer exists";
    for (auto it = missing_.begin(); it != missing_.end();) {
        const std::string& name = it->first;
        if (nodes_.find({"", name}) || pods_.count_by_index(kByNode, name) == 0) {
            it = missing_.erase(it);
            continue;
        }
        if (!it->second) it->second = simulation_.now();
        const bool waited = simulation_.now() - *it->second >= kQuarantine;
        if (waited && !client_.get<Node>({"", name}).ok()) {
            for (const Ref<Pod>& pod : pods_.by_index(kByNode, name)) {
                remove(*pod, "its node " + name + " no longer exists", &condition);
            }
        }
        ++it;
    }
}

// upstream: gcUnscheduledTerminating
void PodGarbageCollector::collect_unassigned() {
    if (pods_.count_by_index(kByEnd, kUnassigned) == 0) return;
    for (const Ref<Pod>& pod : pods_.by_index(kByEnd, kUnassigned))
        remove(*pod, "it is to end and has no node");
}

// Failures are left to the next pass. upstream: markFailedAndDeletePodWithCondition
void PodGarbageCollector::remove(const Pod& pod, const std::string& why, const api::PodCondition* condition) {
    const ObjectKey key = ObjectKey::of(pod.metadata);
    const Result<Ref<Pod>> live = client_.get<Pod>(key);
    if (!live.ok() || (*live)->metadata.uid != pod.metadata.uid) return;
    client_.because(why);
    if (!api::is_pod_finished(**live)) {
        Pod next = **live;
        next.status.phase = "Failed";
        if (condition != nullptr) {
            api::set_condition(next.status.conditions, *condition, api::Time(simulation_.now()));
        }
        if (!client_.update_status(std::move(next)).ok()) return;
    }
    (void)client_.remove<Pod>(key, {.grace_period_seconds = 0, .uid = pod.metadata.uid});
}

void PodGarbageCollector::pod_changed(const client::Change& change) {
    if (change.type == client::ChangeType::Deleted) return;
    const std::string& node = static_cast<const Pod&>(*change.object).spec->nodeName;
    if (!node.empty() && !nodes_.find({"", node})) missing_.try_emplace(node);
}

}  // namespace kubetab::controllers
