#include "engine/cluster/autoscaler.h"

#include <algorithm>

#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/pod_status.h"
#include "engine/api/storage.h"
#include "engine/cluster/cluster.h"
#include "engine/cluster/machines.h"
#include "engine/controllers/daemon_set_nodes.h"
#include "engine/controllers/node_taints.h"

namespace kubetab::cluster {
namespace {

constexpr std::int32_t kLookEvent = 1;
constexpr sim::Duration kScanInterval = sim::seconds(10);
constexpr sim::Duration kBackOff = sim::minutes(5);
constexpr sim::Duration kStartTime = sim::minutes(15);  // as long a new node may take to be ready
constexpr std::int32_t kExpendableBelow = -10;          // pods of less priority make nobody buy a machine
constexpr std::string_view kGroup = "workers";

bool is_since(sim::Instant then, sim::Duration wait, sim::Instant now) {
    return then != sim::Instant{} && now - then < wait;
}

}  // namespace

Autoscaler::Autoscaler(Cluster& cluster, client::ApiServer& server, client::InformerFactory& informers)
    : cluster_(cluster),
      client_(server, "cluster-autoscaler"),
      informers_(informers),
      nodes_(informers.of<api::Node>()),
      pods_(informers.of<api::Pod>()),
      events_(cluster.simulation(), client_, "cluster-autoscaler"),
      component_(cluster.simulation().add("cluster-autoscaler", *this)) {
    // What the rules of scheduling look at must have been watched before it is asked for.
    (void)informers.of<api::Namespace>();
    (void)informers.of<api::ReplicaSet>();
    (void)informers.of<api::Service>();
    (void)informers.of<api::DaemonSet>();
    (void)informers.of<api::PodDisruptionBudget>();
    (void)informers.of<api::PersistentVolumeClaim>();
    (void)informers.of<api::PersistentVolume>();
    (void)informers.of<api::StorageClass>();
    handle({});
}

Autoscaler::~Autoscaler() {
    cluster_.simulation().remove(component_);
}

void Autoscaler::handle(const sim::Event& event) {
    if (event.kind == kLookEvent) look();
    cluster_.simulation().schedule({.component = component_,
                                    .after = kScanInterval,
                                    .kind = kLookEvent,
                                    .cadence = sim::Cadence::Heartbeat});
}

// upstream: RunOnce
void Autoscaler::look() {
    continue_removals();
    if (scale_up()) return;
    find_unneeded();
    remove_unneeded();
}

// Machines that there are, and those that were asked for; not those that are on their way out.
std::int32_t Autoscaler::size() const {
    return static_cast<std::int32_t>(cluster_.machines().size()) + cluster_.cloud()->machines_arriving() -
           cluster_.cloud()->machines_leaving();
}

// upstream: NewUnschedulablePodLister, NewCurrentlyDrainedNodesPodListProcessor, filter_out_expendable.go
std::vector<Autoscaler::PodRef> Autoscaler::waiting_pods() const {
    std::vector<PodRef> waiting;
    for (const PodRef& pod : pods_.all()) {
        if (!pod->spec->nodeName.empty() || pod->metadata.deletionTimestamp.is_set()) continue;
        const api::PodCondition* placed = api::find_condition(pod->status.conditions, "PodScheduled");
        const bool refused =
            placed != nullptr && placed->status == "False" && placed->reason == "Unschedulable";
        if (!refused || !pod->status.nominatedNodeName.empty()) continue;
        if (scheduler::PodInfo(pod).priority >= kExpendableBelow) waiting.push_back(pod);
    }
    return waiting;
}

// Puts those that fit on machines that are there, or come. upstream: filter_out_schedulable.go
std::vector<Autoscaler::PodRef> Autoscaler::without_place(scheduler::Trial& trial,
                                                          std::vector<PodRef> pods) const {
    std::vector<std::string> places;
    std::int32_t coming = cluster_.cloud()->machines_arriving();
    for (const std::string& machine : cluster_.machines()) {
        const api::Ref<api::Node> node = nodes_.find({"", machine});
        const bool ready =
            node && api::is_condition_true(node->status.conditions, "Ready") &&
            !controllers::has_taint(*node, controllers::kNotReadyTaint, controllers::kNoSchedule);
        if (ready) places.push_back(machine);
        else if (!node || is_since(node->metadata.creationTimestamp.instant(), kStartTime, cluster_.now()))
            ++coming;
    }
    for (std::int32_t i = 0; i < coming; ++i) places.push_back(add_template(trial, i));
    std::erase_if(pods, [&](const PodRef& pod) {
        for (const std::string& place : places) {
            if (!trial.objections(pod, place).empty()) continue;
            trial.put(pod, place);
            return true;
        }
        return false;
    });
    return pods;
}

std::string Autoscaler::add_template(scheduler::Trial& trial, std::int32_t number) const {
    const std::string name = "template-node-for-" + std::string(kGroup) + "-" + std::to_string(number);
    const auto node = std::make_shared<const api::Node>(machine_template(name));
    trial.add_node(node);
    for (const api::Ref<api::DaemonSet>& set : informers_.of<api::DaemonSet>().all()) {
        if (!controllers::DaemonPlacement(*set).of(*node).should_run) continue;
        api::Pod pod;
        pod.metadata = set->spec.template_->metadata;
        pod.metadata.namespace_ = set->metadata.namespace_;
        pod.metadata.name = set->metadata.name + "-" + name;
        pod.spec = set->spec.template_->spec;
        trial.put(std::make_shared<const api::Pod>(std::move(pod)), name);
    }
    return name;
}

// Fills new machines with the pods, one machine after the other, at most so many. The pods that fit.
// upstream: estimator/binpacking_estimator.go
std::vector<Autoscaler::PodRef> Autoscaler::fitting_new_machines(scheduler::Trial& trial,
                                                                 const std::vector<PodRef>& pods,
                                                                 std::int32_t most,
                                                                 std::int32_t& machines) const {
    std::vector<PodRef> placed;
    std::vector<std::string> added;
    for (const PodRef& pod : pods) {
        const auto place = std::find_if(added.begin(), added.end(), [&](const std::string& name) {
            return trial.objections(pod, name).empty();
        });
        std::string name = place == added.end() ? "" : *place;
        if (name.empty()) {
            if (static_cast<std::int32_t>(added.size()) >= most) continue;
            name = add_template(trial, 1000 + static_cast<std::int32_t>(added.size()));
            added.push_back(name);
            if (!trial.objections(pod, name).empty()) continue;
        }
        trial.put(pod, name);
        placed.push_back(pod);
    }
    machines = static_cast<std::int32_t>(added.size());
    return placed;
}

// upstream: processors/status/eventing_scale_up_processor.go
void Autoscaler::refuse(const std::vector<PodRef>& pods, const std::string& reason) {
    for (const PodRef& pod : pods) {
        events_.record(
            *pod, {client::EventType::Normal, "NotTriggerScaleUp", "pod didn't trigger scale-up: " + reason});
    }
}

// True when machines were asked for. upstream: core/scaleup/orchestrator/orchestrator.go [ScaleUp]
bool Autoscaler::scale_up() {
    std::vector<PodRef> pods = waiting_pods();
    if (pods.empty()) return false;
    scheduler::Trial trial(informers_);
    pods = without_place(trial, std::move(pods));
    if (pods.empty()) return false;
    const std::int32_t before = size();
    const std::int32_t most = cluster_.spec().cloud.nodes_max;
    const sim::Instant now = cluster_.now();
    if (is_since(failed_up_, kBackOff, now)) {
        refuse(pods, "1 in backoff after failed scale-up");
        return false;
    }
    if (before >= most) {
        refuse(pods, "1 max node group size reached");
        return false;
    }
    std::vector<PodRef> helped;
    const std::string probe = add_template(trial, 999);
    std::vector<std::pair<PodRef, std::string>> hopeless;
    for (const PodRef& pod : pods) {
        std::string reasons;
        for (const std::string& reason : trial.objections(pod, probe))
            reasons += (reasons.empty() ? "1 " : ", 1 ") + reason;
        if (reasons.empty()) helped.push_back(pod);
        else hopeless.emplace_back(pod, std::move(reasons));
    }
    if (helped.empty()) {
        for (const auto& [pod, reasons] : hopeless) refuse({pod}, reasons);
        return false;
    }
    trial.remove_node(probe);
    std::int32_t machines = 0;
    const std::vector<PodRef> placed = fitting_new_machines(trial, helped, most - before, machines);
    if (!cluster_.cloud()->add_machines(machines).ok()) {
        failed_up_ = now;
        return false;
    }
    added_ = now;
    const std::string change = "{" + std::string(kGroup) + " " + std::to_string(before) + "->" +
                               std::to_string(before + machines) + " (max: " + std::to_string(most) + ")}";
    for (const PodRef& pod : placed) {
        events_.record(*pod, {client::EventType::Normal, "TriggeredScaleUp",
                              "pod triggered scale-up: [" + change + "]"});
    }
    return true;
}

}  // namespace kubetab::cluster
