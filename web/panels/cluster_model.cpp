#include "web/panels/cluster_model.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/api/pod_resources.h"
#include "engine/base/human_duration.h"

namespace kubetab::web {
namespace {

using api::Pod;

constexpr std::string_view kSystem = "kube-system";

const api::PodCondition* condition(const Pod& pod, std::string_view type) {
    for (const api::PodCondition& each : pod.status.conditions) {
        if (each.type == type) return &each;
    }
    return nullptr;
}

bool is_true(const Pod& pod, std::string_view type) {
    const api::PodCondition* found = condition(pod, type);
    return found != nullptr && found->status == "True";
}

bool is_failure(std::string_view reason) {
    return reason.ends_with("BackOff") || reason.starts_with("Err") || reason.ends_with("Error") ||
           reason == "OOMKilled" || reason == "InvalidImageName";
}

// "web-5b4c946b79-7j8nt" of the ReplicaSet web-5b4c946b79 is "7j8nt".
std::string short_name(const Pod& pod) {
    const api::OwnerReference* owner = api::controller_of(pod.metadata);
    const std::string& name = pod.metadata.name;
    if (owner != nullptr && name.size() > owner->name.size() + 1 && name.starts_with(owner->name)) {
        return name.substr(owner->name.size() + 1);
    }
    return name;
}

// What the pod belongs to as the learner named it: the Deployment rather than its ReplicaSet.
std::string family(const Pod& pod) {
    const api::OwnerReference* owner = api::controller_of(pod.metadata);
    if (owner == nullptr) return pod.metadata.name;
    // A static pod is named after its node: kube-proxy-node-1.
    if (owner->kind == "Node" && pod.metadata.name.ends_with("-" + owner->name)) {
        return pod.metadata.name.substr(0, pod.metadata.name.size() - owner->name.size() - 1);
    }
    const std::string hash = pod.metadata.labels.value_or("pod-template-hash", "");
    std::string name = owner->name;
    if (!hash.empty() && name.ends_with("-" + hash)) name.resize(name.size() - hash.size() - 1);
    return name;
}

PodTile tile_of(const Pod& pod, std::map<std::string, std::size_t>& owners) {
    PodTile tile;
    tile.key = api::ObjectKey::of(pod.metadata);
    tile.title = short_name(pod);
    tile.state = state_of(pod);
    tile.word = word_of(pod);
    tile.system = pod.metadata.namespace_ == kSystem;
    const std::string group = family(pod);
    const bool steady = tile.state == PodState::Ready;
    tile.detail = steady ? (group == tile.title ? "pod" : group) : tile.word;
    if (tile.system) {
        tile.title = group;
    } else {
        tile.owner = owners.try_emplace(pod.metadata.namespace_ + "/" + group, owners.size()).first->second;
    }
    for (const api::ContainerStatus& status : pod.status.containerStatuses)
        tile.restarts += status.restartCount;
    return tile;
}

NodeCard card_of(const api::Node& node, sim::Instant now) {
    NodeCard card;
    card.name = node.metadata.name;
    card.cordoned = node.spec.unschedulable;
    for (const api::NodeCondition& each : node.status.conditions) {
        if (each.type != "Ready") continue;
        card.ready = each.status == "True";
        card.known = each.status != "Unknown";
        if (!card.ready) {
            card.status = "NotReady · " + base::human_duration((now - each.lastTransitionTime.instant()).ns);
        }
    }
    if (const api::Quantity* cpu = node.status.allocatable.get("cpu")) card.cpu_total = cpu->milli();
    if (const api::Quantity* memory = node.status.allocatable.get("memory"))
        card.memory_total = memory->units();
    return card;
}

std::string counted(std::size_t count, const char* noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

void place(const Pod& pod, PodTile tile, NodeCard& card) {
    const api::ResourceList requests = api::pod_requests(*pod.spec);
    if (const api::Quantity* cpu = requests.get("cpu")) card.cpu_used += cpu->milli();
    if (const api::Quantity* memory = requests.get("memory")) card.memory_used += memory->units();
    (tile.system ? card.system_pods : card.pods).push_back(std::move(tile));
}

std::string summary_of(const std::map<PodState, std::size_t>& counts) {
    const auto count = [&](PodState state) {
        const auto it = counts.find(state);
        return it == counts.end() ? std::size_t{0} : it->second;
    };
    std::string text = counted(count(PodState::Ready), "pod") + " running";
    const std::pair<PodState, const char*> others[] = {{PodState::Coming, "starting"},
                                                       {PodState::Pending, "pending"},
                                                       {PodState::Failing, "failing"},
                                                       {PodState::Unknown, "unknown"},
                                                       {PodState::Ending, "ending"}};
    for (const auto& [state, word] : others) {
        if (count(state) > 0) text += " · " + std::to_string(count(state)) + " " + word;
    }
    return text;
}

void add_services(const session::View& view, ClusterModel& model) {
    for (const auto& [key, object] : view.objects(api::kind_of<api::Service>())) {
        if (key.namespace_ == kSystem) continue;
        const auto& service = static_cast<const api::Service&>(*object);
        ServiceChip chip;
        chip.key = key;
        chip.address =
            service.spec.type == "ExternalName" ? service.spec.externalName : service.spec.clusterIP;
        if (const api::Ref<api::Endpoints> endpoints = view.find<api::Endpoints>(key)) {
            for (const api::EndpointSubset& subset : endpoints->subsets)
                chip.endpoints += subset.addresses.size();
        }
        model.services.push_back(std::move(chip));
    }
    const auto is_default = [](const ServiceChip& chip) { return chip.key.name == "kubernetes"; };
    std::stable_partition(model.services.begin(), model.services.end(),
                          [&](const ServiceChip& chip) { return !is_default(chip); });
}

}  // namespace

PodState state_of(const Pod& pod) {
    if (pod.metadata.deletionTimestamp.is_set()) return PodState::Ending;
    if (pod.status.phase == "Succeeded") return PodState::Done;
    if (pod.status.phase == "Failed") return PodState::Failing;
    for (const auto* statuses : {&pod.status.initContainerStatuses, &pod.status.containerStatuses}) {
        for (const api::ContainerStatus& status : *statuses) {
            if (status.state.waiting.has_value() && is_failure(status.state.waiting->reason))
                return PodState::Failing;
            if (status.state.terminated.has_value() && status.state.terminated->exitCode != 0)
                return PodState::Failing;
        }
    }
    if (is_true(pod, "Ready")) return PodState::Ready;
    return pod.spec->nodeName.empty() ? PodState::Pending : PodState::Coming;
}

std::string word_of(const Pod& pod) {
    if (pod.metadata.deletionTimestamp.is_set()) return "Terminating";
    for (const auto* statuses : {&pod.status.initContainerStatuses, &pod.status.containerStatuses}) {
        for (const api::ContainerStatus& status : *statuses) {
            if (status.state.waiting.has_value() && !status.state.waiting->reason.empty())
                return status.state.waiting->reason;
            if (status.state.terminated.has_value() && !status.state.terminated->reason.empty() &&
                statuses == &pod.status.containerStatuses) {
                return status.state.terminated->reason;
            }
        }
    }
    return pod.status.phase;
}

const char* glyph_of(PodState state) {
    switch (state) {
        case PodState::Ready: return "●";
        case PodState::Coming: return "◔";
        case PodState::Pending: return "◌";
        case PodState::Failing: return "✕";
        case PodState::Unknown: return "?";
        case PodState::Ending: return "◌";
        case PodState::Done: return "✓";
    }
    return "";
}

std::string cpu_text(std::int64_t milli) {
    char text[32];
    std::snprintf(text, sizeof text, "%d.%d", static_cast<int>(milli / 1000),
                  static_cast<int>(milli % 1000 / 100));
    return text;
}

std::string memory_text(std::int64_t bytes) {
    constexpr std::int64_t kTenth = (std::int64_t{1} << 30) / 10;
    char text[32];
    std::snprintf(text, sizeof text, "%d.%d", static_cast<int>(bytes / kTenth / 10),
                  static_cast<int>(bytes / kTenth % 10));
    return text;
}

ClusterModel make_cluster_model(const session::View& view) {
    ClusterModel model;
    std::map<std::string, NodeCard> cards;
    for (const auto& [key, object] : view.objects(api::kind_of<api::Node>())) {
        cards.emplace(key.name, card_of(static_cast<const api::Node&>(*object), view.when()));
    }
    std::map<std::string, std::size_t> owners;
    std::map<PodState, std::size_t> counts;
    for (const auto& [key, object] : view.objects(api::kind_of<Pod>())) {
        const auto& pod = static_cast<const Pod&>(*object);
        PodTile tile = tile_of(pod, owners);
        const auto card = cards.find(pod.spec->nodeName);
        if (card != cards.end() && !card->second.known && tile.state != PodState::Ending)
            tile.state = PodState::Unknown;
        if (!tile.system) ++counts[tile.state];
        ++model.pod_count;
        if (card != cards.end()) {
            place(pod, std::move(tile), card->second);
            continue;
        }
        const api::PodCondition* scheduled = condition(pod, "PodScheduled");
        model.waiting.push_back({std::move(tile), scheduled == nullptr ? "" : scheduled->message});
    }
    for (auto& [name, card] : cards) {
        if (card.ready) {
            card.status = card.cordoned ? "Ready, cordoned · " : "Ready · ";
            card.status += counted(card.pods.size() + card.system_pods.size(), "pod");
        }
        model.nodes.push_back(std::move(card));
    }
    // node-2 before node-10.
    std::stable_sort(model.nodes.begin(), model.nodes.end(), [](const NodeCard& a, const NodeCard& b) {
        return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name;
    });
    add_services(view, model);
    model.summary = summary_of(counts);
    return model;
}

}  // namespace kubetab::web
