// NodeFaults: what is wrong with one machine besides its power and its network, as a fault has said.
#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "engine/base/text.h"
#include "engine/sim/time.h"

namespace kubetab::node {

struct NodeFaults {
    // Kubelet and containers stand still, as on a virtual machine that is halted.
    bool paused = false;
    // How far its clock goes ahead, or behind.
    sim::Duration clock_skew{};
    // Pods, by uid, that accept connections and never answer a probe.
    std::set<base::Text> silent_pods{};
    // What is left of a resource for pods as they are at that moment. What pods give back is left too.
    std::optional<std::int64_t> memory_left{};
    std::optional<std::int64_t> disk_left{};
    std::optional<std::int64_t> pids_left{};
};

}  // namespace kubetab::node
