// Autoscaler: which nodes are not needed, and taking them away.
#include <algorithm>

#include "engine/api/pod_status.h"
#include "engine/base/json.h"
#include "engine/cluster/autoscaler.h"
#include "engine/cluster/cluster.h"
#include "engine/controllers/node_taints.h"
#include "engine/scheduler/disruption_allowances.h"

namespace kubetab::cluster {
namespace {

using api::Pod;
using api::Ref;
using client::EventType;

constexpr std::string_view kToBeDeleted = "ToBeDeletedByClusterAutoscaler";
constexpr std::string_view kCandidate = "DeletionCandidateOfClusterAutoscaler";
constexpr std::string_view kNeverDown = "cluster-autoscaler.kubernetes.io/scale-down-disabled";
constexpr std::string_view kSafeToEvict = "cluster-autoscaler.kubernetes.io/safe-to-evict";
constexpr sim::Duration kUnneededTime = sim::minutes(10);
constexpr sim::Duration kAfterAddition = sim::minutes(10);
constexpr sim::Duration kAfterFailure = sim::minutes(3);
constexpr sim::Duration kEvictionTime = sim::minutes(2);
constexpr sim::Duration kTerminationTime = sim::minutes(10);

const api::OwnerReference* controller_of(const Pod& pod) {
    for (const api::OwnerReference& owner : pod.metadata.ownerReferences) {
        if (owner.controller.value_or(false)) return &owner;
    }
    return nullptr;
}

// Nothing has to move it: it is of the node itself, of a daemon set, over, or going.
bool stays_or_goes(const Pod& pod) {
    const api::OwnerReference* owner = controller_of(pod);
    return pod.metadata.annotations.contains("kubernetes.io/config.mirror") || scheduler::is_terminal(pod) ||
           pod.metadata.deletionTimestamp.is_set() || (owner != nullptr && owner->kind == "DaemonSet");
}

bool has_local_storage(const Pod& pod) {
    for (const api::Volume& volume : pod.spec->volumes) {
        const auto& empty = volume.source->emptyDir;
        if (volume.source->hostPath || (empty && empty->medium != "Memory")) return true;
    }
    return false;
}

// upstream: simulator/drainability/rules
bool may_move(const Pod& pod, client::InformerFactory& informers) {
    const std::string safe = pod.metadata.annotations.value_or(kSafeToEvict, "");
    if (safe == "true") return true;
    if (safe == "false" || controller_of(pod) == nullptr || has_local_storage(pod)) return false;
    if (pod.metadata.namespace_ != "kube-system") return true;
    for (const Ref<api::PodDisruptionBudget>& budget :
         informers.of<api::PodDisruptionBudget>().in_namespace(pod.metadata.namespace_)) {
        if (scheduler::CompiledSelector(budget->spec.selector).matches(pod.metadata.labels)) return true;
    }
    return false;
}

// Less than half of what it has is asked for. upstream: simulator/utilization
bool is_underused(const scheduler::NodeInfo& node) {
    return node.requested.milli_cpu * 2 < node.allocatable.milli_cpu &&
           node.requested.memory * 2 < node.allocatable.memory;
}

}  // namespace

void Autoscaler::set_taint(const std::string& name, std::string_view key, std::string_view effect,
                           bool wanted) {
    const base::Result<Ref<api::Node>> stored = client_.get<api::Node>({"", name});
    if (!stored.ok() || controllers::has_taint(**stored, key, effect) == wanted) return;
    api::Node node = **stored;
    if (wanted) {
        api::Taint& taint = node.spec.taints.emplace_back();
        taint.key = key;
        taint.effect = effect;
        taint.value = std::to_string(api::Time(cluster_.now()).seconds);
    } else {
        controllers::remove_taint(node.spec.taints, key, effect);
    }
    client_.because(wanted ? "the node is not needed" : "the node is needed again");
    (void)client_.update(std::move(node));  // Comes again with the next look.
}

void Autoscaler::say_of_node(const std::string& name, EventType type, std::string_view reason,
                             std::string message) {
    const Ref<api::Node> node = nodes_.find({"", name});
    if (node) events_.record(*node, {type, reason, std::move(message), {}});
}

// Puts the pods of a node elsewhere, all or none. upstream: simulator/cluster.go [findPlaceFor]
bool Autoscaler::move_pods(scheduler::Trial& trial, const std::string& node,
                           const std::vector<PodRef>& pods) const {
    std::vector<std::string> places;
    for (const Ref<api::Node>& other : nodes_.all()) {
        const std::string& name = other->metadata.name;
        const bool ready = api::is_condition_true(other->status.conditions, "Ready");
        if (name != node && ready && trial.node(name) != nullptr) places.push_back(name);
    }
    std::size_t moved = 0;
    for (const PodRef& there : pods) {
        trial.take(*there);
        // Its like, which has no node yet.
        auto like = std::make_shared<Pod>(*there);
        like->spec.edit().nodeName = "";
        const PodRef pod = std::move(like);
        const auto place = std::find_if(places.begin(), places.end(), [&](const std::string& name) {
            return trial.objections(pod, name).empty();
        });
        if (place == places.end()) break;
        trial.put(pod, *place);
        ++moved;
    }
    if (moved == pods.size()) return true;
    for (std::size_t i = 0; i <= moved; ++i) {
        trial.take(*pods[i]);
        trial.put(pods[i], node);
    }
    return false;
}

// upstream: simulator/cluster.go [SimulateNodeRemoval]
bool Autoscaler::is_removable(scheduler::Trial& trial, const api::Node& node, bool& empty) const {
    const std::string& name = node.metadata.name;
    const scheduler::NodeInfo* info = trial.node(name);
    if (info == nullptr || cluster_.kubelet(name) == nullptr || removals_.contains(name)) return false;
    if (!api::is_condition_true(node.status.conditions, "Ready") || !is_underused(*info)) return false;
    if (node.metadata.annotations.value_or(kNeverDown, "") == "true") return false;
    std::vector<PodRef> pods;
    for (const scheduler::CachedPod* pod : info->pods) {
        if (!stays_or_goes(*pod->info.pod)) pods.push_back(pod->info.pod);
    }
    std::stable_sort(pods.begin(), pods.end(), [](const PodRef& a, const PodRef& b) {
        return api::ObjectKey::of(a->metadata) < api::ObjectKey::of(b->metadata);
    });
    scheduler::DisruptionAllowances allowances(informers_);
    for (const PodRef& pod : pods) {
        if (!may_move(*pod, informers_) || allowances.breaks(scheduler::PodInfo(pod))) return false;
    }
    empty = pods.empty();
    return move_pods(trial, name, pods);
}

// upstream: core/scaledown/planner/planner.go [UpdateClusterState]
void Autoscaler::find_unneeded() {
    std::map<std::string, Unneeded> now_unneeded;
    if (size() > cluster_.spec().cloud.nodes_min) {
        scheduler::Trial trial(informers_);
        for (const auto& [name, removal] : removals_) trial.remove_node(name);
        for (const Ref<api::Node>& node : nodes_.all()) {
            bool empty = false;
            const std::string& name = node->metadata.name;
            if (!is_removable(trial, *node, empty)) continue;
            trial.remove_node(name);
            const auto known = unneeded_.find(name);
            const sim::Instant since = known == unneeded_.end() ? cluster_.now() : known->second.since;
            now_unneeded[name] = {since, empty};
        }
    }
    unneeded_ = std::move(now_unneeded);
    for (const Ref<api::Node>& node : nodes_.all())
        set_taint(node->metadata.name, kCandidate, "PreferNoSchedule",
                  unneeded_.contains(node->metadata.name));
}

// All that are empty, or one that is not. upstream: core/scaledown/actuation/actuator.go [StartDeletion]
void Autoscaler::remove_unneeded() {
    const sim::Instant now = cluster_.now();
    const bool cooling = (added_ != sim::Instant{} && now - added_ < kAfterAddition) ||
                         (failed_down_ != sim::Instant{} && now - failed_down_ < kAfterFailure);
    if (cooling || !removals_.empty()) return;
    std::int32_t spare = size() - cluster_.spec().cloud.nodes_min;
    for (const bool empty : {true, false}) {
        for (const auto& [name, unneeded] : std::map(unneeded_)) {
            if (spare <= 0 || unneeded.empty != empty || now - unneeded.since < kUnneededTime) continue;
            begin_removal(name, empty);
            --spare;
            if (!empty) return;
        }
        if (!removals_.empty()) return;
    }
}

void Autoscaler::begin_removal(const std::string& node, bool empty) {
    set_taint(node, kToBeDeleted, controllers::kNoSchedule, true);
    say_of_node(node, EventType::Normal, "ScaleDown", "marked the node as toBeDeleted/unschedulable");
    removals_[node] = {cluster_.now(), empty, empty};
    unneeded_.erase(node);
}

// True when no pod is left that must go. upstream: core/scaledown/actuation/drain.go [DrainNode]
bool Autoscaler::drain(const std::string& node, Removal& removal) {
    bool left = false;
    bool refused = false;
    for (const PodRef& pod : pods_.all()) {
        if (pod->spec->nodeName != node) continue;
        left = left || (pod->metadata.deletionTimestamp.is_set() && !scheduler::is_terminal(*pod));
        if (stays_or_goes(*pod)) continue;
        left = true;
        const std::string& name = pod->metadata.name;
        const std::string& space = pod->metadata.namespace_;
        const base::Json body = {{"apiVersion", "policy/v1"},
                                 {"kind", "Eviction"},
                                 {"metadata", {{"name", name}, {"namespace", space}}}};
        if (!removal.drained)
            events_.record(*pod, {EventType::Normal, "ScaleDown", "deleting pod for node scale down"});
        const api::Response answer =
            cluster_.rest().send({.method = "POST",
                                  .path = "/api/v1/namespaces/" + space + "/pods/" + name + "/eviction",
                                  .body = body.dump(),
                                  .user_agent = "cluster-autoscaler"});
        refused = refused || (answer.code >= 300 && answer.code != 404);
    }
    removal.drained = !refused;
    return !left;
}

void Autoscaler::give_up_removal(const std::string& node, const std::string& why) {
    say_of_node(node, EventType::Warning, "ScaleDownFailed", why);
    set_taint(node, kToBeDeleted, controllers::kNoSchedule, false);
    removals_.erase(node);
    failed_down_ = cluster_.now();
}

void Autoscaler::continue_removals() {
    for (auto& [name, removal] : std::map(removals_)) {
        const auto known = removals_.find(name);
        if (cluster_.kubelet(name) == nullptr) {
            removals_.erase(known);
            continue;
        }
        if (cluster_.cloud()->is_leaving(name)) continue;
        const bool done = removal.empty || drain(name, known->second);
        const sim::Duration patience = known->second.drained ? kTerminationTime : kEvictionTime;
        if (!done && cluster_.now() - removal.begun > patience) {
            give_up_removal(name, "failed to drain the node: Failed to drain node /" + name +
                                      ", due to following errors: pods remaining after timeout");
        } else if (done) {
            const base::Result<void> asked = cluster_.cloud()->remove_machine(name);
            if (asked.ok())
                say_of_node(name, EventType::Normal, "ScaleDown", "node removed by cluster autoscaler");
            else give_up_removal(name, "failed to delete the node: " + asked.error().message);
        }
    }
}

}  // namespace kubetab::cluster
