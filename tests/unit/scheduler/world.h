// Nodes and pods for the scheduler's tests.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/client/informer.h"
#include "engine/scheduler/cache.h"
#include "engine/scheduler/plugins/plugins.h"
#include "engine/scheduler/scheduler.h"
#include "engine/sim/simulation.h"
#include "tests/support/fake_api_server.h"

namespace kubetab::scheduler {

inline constexpr std::int64_t kGi = std::int64_t{1} << 30;
inline constexpr sim::Instant kStart{1'736'928'000'000'000'000};

inline api::Node make_node(const std::string& name, std::int64_t milli_cpu = 4000,
                           std::int64_t memory = 8 * kGi, std::int64_t pods = 110) {
    api::Node node;
    node.metadata.name = name;
    node.metadata.labels["kubernetes.io/hostname"] = name;
    node.status.allocatable["cpu"] = api::Quantity::of_milli(milli_cpu);
    node.status.allocatable["memory"] = api::Quantity::of_units(memory, api::Quantity::Format::BinarySI);
    node.status.allocatable["pods"] = api::Quantity::of_units(pods);
    return node;
}

inline api::Node with_zone(api::Node node, const std::string& zone) {
    node.metadata.labels["topology.kubernetes.io/zone"] = zone;
    return node;
}

inline api::Node with_taint(api::Node node, const std::string& key, const std::string& value,
                            const std::string& effect = "NoSchedule") {
    api::Taint taint;
    taint.key = key;
    taint.value = value;
    taint.effect = effect;
    node.spec.taints.push_back(taint);
    return node;
}

inline api::Pod make_pod(const std::string& name, std::int64_t milli_cpu = 0, std::int64_t memory = 0) {
    api::Pod pod;
    pod.metadata.name = name;
    pod.metadata.namespace_ = "default";
    pod.metadata.uid = "uid-" + name;
    api::PodSpec& spec = pod.spec.edit();
    spec.shared.edit().schedulerName = "default-scheduler";
    spec.shared.edit().terminationGracePeriodSeconds = 30;
    api::Container container;
    container.name = "web";
    container.image = "nginx:1.25";
    if (milli_cpu > 0) container.resources.requests["cpu"] = api::Quantity::of_milli(milli_cpu);
    if (memory > 0) container.resources.requests["memory"] = api::Quantity::of_units(memory);
    spec.containers.push_back(container);
    return pod;
}

inline api::Pod with_label(api::Pod pod, const std::string& key, const std::string& value) {
    pod.metadata.labels[key] = value;
    return pod;
}

inline api::Pod with_priority(api::Pod pod, std::int32_t priority) {
    pod.spec.edit().priority = priority;
    return pod;
}

inline api::Pod on_node(api::Pod pod, const std::string& node) {
    pod.spec.edit().nodeName = node;
    return pod;
}

inline api::PodAffinityTerm affinity_to(const std::string& key, const std::string& value,
                                        const std::string& topology_key = "kubernetes.io/hostname") {
    api::PodAffinityTerm term;
    term.labelSelector.edit().matchLabels[key] = value;
    term.topologyKey = topology_key;
    return term;
}

inline api::Pod with_anti_affinity(api::Pod pod, api::PodAffinityTerm term) {
    pod.spec.edit()
        .shared.edit()
        .affinity.edit()
        .podAntiAffinity.edit()
        .requiredDuringSchedulingIgnoredDuringExecution.push_back(std::move(term));
    return pod;
}

inline api::Pod with_affinity(api::Pod pod, api::PodAffinityTerm term) {
    pod.spec.edit()
        .shared.edit()
        .affinity.edit()
        .podAffinity.edit()
        .requiredDuringSchedulingIgnoredDuringExecution.push_back(std::move(term));
    return pod;
}

inline PodInfo info_of(api::Pod pod) {
    return PodInfo(std::make_shared<const api::Pod>(std::move(pod)));
}

// A cache with nodes and pods, and one plugin asked about one pod.
class PluginWorld {
public:
    PluginWorld() = default;

    Surroundings& surroundings() { return surroundings_; }
    testing::FakeApiServer& server() { return server_; }
    Cache& cache() { return cache_; }

    void add(const api::Node& node) { (void)cache_.set_node(std::make_shared<const api::Node>(node)); }
    void add(const api::Pod& pod) { cache_.add_pod(info_of(pod), pod.spec->nodeName, false); }

    // "" where the pod fits, else the reasons; one text per node, in order.
    std::vector<std::string> verdicts(Plugin& plugin, const api::Pod& pod) {
        const PodInfo info = info_of(pod);
        std::vector<std::string> result;
        const PreFilterResult first = plugin.pre_filter(info);
        for (const Slot slot : cache_.order()) {
            std::string text = first.message;
            if (first.kind == PreFilterResult::Kind::Run) {
                const Refusal refusal = plugin.filter(info, cache_.node(slot));
                std::vector<std::string> texts;
                if (!refusal.fits()) plugin.explain(info, refusal.detail, texts);
                for (const std::string& one : texts) text += (text.empty() ? "" : ", ") + one;
            }
            result.push_back(text);
        }
        return result;
    }
    // Normalised scores, in order; empty when the plugin skips.
    std::vector<std::int64_t> scores(Plugin& plugin, const api::Pod& pod) {
        const PodInfo info = info_of(pod);
        (void)plugin.pre_filter(info);
        std::vector<const NodeInfo*> nodes;
        for (const Slot slot : cache_.order()) nodes.push_back(&cache_.node(slot));
        std::vector<std::int64_t> result(nodes.size());
        if (plugin.pre_score(info, nodes) == ScoreNeed::Skip) return {};
        plugin.score(info, nodes, result);
        plugin.normalise(result);
        return result;
    }

private:
    sim::Simulation simulation_{1, kStart};
    testing::FakeApiServer server_{simulation_};
    client::InformerFactory informers_{server_};
    Cache cache_{};
    Surroundings surroundings_{cache_, informers_};
};

// A scheduler at work on an API server.
class World {
public:
    explicit World(std::uint64_t seed = 7) : simulation(seed, kStart), server(simulation) {}

    void start() {
        scheduler = std::make_unique<Scheduler>(simulation, server, Options{});
        server.run(sim::milliseconds(10));
    }
    std::string node_of(const std::string& pod) const {
        const api::Ref<api::Pod> found = server.find<api::Pod>("default", pod);
        return found ? found->spec->nodeName : "(gone)";
    }
    const api::PodCondition* condition_of(const std::string& pod, const std::string& type) {
        held_ = server.find<api::Pod>("default", pod);
        for (const api::PodCondition& condition : held_->status.conditions) {
            if (condition.type == type) return &condition;
        }
        return nullptr;
    }
    std::string message_of(const std::string& pod) {
        const api::PodCondition* condition = condition_of(pod, "PodScheduled");
        return condition == nullptr ? "" : condition->message;
    }

    sim::Simulation simulation;
    testing::FakeApiServer server;
    std::unique_ptr<Scheduler> scheduler{};

private:
    api::Ref<api::Pod> held_{};
};

}  // namespace kubetab::scheduler
