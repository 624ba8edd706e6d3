#include "engine/node/eviction.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/api/pod_resources.h"
#include "engine/base/stable_sort.h"
#include "engine/node/pod_worker.h"

namespace kubetab::node {
namespace {

using Resource = EvictionManager::Resource;

constexpr std::int64_t kMemoryThreshold = 100 * 1024 * 1024;
constexpr std::int64_t kPids = 32'768;
constexpr std::int32_t kSystemCritical = 2'000'000'000;

struct Signal {
    std::string_view resource;
    std::string_view condition;
};
constexpr std::array kSignals = {Signal{"memory", "MemoryPressure"},
                                 Signal{"ephemeral-storage", "DiskPressure"}, Signal{"pids", "PIDPressure"}};

// In which one pod takes part in the ranking.
struct Ranked {
    PodWorker* worker = nullptr;
    bool exceeds = false;  // uses more than it has requested
    std::int32_t priority = 0;
    std::int64_t over = 0;  // its use beyond its request
};

std::int64_t request_of(const api::PodSpec& spec, const std::string& resource) {
    return api::pod_requests(spec).value_or(resource, api::Quantity{}).units();
}

std::int64_t use_of(const PodWorker& worker, Resource resource) {
    std::int64_t total = 0;
    for (const ContainerSlot& slot : worker.slots()) {
        const runtime::Container* run = worker.container(slot);
        if (run == nullptr || !run->running()) continue;
        if (resource == Resource::Memory) total += run->usage().memory_bytes;
        if (resource == Resource::Pids) ++total;
    }
    return total;
}

api::Text text_of(std::int64_t amount, Resource resource) {
    const auto format =
        resource == Resource::Pids ? api::Quantity::Format::DecimalSI : api::Quantity::Format::BinarySI;
    return api::Quantity::of_units(amount, format).text();
}

}  // namespace

bool is_critical(const api::Pod& pod) {
    const base::StringMap& annotations = pod.metadata.annotations;
    if (annotations.contains("kubernetes.io/config.mirror")) return true;
    return pod.spec->priority.value_or(0) >= kSystemCritical;
}

std::int64_t EvictionManager::threshold(Resource resource) const {
    if (resource == Memory) return kMemoryThreshold;
    return (resource == Disk ? context_.spec.storage_bytes : kPids) / 10;
}

std::int64_t EvictionManager::used_by_pods(Resource resource) {
    std::int64_t total = 0;
    for (const PodWorker* worker : host_.pods_to_evict()) total += use_of(*worker, resource);
    return total;
}

void EvictionManager::note_what_is_left() {
    const std::array left = {context_.faults.memory_left, context_.faults.disk_left,
                             context_.faults.pids_left};
    for (int i = 0; i < kResources; ++i) {
        const auto resource = static_cast<Resource>(i);
        Known& known = resources_[resource];
        if (known.said == left[resource]) continue;
        known.said = left[resource];
        known.used = used_by_pods(resource);
        known.given_back = 0;
    }
}

// Nothing when nobody takes it away: then there is plenty.
std::optional<std::int64_t> EvictionManager::available(Resource resource) {
    const Known& known = resources_[resource];
    if (!known.said) return std::nullopt;
    const std::int64_t left = *known.said + known.used - used_by_pods(resource) + known.given_back;
    return std::max<std::int64_t>(left, 0);
}

void EvictionManager::resources_changed() {
    note_what_is_left();
    if (timer_ == 0)
        timer_ = context_.schedule(Timer::Pressure, kPressureInterval, 0, sim::Cadence::Heartbeat);
}

void EvictionManager::forget() {
    context_.simulation.cancel(timer_);
    timer_ = 0;
    for (Known& known : resources_) known.pressed = false;
}

// Images that no container uses go first. upstream: reclaimNodeLevelResources
void EvictionManager::reclaim(Resource resource) {
    if (resource != Disk) return;
    std::set<std::string> used;
    for (const PodWorker* worker : host_.pods_to_evict()) {
        for (const ContainerSlot& slot : worker->slots()) used.insert(slot.image_reference.str());
    }
    resources_[Disk].given_back += context_.images->remove_unused(used);
}

// upstream: synchronize
void EvictionManager::look() {
    timer_ = 0;
    note_what_is_left();
    bool again = false;
    bool evicted = false;
    for (const Resource resource : {Memory, Disk, Pids}) {
        Known& known = resources_[resource];
        std::optional<std::int64_t> left = available(resource);
        const bool is_short = left && *left < threshold(resource);
        if (is_short) known.seen = context_.now();
        known.pressed = is_short || (known.pressed && context_.now() - known.seen < kPressureTransition);
        again = again || known.pressed || known.said;
        if (!is_short || evicted) continue;
        api::ObjectReference node;
        node.kind = "Node";
        node.name = context_.spec.name;
        node.uid = context_.spec.name;
        const std::string wanted(kSignals[resource].resource);
        if (context_.reachable)
            context_.recorder.record_for(
                node,
                {client::EventType::Warning, "EvictionThresholdMet", "Attempting to reclaim " + wanted, {}});
        reclaim(resource);
        left = available(resource);
        if (*left >= threshold(resource)) continue;
        for (PodWorker* worker : ranked(resource)) {
            if (is_critical(*worker->pod())) continue;
            worker->evict(message(resource, *worker));
            evicted = true;
            break;
        }
    }
    if (again) timer_ = context_.schedule(Timer::Pressure, kPressureInterval, 0, sim::Cadence::Heartbeat);
}

// upstream: rankMemoryPressure, rankDiskPressureFunc, rankPIDPressure
std::vector<PodWorker*> EvictionManager::ranked(Resource resource) {
    std::vector<Ranked> pods;
    for (PodWorker* worker : host_.pods_to_evict()) {
        const api::PodSpec& spec = *worker->pod()->spec;
        const std::int64_t request =
            resource == Pids ? 0 : request_of(spec, std::string(kSignals[resource].resource));
        const std::int64_t over = use_of(*worker, resource) - request;
        pods.push_back({worker, resource != Pids && over > 0, spec.priority.value_or(0), over});
    }
    base::stable_sort(pods, [](const Ranked& a, const Ranked& b) {
        if (a.exceeds != b.exceeds) return a.exceeds;
        if (a.priority != b.priority) return a.priority < b.priority;
        return a.over > b.over;
    });
    std::vector<PodWorker*> order;
    for (const Ranked& pod : pods) order.push_back(pod.worker);
    return order;
}

// upstream: evictionMessage
std::string EvictionManager::message(Resource resource, const PodWorker& worker) {
    const std::string wanted(kSignals[resource].resource);
    std::string text =
        fmt::format("The node was low on resource: {}. Threshold quantity: {}, available: {}. ", wanted,
                    text_of(threshold(resource), resource).view(),
                    text_of(available(resource).value_or(0), resource).view());
    if (resource != Memory) return text;
    for (const api::Container& container : worker.pod()->spec->containers) {
        const ContainerSlot* slot = worker.slot(container.name);
        const runtime::Container* run = slot == nullptr ? nullptr : worker.container(*slot);
        if (run == nullptr || !run->running()) continue;
        const api::Quantity used =
            api::Quantity::of_units(run->usage().memory_bytes, api::Quantity::Format::BinarySI);
        const api::Quantity request = container.resources.requests.value_or(wanted, api::Quantity{});
        if (!(request < used)) continue;
        text += fmt::format("Container {} was using {}, request is {}, has larger consumption of {}. ",
                            container.name.view(), used.text(), request.text(), wanted);
    }
    return text;
}

std::string EvictionManager::refusal(const api::Pod& pod) const {
    std::string conditions;
    for (int i = 0; i < kResources; ++i) {
        if (!resources_[static_cast<Resource>(i)].pressed) continue;
        if (!conditions.empty()) conditions += " ";
        conditions += kSignals[static_cast<std::size_t>(i)].condition;
    }
    if (conditions.empty() || is_critical(pod)) return {};
    if (conditions == "MemoryPressure") {
        if (api::qos_class(*pod.spec) != "BestEffort") return {};
        for (const api::Toleration& toleration : pod.spec->tolerations) {
            const bool key = toleration.key.empty() || toleration.key == "node.kubernetes.io/memory-pressure";
            const bool effect = toleration.effect.empty() || toleration.effect == "NoSchedule";
            if (key && effect && toleration.operator_ == "Exists") return {};
        }
    }
    return "The node had condition: [" + conditions + "]. ";
}

}  // namespace kubetab::node
