// EvictionManager: notices that memory, disk or process numbers run short, says so as the node's conditions,
// and ends pods, one at a time, until there is enough again.
//
// Looks only while a fault takes something away or a condition is still shown, every ten seconds, as
// upstream looks always. A condition goes five minutes after it was last true.
//
// upstream: pkg/kubelet/eviction/{eviction_manager,helpers}.go
// differs:  process numbers have a threshold of a tenth, where upstream's defaults have none, because
//           otherwise PIDPressure could not be seen.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/node/node_context.h"

namespace kubetab::node {

class PodWorker;

inline constexpr sim::Duration kPressureInterval = sim::seconds(10);
inline constexpr sim::Duration kPressureTransition = sim::minutes(5);

class EvictionManager {
public:
    enum Resource : std::uint8_t { Memory, Disk, Pids };
    static constexpr int kResources = 3;

    class Host {
    public:
        virtual ~Host() = default;
        // The pods that are not ending, in the order in which they came.
        virtual std::vector<PodWorker*> pods_to_evict() = 0;
    };
    EvictionManager(NodeContext& context, Host& host) : context_(context), host_(host) {}

    // What is left has changed from outside: begins to look.
    void resources_changed();
    // The kubelet's process ends: nothing is remembered.
    void forget();
    void look();
    bool under_pressure(Resource resource) const { return resources_[resource].pressed; }
    // "" when a pod may start here, else why not. upstream: eviction_manager.go Admit
    std::string refusal(const api::Pod& pod) const;

private:
    struct Known {
        bool pressed = false;
        sim::Instant seen{};          // when it was last short
        std::int64_t used = 0;        // by pods, when what is left was said
        std::int64_t given_back = 0;  // by removing images
        std::optional<std::int64_t> said{};
    };

    std::int64_t threshold(Resource resource) const;
    std::int64_t used_by_pods(Resource resource);
    std::optional<std::int64_t> available(Resource resource);
    void note_what_is_left();
    void reclaim(Resource resource);
    std::vector<PodWorker*> ranked(Resource resource);
    std::string message(Resource resource, const PodWorker& worker);

    NodeContext& context_;
    Host& host_;
    std::array<Known, kResources> resources_{};
    sim::EventId timer_ = 0;
};

// upstream: pkg/kubelet/types/pod_update.go IsCriticalPod
bool is_critical(const api::Pod& pod);

}  // namespace kubetab::node
