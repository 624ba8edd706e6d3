#include "web/panels/cluster_model.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/api/pod_resources.h"
#include "engine/base/human_duration.h"
#include "engine/base/stable_sort.h"

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
    // A CronJob's job is named after the minute it was due in: tick-29460960.
    constexpr std::size_t kMinuteDigits = 8;
    const std::size_t digits = name.find_last_not_of("0123456789") + 1;
    const bool by_minute = name.size() - digits == kMinuteDigits && digits > 1 && name[digits - 1] == '-';
    if (owner->kind == "Job" && by_minute) name.resize(digits - 1);
    return name;
}

PodTile tile_of(const Pod& pod, const std::string& family) {
    PodTile tile;
    tile.key = api::ObjectKey::of(pod.metadata);
    tile.title = short_name(pod);
    tile.state = state_of(pod);
    tile.word = word_of(pod);
    tile.system = pod.metadata.namespace_ == kSystem;
    const bool steady = tile.state == PodState::Ready;
    tile.detail = steady ? (family == tile.title ? "pod" : family) : tile.word;
    if (tile.system) tile.title = family;
    if (const api::PodCondition* scheduled = condition(pod, "PodScheduled")) tile.reason = scheduled->message;
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

std::string summary_of(const std::map<PodState, std::size_t>& counts) {
    const auto count = [&](PodState state) {
        const auto it = counts.find(state);
        return it == counts.end() ? std::size_t{0} : it->second;
    };
    std::string text = counted(count(PodState::Ready), "pod") + " running";
    const std::pair<PodState, const char*> others[] = {
        {PodState::Coming, "starting"}, {PodState::Pending, "pending"}, {PodState::Failing, "failing"},
        {PodState::Unknown, "unknown"}, {PodState::Ending, "ending"},   {PodState::Done, "completed"}};
    for (const auto& [state, word] : others) {
        if (count(state) > 0) text += " · " + std::to_string(count(state)) + " " + word;
    }
    return text;
}

// node-2 before node-10.
std::vector<NodeCard> cards_of(const session::View& view) {
    std::vector<NodeCard> cards;
    for (const auto& [key, object] : view.objects(api::kind_of<api::Node>()))
        cards.push_back(card_of(static_cast<const api::Node&>(*object), view.when()));
    base::stable_sort(cards, [](const NodeCard& a, const NodeCard& b) {
        return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name;
    });
    return cards;
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
    for (const auto* statuses : {&pod.status.initContainerStatuses.all(), &pod.status.containerStatuses}) {
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
    for (const auto* statuses : {&pod.status.initContainerStatuses.all(), &pod.status.containerStatuses}) {
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

std::size_t ClusterModeler::Numbers::of(const std::string& name) {
    if (numbers_.empty() || last_->first != name) last_ = numbers_.try_emplace(name, numbers_.size()).first;
    return last_->second;
}

const std::size_t* ClusterModeler::Numbers::find(const std::string& name) const {
    const auto it = numbers_.find(name);
    return it == numbers_.end() ? nullptr : &it->second;
}

std::unique_ptr<ClusterModeler::KnownPod> ClusterModeler::known(const api::Ref<api::Object>& object,
                                                                const KnownPod* before) {
    const auto& pod = static_cast<const Pod&>(*object);
    auto result = std::make_unique<KnownPod>();
    const std::string group = family(pod);
    result->pod = object;
    result->tile = tile_of(pod, group);
    result->state = result->tile.state;
    result->finished = pod.status.phase == "Succeeded" || pod.status.phase == "Failed";
    result->family = families_.of(pod.metadata.namespace_ + "/" + group);
    // Most writes are of the status, and share the spec.
    if (before != nullptr && static_cast<const Pod&>(*before->pod).spec.same_as(pod.spec)) {
        result->node = before->node;
        result->cpu = before->cpu;
        result->memory = before->memory;
        return result;
    }
    result->node = nodes_.of(pod.spec->nodeName);
    const api::ResourceList requests = api::pod_requests(*pod.spec);
    if (const api::Quantity* cpu = requests.get("cpu")) result->cpu = cpu->milli();
    if (const api::Quantity* memory = requests.get("memory")) result->memory = memory->units();
    return result;
}

// Both are in the order of keys. Most objects are the same as before, which needs no look at the keys.
void ClusterModeler::follow_pods(const api::ObjectMap& pods) {
    std::vector<std::unique_ptr<KnownPod>> before;
    before.swap(pods_);
    pods_.reserve(pods.size());
    auto old = before.begin();
    for (const auto& [key, object] : pods) {
        if (old != before.end() && (*old)->pod != object)
            while (old != before.end() && (*old)->tile.key < key) ++old;
        if (old != before.end() && (*old)->pod == object) {
            pods_.push_back(std::move(*old));
            ++old;
        } else {
            const bool same = old != before.end() && (*old)->tile.key == key;
            pods_.push_back(known(object, same ? old->get() : nullptr));
        }
    }
}

void ClusterModeler::add_pods() {
    std::vector<NodeCard*> cards(nodes_.size());
    for (NodeCard& card : model_.nodes) {
        if (const std::size_t* number = nodes_.find(card.name)) cards[*number] = &card;
    }
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::vector<std::size_t> owners(families_.size(), kNone);  // in the order in which families appear
    std::size_t owner_count = 0;
    std::map<PodState, std::size_t> counts;
    for (const std::unique_ptr<KnownPod>& known : pods_) {
        NodeCard* const card = cards[known->node];
        PodTile& tile = known->tile;
        const bool lost = card != nullptr && !card->known && known->state != PodState::Ending;
        tile.state = lost ? PodState::Unknown : known->state;
        if (!tile.system) {
            std::size_t& owner = owners[known->family];
            if (owner == kNone) owner = owner_count++;
            tile.owner = owner;
            ++counts[tile.state];
        }
        if (card == nullptr) {
            model_.waiting.push_back(&tile);
            continue;
        }
        if (!known->finished) {
            card->cpu_used += known->cpu;
            card->memory_used += known->memory;
        }
        (tile.system ? card->system_pods : card->pods).push_back(&tile);
    }
    model_.pod_count = pods_.size();
    model_.summary = summary_of(counts);
}

const ClusterModel& ClusterModeler::model_of(const session::View& view) {
    constexpr std::size_t kMostNames = 10'000;
    if (families_.size() + nodes_.size() > kMostNames) {
        families_.clear();
        nodes_.clear();
        pods_.clear();
    }
    model_ = {};
    model_.nodes = cards_of(view);
    follow_pods(view.objects(api::kind_of<Pod>()));
    add_pods();
    for (NodeCard& card : model_.nodes) {
        if (!card.ready) continue;
        card.status = card.cordoned ? "Ready, cordoned · " : "Ready · ";
        card.status += counted(card.pods.size() + card.system_pods.size(), "pod");
    }
    add_services(view, model_);
    return model_;
}

}  // namespace kubetab::web
