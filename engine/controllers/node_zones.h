// NodeZones: how many nodes of each zone are lost, and how fast lost nodes may be tainted therefore.
//
// A node that is lost alone is tainted soon; when most nodes of a zone go at once the fault is rather in the
// network, and tainting is slowed down or stopped.
//
// upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go [handleDisruption, ComputeZoneState],
//           scheduler/rate_limited_queue.go
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "engine/api/core/node.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

// "region:zone"; ":" for nodes without these labels.
std::string zone_of(const api::Node& node);

// The lost nodes of one zone, in the order in which they were lost, let out no faster than allowed.
class TaintQueue {
public:
    bool empty() const { return order_.empty(); }
    // True when the node was not waiting already.
    bool add(const std::string& node);
    void remove(const std::string& node);
    // The next node, if one waits and may be tainted now.
    std::optional<std::string> take(sim::Instant now);
    // When take() may give a node; nothing when none waits or none is let out.
    std::optional<sim::Instant> next() const;
    // Time between two nodes; nothing: none is let out.
    void set_period(std::optional<sim::Duration> period);

private:
    std::map<std::int64_t, std::string> order_{};
    std::map<std::string, std::int64_t> places_{};
    std::int64_t last_ = 0;
    std::optional<sim::Duration> period_ = sim::seconds(10);
    std::optional<sim::Instant> last_taken_{};
};

struct ZoneCount {
    std::int64_t ready = 0;
    std::int64_t lost = 0;
};

enum class ZoneState { Initial, Normal, PartlyLost, FullyLost };

// upstream: ComputeZoneState
ZoneState state_of(const ZoneCount& count);

class NodeZones {
public:
    // What changed for all nodes.
    enum class Turn { None, EverythingLost, SomethingFound };

    // The counts of all zones that have nodes, each time all nodes have been looked at.
    Turn update(const std::map<std::string, ZoneCount>& counts);
    TaintQueue& queue_of(const std::string& zone) { return queues_[zone]; }
    std::map<std::string, TaintQueue>& queues() { return queues_; }

private:
    void set_speed(const std::string& zone, const ZoneCount& count, ZoneState state);

    std::map<std::string, ZoneState> states_{};
    std::map<std::string, TaintQueue> queues_{};
};

}  // namespace kubetab::controllers
